package sandbox

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxShelved is the largest object that may be put on a shelf: thumbnails.
const maxShelved = 4 << 20

// shelf is a small bucket that speaks enough of S3 to be looked into: listing
// (version 2), reading, also in parts, describing, and writing where it is
// writable. It asks for no credentials and checks no signature.
type shelf struct {
	name     string
	writable bool
	made     time.Time

	mu      sync.Mutex
	objects map[string]content
}

// content makes an object's bytes when somebody wants them.
type content func() []byte

// has is Storage.Has.
func (b *shelf) has(key string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.objects[key]
	return ok
}

func (b *shelf) get(key string) ([]byte, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c, ok := b.objects[key]; ok {
		return c(), true
	}
	return nil, false
}

// serve answers for the bucket and its objects.
func (b *shelf) serve(x *exchange) {
	key := strings.TrimPrefix(strings.TrimPrefix(x.r.URL.Path, "/"+b.name), "/")
	switch {
	case key == "" && x.r.Method == http.MethodGet && x.r.URL.Query().Get("list-type") == "2":
		b.list(x)
	case key == "" && x.r.Method == http.MethodGet && x.r.URL.Query().Has("location"):
		b.locate(x)
	case key == "":
		b.refuse(x, http.StatusNotImplemented, "NotImplemented")
	case x.r.Method == http.MethodGet || x.r.Method == http.MethodHead:
		b.read(x, key)
	case x.r.Method == http.MethodPut && b.writable:
		b.write(x, key)
	case x.r.Method == http.MethodPut:
		b.refuse(x, http.StatusForbidden, "AccessDenied")
	default:
		b.refuse(x, http.StatusMethodNotAllowed, "MethodNotAllowed")
	}
}

func (b *shelf) refuse(x *exchange, status int, code string) {
	x.w.Header().Set("Content-Type", "application/xml")
	x.done(status)
	x.w.WriteHeader(status)
	_, _ = fmt.Fprintf(x.w, "<Error><Code>%s</Code></Error>", code)
}

// locate says which region the bucket is in.
func (b *shelf) locate(x *exchange) {
	x.w.Header().Set("Content-Type", "application/xml")
	x.done(http.StatusOK)
	_, _ = io.WriteString(x.w, xml.Header+"<LocationConstraint>eu-west-1</LocationConstraint>")
}

func (b *shelf) read(x *exchange, key string) {
	data, ok := b.get(key)
	if !ok {
		b.refuse(x, http.StatusNotFound, "NoSuchKey")
		return
	}
	x.w.Header().Set("Content-Type", "image/jpeg")
	http.ServeContent(x.w, x.r, "", b.made, bytes.NewReader(data))
}

func (b *shelf) write(x *exchange, key string) {
	data, err := io.ReadAll(io.LimitReader(x.r.Body, maxShelved+1))
	switch {
	case err != nil:
		b.refuse(x, http.StatusBadRequest, "IncompleteBody")
		return
	case len(data) > maxShelved:
		b.refuse(x, http.StatusRequestEntityTooLarge, "EntityTooLarge")
		return
	}
	if signedInChunks(x.r) {
		data = unchunk(data)
	}
	b.mu.Lock()
	b.objects[key] = func() []byte { return data }
	b.mu.Unlock()
	x.w.Header().Set("ETag", `"practice"`)
	x.done(http.StatusOK)
	x.w.WriteHeader(http.StatusOK)
}

// signedInChunks says that the body is one of S3's streams, in which each chunk
// carries a signature.
func signedInChunks(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-")
}

// unchunk takes the chunks' heads away; what is no stream stays as it is.
func unchunk(data []byte) []byte {
	var out []byte
	rest := data
	for {
		head, after, ok := bytes.Cut(rest, []byte("\r\n"))
		size, _, _ := strings.Cut(string(head), ";")
		n, err := strconv.ParseInt(size, 16, 32)
		if !ok || err != nil || n < 0 || int64(len(after)) < n {
			return data
		}
		if n == 0 {
			return out
		}
		out = append(out, after[:n]...)
		rest = bytes.TrimPrefix(after[n:], []byte("\r\n"))
	}
}

type shelfList struct {
	XMLName  xml.Name      `xml:"ListBucketResult"`
	Name     string        `xml:"Name"`
	Prefix   string        `xml:"Prefix"`
	KeyCount int           `xml:"KeyCount"`
	MaxKeys  int           `xml:"MaxKeys"`
	Cut      bool          `xml:"IsTruncated"`
	Next     string        `xml:"NextContinuationToken,omitempty"`
	Objects  []shelfObject `xml:"Contents"`
	Folders  []shelfFolder `xml:"CommonPrefixes"`
}

type shelfObject struct {
	Key      string `xml:"Key"`
	Modified string `xml:"LastModified"`
	Size     int    `xml:"Size"`
}

type shelfFolder struct {
	Prefix string `xml:"Prefix"`
}

// list answers with what begins with the prefix. The token of a next page is
// the last key or folder of this one.
func (b *shelf) list(x *exchange) {
	q := x.r.URL.Query()
	out := shelfList{Name: b.name, Prefix: q.Get("prefix"), MaxKeys: 1000}
	if n, err := strconv.Atoi(q.Get("max-keys")); err == nil && n > 0 && n < out.MaxKeys {
		out.MaxKeys = n
	}
	after := max(q.Get("continuation-token"), q.Get("start-after"))
	b.mu.Lock()
	keys := slices.Sorted(maps.Keys(b.objects))
	b.mu.Unlock()
	last := ""
	for _, key := range keys {
		rest, ok := strings.CutPrefix(key, out.Prefix)
		if !ok {
			continue
		}
		name := key
		if d := q.Get("delimiter"); d != "" {
			if at := strings.Index(rest, d); at >= 0 {
				name = out.Prefix + rest[:at+len(d)]
			}
		}
		if name == last || name <= after {
			continue
		}
		if out.KeyCount == out.MaxKeys {
			out.Cut, out.Next = true, last
			break
		}
		last = name
		out.KeyCount++
		if name != key {
			out.Folders = append(out.Folders, shelfFolder{name})
		} else {
			data, _ := b.get(key)
			out.Objects = append(out.Objects, shelfObject{key, b.made.UTC().Format("2006-01-02T15:04:05.000Z"), len(data)})
		}
	}
	body, err := xml.Marshal(out)
	if err != nil { // our own structs: cannot happen
		b.refuse(x, http.StatusInternalServerError, "InternalError")
		return
	}
	x.w.Header().Set("Content-Type", "application/xml")
	x.done(http.StatusOK)
	_, _ = x.w.Write(append([]byte(xml.Header), body...))
}

// demoShelves are the buckets of the demo's storages, with pictures as a field
// station might keep them: originals and, in part, thumbnails, and a film as
// single frames.
func demoShelves(now time.Time) []*shelf {
	uploads := &shelf{name: "alder-valley-uploads", writable: true, made: now, objects: map[string]content{}}
	archive := &shelf{name: "alder-valley-archive", made: now, objects: map[string]content{}}
	for place, hue := range map[string]int{"north-ridge": 90, "old-quarry": 30, "river": 200} {
		upload, original, thumbnail := scene(640, 480, hue), scene(900, 675, hue), scene(240, 180, hue)
		for i := range 8 {
			name := fmt.Sprintf("IMG_%04d.jpg", i+1)
			uploads.objects[path.Join("2026", place, name)] = upload
			archive.objects[path.Join("originals", place, name)] = original
			archive.objects[path.Join("thumbnails", place, name)] = thumbnail
		}
	}
	archive.objects["films/dawn/dawn.mp4"] = func() []byte { return []byte("The frames beside it are what counts.") }
	archive.objects["films/dawn/thumbnail.jpg"] = scene(356, 200, 20)
	frame := scene(320, 180, 20)
	for i := range 24 {
		archive.objects[fmt.Sprintf("films/dawn/frames/%03d.jpg", i+1)] = frame
	}
	return []*shelf{uploads, archive}
}

// scene is a small landscape, sky and a hill. It is drawn once, when somebody
// looks: most sandboxes are never asked for it.
func scene(w, h, hue int) content {
	return sync.OnceValue(func() []byte {
		m := image.NewRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				c := color.RGBA{R: uint8(120 + y*80/h), G: uint8(150 + y*60/h), B: 220, A: 255}
				if hill := h/2 + (x-w/2)*(x-w/2)*2/w/3; y > hill {
					c = color.RGBA{R: uint8(hue/2 + y*40/h), G: uint8(60 + hue/4), B: 40, A: 255}
				}
				m.SetRGBA(x, y, c)
			}
		}
		var b bytes.Buffer
		_ = jpeg.Encode(&b, m, nil) // into memory: cannot fail
		return b.Bytes()
	})
}
