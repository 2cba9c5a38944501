package darwin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
)

func TestNewRefusesKeysThatCannotBeOneAndTrimsTheOthers(t *testing.T) {
	u, _ := url.Parse(PublicServer)
	for _, key := range []string{"", " \n", "two words", "line\nbreak", "ABC\x00", "ABC\u200bDEF", "ABCDEFé", "\x7fABC"} {
		_, err := New(Config{Server: u, Key: key})
		e := asFault(t, err, fault.Key)
		if k := strings.TrimSpace(key); k != "" && strings.Contains(e.Error()+e.Detail, k) {
			t.Errorf("the refusal of %q repeats it", key)
		}
	}
	s := answers(t, map[string]string{"GET /api/datasets": "[]"})
	c := s.client(t, func(cfg *Config) { cfg.Key = " \t" + testKey + "\r\n" })
	if _, err := c.Datasets(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, s.last(t).auth, "ApiKey "+testKey)
}

func TestNewRefusesServersThatParseServerWouldRefuse(t *testing.T) {
	for _, address := range []string{"http://darwin.v7labs.com", "https://u:p@darwin.v7labs.com", "https://darwin.v7labs.com/x"} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		_, err = New(Config{Server: u, Key: testKey})
		asFault(t, err, fault.Usage)
	}
	_, err := New(Config{Key: testKey})
	asFault(t, err, fault.Usage)
}

func TestEveryCallCarriesKeyAndHeadersAndGoesBelowAPI(t *testing.T) {
	s := always(t, http.StatusInternalServerError, "")
	c := s.client(t, func(cfg *Config) { cfg.UserAgent = "tester/1" })
	want := map[string]string{
		"token info": "GET /api/users/token_info", "datasets": "GET /api/datasets", "dataset": "GET /api/datasets/7",
		"create dataset": "POST /api/datasets", "tag classes": "GET /api/teams/alder/annotation_classes?include_tags=true",
		"create tag class": "POST /api/teams/alder/annotation_classes", "link tag class": "GET /api/users/token_info",
		"register v1": "PUT /api/teams/alder/datasets/old/data", "register v2": "POST /api/v2/teams/alder/items/register_upload",
		"direct upload": "POST /api/v2/teams/alder/items/direct_upload",
		"sign v1":       "GET /api/dataset_items/5600/sign_upload", "sign v2": "GET /api/v2/teams/alder/items/uploads/0bb8-upload/sign",
		"storages":   "GET /api/teams/alder/storage",
		"find v1":    "POST /api/datasets/7/items?page%5Bsize%5D=500",
		"find v2":    "GET /api/v2/teams/alder/items?dataset_ids%5B%5D=8&item_names%5B%5D=a.jpg&item_paths%5B%5D=%2F&page%5Bsize%5D=500",
		"confirm v1": "PUT /api/dataset_items/5600/confirm_upload", "confirm v2": "POST /api/v2/teams/alder/items/uploads/0bb8-upload/confirm",
		"states v1": "POST /api/datasets/7/items?page%5Bsize%5D=500",
		"states v2": "GET /api/v2/teams/alder/items?dataset_ids%5B%5D=8&item_ids%5B%5D=018c-item&page%5Bsize%5D=500",
		"remove v1": "DELETE /api/teams/alder/datasets/old/items",
		"remove v2": "DELETE /api/v2/teams/alder/items",
	}
	for name, do := range everyCall {
		asFault(t, do(t.Context(), c), fault.Busy)
		got := s.last(t)
		line := got.method + " " + got.path
		if got.query != "" {
			line += "?" + got.query
		}
		if line != want[name] {
			t.Errorf("%s asks %q, want %q", name, line, want[name])
		}
		if got.auth != "ApiKey "+testKey || got.accept != "application/json" || got.agent != "tester/1" {
			t.Errorf("%s sends the headers %+v", name, got)
		}
		if wantType := got.method != http.MethodGet; wantType != (got.contentType == "application/json") || wantType != (got.body != "") {
			t.Errorf("%s sends a body %q of type %q with %s", name, got.body, got.contentType, got.method)
		}
	}
}

func TestNamesInAddressesAreEscapedAndEmptyOnesAreMissing(t *testing.T) {
	s := always(t, http.StatusOK, `{"upload_url":"https://bucket.example.org/x"}`)
	c := s.client(t)
	if _, err := c.Uploads(Dataset{TeamSlug: "a/../b?c", Slug: "x", Version: 2}).Sign(t.Context(), Upload{UploadID: "u#1"}); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, s.last(t).path, "/api/v2/teams/a%2F..%2Fb%3Fc/items/uploads/u%231/sign")
	before := len(s.requests())
	for _, id := range []string{"", ".", ".."} {
		_, err := c.Uploads(datasetV1).Sign(t.Context(), Upload{UploadID: id})
		asFault(t, err, fault.Missing)
	}
	_, err := c.Uploads(Dataset{TeamSlug: "alder"}).Register(t.Context(), []NewItem{{Name: "a"}})
	asFault(t, err, fault.Missing)
	wantEqual(t, len(s.requests()), before)
}

func TestRedirectsNeverLeaveDarwin(t *testing.T) {
	elsewhere := always(t, http.StatusOK, `{"selected_team":{"slug":"x"}}`)
	for name, do := range everyCall {
		for _, status := range []int{301, 302, 303, 307, 308} {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL+r.URL.Path, status) })
			asFault(t, do(t.Context(), s.client(t)), fault.Unexpected)
			if n := len(elsewhere.requests()); n != 0 {
				t.Fatalf("%s followed a %d to another host", name, status)
			}
		}
	}
}

func TestRedirectsWithinDarwinAreFollowedOnlyWhereTheyRepeatTheRequest(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/new") {
			status := http.StatusPermanentRedirect
			if r.URL.Path == "/api/v2/teams/alder/items/register_upload" {
				status = http.StatusMovedPermanently // would become a GET
			}
			http.Redirect(w, r, "/api/new"+r.URL.Path, status)
			return
		}
		_, _ = io.WriteString(w, `{"items":[{"dataset_item_id":1,"filename":"a.jpg"}]}`)
	})
	c := s.client(t)
	got, err := c.Uploads(datasetV1).Register(t.Context(), []NewItem{{Name: "a.jpg"}})
	if err != nil || len(got.Registered) != 1 {
		t.Errorf("a redirect that repeats the request gave %+v, %v", got, err)
	}
	if last := s.last(t); last.auth != "ApiKey "+testKey || !strings.Contains(last.body, "a.jpg") {
		t.Errorf("the redirect lost the key or the body: %+v", last)
	}
	asFault(t, everyCall["register v2"](t.Context(), c), fault.Unexpected)

	circle := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	asFault(t, everyCall["datasets"](t.Context(), circle.client(t)), fault.Unexpected)
	if n := len(circle.requests()); n > 5 {
		t.Errorf("went round in a circle %d times", n)
	}
}

func TestRedirectToPlainHTTPOrAnotherPortIsNotFollowed(t *testing.T) {
	request := func(address string) *http.Request {
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	from := []*http.Request{request("https://darwin.v7labs.com/api/x")}
	for to, follow := range map[string]bool{
		"https://darwin.v7labs.com/y": true, "https://DARWIN.v7labs.com:443/y": true,
		"http://darwin.v7labs.com/y": false, "https://darwin.v7labs.com:8443/y": false, "https://www.darwin.v7labs.com/y": false,
		"https://v7labs.com/y": false, "https://a:b@darwin.v7labs.com/y": false,
	} {
		if err := stayWithDarwin(request(to), from); (err == nil) != follow {
			t.Errorf("redirect to %s: %v, follow %v", to, err, follow)
		}
	}
}

func TestEndedContextComesBackAsItIs(t *testing.T) {
	arrived := make(chan struct{}, 1)
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-r.Context().Done()
	})
	for name, do := range everyCall {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-arrived
			cancel()
		}()
		if err := do(ctx, s.client(t)); err != context.Canceled {
			t.Errorf("%s: cancelled, got %v", name, err)
		}
		if err := do(ctx, s.client(t)); err != context.Canceled {
			t.Errorf("%s: cancelled before, got %v", name, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := everyCall["datasets"](ctx, s.client(t)); err != context.DeadlineExceeded {
		t.Errorf("the caller's own deadline gave %v", err)
	}
	if _, err := s.client(t).Uploads(datasetV2).Register(ctx, nil); err != context.DeadlineExceeded {
		t.Errorf("registering nothing after the deadline gave %v", err)
	}
}

func TestSilenceIsStalledAfterTheCallsOwnTimeLimit(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "datasets/7") { // headers come, the body does not
			w.Header().Set("Content-Length", "10")
			w.WriteHeader(http.StatusOK)
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	})
	c := s.client(t, func(cfg *Config) { cfg.Timeout, cfg.RegisterTimeout = 20*time.Millisecond, 30*time.Millisecond })
	for name, do := range everyCall {
		e := asFault(t, do(t.Context(), c), fault.Stalled)
		if !errors.Is(e, context.DeadlineExceeded) {
			t.Errorf("%s: the cause is %v", name, e.Err)
		}
	}
}

func TestAnswersThatAreTooLongAreNotRead(t *testing.T) {
	s := always(t, http.StatusOK, `[`+strings.Repeat(" ", 200)+`]`)
	c := s.client(t)
	c.answerLimit = 100
	asFault(t, everyCall["datasets"](t.Context(), c), fault.Unexpected)
	c.answerLimit = 202
	if err := everyCall["datasets"](t.Context(), c); err != nil {
		t.Errorf("an answer of just the limit gave %v", err)
	}
}

func TestClientServesManyGoroutinesAtOnce(t *testing.T) {
	s := answers(t, map[string]string{
		"GET /api/users/token_info": `{"selected_team":{"id":1,"slug":"alder"}}`,
		"GET /api/datasets":         `[{"id":1,"slug":"a","name":"A"}]`,
	})
	c := s.client(t)
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			list, err := c.Datasets(t.Context())
			if err != nil || len(list) != 1 || list[0].TeamSlug != "alder" {
				t.Errorf("got %+v, %v", list, err)
			}
			_ = fmt.Sprint(c)
		})
	}
	wait.Wait()
}

func TestAnotherKeyHoldsForTheNextRequestsAndNoTextShowsEither(t *testing.T) {
	const first, second = "ABCDEFG.0123456789abcdef0123456789abcdef", "HIJKLMN.fedcba9876543210fedcba9876543210"
	var seen []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"message":"no `+first+` and no `+second+`"}`)
	}))
	defer server.Close()
	address, err := ParseServer(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Config{Server: address, Key: first})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseIdle()
	_, _ = c.TokenInfo(t.Context()) // refused
	if err := c.SetKey("two words"); fault.KindOf(err) != fault.Key {
		t.Errorf("what can be no key gives %v", err)
	}
	if err := c.SetKey(" " + second + "\n"); err != nil {
		t.Fatal(err)
	}
	_, err = c.TokenInfo(t.Context())
	if !slices.Equal(seen, []string{"ApiKey " + first, "ApiKey " + second}) {
		t.Errorf("%d requests with other keys", len(seen))
	}
	f := fault.Of(err)
	for _, key := range []string{first, second} {
		if text := f.Error() + f.Detail + fmt.Sprintf("%+v", c); strings.Contains(text, key) || strings.Contains(text, key[8:]) {
			t.Errorf("a text shows a key: %s", text)
		}
	}
}
