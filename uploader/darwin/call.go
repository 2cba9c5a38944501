package darwin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"darwin-uploader/uploader/fault"
)

// call is one request to the API.
type call struct {
	name   string // for the log and for support: "register"
	method string
	path   []string // below /api, not yet escaped
	query  string
	body   any     // nil: no body
	stream *stream // a body that is written while it leaves, instead of body

	// limit is how long the call may take, 0: the client's timeout. With a
	// stream it is how long nothing may move.
	limit time.Duration

	// What the sentences about 403, 404 and 413 need to know.
	does    string // "upload files", after "This key may not"
	missing string // the sentence when Darwin does not find it

	emptyAnswer bool // an answer without a body will do
}

// do sends the call and decodes the answer into answer, which may be nil. Its
// errors are *fault.Error, or ctx's own error once ctx has ended.
func (c *Client) do(ctx context.Context, k call, answer any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	started := c.now()
	status, body, err := c.exchange(ctx, k)
	if err == nil {
		err = c.decode(k, status, body, answer)
	}
	c.note(ctx, k, status, started, err)
	return err
}

// exchange sends the call and reads the answer of a call that went well. Any
// other status is an error.
func (c *Client) exchange(ctx context.Context, k call) (status int, body []byte, err error) {
	limit := k.limit
	if limit == 0 {
		limit = c.timeout
	}
	if err := c.pace.wait(ctx); err != nil {
		return 0, nil, err
	}
	own, cancel := k.within(ctx, limit)
	defer cancel()

	req, err := c.request(own, k)
	if err != nil {
		return 0, nil, err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, nil, c.broken(ctx, own, k, err)
	}
	defer func() { _ = res.Body.Close() }()

	if res.StatusCode < 200 || res.StatusCode > 299 {
		// Whatever can be read of the explanation will do.
		words, _ := io.ReadAll(io.LimitReader(res.Body, 64<<10))
		problem := c.refused(k, res, words)
		if f := fault.Of(problem); res.StatusCode == http.StatusTooManyRequests && f.Kind == fault.Busy {
			c.pace.hold(f.After)
		}
		return res.StatusCode, nil, problem
	}
	c.hear(res.Header)
	body, err = io.ReadAll(io.LimitReader(res.Body, c.answerLimit+1))
	if err != nil {
		return res.StatusCode, nil, c.broken(ctx, own, k, err)
	}
	if int64(len(body)) > c.answerLimit {
		return res.StatusCode, nil, c.unexpected(k, res.StatusCode, "the answer is too long")
	}
	return res.StatusCode, body, nil
}

func (c *Client) request(ctx context.Context, k call) (*http.Request, error) {
	u := *c.server
	u.Path = "/api/" + strings.Join(k.path, "/")
	escaped := make([]string, len(k.path))
	for i, segment := range k.path {
		if segment == "" || segment == "." || segment == ".." {
			return nil, c.missing(k, 0, "empty name in the address of "+k.name)
		}
		escaped[i] = url.PathEscape(segment)
	}
	u.RawPath = "/api/" + strings.Join(escaped, "/")
	u.RawQuery = k.query

	var body io.Reader
	switch {
	case k.stream != nil:
		body = k.stream.reader()
	case k.body != nil:
		text, err := encode(k.body)
		if err != nil {
			return nil, &fault.Error{Kind: fault.Unknown, What: "The request to Darwin could not be written.", Detail: k.name + ": " + c.scrub(err.Error())}
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, k.method, u.String(), body)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Unknown, What: "The request to Darwin could not be written.", Detail: k.name}
	}
	if k.stream != nil {
		req.ContentLength = k.stream.length
		req.GetBody = func() (io.ReadCloser, error) { return k.stream.reader(), nil }
	}
	c.authorize(req.Header)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.agent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// encode writes JSON as people would: without \u003c for "<".
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// decode reads the answer of a call that went well. Fields of a type that
// nobody expects are left at zero: only what a caller cannot do without makes
// an answer unusable, and the callers check that.
func (c *Client) decode(k call, status int, body []byte, answer any) error {
	body = bytes.TrimSpace(body)
	if len(body) == 0 && k.emptyAnswer {
		return nil
	}
	if !json.Valid(body) {
		return c.stranger(k, status, "the answer is not JSON")
	}
	if p := readProblem(body, false); p.any() {
		return c.told(k, status, p)
	}
	if answer == nil {
		return nil
	}
	err := json.Unmarshal(body, answer)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		err = nil
	}
	if err != nil {
		return c.unexpected(k, status, "the answer has another shape")
	}
	return nil
}

// note logs the call, without its path, which names teams and uploads.
func (c *Client) note(ctx context.Context, k call, status int, started time.Time, err error) {
	attrs := []slog.Attr{
		slog.String("call", k.name), slog.Int("status", status),
		slog.Duration("took", c.now().Sub(started)),
	}
	if err != nil {
		attrs = append(attrs, slog.String("kind", fault.KindOf(err).String()))
		if e, ok := errors.AsType[*fault.Error](err); ok {
			attrs = append(attrs, slog.String("detail", e.Detail))
		} else {
			attrs = append(attrs, slog.String("detail", err.Error()))
		}
	}
	c.log.LogAttrs(ctx, slog.LevelDebug, "darwin call", attrs...)
}
