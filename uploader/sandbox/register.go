package sandbox

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The reasons for blocking, in the API's words.
const (
	alreadyExists = "ALREADY_EXISTS"
	unknownTags   = "UNKNOWN_TAGS"
	unknownTag    = "UNKNOWN_TAG"
	missingText   = "MISSING_TEXT_FOR_TAG"
	itemLimit     = "ITEM_COUNT_LIMIT_EXCEEDED"
)

// wanted is one item of a registration, checked for its shape only.
type wanted struct {
	place place
	tags  map[string]string
	slots []wantedSlot
}

type wantedSlot struct {
	name, fileName, kind string
	fps                  frameRate
	asFrames             bool
	extractViews         bool
	tags                 map[string]string
}

// placed is what became of one wanted item.
type placed struct {
	item    *item // nil if a tag kept it from being made
	taken   []*slot
	blocked []blockedSlot
}

type blockedSlot struct {
	wantedSlot
	reason string
}

// register makes items of what is wanted, one after the other, so that a
// later one can be the duplicate of an earlier one. It needs the lock.
func (st *state) register(d *dataset, all []wanted, q Quirks, now time.Time) []placed {
	out := make([]placed, 0, len(all))
	for _, want := range all {
		out = append(out, st.registerOne(d, want, q, now))
	}
	return out
}

func (st *state) registerOne(d *dataset, want wanted, q Quirks, now time.Time) placed {
	p := placed{item: d.byPlace[want.place]}
	if p.item != nil {
		p.item.registrations++
	}
	itemReason := st.judgeTags(d, want.tags, q)
	if p.item == nil && st.limit > 0 && st.count() >= st.limit {
		itemReason = itemLimit
	}
	for _, ws := range want.slots {
		reason := itemReason
		if r := st.judgeTags(d, ws.tags, q); r != "" && reason == "" {
			reason = r
		}
		if p.item != nil && p.item.slot(ws.name) != nil {
			reason = alreadyExists
		}
		if reason != "" {
			p.blocked = append(p.blocked, blockedSlot{ws, reason})
			continue
		}
		if p.item == nil {
			p.item = st.addItem(d, want, now)
		}
		p.taken = append(p.taken, st.addSlot(p.item, ws))
	}
	return p
}

func (st *state) addItem(d *dataset, want wanted, now time.Time) *item {
	st.nextItem++
	it := &item{
		id: newUUID(), seq: st.nextItem, dataset: d, place: want.place,
		tags: maps.Clone(want.tags), registered: now, registrations: 1,
	}
	if d.version == 1 {
		it.id = strconv.FormatInt(it.seq, 10)
	}
	d.items = append(d.items, it)
	d.byPlace[want.place] = it
	return it
}

func (st *state) addSlot(it *item, ws wantedSlot) *slot {
	sl := &slot{
		item: it, name: ws.name, fileName: ws.fileName, kind: ws.kind, fps: string(ws.fps),
		asFrames: ws.asFrames, extractViews: ws.extractViews, tags: maps.Clone(ws.tags), uploadID: newUUID(),
	}
	if it.dataset.version == 1 {
		sl.uploadID = it.id
	}
	// The key has nothing of the file's name but a harmless extension.
	sl.object = "teams/" + strconv.FormatInt(st.team.ID, 10) + "/datasets/" + strconv.FormatInt(it.dataset.id, 10) +
		"/" + sl.uploadID + "/original" + extension(ws.fileName)
	it.slots = append(it.slots, sl)
	st.uploads[sl.uploadID] = sl
	st.objects[sl.object] = sl
	return sl
}

func (it *item) slot(name string) *slot {
	return first(it.slots, func(sl *slot) bool { return sl.name == name })
}

// judgeTags gives the reason to block, "" if the tags are right.
func (st *state) judgeTags(d *dataset, tags map[string]string, q Quirks) string {
	reason := ""
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		c := st.class(name)
		if c == nil || !slices.Contains(c.types, "tag") || q.LinkedTagsOnly && !c.linked(d.id) {
			if d.version == 1 && !q.V1PluralTags {
				return unknownTag
			}
			return unknownTags
		}
		if tags[name] != "" && !c.takesText() {
			reason = missingText
		}
	}
	return reason
}

// extension is the end of a name from its last dot, "" unless it is made of
// a few plain letters and digits.
func extension(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if len(ext) < 2 || len(ext) > 6 || strings.Trim(ext[1:], "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ""
	}
	return ext
}

// datasetFor finds the dataset of a registration, of the version that the
// call is for.
func (st *state) datasetFor(team, slug string, version int) (*dataset, error) {
	d := st.dataset(slug)
	if d == nil || !st.ownTeam(team) {
		return nil, &refusal{status: 404, text: "Not Found"}
	}
	if d.version != version {
		return nil, invalid("dataset", "has version "+strconv.Itoa(d.version)+", use the calls of that version")
	}
	return d, nil
}

// checkCount refuses none, and more than a registration may hold.
func checkCount(n int) error {
	switch {
	case n == 0:
		return invalid("items", "can't be blank")
	case n > maxRegister:
		return invalid("items", "should have at most "+strconv.Itoa(maxRegister)+" item(s)")
	}
	return nil
}
