package sandbox

import (
	"net/http"
	"strings"
	"time"
)

const timeLayout = "2006-01-02T15:04:05Z"

type teamJSON struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

func (s *Sandbox) tokenInfo(x *exchange) {
	team := teamJSON(s.cfg.Team)
	answer := struct {
		SelectedTeam teamJSON   `json:"selected_team"`
		Teams        []teamJSON `json:"teams,omitempty"`
	}{SelectedTeam: team}
	if !s.cfg.Quirks.NoTeams {
		answer.Teams = []teamJSON{team}
	}
	x.json(http.StatusOK, answer)
}

// datasetJSON has the fields of the API's answer, including those that are
// always the same here, so that a client that decodes strictly is tested.
type datasetJSON struct {
	ID          int64   `json:"id"`
	Name        string  `json:"name"`
	Slug        string  `json:"slug"`
	TeamID      int64   `json:"team_id"`
	TeamSlug    string  `json:"team_slug"`
	Version     int     `json:"version,omitempty"`
	NumItems    *int    `json:"num_items"`
	NumImages   *int    `json:"num_images"`
	NumVideos   *int    `json:"num_videos"`
	NumClasses  int     `json:"num_classes"`
	Progress    float64 `json:"progress"`
	Active      bool    `json:"active"`
	Archived    bool    `json:"archived"`
	ArchivedAt  *string `json:"archived_at"`
	ParentID    *int64  `json:"parent_id"`
	Public      *bool   `json:"public"`
	Instruction string  `json:"instructions"`
	Thumbnails  []any   `json:"thumbnails"`
	WorkflowIDs []any   `json:"workflow_ids"`
	InsertedAt  string  `json:"inserted_at"`
	UpdatedAt   string  `json:"updated_at"`
}

// json describes a dataset. Those of version 1 have no num_items, as older
// answers had none, so that a client has to add up the other two.
func (st *state) json(d *dataset, q Quirks) datasetJSON {
	made := d.made.UTC().Format(timeLayout)
	out := datasetJSON{
		ID: d.id, Name: d.name, Slug: d.slug, TeamID: st.team.ID, TeamSlug: st.team.Slug,
		Version: d.version, Active: !d.archived, Archived: d.archived,
		Thumbnails: []any{}, WorkflowIDs: []any{}, InsertedAt: made, UpdatedAt: made,
	}
	if q.NoVersion && d.version == 1 {
		out.Version = 0
	}
	if d.archived {
		out.ArchivedAt = &made
	}
	for _, c := range st.classes {
		if c.linked(d.id) {
			out.NumClasses++
		}
	}
	images, videos := d.count()
	if total := images + videos; d.version == 1 {
		out.NumImages, out.NumVideos = &images, &videos
	} else {
		out.NumItems, out.NumImages, out.NumVideos = &total, &images, &videos
	}
	return out
}

func (d *dataset) count() (images, videos int) {
	for _, it := range d.items {
		if it.slots[0].kind == "video" {
			videos++
		} else {
			images++
		}
	}
	return images, videos
}

func (s *Sandbox) listDatasets(x *exchange) {
	s.state.mu.Lock()
	all := make([]datasetJSON, 0, len(s.state.datasets))
	for _, d := range s.state.datasets {
		all = append(all, s.state.json(d, s.cfg.Quirks))
	}
	s.state.mu.Unlock()
	x.json(http.StatusOK, all)
}

func (s *Sandbox) getDataset(x *exchange) {
	s.state.mu.Lock()
	d := s.state.datasetByID(x.path("id"))
	var answer datasetJSON
	if d != nil {
		answer = s.state.json(d, s.cfg.Quirks)
	}
	s.state.mu.Unlock()
	if d == nil {
		x.notFound()
		return
	}
	x.json(http.StatusOK, answer)
}

// createDataset makes a dataset of version 2: the version is the server's
// choice.
func (s *Sandbox) createDataset(x *exchange) {
	var body struct {
		Name string `json:"name"`
	}
	if x.refused(x.body(&body)) {
		return
	}
	name := strings.TrimSpace(body.Name)
	if name == "" || slugOf(name) == "" {
		x.invalid("name", "can't be blank")
		return
	}
	answer, ok := s.newDataset(name, s.cfg.Clock())
	if !ok {
		x.invalid("name", "has already been taken")
		return
	}
	x.json(http.StatusOK, answer)
}

func (s *Sandbox) newDataset(name string, now time.Time) (datasetJSON, bool) {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	if s.state.dataset(slugOf(name)) != nil {
		return datasetJSON{}, false
	}
	return s.state.json(s.state.addDataset(name, 2, now), s.cfg.Quirks), true
}

func (s *Sandbox) archiveDataset(x *exchange) {
	s.state.mu.Lock()
	d := s.state.datasetByID(x.path("id"))
	var answer datasetJSON
	if d != nil {
		d.archived = true
		answer = s.state.json(d, s.cfg.Quirks)
	}
	s.state.mu.Unlock()
	if d == nil {
		x.notFound()
		return
	}
	x.json(http.StatusOK, answer)
}
