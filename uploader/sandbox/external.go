package sandbox

import (
	"bytes"
	"net/http"
	"strings"
	"time"
)

// Storage is a bucket of the team's own, as the API describes it.
type Storage struct {
	Name, Provider, Bucket, Region, Prefix string
	ReadOnly, Default                      bool

	// Has says whether Darwin can read an object, by its key. nil: it can read
	// all of them. It is called for every key of a registration, from several
	// goroutines; what it denies makes the item's processing fail. S3.Has looks
	// into a bucket of a server.
	Has func(key string) bool
}

// AddStorage connects a storage to the team; one of the same name is replaced.
func (s *Sandbox) AddStorage(st Storage) {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	for i, known := range s.state.storages {
		if known.Name == st.Name {
			s.state.storages[i] = &st
			return
		}
	}
	s.state.storages = append(s.state.storages, &st)
}

// The most items of one registration from a storage, and the most such
// registrations in a minute.
const (
	maxExternal       = 100
	externalPerMinute = 100
)

// missingMetadata is why a read-only storage's item without size or thumbnail
// is blocked. No source tells the word, or whether it is not the whole request
// that is refused: both are inferred, and no client may rely on either.
const missingMetadata = "MISSING_METADATA"

// unreadable is what the processing of an object says that is not there.
const unreadable = "403 Forbidden when reading "

// external is what a slot knows of its object in a storage, nil in slots whose
// bytes are uploaded.
type external struct {
	storage, key, thumbnail string
	width, height           int
	frames                  int
}

// wantedObject is an object of a registration, checked for its shape only.
type wantedObject struct {
	place    place
	tags     map[string]string
	kind     string
	fps      frameRate
	asFrames bool
	external
	keys     []string // all that Darwin reads
	complete bool     // it has what a read-only storage needs
}

func (s *Sandbox) listStorages(x *exchange) {
	type storageJSON struct {
		Name     string  `json:"name"`
		Prefix   *string `json:"prefix"`
		ReadOnly bool    `json:"readonly"`
		Provider string  `json:"provider"`
		Default  bool    `json:"default"`
		Bucket   string  `json:"bucket"`
		Region   string  `json:"region,omitempty"`
	}
	all := []storageJSON{}
	s.state.mu.Lock()
	own := s.state.ownTeam(x.path("team"))
	for _, st := range s.state.storages {
		one := storageJSON{st.Name, &st.Prefix, st.ReadOnly, st.Provider, st.Default, st.Bucket, st.Region}
		if st.Prefix == "" {
			one.Prefix = nil
		}
		all = append(all, one)
	}
	s.state.mu.Unlock()
	if !own {
		x.notFound()
		return
	}
	x.json(http.StatusOK, all)
}

// storageFor finds the storage of a registration.
func (st *state) storageFor(name string) (*Storage, error) {
	found := first(st.storages, func(one *Storage) bool { return one.Name == name })
	if found == nil {
		return nil, &refusal{status: http.StatusNotFound, text: "Not Found"}
	}
	return found, nil
}

// externalTurn refuses a registration beyond those of a minute.
func (s *Sandbox) externalTurn() error {
	now := s.cfg.Clock()
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	recent := s.state.externalCalls
	for len(recent) > 0 && !now.Before(recent[0].Add(time.Minute)) {
		recent = recent[1:]
	}
	s.state.externalCalls = recent
	if len(recent) >= externalPerMinute {
		return &refusal{status: http.StatusTooManyRequests, text: "Too Many Requests"}
	}
	s.state.externalCalls = append(recent, now)
	return nil
}

func checkExternalCount(n int) error {
	if n == 0 || n > maxExternal {
		return malformed("items: should have 1 to 100 items")
	}
	return nil
}

func malformed(text string) error { return &refusal{status: http.StatusBadRequest, text: text} }

// placedObject is what became of a wanted object.
type placedObject struct {
	item   *item // nil if a tag, a missing size or the like kept it from being made
	slot   *slot
	reason string
}

// registerObjects makes items of objects, one after the other. Whether they can
// be read is asked first, without the lock.
func (s *Sandbox) registerObjects(d *dataset, st *Storage, all []wantedObject) []placedObject {
	failures := make([]string, len(all))
	for i, want := range all {
		for _, key := range want.keys {
			if st.Has != nil && !st.Has(key) {
				failures[i] = unreadable + key
				break
			}
		}
	}
	now := s.cfg.Clock()
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	out := make([]placedObject, len(all))
	for i, want := range all {
		out[i] = s.state.registerObject(d, st, want, failures[i], s.cfg.Quirks, now)
	}
	return out
}

// registerObject needs the lock.
func (st *state) registerObject(d *dataset, storage *Storage, want wantedObject, failure string, q Quirks, now time.Time) placedObject {
	if there := d.byPlace[want.place]; there != nil {
		there.registrations++
		return placedObject{item: there, reason: alreadyExists}
	}
	reason := st.judgeTags(d, want.tags, q)
	switch {
	case reason != "":
	case storage.ReadOnly && !want.complete:
		reason = missingMetadata
	case st.limit > 0 && st.count() >= st.limit:
		reason = itemLimit
	}
	if reason != "" {
		return placedObject{reason: reason}
	}
	it := st.addItem(d, wanted{place: want.place, tags: want.tags}, now)
	object := want.external
	object.storage = storage.Name
	sl := &slot{
		item: it, name: "0", fileName: want.place.name, kind: want.kind, fps: string(want.fps), asFrames: want.asFrames,
		external: &object, confirmed: now, failure: failure,
	}
	it.slots = append(it.slots, sl)
	return placedObject{item: it, slot: sl}
}

// textBool is a boolean, or a text that names one.
type textBool bool

// UnmarshalJSON takes both forms.
func (b *textBool) UnmarshalJSON(raw []byte) error {
	switch string(bytes.Trim(raw, `"`)) {
	case "true":
		*b = true
	case "false", "null":
		*b = false
	default:
		return malformed("as_frames: is invalid")
	}
	return nil
}

func checkExternalName(field, name string) error {
	if strings.TrimSpace(name) == "" || strings.Contains(name, "/") {
		return malformed(field + ": is invalid")
	}
	return nil
}

// Count is how many items a dataset has, without describing them.
func (s *Sandbox) Count(datasetSlug string) int {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	if d := s.state.dataset(datasetSlug); d != nil {
		return len(d.items)
	}
	return 0
}
