package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The API's numbers for the types of annotation classes.
var typeIDs = map[string]int64{
	"tag": 1, "bounding_box": 2, "polygon": 3, "directional_vector": 4, "attributes": 5, "text": 6,
	"keypoint": 7, "cuboid": 8, "instance_id": 9, "line": 11, "skeleton": 12, "ellipse": 60,
}

var mainTypes = []string{"tag", "bounding_box", "polygon", "keypoint", "cuboid", "line", "skeleton", "ellipse"}

type datasetRef struct {
	ID int64 `json:"id"`
}

type classJSON struct {
	ID          int64          `json:"id"`
	Name        string         `json:"name"`
	Types       []string       `json:"annotation_types"`
	TeamID      int64          `json:"team_id"`
	DatasetID   *int64         `json:"dataset_id"`
	Datasets    []datasetRef   `json:"datasets"`
	Description string         `json:"description"`
	Images      []any          `json:"images"`
	Metadata    map[string]any `json:"metadata"`
	ImageURL    *string        `json:"annotation_class_image_url"`
	InsertedAt  string         `json:"inserted_at"`
	UpdatedAt   string         `json:"updated_at"`
}

type typeCount struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (c *class) linked(dataset int64) bool { return slices.Contains(c.datasets, dataset) }

func (c *class) json(team int64) classJSON {
	made := c.made.UTC().Format("2006-01-02T15:04:05") // these dates have no zone
	out := classJSON{
		ID: c.id, Name: c.name, Types: c.types, TeamID: team, Datasets: []datasetRef{}, Images: []any{},
		Metadata: map[string]any{"_color": c.colour, "tag": struct{}{}}, InsertedAt: made, UpdatedAt: made,
	}
	for _, id := range c.datasets {
		out.Datasets = append(out.Datasets, datasetRef{id})
	}
	if len(c.datasets) > 0 {
		out.DatasetID = &c.datasets[0]
	}
	return out
}

// listClasses needs no key, as in the real API. Without the right one it
// gives only the classes of public datasets, and there are none here.
func (s *Sandbox) listClasses(x *exchange) {
	answer := struct {
		Classes []classJSON `json:"annotation_classes"`
		Counts  []typeCount `json:"type_counts"`
	}{[]classJSON{}, []typeCount{}}
	if !s.authorized(x.r) {
		x.json(http.StatusOK, answer)
		return
	}
	s.state.mu.Lock()
	own := s.state.ownTeamOrID(x.path("team"))
	withTags := x.r.URL.Query().Get("include_tags") == "true"
	counts := map[string]int{}
	for _, c := range s.state.classes {
		if slices.Contains(c.types, "tag") && !withTags {
			continue
		}
		answer.Classes = append(answer.Classes, c.json(s.state.team.ID))
		for _, t := range c.types {
			counts[t]++
		}
	}
	s.state.mu.Unlock()
	if !own {
		x.notFound()
		return
	}
	for name, n := range counts {
		answer.Counts = append(answer.Counts, typeCount{typeIDs[name], name, n})
	}
	slices.SortFunc(answer.Counts, func(a, b typeCount) int { return int(a.ID - b.ID) })
	x.json(http.StatusOK, answer)
}

type classBody struct {
	ID       int64        `json:"id"`
	Name     string       `json:"name"`
	Types    []string     `json:"annotation_types"`
	TypeIDs  []int64      `json:"annotation_type_ids"`
	Dataset  *int64       `json:"dataset_id"`
	Datasets []datasetRef `json:"datasets"`
	Metadata struct {
		Color string `json:"_color"`
	} `json:"metadata"`
}

// createClass answers for both ways of creating a class; only one of them
// names the team.
func (s *Sandbox) createClass(x *exchange) {
	var body classBody
	if x.refused(x.body(&body)) {
		return
	}
	s.state.mu.Lock()
	team := x.path("team")
	found := team == "" || s.state.ownTeamOrID(team)
	var answer classJSON
	var err error
	if found {
		answer, err = s.newClass(body)
	}
	s.state.mu.Unlock()
	switch {
	case !found:
		x.notFound()
	case x.refused(err):
	default:
		x.json(http.StatusOK, answer)
	}
}

// newClass needs the state's lock.
func (s *Sandbox) newClass(body classBody) (classJSON, error) {
	name := strings.TrimSpace(body.Name)
	if name == "" {
		return classJSON{}, invalid("name", "can't be blank")
	}
	types, err := typesOf(body)
	if err != nil {
		return classJSON{}, err
	}
	if s.state.class(name) != nil {
		return classJSON{}, invalid("name", "already exists")
	}
	if body.Dataset != nil {
		body.Datasets = append(body.Datasets, datasetRef{*body.Dataset})
	}
	datasets, err := s.state.linked(body.Datasets)
	if err != nil {
		return classJSON{}, err
	}
	c := s.state.addClass(name, types, body.Metadata.Color, datasets, s.cfg.Clock())
	return c.json(s.state.team.ID), nil
}

// typesOf gives the types by name; exactly one of them is a main type.
func typesOf(body classBody) ([]string, error) {
	types := slices.Clone(body.Types)
	for _, id := range body.TypeIDs {
		for name, n := range typeIDs {
			if n == id {
				types = append(types, name)
			}
		}
	}
	mains := 0
	for _, t := range types {
		if typeIDs[t] == 0 {
			return nil, invalid("annotation_types", "is invalid")
		}
		if slices.Contains(mainTypes, t) {
			mains++
		}
	}
	if mains != 1 {
		return nil, invalid("annotation_types", "should have exactly one main type")
	}
	return types, nil
}

// linked gives the datasets' ids, each once.
func (st *state) linked(refs []datasetRef) ([]int64, error) {
	var ids []int64
	for _, ref := range refs {
		if st.datasetByID(strconv.FormatInt(ref.ID, 10)) == nil {
			return nil, invalid("datasets", "do not exist")
		}
		if !slices.Contains(ids, ref.ID) {
			ids = append(ids, ref.ID)
		}
	}
	return ids, nil
}

// updateClass replaces the class's list of datasets: what the request leaves
// out is no longer linked.
func (s *Sandbox) updateClass(x *exchange) {
	var body classBody
	if x.refused(x.body(&body)) {
		return
	}
	answer, err := s.replaceDatasets(x.path("id"), body)
	if x.refused(err) {
		return
	}
	x.json(http.StatusOK, answer)
}

func (s *Sandbox) replaceDatasets(id string, body classBody) (classJSON, error) {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	c := first(s.state.classes, func(c *class) bool { return strconv.FormatInt(c.id, 10) == id })
	if c == nil {
		return classJSON{}, &refusal{status: http.StatusNotFound, text: "Not Found"}
	}
	if body.ID != 0 && body.ID != c.id {
		return classJSON{}, invalid("id", "does not match")
	}
	if body.Datasets != nil {
		datasets, err := s.state.linked(body.Datasets)
		if err != nil {
			return classJSON{}, err
		}
		c.datasets = datasets
	}
	return c.json(s.state.team.ID), nil
}
