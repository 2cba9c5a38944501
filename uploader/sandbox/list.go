package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// maxPage is the most items of one page of a list, and how many there are if
// nobody says.
const maxPage = 500

type itemV2 struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Path       string       `json:"path"`
	DatasetID  int64        `json:"dataset_id"`
	Archived   bool         `json:"archived"`
	Priority   int          `json:"priority"`
	Status     string       `json:"status"`
	Processing string       `json:"processing_status"`
	Workflow   string       `json:"workflow_status"`
	SlotTypes  []string     `json:"slot_types"`
	Tags       []int64      `json:"tags"`
	Slots      []doneSlot   `json:"slots"`
	Layout     layoutV2     `json:"layout"`
	Cursor     string       `json:"cursor"`
	Uploads    []uploadSlot `json:"uploads"`
	InsertedAt string       `json:"inserted_at"`
	UpdatedAt  string       `json:"updated_at"`
}

type layoutV2 struct {
	Type    string   `json:"type"`
	Version int      `json:"version"`
	Slots   []string `json:"slots"`
}

type uploadSlot struct {
	Type       string       `json:"type"`
	FileName   string       `json:"file_name"`
	SlotName   string       `json:"slot_name"`
	UploadID   string       `json:"upload_id"`
	AsFrames   bool         `json:"as_frames"`
	Processing string       `json:"processing_status"`
	Failure    *failureJSON `json:"processing_error,omitempty"`
}

type failureJSON struct {
	Message string `json:"message"`
	Type    string `json:"processing_error_type"`
	Stage   string `json:"stage"`
}

type doneSlot struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	FileName  string `json:"file_name"`
	SlotName  string `json:"slot_name"`
	SizeBytes int64  `json:"size_bytes"`
	UploadID  string `json:"upload_id"`
	External  bool   `json:"is_external"`
}

type pageJSON struct {
	Count    int     `json:"count"`
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
}

// jsonV2 needs the lock.
func (s *Sandbox) jsonV2(it *item) itemV2 {
	now := s.cfg.Clock()
	state := it.state(now, s.cfg.ProcessAfter)
	made := it.registered.UTC().Format(timeLayout)
	out := itemV2{
		ID: it.id, Name: it.place.name, Path: it.place.folder, DatasetID: it.dataset.id,
		Status: status(state), Processing: state, Workflow: "new", Tags: []int64{},
		Slots: []doneSlot{}, Uploads: []uploadSlot{}, Layout: layoutV2{Type: "simple", Version: 1},
		Cursor: strconv.FormatInt(it.seq, 10), InsertedAt: made, UpdatedAt: made,
	}
	for name := range s.describe(it, now).Tags {
		if c := s.state.class(name); c != nil {
			out.Tags = append(out.Tags, c.id)
		}
	}
	slices.Sort(out.Tags)
	for _, sl := range it.slots {
		out.SlotTypes = append(out.SlotTypes, sl.kind)
		out.Layout.Slots = append(out.Layout.Slots, sl.name)
		if of := sl.state(now, s.cfg.ProcessAfter); of == complete {
			o, _ := s.objects.Object(sl.object)
			out.Slots = append(out.Slots, doneSlot{sl.uploadID, sl.kind, sl.fileName, sl.name, o.Size, sl.uploadID, sl.external != nil})
		} else {
			up := uploadSlot{sl.kind, sl.fileName, sl.name, sl.uploadID, sl.asFrames, of, nil}
			if of == failed {
				up.Failure = &failureJSON{sl.failure, "processing", "processing"}
			}
			out.Uploads = append(out.Uploads, up)
		}
	}
	return out
}

// filter picks items; an empty list picks all.
type filter struct{ datasets, ids, names, folders, states []string }

func filterOf(q url.Values) filter {
	return filter{
		datasets: append(q["dataset_ids[]"], q["dataset_ids"]...),
		ids:      q["item_ids[]"], names: q["item_names[]"], folders: q["item_paths[]"], states: q["statuses[]"],
	}
}

func (f filter) fits(it *item, state string) bool {
	among := func(list []string, values ...string) bool {
		return len(list) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(list, v) })
	}
	return among(f.ids, it.id) && among(f.names, it.place.name) &&
		(len(f.folders) == 0 || slices.ContainsFunc(f.folders, func(p string) bool { return folderOf(p) == it.place.folder })) &&
		among(f.states, state, status(state))
}

// pick gives a page of the items that fit, from the cursor on, and the cursor
// of the next page, "" on the last. It needs the lock.
func (s *Sandbox) pick(datasets []*dataset, f filter, from int64, size int) (page []*item, next string) {
	now := s.cfg.Clock()
	wanted := make(map[string]bool, len(f.ids)) // there may be many of both
	for _, id := range f.ids {
		wanted[id] = true
	}
	f.ids = nil
	for _, d := range datasets {
		for _, it := range d.items {
			if it.seq < from || len(wanted) > 0 && !wanted[it.id] || !f.fits(it, it.state(now, s.cfg.ProcessAfter)) {
				continue
			}
			page = append(page, it)
		}
	}
	slices.SortFunc(page, func(a, b *item) int { return int(a.seq - b.seq) })
	if len(page) > size {
		next = strconv.FormatInt(page[size].seq, 10)
		page = page[:size]
	}
	return page, next
}

// paging reads page[size] and page[from].
func paging(q url.Values) (from int64, size int, err error) {
	size = maxPage
	if t := q.Get("page[size]"); t != "" {
		if size, err = strconv.Atoi(t); err != nil || size < 1 || size > maxPage {
			return 0, 0, invalid("page[size]", "is invalid")
		}
	}
	if t := q.Get("page[from]"); t != "" {
		if from, err = strconv.ParseInt(t, 10, 64); err != nil {
			return 0, 0, invalid("page[from]", "is invalid")
		}
	}
	return from, size, nil
}

// chosen gives the version 2 datasets that a list is about. It needs the lock.
func (st *state) chosen(f filter) []*dataset {
	var out []*dataset
	for _, d := range st.datasets {
		if d.version == 2 && (len(f.datasets) == 0 || slices.Contains(f.datasets, strconv.FormatInt(d.id, 10))) {
			out = append(out, d)
		}
	}
	return out
}

func (s *Sandbox) listV2(x *exchange) {
	q := x.r.URL.Query()
	from, size, err := paging(q)
	if x.refused(err) {
		return
	}
	f := filterOf(q)
	answer := struct {
		Items []itemV2 `json:"items"`
		Page  pageJSON `json:"page"`
	}{Items: []itemV2{}}
	s.state.mu.Lock()
	own := s.state.ownTeam(x.path("team"))
	page, next := s.pick(s.state.chosen(f), f, from, size)
	for _, it := range page {
		answer.Items = append(answer.Items, s.jsonV2(it))
	}
	s.state.mu.Unlock()
	if !own {
		x.notFound()
		return
	}
	answer.Page.Count = len(page)
	if next != "" {
		answer.Page.Next = &next
	}
	if len(page) > 0 {
		answer.Page.Previous = &answer.Items[0].Cursor
	}
	x.json(http.StatusOK, answer)
}

func (s *Sandbox) getItem(x *exchange) {
	s.state.mu.Lock()
	var answer *itemV2
	if s.state.ownTeam(x.path("team")) {
		page, _ := s.pick(s.state.chosen(filter{}), filter{ids: []string{x.path("item")}}, 0, 1)
		for _, it := range page {
			j := s.jsonV2(it)
			answer = &j
		}
	}
	s.state.mu.Unlock()
	if answer == nil {
		x.notFound()
		return
	}
	x.json(http.StatusOK, answer)
}

func (s *Sandbox) statusCounts(x *exchange) {
	type count struct {
		Status string `json:"status"`
		Items  int    `json:"item_count"`
	}
	f := filterOf(x.r.URL.Query())
	s.state.mu.Lock()
	own := s.state.ownTeam(x.path("team"))
	now := s.cfg.Clock()
	by := map[string]int{}
	for _, d := range s.state.chosen(f) {
		for _, it := range d.items {
			by[status(it.state(now, s.cfg.ProcessAfter))]++
		}
	}
	s.state.mu.Unlock()
	if !own {
		x.notFound()
		return
	}
	counts := []count{}
	for _, name := range []string{uploading, processing, failed, "new"} {
		if by[name] > 0 {
			counts = append(counts, count{name, by[name]})
		}
	}
	x.json(http.StatusOK, map[string]any{"simple_counts": counts})
}

// deleteV2 takes items away for good, also those that wait for their bytes.
func (s *Sandbox) deleteV2(x *exchange) {
	var body struct {
		Filters struct {
			Datasets []int64  `json:"dataset_ids"`
			Items    []string `json:"item_ids"`
		} `json:"filters"`
	}
	if x.refused(x.body(&body)) {
		return
	}
	f := filter{ids: body.Filters.Items}
	for _, id := range body.Filters.Datasets {
		f.datasets = append(f.datasets, strconv.FormatInt(id, 10))
	}
	if len(f.ids) == 0 && len(f.datasets) == 0 {
		x.invalid("filters", "can't be blank")
		return
	}
	s.state.mu.Lock()
	own := s.state.ownTeam(x.path("team"))
	if own {
		for _, d := range s.state.chosen(f) {
			x.entry.Items += s.state.remove(d, func(it *item) bool { return f.fits(it, "") })
		}
	}
	s.state.mu.Unlock()
	if !own {
		x.notFound()
		return
	}
	x.json(http.StatusOK, struct{}{})
}
