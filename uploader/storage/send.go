package storage

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"time"

	"darwin-uploader/uploader/fault"
)

// closeWait is how long a request that is over may take to let go of the file.
const closeWait = 500 * time.Millisecond

// sending is one Send.
type sending struct {
	client  *Client
	target  Target
	url     *url.URL
	body    Body
	secrets []string
}

// run makes the one try.
func (s *sending) run(ctx context.Context, progress func(int64)) (Stored, *fault.Error) {
	payload, contentType, f := s.open()
	if f != nil {
		return Stored{}, f
	}
	if progress != nil {
		payload.report = progress
	}
	ctx, cancel := context.WithCancelCause(ctx)
	watch := newWatchdog(s.client.stall, func() { cancel(errStalled) })
	payload.moved = func(all bool) {
		if all {
			watch.movedLast(s.body.Size)
		} else {
			watch.moved()
		}
	}

	if pace := s.body.Pace; pace != nil {
		payload.pace = pace.Portion
		payload.wait = func(n int) error {
			watch.rest()
			defer watch.moved()
			return pace.Wait(ctx, n)
		}
	}

	stored, f := s.exchange(ctx, payload, contentType, watch)
	watch.stop()
	cancel(nil)
	payload.finish(f == nil)
	_ = payload.Close() // gives no error
	payload.await(closeWait)
	return stored, f
}

// open opens the file and frames it as the target asks. The content type is
// empty for a PUT: a header that was not signed could be refused.
func (s *sending) open() (p *payload, contentType string, _ *fault.Error) {
	file, err := s.body.Open()
	if err != nil {
		return nil, "", cannotOpen(err)
	}
	var head, tail []byte
	if s.target.Fields != nil {
		head, tail, contentType = frame(s.target.Fields, s.body.Name)
	}
	p = newPayload(file, s.body.Size, head, tail)
	if f := p.check(); f != nil {
		_ = p.Close()
		return nil, "", f
	}
	return p, contentType, nil
}

// frame builds what goes before and after the file in a form: the fields under
// their exact names, sorted, and the file last, as S3 wants it.
func frame(fields map[string]string, fileName string) (head, tail []byte, contentType string) {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	// Writing to a bytes.Buffer cannot fail.
	for _, name := range names {
		_ = w.WriteField(name, fields[name])
	}
	_, _ = w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition("file", safeName(fileName))},
		"Content-Type":        {"application/octet-stream"},
	})
	n := buf.Len()
	_ = w.Close()
	all := buf.Bytes()
	return all[:n], all[n:], w.FormDataContentType()
}

// safeName is the last element of the name without control characters. The
// policy has no rule for it and Darwin does not read it: it only has to be
// harmless inside a header.
func safeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.ToValidUTF8(name, "_")
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '_'
		}
		return r
	}, name)
	if name == "" {
		return "file"
	}
	return name
}

// exchange sends the request and reads the answer.
func (s *sending) exchange(ctx context.Context, p *payload, contentType string, watch *watchdog) (Stored, *fault.Error) {
	resp, err := s.roundTrip(s.request(ctx, p, contentType))
	if err != nil {
		return Stored{}, s.broken(ctx, p, err)
	}
	defer resp.Body.Close()
	watch.moved()
	// A file that changed is the person's to mend, whatever storage says to
	// the request that was broken off for it.
	if f := p.fault(); f != nil {
		return Stored{}, f
	}
	if resp.StatusCode/100 != 2 {
		return Stored{}, s.refused(resp)
	}
	if !p.complete() {
		return Stored{}, &fault.Error{
			Kind: fault.Unexpected, What: "Storage answered before it had the whole file.",
			Safe: nothingLost, Status: resp.StatusCode,
		}
	}
	// Only for the connection's next use. The file is stored: a failure here
	// changes nothing.
	_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer)
	return Stored{ETag: bareETag(resp.Header.Get("ETag")), MD5: p.md5(), Bytes: s.body.Size}, nil
}

// roundTrip asks the transport, and waits for it no longer than closeWait once
// the request is cut: a transport returns only when its Read of the body does,
// and that can hang for good on a drive that is gone.
func (s *sending) roundTrip(r *http.Request) (*http.Response, error) {
	type result struct {
		resp *http.Response
		err  error
	}
	done := make(chan result, 1)
	go func() {
		resp, err := s.client.transport.RoundTrip(r)
		done <- result{resp, err}
	}()
	select {
	case got := <-done:
		return got.resp, got.err
	case <-r.Context().Done():
	}
	timer := time.NewTimer(closeWait)
	defer timer.Stop()
	select {
	case got := <-done:
		return got.resp, got.err
	case <-timer.C:
	}
	go func() {
		if got := <-done; got.resp != nil {
			_ = got.resp.Body.Close()
		}
	}()
	return nil, context.Cause(r.Context())
}

// request is the HTTP request. It carries nothing that storage does not need,
// and in particular no Authorization: the permission is in the URL or the form.
func (s *sending) request(ctx context.Context, p *payload, contentType string) *http.Request {
	r := &http.Request{
		Method: http.MethodPut, URL: s.url, Host: s.url.Host, Body: p,
		Header:        http.Header{"User-Agent": {s.client.userAgent}},
		ContentLength: p.head.Size() + s.body.Size + p.tail.Size(),
		Proto:         "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	if s.target.Fields != nil {
		r.Method = http.MethodPost
		r.Header.Set("Content-Type", contentType)
	}
	return r.WithContext(ctx)
}

// broken tells why there was no answer.
func (s *sending) broken(ctx context.Context, p *payload, err error) *fault.Error {
	if f := p.fault(); f != nil {
		return f
	}
	switch cause := context.Cause(ctx); {
	case cause == nil:
		return network(s.clean(err))
	case errors.Is(cause, errStalled):
		return stalled(p.hangs())
	default:
		return stopped(s.clean(cause))
	}
}

// clean is err without what is secret: the address, which *url.Error prints,
// and anything that a transport may have put into its text.
func (s *sending) clean(err error) error {
	for {
		ue, ok := errors.AsType[*url.Error](err)
		if !ok {
			break
		}
		err = ue.Err
	}
	if text := err.Error(); scrub(text, s.secrets) != text {
		return errors.New(scrub(text, s.secrets))
	}
	return err
}
