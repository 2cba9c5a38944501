package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

type externalBodyV2 struct {
	Dataset string           `json:"dataset_slug"`
	Storage string           `json:"storage_slug"`
	Items   []externalItemV2 `json:"items"`
}

type externalItemV2 struct {
	Name  string            `json:"name"`
	Path  string            `json:"path"`
	Tags  tagsV2            `json:"tags"`
	Slots *[]externalSlotV2 `json:"slots"`
	externalSlotV2
}

type externalSlotV2 struct {
	SlotName   string    `json:"slot_name"`
	FileName   string    `json:"file_name"`
	Type       string    `json:"type"`
	StorageKey string    `json:"storage_key"`
	Thumbnail  string    `json:"storage_thumbnail_key"`
	Width      int       `json:"width"`
	Height     int       `json:"height"`
	FPS        frameRate `json:"fps"`
	AsFrames   *textBool `json:"as_frames"`
	Sections   []struct {
		Index  int    `json:"section_index"`
		Width  int    `json:"width"`
		Height int    `json:"height"`
		High   string `json:"storage_hq_key"`
		Low    string `json:"storage_lq_key"`
	} `json:"sections"`

	NativeFPS      float64 `json:"native_fps"`
	VisibleFrames  int     `json:"visible_frames"`
	TotalFrames    int     `json:"total_frames"`
	SectionsPrefix string  `json:"storage_sections_key_prefix"`
	FramesManifest string  `json:"storage_frames_manifest_key"`
	Segments       *struct {
		High segmentsJSON `json:"high_quality"`
		Low  segmentsJSON `json:"low_quality"`
	} `json:"hls_segments"`
}

type segmentsJSON struct {
	Index   string  `json:"index"`
	Bitrate float64 `json:"bitrate"`
}

// registerExisting is for storages that Darwin may write to, and with readOnly
// for the others.
func (s *Sandbox) registerExisting(readOnly bool) handler {
	return func(x *exchange) {
		if x.refused(s.externalTurn()) {
			return
		}
		var body externalBodyV2
		if x.refused(x.body(&body)) {
			return
		}
		x.entry.Items = len(body.Items)
		s.state.mu.Lock()
		d, err := s.state.datasetFor(x.path("team"), body.Dataset, 2)
		var st *Storage
		if err == nil {
			st, err = s.state.storageFor(body.Storage)
		}
		s.state.mu.Unlock()
		if err == nil && st.ReadOnly && !readOnly {
			err = malformed("storage_slug: is read-only")
		}
		if x.refused(err) {
			return
		}
		want, err := body.objects()
		if x.refused(err) {
			return
		}
		s.answerExternal(x, want, s.registerObjects(d, st, want))
	}
}

func (s *Sandbox) answerExternal(x *exchange, want []wantedObject, placed []placedObject) {
	answer := struct {
		Items   []registeredV2 `json:"items"`
		Blocked []registeredV2 `json:"blocked_items"`
	}{[]registeredV2{}, []registeredV2{}}
	for i, p := range placed {
		out := registeredV2{Name: want[i].place.name, Path: want[i].place.folder, Slots: []answerSlotV2{{
			Type: want[i].kind, FileName: want[i].place.name, SlotName: "0", AsFrames: want[i].asFrames, Reason: p.reason,
		}}}
		if p.item != nil {
			out.ID = p.item.id
		}
		if p.reason != "" {
			answer.Blocked = append(answer.Blocked, out)
		} else {
			answer.Items = append(answer.Items, out)
		}
	}
	x.json(http.StatusOK, answer)
}

func (body externalBodyV2) objects() ([]wantedObject, error) {
	if err := checkExternalCount(len(body.Items)); err != nil {
		return nil, err
	}
	all := make([]wantedObject, 0, len(body.Items))
	for _, it := range body.Items {
		if err := checkExternalName("name", it.Name); err != nil {
			return nil, err
		}
		sl := it.externalSlotV2
		if it.Slots != nil {
			if len(*it.Slots) != 1 {
				return nil, malformed("slots: this sandbox takes one")
			}
			if sl = (*it.Slots)[0]; sl.SlotName == "" || sl.FileName == "" {
				return nil, malformed("slots: slot_name and file_name can't be blank")
			}
		}
		want, err := sl.object(it.Name, it.Slots != nil)
		if err != nil {
			return nil, err
		}
		want.place, want.tags = place{folderOf(it.Path), it.Name}, it.Tags
		all = append(all, want)
	}
	return all, nil
}

func (sl externalSlotV2) object(name string, inSlots bool) (wantedObject, error) {
	if sl.StorageKey == "" {
		return wantedObject{}, malformed("storage_key: can't be blank")
	}
	kind, err := kindOf(sl.Type, name)
	if err != nil {
		return wantedObject{}, err
	}
	if kind == "" {
		return wantedObject{}, malformed("type: can't be inferred from the name")
	}
	want := wantedObject{
		kind: kind, fps: sl.FPS, asFrames: sl.AsFrames != nil && bool(*sl.AsFrames),
		external: external{
			key: sl.StorageKey, thumbnail: sl.Thumbnail, width: sl.Width, height: sl.Height, frames: len(sl.Sections),
		},
		keys: []string{sl.StorageKey},
	}
	if sl.Thumbnail != "" {
		want.keys = append(want.keys, sl.Thumbnail)
	}
	sized := sl.Width > 0 && sl.Height > 0
	switch {
	case inSlots && sl.Segments != nil:
		if sl.FPS != "" || sl.AsFrames != nil {
			return wantedObject{}, malformed("slots: fps and as_frames are invalid here")
		}
		want.frames = sl.VisibleFrames
		want.complete = sized && sl.Type == "video" && sl.NativeFPS > 0 && sl.VisibleFrames > 0 && sl.TotalFrames > 0 &&
			sl.SectionsPrefix != "" && sl.FramesManifest != "" && sl.Thumbnail != ""
		want.keys = append(want.keys, sl.FramesManifest)
	case kind == "video":
		want.complete = sl.Type != "" && sl.Thumbnail != "" && len(sl.Sections) > 0
		for i, section := range sl.Sections {
			if section.Index != i+1 {
				return wantedObject{}, malformed("sections: section_index counts from 1")
			}
			want.complete = want.complete && section.Width > 0 && section.Height > 0
			want.keys = append(want.keys, section.High, section.Low)
		}
		want.keys = slices.DeleteFunc(want.keys, func(key string) bool { return strings.TrimSpace(key) == "" })
	default:
		want.complete = sized && sl.Type != "" && sl.Thumbnail != ""
	}
	return want, nil
}
