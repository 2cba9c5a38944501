package sandbox

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"strings"
	"time"
)

type handler func(*exchange)

// routes is the whole server. Calls that need the key are wrapped in keyed.
func (s *Sandbox) routes() http.Handler {
	mux := http.NewServeMux()
	add := func(call Call, pattern string, h handler) {
		mux.Handle(pattern, s.exchange(call, pattern, h))
	}
	add(TokenInfo, "GET /api/users/token_info", s.keyed(s.tokenInfo))
	add(Datasets, "GET /api/datasets", s.keyed(s.listDatasets))
	add(CreateDataset, "POST /api/datasets", s.keyed(s.createDataset))
	add(GetDataset, "GET /api/datasets/{id}", s.keyed(s.getDataset))
	add(Other, "PUT /api/datasets/{id}/archive", s.keyed(s.archiveDataset))
	add(Classes, "GET /api/teams/{team}/annotation_classes", s.listClasses)
	add(CreateClass, "POST /api/teams/{team}/annotation_classes", s.keyed(s.createClass))
	add(CreateClass, "POST /api/annotation_classes", s.keyed(s.createClass))
	add(LinkClass, "PUT /api/annotation_classes/{id}", s.keyed(s.updateClass))

	add(Register, "PUT /api/teams/{team}/datasets/{dataset}/data", s.keyed(s.registerV1))
	add(Sign, "GET /api/dataset_items/{upload}/sign_upload", s.keyed(s.signV1))
	add(Confirm, "PUT /api/dataset_items/{upload}/confirm_upload", s.keyed(s.confirmV1))
	add(List, "POST /api/datasets/{id}/items", s.keyed(s.listV1))
	add(Delete, "DELETE /api/teams/{team}/datasets/{dataset}/items", s.keyed(s.deleteV1))

	add(Register, "POST /api/v2/teams/{team}/items/register_upload", s.keyed(s.registerV2))
	add(DirectUpload, "POST /api/v2/teams/{team}/items/direct_upload", s.keyed(s.directUpload))
	add(Sign, "GET /api/v2/teams/{team}/items/uploads/{upload}/sign", s.keyed(s.signV2))
	add(Confirm, "POST /api/v2/teams/{team}/items/uploads/{upload}/confirm", s.keyed(s.confirmV2))
	add(List, "GET /api/v2/teams/{team}/items", s.keyed(s.listV2))
	add(List, "GET /api/v2/teams/{team}/items/status_counts", s.keyed(s.statusCounts))
	add(List, "GET /api/v2/teams/{team}/items/{item}", s.keyed(s.getItem))
	add(Delete, "DELETE /api/v2/teams/{team}/items", s.keyed(s.deleteV2))

	add(Storages, "GET /api/teams/{team}/storage", s.keyed(s.listStorages))
	add(External, "POST /api/v2/teams/{team}/items/register_existing", s.keyed(s.registerExisting(false)))
	add(External, "POST /api/v2/teams/{team}/items/register_existing_readonly", s.keyed(s.registerExisting(true)))

	add(Store, "/"+bucketName, s.store)
	add(Store, "/"+bucketName+"/", s.store)

	for _, b := range s.shelves {
		add(Other, "/"+b.name, b.serve)
		add(Other, "/"+b.name+"/", b.serve)
	}

	add(Page, "GET /{$}", s.local(s.indexPage))
	add(Page, "GET /datasets/{id}", s.local(s.datasetPage))
	add(Page, "GET /thumbnails/{upload}", s.local(s.thumbnail))
	add(Page, "GET /sandbox.css", s.local(s.stylesheet))
	add(Other, "/", (*exchange).notFound)
	return mux
}

// exchange counts and logs one request, lets the faults have their way with
// it, and hands it to h.
func (s *Sandbox) exchange(call Call, pattern string, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			panic(http.ErrAbortHandler)
		}
		defer s.running.Done()

		body := &countingBody{ReadCloser: r.Body}
		r.Body = body
		said := &statusWriter{ResponseWriter: w}
		x := &exchange{w: said, r: r, counted: body, began: time.Now(), log: &s.log, entry: &Request{
			Call: call, Method: r.Method, Route: pattern, From: r.RemoteAddr, Began: s.cfg.Clock(),
		}}
		defer func() { // also when a fault cuts the connection by a panic
			x.done(said.status)
			if x.reset {
				reset(r)
			}
		}()
		x.entry.Item = s.subject(call, r)
		s.faults.around(s, x, h)
		if said.status == 0 { // nothing was written, which the server takes for success
			said.status = http.StatusOK
		}
	})
}

// keyed lets only requests with the right key through, and not too many of them.
func (s *Sandbox) keyed(h handler) handler {
	return func(x *exchange) {
		if !s.authorized(x.r) {
			x.unauthorized()
			return
		}
		if wait, ok := s.rate.take(s.cfg.Clock()); !ok {
			x.tooMany(wait)
			return
		}
		h(x)
	}
}

// local answers only if the browser asked for this computer by an address of
// its own: otherwise a web site could point its name here and read the page.
func (s *Sandbox) local(h handler) handler {
	return func(x *exchange) {
		host, _, err := net.SplitHostPort(x.r.Host)
		if err != nil {
			host = x.r.Host
		}
		if ip := net.ParseIP(strings.Trim(host, "[]")); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			x.detail(http.StatusMisdirectedRequest, "Misdirected Request")
			return
		}
		h(x)
	}
}

// subject is the name of the item that a sign, store or confirm is about.
func (s *Sandbox) subject(call Call, r *http.Request) string {
	var id, object string
	switch call {
	case Sign, Confirm:
		id = r.PathValue("upload")
	case Store:
		if object = strings.TrimPrefix(r.URL.Path, "/"+bucketName+"/"); r.Method == http.MethodPost {
			object = formKey(r)
		}
	default:
		return ""
	}
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	sl := s.state.objects[object]
	if id != "" {
		sl = s.state.uploads[id]
	}
	if sl == nil {
		return ""
	}
	return sl.item.place.name
}

// maxFields is how much of a form is looked at in search of its key.
const maxFields = 16 << 10

// formKey finds the field "key" of a form without taking anything from its
// body. It is "" if the field does not come before the file.
func formKey(r *http.Request) string {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return ""
	}
	ahead := bufio.NewReaderSize(r.Body, maxFields)
	head, _ := ahead.Peek(maxFields) // whatever comes; the bucket judges it
	r.Body = &peekedBody{Reader: ahead, Closer: r.Body}
	parts := multipart.NewReader(bytes.NewReader(head), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil || part.FileName() != "" {
			return ""
		}
		if part.FormName() == "key" {
			value, err := io.ReadAll(part)
			if err != nil {
				return ""
			}
			return string(value)
		}
	}
}

type peekedBody struct {
	io.Reader
	io.Closer
}

type countingBody struct {
	io.ReadCloser
	read int64
}

func (b *countingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	return n, err
}

// statusWriter remembers the status that the client was given.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
