package sandbox

import (
	"net/http"
	"slices"
)

type registerBodyV1 struct {
	Storage string `json:"storage_name"`
	Items   []struct {
		Name     string    `json:"filename"`
		Path     string    `json:"path"`
		Tags     tagsV1    `json:"tags"`
		Type     string    `json:"type"`
		FPS      frameRate `json:"fps"`
		AsFrames bool      `json:"as_frames"`

		Key       string `json:"key"` // and what follows: of objects in a storage
		Thumbnail string `json:"thumbnail_key"`
		Width     int    `json:"width"`
		Height    int    `json:"height"`
	} `json:"items"`
}

type registeredV1 struct {
	ID     int64  `json:"dataset_item_id,omitempty"`
	Name   string `json:"filename"`
	Path   string `json:"path,omitempty"`
	Reason string `json:"reason,omitempty"`
}

func (s *Sandbox) registerV1(x *exchange) {
	var body registerBodyV1
	if x.refused(x.body(&body)) {
		return
	}
	x.entry.Items = len(body.Items)
	s.state.mu.Lock()
	d, err := s.state.datasetFor(x.path("team"), x.path("dataset"), 1)
	s.state.mu.Unlock()
	if x.refused(err) {
		return
	}
	if body.Storage != "" {
		s.registerExternalV1(x, d, body)
		return
	}
	want, err := body.wanted()
	if x.refused(err) {
		return
	}
	answer := struct {
		Items   []registeredV1 `json:"items"`
		Blocked []registeredV1 `json:"blocked_items"`
	}{[]registeredV1{}, []registeredV1{}}
	s.state.mu.Lock()
	for i, p := range s.state.register(d, want, s.cfg.Quirks, s.cfg.Clock()) {
		out := registeredV1{Name: want[i].place.name, Path: want[i].place.folder}
		if s.cfg.Quirks.V1NoPath {
			out.Path = ""
		}
		if p.item != nil {
			out.ID = p.item.seq
		}
		if len(p.blocked) > 0 {
			out.Reason = p.blocked[0].reason
			answer.Blocked = append(answer.Blocked, out)
			continue
		}
		answer.Items = append(answer.Items, out)
	}
	s.state.mu.Unlock()
	x.json(http.StatusOK, answer)
}

func (body registerBodyV1) wanted() ([]wanted, error) {
	if err := checkCount(len(body.Items)); err != nil {
		return nil, err
	}
	all := make([]wanted, 0, len(body.Items))
	for _, it := range body.Items {
		if err := checkName("filename", it.Name); err != nil {
			return nil, err
		}
		kind, err := kindOf(it.Type, it.Name)
		if err != nil {
			return nil, err
		}
		if kind == "" {
			kind = "image"
		}
		all = append(all, wanted{
			place: place{folderOf(it.Path), it.Name}, tags: it.Tags,
			slots: []wantedSlot{{name: "0", fileName: it.Name, kind: kind, fps: it.FPS, asFrames: it.AsFrames}},
		})
	}
	return all, nil
}

func (s *Sandbox) signV1(x *exchange) {
	object, ok := s.sign(x, 1)
	switch {
	case !ok:
		x.notFound()
	case s.cfg.Quirks.V1SignURL:
		x.json(http.StatusOK, map[string]string{"upload_url": s.objects.SignPut(s.base, object, s.lifetime(x))})
	default:
		endpoint, fields := s.objects.SignForm(s.base, object, s.lifetime(x))
		x.json(http.StatusOK, map[string]any{"postEndpoint": endpoint, "signature": fields})
	}
}

func (s *Sandbox) confirmV1(x *exchange) {
	s.confirm(x, 1)
}

// deleteV1 takes the items of these ids away for good, also those that wait
// for their bytes.
func (s *Sandbox) deleteV1(x *exchange) {
	var body struct {
		Filter struct {
			IDs []int64 `json:"dataset_item_ids"`
		} `json:"filter"`
	}
	if x.refused(x.body(&body)) {
		return
	}
	if len(body.Filter.IDs) == 0 {
		x.invalid("filter", "can't be blank")
		return
	}
	s.state.mu.Lock()
	d, err := s.state.datasetFor(x.path("team"), x.path("dataset"), 1)
	if err == nil {
		x.entry.Items = s.state.remove(d, func(it *item) bool { return slices.Contains(body.Filter.IDs, it.seq) })
	}
	s.state.mu.Unlock()
	if x.refused(err) {
		return
	}
	x.json(http.StatusOK, struct{}{})
}
