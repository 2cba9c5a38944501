package darwin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/fault"
)

const listOfClasses = `{"annotation_classes":[
	{"id":345,"name":"bedroom","annotation_types":["text","tag"],"dataset_id":215,"datasets":[{"id":215},{"id":"265"},{"id":215}],"metadata":{"_color":"rgba(0,255,0,1.0)","tag":{}},"images":[]},
	{"id":"11","name":"Deer 10","annotation_types":["tag"],"metadata":null},
	{"id":12,"name":"deer 9","annotation_types":["tag"],"dataset_id":7,"metadata":{"_color":"auto"}},
	{"id":13,"name":"outline","annotation_types":["polygon","text"]},
	{"id":14,"name":"no types"},
	{"id":15,"name":"strange","annotation_types":"tag","datasets":{"x":1},"metadata":[]}
],"type_counts":[{"id":1,"name":"tag","count":4}]}`

func TestTagClassesAreTheClassesUsableAsTags(t *testing.T) {
	s := answers(t, map[string]string{"GET /api/teams/alder/annotation_classes": listOfClasses})
	got, err := s.client(t).TagClasses(t.Context(), "alder")
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, []TagClass{
		{ID: 345, Name: "bedroom", TakesText: true, Color: "rgba(0,255,0,1.0)", Datasets: []int64{215, 265}},
		{ID: 12, Name: "deer 9", Color: "auto", Datasets: []int64{7}},
		{ID: 11, Name: "Deer 10"},
	})
	wantEqual(t, s.last(t).query, "include_tags=true")
	for _, body := range []string{`{}`, `{"annotation_classes":null}`, `{"annotation_classes":[]}`} {
		if got, err := always(t, 200, body).client(t).TagClasses(t.Context(), "alder"); err != nil || len(got) != 0 {
			t.Errorf("%s gave %v, %v", body, got, err)
		}
	}
}

func TestCreateTagClassAsksForTypesTextAndDatasets(t *testing.T) {
	for name, tc := range map[string]struct {
		in           NewTagClass
		answer, body string
		want         TagClass
	}{
		"plain": {
			NewTagClass{Name: " deer "},
			`{"id":5,"name":"deer","annotation_types":["tag"],"datasets":[],"metadata":{"_color":"rgba(1,2,3,1.0)"}}`,
			`{"name":"deer","annotation_types":["tag"],"metadata":{"_color":"auto"},"datasets":[],"description":null,"images":[]}`,
			TagClass{ID: 5, Name: "deer", Color: "rgba(1,2,3,1.0)"},
		},
		"with text, linked": {
			NewTagClass{Name: "weather", WithText: true, Datasets: []int64{7, 8}},
			`{"id":"6","name":"weather","annotation_types":["tag","text"],"datasets":[{"id":7},{"id":8}]}`,
			`{"name":"weather","annotation_types":["tag","text"],"metadata":{"_color":"auto"},"datasets":[{"id":7},{"id":8}],"description":null,"images":[]}`,
			TagClass{ID: 6, Name: "weather", TakesText: true, Datasets: []int64{7, 8}},
		},
		"short answer": {
			NewTagClass{Name: "weather", WithText: true, Datasets: []int64{7}},
			`{"id":6}`,
			`{"name":"weather","annotation_types":["tag","text"],"metadata":{"_color":"auto"},"datasets":[{"id":7}],"description":null,"images":[]}`,
			TagClass{ID: 6, Name: "weather", TakesText: true, Datasets: []int64{7}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := answers(t, map[string]string{"POST /api/teams/alder/annotation_classes": tc.answer})
			got, err := s.client(t).CreateTagClass(t.Context(), "alder", tc.in)
			if err != nil {
				t.Fatal(err)
			}
			wantEqual(t, got, tc.want)
			wantJSON(t, s.last(t).body, tc.body)
		})
	}
}

func TestCreateTagClassSaysThatTheNameIsTaken(t *testing.T) {
	for _, body := range []string{
		`{"errors":{"name":["already exists"]}}`, `{"errors":["Class deer already exists"]}`, `{"errors":"name has already been taken"}`,
	} {
		_, err := always(t, 422, body).client(t).CreateTagClass(t.Context(), "alder", NewTagClass{Name: "deer"})
		e := asFault(t, err, fault.Refused)
		if !errors.Is(err, ErrNameTaken) || e.What != "The team has a tag with this name already." {
			t.Errorf("%s gave %v", body, e)
		}
	}
	_, err := always(t, 200, `{"name":"deer"}`).client(t).CreateTagClass(t.Context(), "alder", NewTagClass{Name: "deer"})
	asFault(t, err, fault.Unexpected)
	_, err = always(t, 200, `{}`).client(t).CreateTagClass(t.Context(), "alder", NewTagClass{})
	asFault(t, err, fault.Usage)
}

// classServer keeps the links of class 5 as Darwin does: a PUT replaces them.
func classServer(t *testing.T, links ...int64) (s *server, now func() []int64) {
	var mu sync.Mutex
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		switch r.Method + " " + r.URL.Path {
		case "GET /api/users/token_info":
			_, _ = io.WriteString(w, `{"selected_team":{"slug":"alder"}}`)
		case "GET /api/teams/alder/annotation_classes":
			list, _ := encode(references(links))
			_, _ = fmt.Fprintf(w, `{"annotation_classes":[{"id":5,"name":"deer","annotation_types":["tag"],"datasets":%s}]}`, list)
		case "PUT /api/annotation_classes/5":
			var body struct {
				ID       int64
				Datasets []struct{ ID int64 }
			}
			if last := s.requests(); json.Unmarshal([]byte(last[len(last)-1].body), &body) != nil || body.ID != 5 {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
			links = nil
			for _, d := range body.Datasets {
				links = append(links, d.ID)
			}
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	return s, func() []int64 { mu.Lock(); defer mu.Unlock(); return append([]int64(nil), links...) }
}

func TestLinkTagClassKeepsTheLinksThatOthersMade(t *testing.T) {
	s, links := classServer(t, 1, 2, 3)
	got, err := s.client(t).LinkTagClass(t.Context(), TagClass{ID: 5, Name: "deer", Datasets: []int64{1}}, 9)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, TagClass{ID: 5, Name: "deer", Datasets: []int64{1, 2, 3, 9}})
	wantEqual(t, links(), []int64{1, 2, 3, 9})
}

func TestLinkTagClassAsksNothingIfLinkedAndChangesNothingIfLinkedMeanwhile(t *testing.T) {
	s, links := classServer(t, 1, 9)
	c := s.client(t)
	class := TagClass{ID: 5, Datasets: []int64{9}}
	got, err := c.LinkTagClass(t.Context(), class, 9)
	if err != nil || len(s.requests()) != 0 {
		t.Errorf("linked already: %v, %d requests", err, len(s.requests()))
	}
	wantEqual(t, got, class)
	if _, err := c.LinkTagClass(t.Context(), TagClass{ID: 5}, 1); err != nil {
		t.Fatal(err)
	}
	for _, r := range s.requests() {
		if r.method == http.MethodPut {
			t.Error("the links were sent although nothing is to change")
		}
	}
	wantEqual(t, links(), []int64{1, 9})
}

func TestLinksMadeAtOnceDoNotUndoEachOther(t *testing.T) {
	s, links := classServer(t)
	c := s.client(t)
	var wait sync.WaitGroup
	for d := int64(1); d <= 8; d++ {
		wait.Go(func() {
			if _, err := c.LinkTagClass(t.Context(), TagClass{ID: 5}, d); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if got := links(); len(got) != 8 {
		t.Errorf("linked to %v, want all eight", got)
	}
}

func TestWaitingForATurnToLinkEndsWithTheContext(t *testing.T) {
	s, _ := classServer(t)
	c := s.client(t)
	c.linking <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.LinkTagClass(ctx, TagClass{ID: 5}, 1); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestLinkTagClassSendsTheKnownLinksWhenTheClassIsNotListed(t *testing.T) {
	s := answers(t, map[string]string{
		"GET /api/users/token_info":               `{"selected_team":{"slug":"alder"}}`,
		"GET /api/teams/alder/annotation_classes": `{}`,
		"PUT /api/annotation_classes/5":           `{"id":5}`,
	})
	if _, err := s.client(t).LinkTagClass(t.Context(), TagClass{ID: 5, Datasets: []int64{3}}, 9); err != nil {
		t.Fatal(err)
	}
	wantJSON(t, s.last(t).body, `{"id":5,"datasets":[{"id":3},{"id":9}]}`)
	if !strings.Contains(s.last(t).path, "/annotation_classes/5") {
		t.Error("the links went elsewhere")
	}
}
