package finder

import (
	"hash/maphash"
	"maps"
	"slices"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
)

// Belongings are what belongs to other objects by the rules: thumbnails, and
// the frames of videos. In a listing they are not objects of their own. It is
// for one goroutine: Add all objects, then ask Has. It keeps 8 bytes for an
// object.
type Belongings struct {
	thumbnails Rule
	frames     Rule // whose template is a naming pattern
	seed       maphash.Seed
	named      []uint64 // hashes of the thumbnails' keys
	sorted     bool
	patterns   map[string][]external.Pattern // by their prefix
	lengths    []int                         // of the prefixes
}

// NewBelongings takes both rules, either of which may have no template.
func NewBelongings(thumbnails, frames Rule) *Belongings {
	return &Belongings{thumbnails: thumbnails, frames: frames, seed: maphash.MakeSeed(), patterns: map[string][]external.Pattern{}}
}

// Any says whether there is a rule.
func (b *Belongings) Any() bool { return b.thumbnails.Template != "" || b.frames.Template != "" }

// Add takes note of what belongs to an object.
func (b *Belongings) Add(key string) {
	if thumbnail := b.thumbnails.Key(key); b.thumbnails.Template != "" && thumbnail != key {
		b.named, b.sorted = append(b.named, maphash.String(b.seed, thumbnail)), false
	}
	if b.frames.Template == "" || darwin.TypeOf(key) != "video" {
		return
	}
	// A rule that is no pattern is told when the video is looked at.
	if p, err := external.ParsePattern(b.frames.Key(key)); err == nil {
		b.patterns[p.Prefix()] = append(b.patterns[p.Prefix()], p)
		b.lengths = nil
	}
}

// Has says whether a key is a thumbnail or a frame of an object that was added.
func (b *Belongings) Has(key string) bool {
	if !b.sorted {
		slices.Sort(b.named)
		b.sorted = true
	}
	if _, found := slices.BinarySearch(b.named, maphash.String(b.seed, key)); found {
		return true
	}
	if b.lengths == nil {
		all := map[int]bool{}
		for prefix := range b.patterns {
			all[len(prefix)] = true
		}
		b.lengths = slices.Sorted(maps.Keys(all))
	}
	for _, n := range b.lengths {
		if n > len(key) {
			break
		}
		if slices.ContainsFunc(b.patterns[key[:n]], func(p external.Pattern) bool { return p.Fits(key) }) {
			return true
		}
	}
	return false
}
