package darwin

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

// saying answers every request with the same status and body.
type saying struct {
	status int
	body   string
}

func (s saying) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		Status: http.StatusText(s.status), StatusCode: s.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(s.body)), ContentLength: int64(len(s.body)),
	}, nil
}

// Whatever answers, each call ends with a result or a fault that says what
// happened, and shows nothing of the key.
func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		``, `null`, `[]`, `{}`, `"x"`, `{"errors":{"name":["has already been taken"]}}`, `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`, `{"errors":[1,[2,{"a":null}]]}`,
		`{"id":7,"team":{"id":1,"name":"A","slug":"a"},"selected_team":{"id":"1","slug":"a"},"teams":[{"id":1}],"permissions":[]}`,
		`[{"id":7,"name":"Animals","slug":"animals","team_slug":"a","version":2,"num_items":3,"archived":false}]`,
		`{"id":1e30,"name":{},"slug":[],"version":-1,"num_items":"many","archived_at":0}`,
		`{"annotation_classes":[{"id":5,"name":"deer","annotation_types":["tag"],"datasets":[{"id":7}]}],"type_ids":[]}`,
		`{"items":[{"id":"0190f0f0-0000-7000-8000-000000000000","name":"a.jpg","path":"/","slots":[{"upload_id":"0190f0f0-0000-7000-8000-000000000001"}]}],"blocked_items":[]}`,
		`{"items":[{"id":1,"filename":"a.jpg","path":"/"}],"blocked_items":[{"filename":"b.jpg","reason":"ALREADY_EXISTS","slots":null}]}`,
		`{"upload_url":"https://b.example.org/k?X-Amz-Signature=PLANTEDSIG"}`, `{"upload_url":"::"}`,
		`{"postEndpoint":"//s3.amazonaws.com/b","signature":{"policy":"PLANTED","key":"k","success_action_status":"201"}}`,
		`{"items":[{"id":"x","name":"a.jpg","path":"/","processing_status":"complete","inserted_at":"2026-01-01T00:00:00Z"}],"page":{"next":"y","previous":null}}`,
		`{"message":"` + testKey + `"}`, strings.Repeat(`[`, 2000), `{"items":` + strings.Repeat(`{"a":`, 500),
	} {
		for _, status := range []uint16{200, 422} {
			f.Add(status, body)
		}
	}
	f.Add(uint16(401), ``)
	f.Add(uint16(429), `{"errors":"slow down"}`)
	f.Add(uint16(302), ``)
	f.Fuzz(func(t *testing.T, status uint16, body string) {
		answer := saying{200 + int(status)%400, body}
		for name, call := range everyCall {
			c := newClient(t, PublicServer, func(cfg *Config) { cfg.Transport, cfg.RequestsPerMinute = answer, -1 })
			err := call(t.Context(), c)
			if err == nil {
				continue
			}
			problem, ok := errors.AsType[*fault.Error](err)
			if !ok || problem.What == "" || problem.Kind == fault.Unknown && problem.Detail == "" {
				t.Errorf("%s, told %d %q, ends with %T %v", name, answer.status, body, err, err)
			}
			if strings.Contains(err.Error()+fault.Of(err).Detail, testKey) {
				t.Errorf("%s, told %d %q, shows the key: %v", name, answer.status, body, err)
			}
		}
	})
}
