package darwin

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/fault"
)

func TestEveryStatusIsAFaultOfItsKindForEveryCall(t *testing.T) {
	for _, tc := range []struct {
		status int
		body   string
		kind   fault.Kind
		says   string
	}{
		{400, ``, fault.Refused, "did not accept"},
		{400, `{"errors":{"items":["is malformed"]}}`, fault.Refused, "items is malformed"},
		{401, ``, fault.Key, "key"},
		{401, `{"errors":{"code":"unauthorized","detail":"x"}}`, fault.Key, "key"},
		{402, `{"errors":"pay"}`, fault.Refused, "pay"},
		{403, `<html>`, fault.Permission, "This key may not"},
		{404, ``, fault.Missing, "."},
		{407, ``, fault.Network, "proxy"},
		{408, ``, fault.Busy, "slow"},
		{409, `{"error":"conflict"}`, fault.Refused, "conflict"},
		{413, `<html>nginx</html>`, fault.TooLarge, "more than Darwin takes"},
		{422, `{"errors":{"dataset_slug":["is invalid","is too long"]}}`, fault.Refused, "dataset slug is invalid; dataset slug is too long"},
		{422, `{"errors":["one","two"]}`, fault.Refused, "one; two"},
		{429, ``, fault.Busy, "pause"},
		{429, `{"errors":{"code":"TOO_FAST"}}`, fault.Busy, "pause"},
		{429, `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`, fault.Quota, "storage"},
		{429, `{"errors":[{"code":"insufficient_remaining_storage"}]}`, fault.Quota, "storage"},
		{500, `{"errors":{"detail":"Internal Server Error"}}`, fault.Busy, "problem of its own"},
		{502, `<html>`, fault.Busy, "problem of its own"},
		{503, ``, fault.Busy, "problem of its own"},
		{504, ``, fault.Busy, "problem of its own"},
		{599, ``, fault.Busy, "problem of its own"},
		{304, ``, fault.Unexpected, "other than Darwin"},
		{200, `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`, fault.Quota, "storage"},
		{200, `{"errors":{"name":["is bad"]},"items":[]}`, fault.Refused, "name is bad"},
		{200, `{"errors":"no"}`, fault.Refused, "no"},
		{200, `<!doctype html><title>Sign in</title>`, fault.Unexpected, "other than Darwin"},
		{200, `{"items":`, fault.Unexpected, "other than Darwin"},
	} {
		s := always(t, tc.status, tc.body)
		c := s.client(t)
		for name, do := range everyCall {
			c.pace = &pace{} // what a 429 asks for is not waited for here
			err := do(t.Context(), c)
			e := asFault(t, err, tc.kind)
			if !strings.Contains(e.Error(), tc.says) {
				t.Errorf("%s, %d %s: %q does not say %q", name, tc.status, tc.body, e, tc.says)
			}
			if e.Status != tc.status {
				t.Errorf("%s, %d: status %d", name, tc.status, e.Status)
			}
			if e.Detail == "" {
				t.Errorf("%s, %d: nothing for support", name, tc.status)
			}
		}
	}
}

func TestDetailHoldsCodeMessagesAndRequestForSupport(t *testing.T) {
	s := always(t, 422, `{"errors":{"code":"STRANGE_CODE","message":"first\nline"},"request":1}`, "X-Request-Id", "F3aBc_12-345678")
	e := asFault(t, everyCall["register v2"](t.Context(), s.client(t)), fault.Refused)
	wantEqual(t, e.Detail, "HTTP 422 to register: STRANGE_CODE; first line, request F3aBc_12-345678")
	e = asFault(t, everyCall["register v2"](t.Context(), always(t, 422, `{}`, "X-Request-Id", "not an id").client(t)), fault.Refused)
	wantEqual(t, e.Detail, "HTTP 422 to register")
}

func TestMessagesAreFewAndShort(t *testing.T) {
	body := `{"errors":{"items":[` + strings.Repeat(`"`+strings.Repeat("long ", 50)+`",`, 400) + `"x"]}}`
	e := asFault(t, everyCall["register v2"](t.Context(), always(t, 422, body).client(t)), fault.Refused)
	if n := len([]rune(e.What)); n > maxWords+50 {
		t.Errorf("a sentence of %d characters", n)
	}
	if n := len([]rune(e.Detail)); n > maxWords+50 {
		t.Errorf("%d characters for support", n)
	}
}

func TestBusyTellsHowLongToWait(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	const date = "Fri, 02 Jan 2026 03:00:00 GMT"
	for header, want := range map[string]time.Duration{
		"7": 7 * time.Second, " 7 ": 7 * time.Second, "1.5": 1500 * time.Millisecond, "0": 0, "-5": 0, "": 0, "soon": 0, "NaN": 0, "Inf": maxPause, "1e300": maxPause,
		"99999999999999999999": maxPause, "Fri, 02 Jan 2026 03:02:00 GMT": 2 * time.Minute, "Fri, 02 Jan 2026 02:00:00 GMT": 0, "Fri, 02 Jan 2099 02:00:00 GMT": maxPause,
	} {
		for _, status := range []int{429, 503, 408} {
			c := always(t, status, ``, "Retry-After", header, "Date", date).client(t)
			e := asFault(t, everyCall["sign v2"](t.Context(), c), fault.Busy)
			if e.After != want {
				t.Errorf("%d with Retry-After %q: wait %v, want %v", status, header, e.After, want)
			}
		}
	}
	c := newClient(t, PublicServer)
	c.now = func() time.Time { return now }
	h := http.Header{"Retry-After": {"Fri, 02 Jan 2026 03:05:05 GMT"}}
	wantEqual(t, c.pause(h), time.Minute)
	e := asFault(t, everyCall["sign v2"](t.Context(), always(t, 429, `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`, "Retry-After", "7").client(t)), fault.Quota)
	wantEqual(t, e.After, 0)
}

func TestProblemsAreReadInAllTheirForms(t *testing.T) {
	for body, want := range map[string]string{
		`{"errors":{"name":["has already been taken"]}}`:              "name has already been taken",
		`{"errors":{"b":["x","y"],"a_c":"z"}}`:                        "a c z; b x; b y",
		`{"errors":{"code":"C"}}`:                                     "C",
		`{"errors":{"code":"C","message":"m","detail":["d"]}}`:        "C; d; m",
		`{"errors":["a",{"message":"b"},{"code":"C"},["d"],null,12]}`: "C; a; b; d; 12",
		`{"errors":"a"}`: "a",
		`{"errors":{"items":{"0":{"slots":[{"fps":["is invalid"]}]}}}}`: "fps is invalid",
		`{"errors":{"code":["not","text"]}}`:                            "code not; code text",
		`{"errors":null}`:                                               "",
		`{"errors":[]}`:                                                 "",
		`{"errors":{}}`:                                                 "",
		`{"errors":{"name":[]}}`:                                        "",
		`{"errors":""}`:                                                 "",
		`{"errors":false}`:                                              "",
		`{"errors":0}`:                                                  "",
		`{"errors":true}`:                                               "true",
		`[{"errors":"a"}]`:                                              "",
		`"errors"`:                                                      "",
		``:                                                              "",
		`{"errors":`:                                                    "",
	} {
		if got := readProblem([]byte(body), false).text(); got != want {
			t.Errorf("%s reads %q, want %q", body, got, want)
		}
	}
	for body, want := range map[string]string{
		`{"error":"a"}`: "a", `{"error":{"message":"m","code":"C"}}`: "C; m", `{"message":"m"}`: "m", `{"detail":"d","code":"C"}`: "C; d", `{"code":12}`: "12",
	} {
		if got := readProblem([]byte(body), true).text(); got != want {
			t.Errorf("%s of a failed call reads %q, want %q", body, got, want)
		}
		if readProblem([]byte(body), false).any() {
			t.Errorf("%s of a call that went well reads as a problem", body)
		}
	}
}

func FuzzProblem(f *testing.F) {
	for _, s := range []string{
		`{"errors":{"name":["x"]}}`, `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`, `{"errors":[[[[[[[[["x"]]]]]]]]]}`, `{"error":"` + testKey + `"}`,
		`{"errors":{"` + testKey + `":"https://a.example.org/?X-Amz-Signature=1"}}`, `<html>`, `{"errors":1e999}`, "{\"errors\":\"\\u0000\\ud800\"}",
	} {
		f.Add(422, s)
	}
	c := &Client{scrub: scrubber(testKey), now: time.Now}
	f.Fuzz(func(t *testing.T, status int, body string) {
		e := fault.Of(c.refused(call{name: "x", does: "y", missing: "Z."}, &http.Response{StatusCode: status}, []byte(body)))
		if e.What == "" || e.Kind == fault.Unknown {
			t.Fatalf("%d %q has no sentence: %+v", status, body, e)
		}
		if text := e.Error() + e.Detail; strings.Contains(text, testKey) || strings.ContainsAny(text, "\n\r\x00") || len([]rune(text)) > 3*maxWords {
			t.Fatalf("%d %q shows %q", status, body, text)
		}
		_ = c.decode(call{name: "x", missing: "Z."}, 200, []byte(body), &struct{}{})
	})
}

func TestReasonsAreToldToAPerson(t *testing.T) {
	for reason, kind := range map[Reason]fault.Kind{
		ReasonAlreadyExists: fault.Exists, ReasonUnknownTag: fault.UnknownTag, ReasonUnknownTags: fault.UnknownTag, ReasonMissingText: fault.TagText,
		ReasonItemLimit: fault.ItemLimit, ReasonTimeout: fault.Blocked, ReasonUploadFailed: fault.Blocked, ReasonUnexpected: fault.Blocked,
		"": fault.Blocked, "MOON_IS_FULL": fault.Blocked,
	} {
		e := asFault(t, reason.Fault(), kind)
		if e.Safe == "" || e.Do == "" || !strings.Contains(e.Detail, string(reason)) {
			t.Errorf("%q is told incompletely: %+v", reason, e)
		}
		if reason != "" && strings.Contains(e.Error(), string(reason)) {
			t.Errorf("%q stands in a sentence for a person: %v", reason, e)
		}
	}
}

func TestA429HoldsAllRequestsOfTheKeyBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, "https://darwin.example.org")
		tries := 0
		c.http.Transport = paced(func() (int, string) {
			if tries++; tries == 1 {
				return 429, "20"
			}
			return 200, ""
		})
		began := time.Now()
		if e := asFault(t, everyCall["confirm v2"](t.Context(), c), fault.Busy); e.After != 20*time.Second {
			t.Errorf("wait %v", e.After)
		}
		if err := everyCall["confirm v2"](t.Context(), c); err != nil || time.Since(began) != 20*time.Second {
			t.Errorf("the next request left after %v: %v", time.Since(began), err)
		}
	})
}

// paced gives a status and a Retry-After without a network.
type paced func() (status int, retryAfter string)

func (a paced) RoundTrip(*http.Request) (*http.Response, error) {
	status, after := a()
	h := http.Header{}
	if after != "" {
		h.Set("Retry-After", after)
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}
