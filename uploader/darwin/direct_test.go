package darwin

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/fault"
)

func directItems(contents ...string) []DirectItem {
	items := make([]DirectItem, len(contents))
	for i, c := range contents {
		items[i] = DirectItem{NewItem{Name: fmt.Sprintf("%d.jpg", i), Folder: "/cats"}, []byte(c)}
	}
	return items
}

func TestDirectUploadSendsTheRegistrationWithTheFiles(t *testing.T) {
	const reply = `{"items":[
		{"id":"i-0","name":"cat \"1\".jpg","path":"/cats","slots":[{"type":"image","file_name":"cat \"1\".jpg","slot_name":"0","upload_id":"u-0"}]},
		{"id":"i-1","name":"night.mp4","path":"/","slots":[{"type":"video","file_name":"night.mp4","slot_name":"0"}]}],
		"blocked_items":[{"id":"i-2","name":"c.dcm","path":"/a/b","slots":[{"slot_name":"0","reason":"already_exists"}]}]}`
	s := always(t, 200, reply)
	sent := map[int]int64{}
	answer, err := s.client(t).Direct(datasetV2).Upload(t.Context(), []DirectItem{
		{NewItem{Name: `cat "1".jpg`, Folder: "cats/", Tags: []Tag{{"deer", ""}, {"light", "<rain>"}}}, []byte("meow")},
		{NewItem{Name: "night.mp4", Folder: "/", Video: &Video{FPS: 2.5, AsFrames: true}}, []byte{0, 255, 62, 63, 1}},
		{NewItem{Name: "c.dcm", Folder: "/a//b", Type: "dicom"}, []byte("x")},
	}, Flow{Sent: func(i int, n int64) { sent[i] += n }})
	if err != nil {
		t.Fatal(err)
	}
	got := s.last(t)
	wantEqual(t, got.method+" "+got.path, "POST /api/v2/teams/alder/items/direct_upload")
	wantEqual(t, got.contentType+", "+got.accept, "application/json, application/json")
	wantJSON(t, got.body, `{"dataset_slug":"new","items":[
		{"name":"cat \"1\".jpg","path":"/cats","slots":[{"slot_name":"0","file_name":"cat \"1\".jpg","tags":{"deer":"","light":"<rain>"},"file_content":"bWVvdw=="}]},
		{"name":"night.mp4","path":"/","slots":[{"slot_name":"0","file_name":"night.mp4","fps":2.5,"as_frames":true,"file_content":"AP8+PwE="}]},
		{"name":"c.dcm","path":"/a/b","slots":[{"slot_name":"0","file_name":"c.dcm","type":"dicom","file_content":"eA=="}]}]}`)
	wantEqual(t, sent, map[int]int64{0: 4, 1: 5, 2: 1})
	wantEqual(t, answer, DirectAnswer{Registration: Registration{
		Registered: []Registered{{0, Upload{"i-0", "u-0"}}, {1, Upload{"i-1", ""}}},
		Blocked:    []Blocked{{2, "i-2", ReasonAlreadyExists}},
	}})
}

func TestADirectUploadSaysItsLengthBeforehand(t *testing.T) {
	lengths := make(chan [2]int64, 1)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		lengths <- [2]int64{r.ContentLength, int64(len(r.TransferEncoding))}
		_, _ = io.WriteString(w, `{}`)
	})
	if _, err := s.client(t).Direct(datasetV2).Upload(t.Context(), directItems("a", "bb", "ccc"), Flow{}); err != nil {
		t.Fatal(err)
	}
	if got := <-lengths; got != [2]int64{int64(len(s.last(t).body)), 0} {
		t.Errorf("it says %d bytes in %d encodings, and sends %d", got[0], got[1], len(s.last(t).body))
	}
}

// answered is an answer about items 0.jpg to n-1.jpg in /cats, all taken.
func answered(n int, change ...func(m map[string][]map[string]any)) string {
	m := map[string][]map[string]any{"items": {}, "blocked_items": {}}
	for i := range n {
		m["items"] = append(m["items"], map[string]any{
			"id": fmt.Sprint("i-", i), "name": fmt.Sprintf("%d.jpg", i), "path": "/cats",
			"slots": []any{map[string]any{"slot_name": "0", "upload_id": fmt.Sprint("u-", i)}},
		})
	}
	for _, f := range change {
		f(m)
	}
	text, _ := json.Marshal(m)
	return string(text)
}

func reason(word string) []any { return []any{map[string]any{"slot_name": "0", "reason": word}} }

func TestADirectAnswerIsTakenToTheLetter(t *testing.T) {
	items := directItems("a", "b", "c")
	for name, tc := range map[string]struct {
		body       string
		odd        string // part of it; "" is none
		registered int
		unanswered []int
	}{
		"as it should be":   {answered(3), "", 3, nil},
		"in another order":  {answered(3, func(m map[string][]map[string]any) { i := m["items"]; i[0], i[2] = i[2], i[0] }), "", 3, nil},
		"without a slash":   {answered(3, func(m map[string][]map[string]any) { m["items"][1]["path"] = "cats/" }), "", 3, nil},
		"no list of blocks": {answered(3, func(m map[string][]map[string]any) { delete(m, "blocked_items") }), "", 3, nil},
		"no upload ids":     {answered(3, func(m map[string][]map[string]any) { m["items"][1]["slots"] = []any{map[string]any{"slot_name": "0"}} }), "", 3, nil},
		"one is blocked": {answered(3, func(m map[string][]map[string]any) {
			m["items"][1]["slots"] = reason("FILE_UPLOAD_FAILED")
			m["blocked_items"], m["items"] = m["items"][1:2], []map[string]any{m["items"][0], m["items"][2]}
		}), "", 2, nil},

		"no items":          {`{"blocked_items":[]}`, "no list", 0, []int{0, 1, 2}},
		"null":              {`{"items":null}`, "no list", 0, []int{0, 1, 2}},
		"a list":            {`[]`, "another shape", 0, []int{0, 1, 2}},
		"a word":            {`"ok"`, "another shape", 0, []int{0, 1, 2}},
		"items of no shape": {`{"items":[1,"a",null]}`, "another shape", 0, []int{0, 1, 2}},
		"one is missing":    {answered(2), "not answered", 2, []int{2}},
		"one too many":      {answered(4), "not sent", 3, nil},
		"one twice":         {answered(3, func(m map[string][]map[string]any) { m["items"] = append(m["items"], m["items"][1]) }), "more than once", 2, []int{1}},
		"one in both lists": {answered(3, func(m map[string][]map[string]any) {
			m["blocked_items"] = []map[string]any{{"id": "i", "name": "1.jpg", "path": "/cats", "slots": reason("X")}}
		}), "more than once", 2, []int{1}},
		"another folder":     {answered(3, func(m map[string][]map[string]any) { m["items"][1]["path"] = "/dogs" }), "not sent", 2, []int{1}},
		"no folder":          {answered(3, func(m map[string][]map[string]any) { delete(m["items"][1], "path") }), "no folder", 2, []int{1}},
		"no name":            {answered(3, func(m map[string][]map[string]any) { delete(m["items"][1], "name") }), "not sent", 2, []int{1}},
		"no id":              {answered(3, func(m map[string][]map[string]any) { delete(m["items"][1], "id") }), "no id", 2, []int{1}},
		"an id that is none": {answered(3, func(m map[string][]map[string]any) { m["items"][1]["id"] = "../5" }), "no id", 2, []int{1}},
		"no slot":            {answered(3, func(m map[string][]map[string]any) { m["items"][1]["slots"] = []any{} }), "not one file", 2, []int{1}},
		"two slots":          {answered(3, func(m map[string][]map[string]any) { m["items"][1]["slots"] = append(reason(""), reason("")...) }), "not one file", 2, []int{1}},
		"taken, with a reason against it": {answered(3, func(m map[string][]map[string]any) { m["items"][1]["slots"] = reason("NO") }),
			"reason against", 2, []int{1}},
		"blocked for nothing": {answered(3, func(m map[string][]map[string]any) { m["blocked_items"], m["items"] = m["items"][2:], m["items"][:2] }),
			"without a reason", 2, []int{2}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := always(t, 200, tc.body).client(t).Direct(datasetV2).Upload(t.Context(), items, Flow{})
			if err != nil {
				t.Fatal(err)
			}
			if (got.Odd == "") != (tc.odd == "") || !strings.Contains(got.Odd, tc.odd) {
				t.Errorf("odd: %q, want %q", got.Odd, tc.odd)
			}
			if len(got.Registered) != tc.registered || !reflect.DeepEqual(got.Unanswered, tc.unanswered) {
				t.Errorf("%+v", got.Registration)
			}
		})
	}
}

func TestTwoItemsOfOnePlaceAreNeverAnsweredToTheLetter(t *testing.T) {
	items := append(directItems("a", "b"), directItems("c")...)
	got, err := always(t, 200, answered(2)).client(t).Direct(datasetV2).Upload(t.Context(), items, Flow{})
	if err != nil || got.Odd == "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestADirectUploadThatCannotBeSentIsRefusedBefore(t *testing.T) {
	s := always(t, 200, answered(1))
	for name, tc := range map[string]struct {
		dataset Dataset
		items   []DirectItem
		kind    fault.Kind
	}{
		"version 1":      {datasetV1, directItems("a"), fault.Missing},
		"too many items": {datasetV2, directItems(make([]string, MaxRegister+1)...), fault.TooLarge},
		"too much":       {datasetV2, directItems(strings.Repeat("x", 11e6), strings.Repeat("x", 11e6)), fault.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.client(t).Direct(tc.dataset).Upload(t.Context(), tc.items, Flow{})
			asFault(t, err, tc.kind)
		})
	}
	if n := len(s.requests()); n > 0 {
		t.Errorf("the server was asked %d times", n)
	}
	if a, err := s.client(t).Direct(datasetV2).Upload(t.Context(), nil, Flow{}); err != nil || !reflect.DeepEqual(a, DirectAnswer{}) {
		t.Errorf("nothing to send: %+v, %v", a, err)
	}
}

func TestADirectUploadThatMovesHasAllTheTimeItNeeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, "http://127.0.0.1:9", func(cfg *Config) {
			cfg.Timeout, cfg.RegisterTimeout = time.Second, time.Minute
			cfg.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
				buf := make([]byte, 100)
				for {
					n, err := r.Body.Read(buf)
					if err == io.EOF {
						break
					}
					if err != nil {
						return nil, err
					}
					select {
					case <-time.After(time.Duration(n) * time.Second / 2):
					case <-r.Context().Done():
						return nil, r.Context().Err()
					}
				}
				return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(answered(1)))}, nil
			})
		})
		began := time.Now()
		if _, err := c.Direct(datasetV2).Upload(t.Context(), directItems(strings.Repeat("x", 5000)), Flow{}); err != nil {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		if took := time.Since(began); took < 50*time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestADirectUploadThatStandsStillIsStalledUnlessItIsHeldBack(t *testing.T) {
	for _, held := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			c := newClient(t, "http://127.0.0.1:9", func(cfg *Config) {
				cfg.Timeout, cfg.RegisterTimeout = time.Second, time.Minute
				cfg.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
					if _, err := io.Copy(io.Discard, r.Body); err != nil {
						return nil, err
					}
					<-r.Context().Done()
					return nil, r.Context().Err()
				})
			})
			flow, want := Flow{}, time.Minute
			if held {
				flow.Pace, want = &holding{}, time.Hour+time.Minute
			}
			began := time.Now()
			_, err := c.Direct(datasetV2).Upload(t.Context(), directItems("a"), flow)
			asFault(t, err, fault.Stalled)
			if took := time.Since(began); took != want {
				t.Errorf("held back is %v: it took %v, want %v", held, took, want)
			}
		})
	}
}

// holding holds the first bytes back for an hour.
type holding struct{ done bool }

func (h *holding) Portion() int { return 1 << 20 }

func (h *holding) Wait(ctx context.Context, _ int) error {
	if h.done {
		return nil
	}
	h.done = true
	select {
	case <-time.After(time.Hour):
	case <-ctx.Done():
	}
	return ctx.Err()
}

func TestNothingOfAFileIsReadOnceItsDirectUploadIsOver(t *testing.T) {
	var body io.ReadCloser
	c := newClient(t, "http://127.0.0.1:9", func(cfg *Config) {
		cfg.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			body = r.Body // as a transport may whose answer came early
			return &http.Response{StatusCode: 413, Body: io.NopCloser(strings.NewReader("")), Header: http.Header{}}, nil
		})
	})
	_, err := c.Direct(datasetV2).Upload(t.Context(), directItems("secret"), Flow{Sent: func(int, int64) { t.Error("something is sent") }})
	asFault(t, err, fault.TooLarge)
	if text, err := io.ReadAll(body); err == nil || len(text) > 0 {
		t.Errorf("%q, %v", text, err)
	}
}

// whole is what a stream is to put out.
func whole(parts []part) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		b.Write(p.text)
		b.WriteString(base64.StdEncoding.EncodeToString(p.content))
	}
	return b.Bytes()
}

func FuzzStream(f *testing.F) {
	f.Add(uint64(1), "head", []byte("content"), 3)
	f.Add(uint64(2), "", []byte{}, 1)
	f.Add(uint64(3), "x", bytes.Repeat([]byte{7}, 1000), 5)
	f.Fuzz(func(t *testing.T, seed uint64, text string, content []byte, n int) {
		dice := rand.New(rand.NewPCG(seed, 1))
		var parts []part
		for range 1 + max(n, -n)%7 {
			parts = append(parts, part{[]byte(text)[:dice.IntN(len(text)+1)], content[:dice.IntN(len(content)+1)]})
		}
		s := newStream(parts, Flow{})
		s.watch, s.limit = time.NewTimer(time.Hour), time.Hour
		defer s.watch.Stop()
		want := whole(parts)
		if s.length != int64(len(want)) {
			t.Errorf("it says %d bytes of %d", s.length, len(want))
		}
		if err := iotest.TestReader(s.reader(), want); err != nil {
			t.Error(err)
		}
		var got []byte
		for r := s.reader(); ; {
			buf := make([]byte, 1+dice.IntN(9))
			k, err := r.Read(buf)
			got = append(got, buf[:k]...)
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func FuzzReadDirect(f *testing.F) {
	f.Add(answered(3))
	f.Add(answered(2))
	f.Add(`{"items":[{"id":1,"name":"0.jpg","path":"cats","slots":[{}]}],"blocked_items":[{"slots":[{"reason":"X"}]}]}`)
	items := directItems("a", "b", "c")
	f.Fuzz(func(t *testing.T, body string) {
		a := readDirect(items, []byte(body), func(s string) string { return s })
		times := make([]int, len(items))
		for _, g := range a.Registered {
			times[g.Index]++
		}
		for _, b := range a.Blocked {
			times[b.Index]++
		}
		for _, i := range a.Unanswered {
			times[i]++
		}
		for i, n := range times {
			if n != 1 {
				t.Errorf("item %d is there %d times", i, n)
			}
		}
		if a.Odd == "" && len(a.Unanswered) > 0 {
			t.Error("an item is not answered, and that is not odd")
		}
	})
}

func BenchmarkDirectBody(b *testing.B) {
	items := directItems(make([]string, 100)...)
	for i := range items {
		items[i].Content = make([]byte, 40_000)
	}
	b.SetBytes(100 * 40_000)
	b.ReportAllocs()
	buf := make([]byte, 32<<10)
	for b.Loop() {
		parts, err := directParts("new", items)
		if err != nil {
			b.Fatal(err)
		}
		s := newStream(parts, Flow{})
		s.watch, s.limit = time.NewTimer(time.Hour), time.Hour
		if _, err := io.CopyBuffer(io.Discard, struct{ io.Reader }{s.reader()}, buf); err != nil {
			b.Fatal(err)
		}
		s.watch.Stop()
	}
}
