package cloud

import (
	"context"
	"hash/maphash"
	"path"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/objects"
)

// beside tells what lies beside the objects that are meant in a folder: their
// thumbnails, and the frames of its videos. Thumbnails are kept by a number for
// each, as there may be a million.
type beside struct {
	below  string // what the keys of all thumbnails begin with, "" if that is not known
	seed   maphash.Seed
	thumbs map[uint64]struct{}
	frames map[string][]external.Pattern // by the folder that they lie in
}

// besides looks through what was ticked, if it has to be known: thumbnails and
// frames may come before the objects that they are of.
func (o order) besides(ctx context.Context, store objects.Store) (beside, error) {
	b := beside{frames: map[string][]external.Pattern{}, thumbs: map[uint64]struct{}{}, seed: maphash.MakeSeed()}
	if !o.looks() {
		return b, nil
	}
	rule := finder.Rule{Below: o.folders.Below, Template: o.lookup.template()}
	b.below, _, _ = strings.Cut(rule.Template, "{")
	moving := o.frames() != "" && !o.frames().manifest()
	if loose := rule.Template != "" && b.below == ""; !loose && !moving {
		return b, nil
	}
	p := o.source.picks
	for root, on := range p {
		if !on {
			continue
		}
		if root != "" && !strings.HasSuffix(root, "/") {
			b.note(root, rule, o.frames())
			continue
		}
		for key, err := range p.below(ctx, store, root) {
			if err != nil {
				return b, err
			}
			b.note(key, rule, o.frames())
		}
	}
	return b, nil
}

// note takes down what belongs to an object.
func (b *beside) note(key string, rule finder.Rule, frames frameRule) {
	if rule.Template != "" && b.below == "" {
		if thumb := rule.Key(key); thumb != key {
			b.thumbs[maphash.String(b.seed, thumb)] = struct{}{}
		}
	}
	if frames == "" || frames.manifest() || darwin.TypeOf(key) != "video" {
		return
	}
	if p, err := external.ParsePattern(frames.of(key)); err == nil {
		folder := path.Dir(p.Prefix() + "0")
		b.frames[folder] = append(b.frames[folder], p)
	}
}

// is says whether a key is that of a thumbnail or a frame.
func (b beside) is(key string) bool {
	if b.below != "" && strings.HasPrefix(key, b.below) {
		return true
	}
	if _, here := b.thumbs[maphash.String(b.seed, key)]; here {
		return true
	}
	for folder := path.Dir(key); len(b.frames) > 0; folder = path.Dir(folder) {
		for _, p := range b.frames[folder] {
			if p.Fits(key) {
				return true
			}
		}
		if folder == "." || folder == "/" {
			break
		}
	}
	return false
}
