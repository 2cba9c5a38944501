package sandbox

import (
	"bytes"
	"compress/zlib"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody is the largest body of an API call, also after decompression.
const maxBody = 32 << 20

// exchange is one request on its way to its answer.
type exchange struct {
	w       http.ResponseWriter
	r       *http.Request
	entry   *Request // its line in the log
	counted *countingBody
	began   time.Time
	log     *requestLog
	logged  bool
	expired bool // a fault wants the signature to have expired already
	lost    bool // a fault keeps the whole answer from the client
	reset   bool // a fault wants the connection to be reset
}

// done writes the line in the log, once. It comes before the answer leaves, so
// that whoever has an answer finds its request in the log.
func (x *exchange) done(status int) {
	if x.logged {
		return
	}
	x.logged = true
	if !x.lost {
		x.entry.Status = status
	}
	x.entry.Body, x.entry.Took = x.counted.read, time.Since(x.began)
	x.log.add(*x.entry)
}

func (x *exchange) path(name string) string { return x.r.PathValue(name) }

// json answers with v.
func (x *exchange) json(status int, v any) {
	body, err := json.Marshal(v)
	if err != nil { // our own structs: cannot happen
		status, body = http.StatusInternalServerError, []byte(`{"errors":{"detail":"Internal Server Error"}}`)
	}
	x.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	x.w.Header().Set("Cache-Control", "no-store")
	x.done(status)
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body)
}

// The bodies of these are inferred; 422 has one of its two known shapes.

func (x *exchange) unauthorized() { x.detail(http.StatusUnauthorized, "Unauthorized") }
func (x *exchange) notFound()     { x.detail(http.StatusNotFound, "Not Found") }

func (x *exchange) detail(status int, text string) {
	x.json(status, map[string]any{"errors": map[string]string{"detail": text}})
}

func (x *exchange) invalid(field string, messages ...string) {
	x.json(http.StatusUnprocessableEntity, map[string]any{"errors": map[string][]string{field: messages}})
}

// refused answers for a *refusal and says whether err was one.
func (x *exchange) refused(err error) bool {
	var no *refusal
	if !errors.As(err, &no) {
		return false
	}
	if no.field == "" {
		x.detail(no.status, no.text)
	} else {
		x.invalid(no.field, no.text)
	}
	return true
}

// refusal is why a whole request is refused.
type refusal struct {
	status      int
	field, text string
}

func (no *refusal) Error() string { return strings.TrimSpace(no.field + " " + no.text) }

func invalid(field, text string) *refusal {
	return &refusal{status: http.StatusUnprocessableEntity, field: field, text: text}
}

// body decodes the request's JSON into v. An empty body leaves v alone.
func (x *exchange) body(v any) error {
	raw, err := x.rawBody()
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, v); err != nil {
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			field := wrong.Field
			if field == "" {
				field = "body"
			}
			return invalid(field, "is invalid")
		}
		if no, ok := errors.AsType[*refusal](err); ok {
			return no
		}
		return &refusal{status: http.StatusBadRequest, text: "Bad Request"}
	}
	return nil
}

// rawBody reads the body within the limit, decompressed where the header of
// Darwin's own scheme says so.
func (x *exchange) rawBody() ([]byte, error) {
	tooLarge := &refusal{status: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	raw, err := readAtMost(x.r.Body, maxBody)
	if errors.Is(err, errTooLong) {
		return nil, tooLarge
	}
	if err != nil {
		return nil, &refusal{status: http.StatusBadRequest, text: "Bad Request"}
	}
	if x.r.Method != http.MethodPost || x.r.Header.Get("X-Darwin-Payload-Compression-Version") != "1" {
		return raw, nil
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(raw))
	if err == nil {
		raw, err = readAtMost(unpacked, maxBody)
	}
	if errors.Is(err, errTooLong) {
		return nil, tooLarge
	}
	if err != nil {
		return nil, &refusal{status: http.StatusBadRequest, text: "Bad Request"}
	}
	return raw, nil
}

var errTooLong = errors.New("sandbox: body over the limit")

func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(raw)) > limit {
		err = errTooLong
	}
	return raw, err
}

// authorized says whether the request carries the key.
func (s *Sandbox) authorized(r *http.Request) bool {
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "ApiKey ")
	return ok && subtle.ConstantTimeCompare([]byte(given), []byte(s.Key())) == 1
}
