package sandbox

import "net/http"

type registerBodyV2 struct {
	Dataset string `json:"dataset_slug"`
	Items   []struct {
		Name   string `json:"name"`
		Path   string `json:"path"`
		Tags   tagsV2 `json:"tags"`
		slotV2        // of the simple form without slots
		Slots  *[]struct {
			SlotName string `json:"slot_name"`
			FileName string `json:"file_name"`
			Tags     tagsV2 `json:"tags"`
			slotV2
		} `json:"slots"`
	} `json:"items"`
}

type slotV2 struct {
	Type         string    `json:"type"`
	FPS          frameRate `json:"fps"`
	AsFrames     bool      `json:"as_frames"`
	ExtractViews bool      `json:"extract_views"`
}

type registeredV2 struct {
	ID    string         `json:"id,omitempty"`
	Name  string         `json:"name"`
	Path  string         `json:"path"`
	Slots []answerSlotV2 `json:"slots"`
}

type answerSlotV2 struct {
	Type         string `json:"type"`
	FileName     string `json:"file_name"`
	SlotName     string `json:"slot_name"`
	UploadID     string `json:"upload_id,omitempty"`
	Reason       string `json:"reason,omitempty"`
	AsFrames     bool   `json:"as_frames"`
	ExtractViews bool   `json:"extract_views"`
}

func (s *Sandbox) registerV2(x *exchange) {
	var body registerBodyV2
	if x.refused(x.body(&body)) {
		return
	}
	x.entry.Items = len(body.Items)
	s.state.mu.Lock()
	d, err := s.state.datasetFor(x.path("team"), body.Dataset, 2)
	s.state.mu.Unlock()
	if x.refused(err) {
		return
	}
	want, err := body.wanted()
	if x.refused(err) {
		return
	}
	s.state.mu.Lock()
	answer := answerTo(want, s.state.register(d, want, s.cfg.Quirks, s.cfg.Clock()))
	s.state.mu.Unlock()
	x.json(http.StatusOK, answer)
}

// answerV2 is what a registration and a direct upload are answered.
type answerV2 struct {
	Items   []registeredV2 `json:"items"`
	Blocked []registeredV2 `json:"blocked_items"`
}

// answerTo needs the lock.
func answerTo(want []wanted, all []placed) answerV2 {
	answer := answerV2{[]registeredV2{}, []registeredV2{}}
	for i, p := range all {
		out := registeredV2{Name: want[i].place.name, Path: want[i].place.folder}
		if p.item != nil {
			out.ID = p.item.id
		}
		if len(p.taken) > 0 {
			answer.Items = append(answer.Items, out.with(takenSlots(p)))
		}
		if len(p.blocked) > 0 {
			answer.Blocked = append(answer.Blocked, out.with(blockedSlots(p)))
		}
	}
	return answer
}

func (r registeredV2) with(slots []answerSlotV2) registeredV2 {
	r.Slots = slots
	return r
}

func takenSlots(p placed) []answerSlotV2 {
	var out []answerSlotV2
	for _, sl := range p.taken {
		out = append(out, answerSlotV2{
			Type: sl.kind, FileName: sl.fileName, SlotName: sl.name, UploadID: sl.uploadID,
			AsFrames: sl.asFrames, ExtractViews: sl.extractViews,
		})
	}
	return out
}

func blockedSlots(p placed) []answerSlotV2 {
	var out []answerSlotV2
	for _, b := range p.blocked {
		out = append(out, answerSlotV2{
			Type: b.kind, FileName: b.fileName, SlotName: b.name, Reason: b.reason,
			AsFrames: b.asFrames, ExtractViews: b.extractViews,
		})
	}
	return out
}

// wanted checks the shape of all items; one that is wrong refuses them all.
func (body registerBodyV2) wanted() ([]wanted, error) {
	if err := checkCount(len(body.Items)); err != nil {
		return nil, err
	}
	all := make([]wanted, 0, len(body.Items))
	for _, it := range body.Items {
		if err := checkName("name", it.Name); err != nil {
			return nil, err
		}
		want := wanted{place: place{folderOf(it.Path), it.Name}, tags: it.Tags}
		if it.Slots == nil { // the simple form
			ws, err := it.slotV2.wanted("0", it.Name, nil)
			if err != nil {
				return nil, err
			}
			want.slots = []wantedSlot{ws}
			all = append(all, want)
			continue
		}
		seen := map[string]bool{}
		for _, sl := range *it.Slots {
			ws, err := sl.wanted(sl.SlotName, sl.FileName, sl.Tags)
			if err != nil {
				return nil, err
			}
			if seen[ws.name] {
				return nil, invalid("slot_name", "has already been taken")
			}
			seen[ws.name] = true
			want.slots = append(want.slots, ws)
		}
		if len(want.slots) == 0 {
			return nil, invalid("slots", "can't be blank")
		}
		all = append(all, want)
	}
	return all, nil
}

func (sl slotV2) wanted(name, fileName string, tags tagsV2) (wantedSlot, error) {
	if name == "" {
		return wantedSlot{}, invalid("slot_name", "can't be blank")
	}
	if err := checkName("file_name", fileName); err != nil {
		return wantedSlot{}, err
	}
	kind, err := kindOf(sl.Type, fileName)
	if err != nil {
		return wantedSlot{}, err
	}
	if kind == "" {
		return wantedSlot{}, invalid("type", "can't be inferred from the file's name")
	}
	return wantedSlot{
		name: name, fileName: fileName, kind: kind, fps: sl.FPS,
		asFrames: sl.AsFrames, extractViews: sl.ExtractViews, tags: tags,
	}, nil
}

func (s *Sandbox) signV2(x *exchange) {
	object, ok := s.sign(x, 2)
	if !ok {
		x.notFound()
		return
	}
	x.json(http.StatusOK, map[string]string{"upload_url": s.objects.SignPut(s.base, object, s.lifetime(x))})
}

func (s *Sandbox) confirmV2(x *exchange) {
	s.confirm(x, 2)
}
