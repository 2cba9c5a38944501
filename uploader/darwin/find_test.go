package darwin

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
)

// at is a moment of the day on which the tests' items were registered.
func at(clock string) time.Time {
	t, err := time.Parse("15:04:05", clock)
	if err != nil {
		panic(err)
	}
	return time.Date(2024, 3, 1, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

func TestFindReadsHowFarDarwinIsWithAnItem(t *testing.T) {
	v1 := func(rest string) string {
		return `{"items":[{"id":5,"filename":"a.jpg","path":"cats"` + rest + `}],"metadata":{"next":null}}`
	}
	v2 := func(rest string) string {
		return `{"items":[{"id":"i5","name":"a.jpg","path":"/cats"` + rest + `}],"page":{"next":null}}`
	}
	inV1, inV2 := Upload{"5", "5"}, Upload{"i5", "u5"}
	for name, tc := range map[string]struct {
		dataset Dataset
		answer  string
		want    Found
	}{
		"V1, waiting":            {datasetV1, v1(`,"status":"uploading","inserted_at":"2024-03-01T10:20:30"`), Found{Upload: inV1, State: ItemUploading, Inserted: at("10:20:30")}},
		"V1, with fractions":     {datasetV1, v1(`,"status":"Uploading","inserted_at":"2024-03-01T10:20:30.000000"`), Found{Upload: inV1, State: ItemUploading, Inserted: at("10:20:30")}},
		"V1, no time":            {datasetV1, v1(`,"status":"processing"`), Found{Upload: inV1, State: ItemProcessing}},
		"V1, no time to read":    {datasetV1, v1(`,"status":"new","inserted_at":"yesterday"`), Found{Upload: inV1, State: ItemComplete}},
		"V1, in the workflow":    {datasetV1, v1(`,"status":"review","inserted_at":null`), Found{Upload: inV1, State: ItemComplete}},
		"V1, failed":             {datasetV1, v1(`,"status":"error"`), Found{Upload: inV1, State: ItemFailed}},
		"V1, a word of tomorrow": {datasetV1, v1(`,"status":"dreaming"`), Found{Upload: inV1}},

		"V2, waiting": {
			datasetV2,
			v2(`,"processing_status":"uploading","inserted_at":"2024-03-01T11:20:30+01:00","uploads":[{"slot_name":"0","upload_id":"u5","processing_status":"uploading"}]`),
			Found{Upload: inV2, State: ItemUploading, Inserted: at("10:20:30")},
		},
		"V2, confirmed": {datasetV2, v2(`,"uploads":[{"slot_name":"0","upload_id":"u5","processing_status":"uploading_confirmed"}]`), Found{Upload: inV2, State: ItemProcessing}},
		"V2, our slot is further than the item": {
			datasetV2,
			v2(`,"processing_status":"uploading","uploads":[{"slot_name":"1","upload_id":"other","processing_status":"uploading"},{"slot_name":"0","upload_id":"u5","processing_status":"processing"}]`),
			Found{Upload: inV2, State: ItemProcessing},
		},
		"V2, another slot waits": {
			datasetV2, v2(`,"processing_status":"uploading","uploads":[{"slot_name":"1","upload_id":"other","processing_status":"uploading"}]`),
			Found{Upload: Upload{ItemID: "i5"}, State: ItemUploading},
		},
		"V2, done": {datasetV2, v2(`,"status":"new","processing_status":"complete","uploads":[]`), Found{Upload: Upload{ItemID: "i5"}, State: ItemComplete}},
		"V2, failed": {
			datasetV2,
			v2(`,"processing_status":"error","uploads":[{"slot_name":"0","upload_id":"u5","processing_status":"error","processing_error":{"message":"broken JPEG"}}]`),
			Found{Upload: inV2, State: ItemFailed, Message: "broken JPEG"},
		},
		"V2, only a status":     {datasetV2, v2(`,"status":"annotate","uploads":null`), Found{Upload: Upload{ItemID: "i5"}, State: ItemComplete}},
		"V2, fields gone wrong": {datasetV2, v2(`,"processing_status":7,"uploads":"none","inserted_at":{}`), Found{Upload: Upload{ItemID: "i5"}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := always(t, 200, tc.answer)
			got, err := s.client(t).Uploads(tc.dataset).Find(t.Context(), []Place{{Folder: "cats", Name: "A.jpg"}, {Folder: "/cats/", Name: "a.jpg"}})
			if err != nil {
				t.Fatal(err)
			}
			tc.want.Index = 1
			wantEqual(t, got, []Found{tc.want})
		})
	}
}

func TestFindAsksForIdsFirstAndThenForTheNamesOfTheRest(t *testing.T) {
	places := []Place{{"/cats", "a.jpg", "5"}, {"/cats", "b.jpg", "6"}, {"/cats", "c.jpg", ""}}
	for _, d := range []Dataset{datasetV1, datasetV2} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"items":[{"id":5,"name":"renamed.jpg","filename":"renamed.jpg","path":"/else"},{"id":7,"name":"c.jpg","filename":"c.jpg","path":"/cats"},{"id":9,"name":"x.jpg","filename":"x.jpg","path":"/cats"}]}`)
		})
		got, err := s.client(t).Uploads(d).Find(t.Context(), places)
		if err != nil || len(got) != 2 || got[0].Index != 0 || got[0].Upload.ItemID != "5" || got[1].Index != 2 || got[1].Upload.ItemID != "7" {
			t.Fatalf("found %+v, %v", got, err)
		}
		asked := s.requests()
		if len(asked) != 2 {
			t.Fatalf("%d requests", len(asked))
		}
		if d.Version == 1 {
			wantJSON(t, asked[0].body, `{"filter":{"dataset_item_ids":[5,6]},"sort":{}}`)
			wantJSON(t, asked[1].body, `{"filter":{"filenames":["b.jpg","c.jpg"],"path":"/cats"},"sort":{}}`)
			continue
		}
		wantEqual(t, asked[0].query, "dataset_ids%5B%5D=8&item_ids%5B%5D=5&item_ids%5B%5D=6&page%5Bsize%5D=500")
		wantEqual(t, asked[1].query, "dataset_ids%5B%5D=8&item_names%5B%5D=b.jpg&item_names%5B%5D=c.jpg&item_paths%5B%5D=%2Fcats&page%5Bsize%5D=500")
	}
}

func TestIdsThatTheListDoesNotTakeAreMadeUpForByPlaces(t *testing.T) {
	for status, requests := range map[int]int{404: 2, 422: 2, 403: 1, 503: 1} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Has("item_ids[]") {
				w.WriteHeader(status)
				return
			}
			_, _ = io.WriteString(w, `{"items":[{"id":"i7","name":"a.jpg","path":"/"}]}`)
		})
		got, err := s.client(t).Uploads(datasetV2).Find(t.Context(), []Place{{"/", "a.jpg", "gone"}})
		if n := len(s.requests()); n != requests || len(got) != requests-1 || (err == nil) != (requests == 2) {
			t.Errorf("%d: found %+v after %d requests, %v", status, got, n, err)
		}
	}
}

// library lists n items, in pages of two, those that were asked for by name
// only if it knows the filter.
func library(t *testing.T, n int, knowsFilter bool) *server {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.RequestURI()) > 8<<10 {
			w.WriteHeader(http.StatusRequestURITooLong)
			return
		}
		q := r.URL.Query()
		wanted := map[string]bool{}
		for _, name := range q["item_names[]"] {
			wanted[name] = true
		}
		from := 0
		_, _ = fmt.Sscan(q.Get("page[from]"), &from)
		var items []string
		next := "null"
		for i := from; i < n; i++ {
			name := longName(i)
			if knowsFilter && !wanted[name] {
				continue
			}
			if len(items) == 2 {
				next = fmt.Sprintf(`"%d"`, i)
				break
			}
			items = append(items, fmt.Sprintf(`{"id":"i%d","name":%q,"path":"/","processing_status":"complete"}`, i, name))
		}
		_, _ = fmt.Fprintf(w, `{"items":[%s],"page":{"next":%s}}`, strings.Join(items, ","), next)
	})
}

func longName(i int) string {
	return fmt.Sprintf("%s %04d é.jpg", strings.Repeat("long name ", 40), i)
}

func TestLongNamesAreAskedForInSeveralShortRequestsAndAllPagesAreRead(t *testing.T) {
	var places []Place
	for i := range 100 {
		places = append(places, Place{Folder: "/", Name: longName(i)})
	}
	s := library(t, 90, true)
	got, err := s.client(t).Uploads(datasetV2).Find(t.Context(), places)
	if err != nil || len(got) != 90 {
		t.Fatalf("found %d, %v", len(got), err)
	}
	for i, f := range got {
		if f.Index != i || f.Upload.ItemID != fmt.Sprint("i", i) {
			t.Errorf("place %d is %+v", i, f)
		}
	}
	lists := map[string]bool{}
	for _, r := range s.requests() {
		q, err := url.ParseQuery(r.query)
		if err != nil {
			t.Fatal(err)
		}
		lists[q.Get("item_names[]")] = true
	}
	if len(lists) < 5 || len(lists) > 20 {
		t.Errorf("%d lists for 100 long names", len(lists))
	}
}

func TestAnEndlessListIsNotReadToItsEnd(t *testing.T) {
	s := library(t, 100_000, false)
	got, err := s.client(t).Uploads(datasetV2).Find(t.Context(), []Place{{Folder: "/", Name: longName(3)}, {Folder: "/", Name: "none.jpg"}})
	if err != nil || len(got) != 1 || len(s.requests()) != maxPages {
		t.Errorf("found %+v after %d requests, %v", got, len(s.requests()), err)
	}
}

func TestFindTakesNoStrangeAnswerForAnEmptyList(t *testing.T) {
	for _, body := range []string{``, `null`, `{}`, `{"items":null}`, `<html>Welcome</html>`, `{"items":{}}`} {
		c := always(t, 200, body).client(t)
		asFault(t, everyCall["find v1"](t.Context(), c), fault.Unexpected)
		asFault(t, everyCall["find v2"](t.Context(), c), fault.Unexpected)
	}
	s := always(t, 200, `{"items":[]}`)
	for _, d := range []Dataset{datasetV1, datasetV2} {
		if got, err := s.client(t).Uploads(d).Find(t.Context(), nil); err != nil || len(got) != 0 {
			t.Errorf("nothing was asked for: %+v, %v", got, err)
		}
		if got, err := s.client(t).Uploads(d).Find(t.Context(), []Place{{Name: "a.jpg"}}); err != nil || len(got) != 0 {
			t.Errorf("an empty list: %+v, %v", got, err)
		}
	}
	wantEqual(t, len(s.requests()), 2)
}

func TestDarwinsClockIsThatOfItsAnswersHoweverWrongThisComputersIs(t *testing.T) {
	date := at("10:00:00")
	s := always(t, 200, `{"items":[]}`, "Date", date.Format(http.TimeFormat))
	c := s.client(t)
	here := date.Add(-1000 * time.Hour)
	c.now = func() time.Time { return here }
	up := c.Uploads(datasetV2)
	if now, ok := up.Now(); ok {
		t.Errorf("before any answer it is %v", now)
	}
	if _, err := up.Find(t.Context(), []Place{{Name: "a.jpg"}}); err != nil {
		t.Fatal(err)
	}
	here = here.Add(90 * time.Second)
	for _, d := range []Dataset{datasetV1, datasetV2} {
		if now, ok := c.Uploads(d).Now(); !ok || !now.Equal(date.Add(90*time.Second)) {
			t.Errorf("a minute and a half later it is %v, %v", now, ok)
		}
	}
}
