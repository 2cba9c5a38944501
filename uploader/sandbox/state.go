package sandbox

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// state is everything that Darwin knows. Its lock is held for single steps
// only, never while a body is read or an answer is written.
type state struct {
	mu       sync.Mutex
	team     Team
	datasets []*dataset
	classes  []*class
	uploads  map[string]*slot // by upload id (V2) or item id (V1)
	objects  map[string]*slot // by the object's key in storage
	nextID   int64            // of datasets and classes
	nextItem int64            // of items: V1's id, and everybody's order
	limit    int              // of items, 0 for none

	storages      []*Storage  // the team's own
	externalCalls []time.Time // registrations from them in the last minute
}

type dataset struct {
	id         int64
	name, slug string
	version    int
	archived   bool
	made       time.Time
	items      []*item // in the order of registration
	byPlace    map[place]*item
}

// place is where an item is in its dataset; there is one item at each.
type place struct{ folder, name string }

type item struct {
	id            string // UUID in V2, the number as text in V1
	seq           int64
	dataset       *dataset
	place         place
	tags          map[string]string
	slots         []*slot
	registered    time.Time
	registrations int // requests that named it, blocked ones included
}

// slot is one file of an item. In V1 there is one, with the item's id.
type slot struct {
	item         *item
	name         string
	fileName     string
	kind         string // image, video, pdf, dicom
	fps          string // as sent: "", "native" or a number
	asFrames     bool
	extractViews bool
	tags         map[string]string
	uploadID     string
	object       string // key in storage
	signs        int
	confirms     int
	confirmed    time.Time
	failure      string    // why processing fails, "" if it does not
	external     *external // its object in a storage of the team's own; nil: its bytes are uploaded
}

type class struct {
	id       int64
	name     string
	types    []string
	colour   string
	datasets []int64
	made     time.Time
}

func (st *state) init(cfg Config) {
	st.team, st.limit = cfg.Team, cfg.ItemLimit
	st.uploads, st.objects = map[string]*slot{}, map[string]*slot{}
	st.nextID, st.nextItem = 500, 5600
}

// AddDataset adds a dataset of version 1 or 2 and gives its slug. A dataset
// of that slug that is there already is left alone.
func (s *Sandbox) AddDataset(name string, version int) string {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	slug := slugOf(name)
	if s.state.dataset(slug) == nil {
		s.state.addDataset(name, version, s.cfg.Clock())
	}
	return slug
}

// AddTagClass adds a tag class to the team, linked to the datasets of these
// slugs. Slugs that are not there are skipped, as is a name that exists.
func (s *Sandbox) AddTagClass(name string, withText bool, datasets ...string) {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	if s.state.class(name) != nil {
		return
	}
	types := []string{"tag"}
	if withText {
		types = append(types, "text")
	}
	var ids []int64
	for _, slug := range datasets {
		if d := s.state.dataset(slug); d != nil {
			ids = append(ids, d.id)
		}
	}
	s.state.addClass(name, types, "auto", ids, s.cfg.Clock())
}

func (st *state) addDataset(name string, version int, now time.Time) *dataset {
	st.nextID++
	d := &dataset{
		id: st.nextID, name: name, slug: slugOf(name), version: version, made: now,
		byPlace: map[place]*item{},
	}
	st.datasets = append(st.datasets, d)
	return d
}

func (st *state) addClass(name string, types []string, colour string, datasets []int64, now time.Time) *class {
	st.nextID++
	if colour == "" || colour == "auto" {
		colour = palette[len(st.classes)%len(palette)]
	}
	c := &class{id: st.nextID, name: name, types: types, colour: colour, datasets: datasets, made: now}
	st.classes = append(st.classes, c)
	return c
}

// dataset finds a dataset by its slug, nil if there is none.
func (st *state) dataset(slug string) *dataset {
	return first(st.datasets, func(d *dataset) bool { return d.slug == slug })
}

func (st *state) datasetByID(id string) *dataset {
	return first(st.datasets, func(d *dataset) bool { return strconv.FormatInt(d.id, 10) == id })
}

func (st *state) class(name string) *class {
	return first(st.classes, func(c *class) bool { return c.name == name })
}

// count is how many items the team has.
func (st *state) count() int {
	n := 0
	for _, d := range st.datasets {
		n += len(d.items)
	}
	return n
}

func (st *state) ownTeam(slug string) bool { return slug == st.team.Slug }

func (st *state) ownTeamOrID(s string) bool {
	return st.ownTeam(s) || s == strconv.FormatInt(st.team.ID, 10)
}

func first[T any](all []*T, fits func(*T) bool) *T {
	if i := slices.IndexFunc(all, fits); i >= 0 {
		return all[i]
	}
	return nil
}

// remove takes the items that fit out of the dataset and says how many.
func (st *state) remove(d *dataset, fits func(*item) bool) int {
	before := len(d.items)
	d.items = slices.DeleteFunc(d.items, func(it *item) bool {
		if !fits(it) {
			return false
		}
		delete(d.byPlace, it.place)
		for _, sl := range it.slots {
			delete(st.uploads, sl.uploadID)
			delete(st.objects, sl.object)
		}
		return true
	})
	return before - len(d.items)
}

func (c *class) takesText() bool { return slices.Contains(c.types, "text") }

// slugOf is a name in lower case, without special characters, with dashes for
// spaces.
func slugOf(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(name)) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte('-')
		case r == '-' || r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func newUUID() string {
	var u [16]byte
	_, _ = rand.Read(u[:]) // never fails
	u[6] = u[6]&0x0f | 0x40
	u[8] = u[8]&0x3f | 0x80
	h := hex.EncodeToString(u[:])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}
