package darwin

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

func TestStatesReadsWhereAnItemIs(t *testing.T) {
	v1 := func(rest string) string {
		return `{"items":[{"id":5,"filename":"a.jpg","path":"/"` + rest + `}],"metadata":{"next":null}}`
	}
	v2 := func(rest string) string {
		return `{"items":[{"id":"5","name":"a.jpg","path":"/"` + rest + `}],"page":{"next":null}}`
	}
	failed := func(problem string) string {
		return v2(`,"status":"error","processing_status":"error","uploads":[{"slot_name":"0","upload_id":"u","processing_status":"error","processing_error":` + problem + `}]`)
	}
	for name, tc := range map[string]struct {
		dataset Dataset
		answer  string
		want    Standing
	}{
		"V1, waiting":    {datasetV1, v1(`,"status":"uploading"`), Standing{State: ItemUploading}},
		"V1, processing": {datasetV1, v1(`,"status":"processing"`), Standing{State: ItemProcessing}},
		"V1, new":        {datasetV1, v1(`,"status":"new","archived":false`), Standing{State: ItemComplete}},
		"V1, failed":     {datasetV1, v1(`,"status":"error"`), Standing{State: ItemFailed}},
		"V1, archived":   {datasetV1, v1(`,"status":"archived"`), Standing{State: ItemArchived}},
		"V1, a flag":     {datasetV1, v1(`,"status":"new","archived":true`), Standing{State: ItemArchived}},
		"V1, not listed": {datasetV1, `{"items":[]}`, Standing{State: ItemMissing}},

		"V2, waiting":     {datasetV2, v2(`,"processing_status":"uploading"`), Standing{State: ItemUploading}},
		"V2, confirmed":   {datasetV2, v2(`,"status":"uploading","processing_status":"uploading_confirmed"`), Standing{State: ItemProcessing}},
		"V2, processing":  {datasetV2, v2(`,"processing_status":"processing"`), Standing{State: ItemProcessing}},
		"V2, complete":    {datasetV2, v2(`,"status":"annotate","processing_status":"complete","uploads":[]`), Standing{State: ItemComplete}},
		"V2, archived":    {datasetV2, v2(`,"status":"archived","processing_status":"complete","archived":true`), Standing{State: ItemArchived}},
		"V2, left behind": {datasetV2, v2(`,"processing_status":"uploading","archived":true`), Standing{State: ItemUploading}},
		"V2, cancelled":   {datasetV2, v2(`,"processing_status":"cancelled"`), Standing{State: ItemFailed}},
		"V2, a new word":  {datasetV2, v2(`,"processing_status":"dreaming"`), Standing{State: ItemUnknown}},
		"V2, not listed":  {datasetV2, `{"items":[{"id":"6","processing_status":"complete"}],"page":{}}`, Standing{State: ItemMissing}},

		"V2, failed":                   {datasetV2, failed(`{"message":"broken\n JPEG","stage":"x"}`), Standing{State: ItemFailed, Message: "broken JPEG"}},
		"V2, failed, only a type":      {datasetV2, failed(`{"message":null,"processing_error_type":"corrupt_file"}`), Standing{State: ItemFailed, Message: "corrupt_file"}},
		"V2, failed, no reason":        {datasetV2, failed(`null`), Standing{State: ItemFailed}},
		"V2, failed, with a secret":    {datasetV2, failed(`{"message":"key ` + testKey + ` refused"}`), Standing{State: ItemFailed, Message: "key (hidden) refused"}},
		"V2, failed, with a long text": {datasetV2, failed(`{"message":"` + strings.Repeat("ö", 1000) + `"}`), Standing{State: ItemFailed, Message: strings.Repeat("ö", 150) + "..."}},
		"V2, another slot failed": {
			datasetV2,
			v2(`,"processing_status":"error","uploads":[{"slot_name":"1","processing_status":"error","processing_error":{"message":"bad slice"}}]`),
			Standing{State: ItemFailed, Message: "bad slice"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := always(t, 200, tc.answer).client(t).Listing(tc.dataset).States(t.Context(), []string{"5"})
			if err != nil {
				t.Fatal(err)
			}
			tc.want.ItemID = "5"
			wantEqual(t, got, []Standing{tc.want})
		})
	}
}

// ids are as long as Darwin's of version 2, and numbers for version 1.
func idsOf(d Dataset, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("%d", 5600+i)
		if d.Version == 2 {
			ids[i] = fmt.Sprintf("01885211-492b-5f35-8f0a-%012d", i)
		}
	}
	return ids
}

// pager lists what it is asked for in pages of a few items.
func pager(t *testing.T, size int) *server {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		ids := q["item_ids[]"]
		if r.Method == http.MethodPost {
			var body struct {
				Filter struct {
					IDs []json.Number `json:"dataset_item_ids"`
				} `json:"filter"`
			}
			if err := json.NewDecoder(r.Body).Decode(&body); err == nil {
				for _, id := range body.Filter.IDs {
					ids = append(ids, id.String())
				}
			}
		}
		slices.Sort(ids)
		from := q.Get("page[from]")
		rest := slices.DeleteFunc(ids, func(id string) bool { return id < from })
		next := "null"
		if len(rest) > size {
			next, rest = `"`+rest[size]+`"`, rest[:size]
		}
		var items []string
		for _, id := range rest {
			items = append(items, `{"id":"`+id+`","status":"new","processing_status":"complete"}`)
		}
		_, _ = fmt.Fprintf(w, `{"items":[%s],"page":{"next":%s},"metadata":{"next":%s}}`, strings.Join(items, ","), next, next)
	})
}

func TestStatesAsksForAHundredAtATimeAndReadsEveryPage(t *testing.T) {
	for _, d := range []Dataset{datasetV1, datasetV2} {
		t.Run(fmt.Sprint("version ", d.Version), func(t *testing.T) {
			s := pager(t, 40)
			ids := idsOf(d, 250)
			slices.Reverse(ids)
			got, err := s.client(t).Listing(d).States(t.Context(), append(ids, "", "no/id"))
			if err != nil {
				t.Fatal(err)
			}
			for i, id := range ids {
				if got[i] != (Standing{ItemID: id, State: ItemComplete}) {
					t.Errorf("%d is %+v", i, got[i])
				}
			}
			if len(got) != 252 || got[250].State != ItemMissing || got[251].State != ItemMissing {
				t.Errorf("%d answers, the last are %+v", len(got), got[len(got)-2:])
			}
			for _, r := range s.requests() {
				if len(r.path)+len(r.query) > 8000 {
					t.Errorf("an address of %d bytes", len(r.path)+len(r.query))
				}
			}
			if n := len(s.requests()); n != 3+3+2 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// A list that cannot be read to its end must not make anything look missing.
func TestAnEndlessListIsNoAnswer(t *testing.T) {
	for name, next := range map[string]func(n int) string{
		"always on":  func(n int) string { return fmt.Sprint(n) },
		"in circles": func(int) string { return "7" },
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				n++
				_, _ = fmt.Fprintf(w, `{"items":[{"id":"other%d"}],"page":{"next":"%s"}}`, n, next(n))
			})
			_, err := s.client(t).Listing(datasetV2).States(t.Context(), []string{"5"})
			asFault(t, err, fault.Unexpected)
			if n > maxPages {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestAListWithoutItemsIsNoAnswer(t *testing.T) {
	for _, answer := range []string{`{}`, `{"items":null}`, `[]`, `{"items":{"id":"5"}}`} {
		_, err := always(t, 200, answer).client(t).Listing(datasetV2).States(t.Context(), []string{"5"})
		asFault(t, err, fault.Unexpected)
	}
}

func TestRemoveNamesTheItemsAndNothingElse(t *testing.T) {
	for _, tc := range []struct {
		dataset    Dataset
		path, body string
	}{
		{datasetV1, "/api/teams/alder/datasets/old/items", `{"filter":{"dataset_item_ids":[5600,5601]}}`},
		{datasetV2, "/api/v2/teams/alder/items", `{"filters":{"dataset_ids":[8],"item_ids":["%s","%s"]}}`},
	} {
		s := always(t, 200, "")
		ids := idsOf(tc.dataset, 2)
		if err := s.client(t).Listing(tc.dataset).Remove(t.Context(), ids); err != nil {
			t.Fatal(err)
		}
		want := tc.body
		if strings.Contains(want, "%s") {
			want = fmt.Sprintf(want, ids[0], ids[1])
		}
		if got := s.last(t); got.method != http.MethodDelete || got.path != tc.path || got.body != want || got.query != "" {
			t.Errorf("it asked %+v", got)
		}
	}
}

// A filter without ids would be one about the whole dataset.
func TestRemoveNeverAsksWithoutIDs(t *testing.T) {
	for _, d := range []Dataset{datasetV1, datasetV2} {
		for _, ids := range [][]string{nil, {}, {""}, {" "}, {"a/b", "*"}} {
			s := always(t, 200, "{}")
			if err := s.client(t).Listing(d).Remove(t.Context(), ids); err != nil || len(s.requests()) > 0 {
				t.Errorf("version %d, %q: %v, %+v", d.Version, ids, err, s.requests())
			}
		}
	}
	s := always(t, 200, "{}")
	if err := s.client(t).Listing(datasetV1).Remove(t.Context(), []string{"018c"}); err != nil || len(s.requests()) > 0 {
		t.Errorf("an id of version 2: %v, %+v", err, s.requests())
	}
	s = always(t, 200, "{}")
	if err := s.client(t).Listing(datasetV2).Remove(t.Context(), idsOf(datasetV2, 250)); err != nil || len(s.requests()) != 3 {
		t.Errorf("%v, %d requests", err, len(s.requests()))
	}
}

func FuzzStates(f *testing.F) {
	f.Add([]byte(`{"items":[{"id":"5","processing_status":"error","archived":true,"uploads":[{"slot_name":"0","processing_error":{"message":"m"}}]}],"page":{"next":"1"},"metadata":{"next":"1"}}`))
	f.Add([]byte(`{"items":[{"id":5,"status":"new","archived":"true"},null,{}],"page":null}`))
	f.Add([]byte(`{"items":[{"id":["5"],"uploads":{"a":1}}],"page":{"next":{}}}`))
	f.Add([]byte(`{"errors":[]}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		u, err := url.Parse("https://darwin.example")
		if err != nil {
			t.Fatal(err)
		}
		c, err := New(Config{Server: u, Key: testKey, RequestsPerMinute: -1, Transport: answering(answer)})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []Dataset{datasetV1, datasetV2} {
			got, err := c.Listing(d).States(context.Background(), []string{"5", "6"})
			if err != nil {
				if fault.Of(err).What == "" || got != nil {
					t.Errorf("%v with %v", err, got)
				}
				continue
			}
			if len(got) != 2 || got[0].ItemID != "5" || got[1].ItemID != "6" {
				t.Errorf("it gives %+v", got)
			}
			for _, s := range got {
				if s.State > ItemMissing || len(s.Message) > maxMessage+3 || strings.ContainsAny(s.Message, "\n\r\t") || strings.Contains(s.Message, testKey) {
					t.Errorf("it gives %+v", s)
				}
			}
		}
	})
}

// answering answers everything with one body, without a network.
type answering []byte

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: 200, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(string(a))), Request: r,
	}, nil
}
