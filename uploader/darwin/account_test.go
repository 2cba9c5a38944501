package darwin

import (
	"errors"
	"net/http"
	"testing"

	"darwin-uploader/uploader/fault"
)

func TestTokenInfoReadsTheTeamInAllItsForms(t *testing.T) {
	alder := Team{ID: 123, Name: "Alder Valley", Slug: "alder"}
	birch := Team{ID: 124, Name: "Birch", Slug: "birch"}
	for name, tc := range map[string]struct {
		body string
		want TokenInfo
	}{
		"both": {
			`{"selected_team":{"id":123,"name":"Alder Valley","slug":"alder"},"teams":[{"id":123,"name":"Alder Valley","slug":"alder"},{"id":"124","name":"Birch","slug":"birch"}],"new":{"x":1}}`,
			TokenInfo{alder, []Team{alder, birch}},
		},
		"no list":         {`{"selected_team":{"id":123,"name":"Alder Valley","slug":"alder"}}`, TokenInfo{alder, []Team{alder}}},
		"list is null":    {`{"selected_team":{"id":"123","name":"Alder Valley","slug":"alder"},"teams":null}`, TokenInfo{alder, []Team{alder}}},
		"list is strange": {`{"teams":{"a":1},"selected_team":{"id":123,"name":"Alder Valley","slug":"alder"}}`, TokenInfo{alder, []Team{alder}}},
		"only one listed": {`{"selected_team":null,"teams":[{"id":124,"name":"Birch","slug":"birch"}]}`, TokenInfo{birch, []Team{birch}}},
		"no name, no id":  {`{"selected_team":{"slug":"alder"}}`, TokenInfo{Team{0, "alder", "alder"}, []Team{{0, "alder", "alder"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := always(t, 200, tc.body).client(t).TokenInfo(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wantEqual(t, got, tc.want)
		})
	}
}

func TestTokenInfoWithoutATeamIsUnexpected(t *testing.T) {
	for _, body := range []string{`{}`, `null`, `[]`, `"x"`, `{"selected_team":{"id":1}}`, `{"teams":[{"slug":"a"},{"slug":"b"}]}`, ``, `<html>`} {
		_, err := always(t, 200, body).client(t).TokenInfo(t.Context())
		asFault(t, err, fault.Unexpected)
	}
}

const listOfDatasets = `[
	{"id":3,"name":"Cam 10","slug":"cam-10","team_slug":"alder","version":2,"num_items":12,"num_images":99},
	{"id":"2","name":"cam 2","slug":"cam-2","team_slug":"alder","version":1,"num_items":null,"num_images":8,"num_videos":"2","thumbnails":[]},
	{"id":4,"name":"Gone","slug":"gone","archived":true},
	{"id":5,"name":"Gone too","slug":"gone-too","archived_at":"2024-01-01T00:00:00"},
	{"id":6,"name":null,"slug":"bare"},
	{"id":7,"name":"No slug"},
	{"id":8,"name":"Ahead","slug":"ahead","team_slug":null,"version":null,"num_items":"many","archived":false,"archived_at":null,"owner_id":{"x":1}}
]`

func TestDatasetsAreSortedCompletedAndWithoutArchivedOnes(t *testing.T) {
	s := answers(t, map[string]string{
		"GET /api/datasets":         listOfDatasets,
		"GET /api/users/token_info": `{"selected_team":{"id":1,"slug":"alder"}}`,
	})
	c := s.client(t)
	for range 2 {
		got, err := c.Datasets(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		wantEqual(t, got, []Dataset{
			{ID: 8, Name: "Ahead", Slug: "ahead", TeamSlug: "alder", Version: 1},
			{ID: 6, Name: "bare", Slug: "bare", TeamSlug: "alder", Version: 1},
			{ID: 2, Name: "cam 2", Slug: "cam-2", TeamSlug: "alder", Version: 1, Items: 10},
			{ID: 3, Name: "Cam 10", Slug: "cam-10", TeamSlug: "alder", Version: 2, Items: 12},
		})
	}
	if n := len(s.requests()); n != 3 {
		t.Errorf("%d requests, want two lists and one question for the team", n)
	}
}

func TestDatasetsAskForTheTeamOnlyWhenItIsMissing(t *testing.T) {
	s := answers(t, map[string]string{"GET /api/datasets": `[{"id":1,"slug":"a","team_slug":"alder"}]`})
	if _, err := s.client(t).Datasets(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, len(s.requests()), 1)
	s = answers(t, map[string]string{"GET /api/datasets": `[]`})
	got, err := s.client(t).Datasets(t.Context())
	if err != nil || len(got) != 0 {
		t.Errorf("no datasets gave %v, %v", got, err)
	}
}

func TestDatasetsOfAnotherShapeAreUnexpected(t *testing.T) {
	for _, body := range []string{`{}`, `{"datasets":[]}`, `"x"`, `12`, `[`, ``, `[1,2]`} {
		_, err := always(t, 200, body).client(t).Datasets(t.Context())
		asFault(t, err, fault.Unexpected)
	}
}

func TestOneDatasetMayBeArchived(t *testing.T) {
	s := answers(t, map[string]string{"GET /api/datasets/7": `{"id":7,"name":"Old","slug":"old","team_slug":"alder","archived":true,"version":2}`})
	c := s.client(t)
	got, err := c.Dataset(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, Dataset{ID: 7, Name: "Old", Slug: "old", TeamSlug: "alder", Version: 2, Archived: true})
	wantEqual(t, c.DatasetURL(got), s.URL+"/datasets/7")
	_, err = c.Dataset(t.Context(), 8)
	asFault(t, err, fault.Missing)
	_, err = always(t, 200, `{"id":7}`).client(t).Dataset(t.Context(), 7)
	asFault(t, err, fault.Unexpected)
}

func TestCreateDatasetSendsTheNameAndFillsTheTeam(t *testing.T) {
	s := answers(t, map[string]string{
		"POST /api/datasets":        `{"id":9,"name":"Nest <boxes>","slug":"nest-boxes","version":2}`,
		"GET /api/users/token_info": `{"selected_team":{"slug":"alder"}}`,
	})
	got, err := s.client(t).CreateDataset(t.Context(), "  Nest <boxes> ")
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, Dataset{ID: 9, Name: "Nest <boxes>", Slug: "nest-boxes", TeamSlug: "alder", Version: 2})
	wantEqual(t, s.requests()[0].body, `{"name":"Nest <boxes>"}`)
}

func TestCreateDatasetSaysThatTheNameIsTaken(t *testing.T) {
	_, err := always(t, 422, `{"errors":{"name":["has already been taken"]}}`).client(t).CreateDataset(t.Context(), "Animals")
	e := asFault(t, err, fault.Refused)
	if !errors.Is(err, ErrNameTaken) || e.What != "There is a dataset with this name already." {
		t.Errorf("got %v", e)
	}
	wantEqual(t, e.Status, http.StatusUnprocessableEntity)
	_, err = always(t, 422, `{"errors":{"name":["is too long"]}}`).client(t).CreateDataset(t.Context(), "Animals")
	e = asFault(t, err, fault.Refused)
	if errors.Is(err, ErrNameTaken) || e.What != "Darwin did not accept this: name is too long." {
		t.Errorf("got %v", e)
	}
	s := always(t, 200, `{}`)
	_, err = s.client(t).CreateDataset(t.Context(), " ")
	asFault(t, err, fault.Usage)
	wantEqual(t, len(s.requests()), 0)
}
