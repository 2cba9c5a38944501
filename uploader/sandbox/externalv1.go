package sandbox

import "net/http"

// registerExternalV1 is registerV1 with a storage_name.
func (s *Sandbox) registerExternalV1(x *exchange, d *dataset, body registerBodyV1) {
	x.entry.Call = External
	if x.refused(s.externalTurn()) {
		return
	}
	s.state.mu.Lock()
	st, err := s.state.storageFor(body.Storage)
	s.state.mu.Unlock()
	if x.refused(err) {
		return
	}
	want, err := body.objects()
	if x.refused(err) {
		return
	}
	answer := struct {
		Items   []registeredV1 `json:"items"`
		Blocked []registeredV1 `json:"blocked_items"`
	}{[]registeredV1{}, []registeredV1{}}
	for i, p := range s.registerObjects(d, st, want) {
		out := registeredV1{Name: want[i].place.name, Path: want[i].place.folder, Reason: p.reason}
		if s.cfg.Quirks.V1NoPath {
			out.Path = ""
		}
		if p.item != nil {
			out.ID = p.item.seq
		}
		if p.reason != "" {
			answer.Blocked = append(answer.Blocked, out)
		} else {
			answer.Items = append(answer.Items, out)
		}
	}
	x.json(http.StatusOK, answer)
}

func (body registerBodyV1) objects() ([]wantedObject, error) {
	if err := checkExternalCount(len(body.Items)); err != nil {
		return nil, err
	}
	all := make([]wantedObject, 0, len(body.Items))
	for _, it := range body.Items {
		if err := checkExternalName("filename", it.Name); err != nil {
			return nil, err
		}
		if it.Key == "" {
			return nil, malformed("key: can't be blank")
		}
		kind, err := kindOf(it.Type, it.Name)
		if err != nil {
			return nil, err
		}
		if kind == "" {
			kind = "image"
		}
		want := wantedObject{
			place: place{folderOf(it.Path), it.Name}, tags: it.Tags, kind: kind, fps: it.FPS, asFrames: it.AsFrames,
			external: external{key: it.Key, thumbnail: it.Thumbnail, width: it.Width, height: it.Height},
			keys:     []string{it.Key},
			// The guide wants keys for each frame of a video, under names that
			// it does not tell.
			complete: kind == "image" && it.Thumbnail != "" && it.Width > 0 && it.Height > 0,
		}
		if it.Thumbnail != "" {
			want.keys = append(want.keys, it.Thumbnail)
		}
		all = append(all, want)
	}
	return all, nil
}
