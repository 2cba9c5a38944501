package darwin

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

func TestNumbersIdsAndTextsAreReadInAnyForm(t *testing.T) {
	for in, want := range map[string]struct {
		n  integer
		id identity
		w  words
	}{
		`5`:                       {integer{5, true}, "5", "5"},
		`"5"`:                     {integer{5, true}, "5", "5"},
		`" 5 "`:                   {integer{5, true}, "5", " 5 "},
		`5.0`:                     {integer{5, true}, "", "5.0"},
		`-3`:                      {integer{-3, true}, "-3", "-3"},
		`5.5`:                     {integer{}, "", "5.5"},
		`1e300`:                   {integer{}, "1e300", "1e300"},
		`9223372036854775807`:     {integer{9223372036854775807, true}, "9223372036854775807", "9223372036854775807"},
		`99999999999999999999`:    {integer{}, "99999999999999999999", "99999999999999999999"},
		`null`:                    {},
		`true`:                    {},
		`{"id":5}`:                {},
		`[5]`:                     {},
		`""`:                      {},
		`"018c-a_B"`:              {integer{}, "018c-a_B", "018c-a_B"},
		`"a/b"`:                   {integer{}, "", "a/b"},
		`".."`:                    {integer{}, "", ".."},
		`"NaN"`:                   {integer{}, "NaN", "NaN"},
		`"a\u0000"`:               {integer{}, "", "a\x00"},
		`"é"`:                     {integer{}, "", "é"},
		`"` + longText(129) + `"`: {integer{}, "", words(longText(129))},
	} {
		var got struct {
			N  integer
			ID identity
			W  words
		}
		if err := json.Unmarshal([]byte(`{"n":`+in+`,"id":`+in+`,"w":`+in+`}`), &got); err != nil {
			t.Errorf("%s: %v", in, err)
		}
		if got.N != want.n || got.ID != want.id || got.W != want.w {
			t.Errorf("%s reads %+v, want %+v", in, got, want)
		}
	}
}

func longText(n int) string { return strings.Repeat("x", n) }

func TestAFailedQuestionForTheTeamFailsTheCallThatNeedsIt(t *testing.T) {
	const noTeam = "GET /api/users/token_info"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method+" "+r.URL.Path == noTeam {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		body := `{"id":1,"slug":"a"}`
		if r.Method == http.MethodGet && r.URL.Path == "/api/datasets" {
			body = "[" + body + "]"
		}
		_, _ = w.Write([]byte(body))
	})
	c := s.client(t)
	for _, d := range []Dataset{{Slug: "a", Version: 1}, {Slug: "a", Version: 2}} {
		_, err := c.Uploads(d).Register(t.Context(), []NewItem{{Name: "a"}})
		asFault(t, err, fault.Permission)
	}
	_, err := c.Uploads(Dataset{Version: 2}).Sign(t.Context(), uploadV2)
	asFault(t, err, fault.Permission)
	asFault(t, c.Uploads(Dataset{Version: 2}).Confirm(t.Context(), uploadV2), fault.Permission)
	for _, name := range []string{"datasets", "dataset", "create dataset", "link tag class"} {
		asFault(t, everyCall[name](t.Context(), c), fault.Permission)
	}
}

func TestLinkTagClassChangesNothingWhenThePresentLinksCannotBeRead(t *testing.T) {
	s := answers(t, map[string]string{"GET /api/users/token_info": `{"selected_team":{"slug":"alder"}}`})
	_, err := s.client(t).LinkTagClass(t.Context(), TagClass{ID: 5, Datasets: []int64{1}}, 2)
	asFault(t, err, fault.Missing)
	for _, r := range s.requests() {
		if r.method != http.MethodGet {
			t.Errorf("sent %s %s", r.method, r.path)
		}
	}
}
