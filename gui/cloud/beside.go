package cloud

import (
	"context"
	"strings"

	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/objects"
)

// beside tells what lies beside the objects that are meant: their thumbnails,
// and the frames of the videos among them.
type beside struct {
	below  string // what the keys of all thumbnails begin with, "" if that is not known
	others *finder.Belongings
}

// besides looks through what was ticked, if it has to be known: thumbnails and
// frames may come before the objects that they are of.
func (o order) besides(ctx context.Context, store objects.Store) (beside, error) {
	var b beside
	var thumbnails, frames finder.Rule
	if o.looks() {
		rule := finder.Rule{Below: o.folders.Below, Template: o.lookup.template()}
		if b.below, _, _ = strings.Cut(rule.Template, "{"); b.below == "" {
			thumbnails = rule
		}
		if named := o.frames(); !named.manifest() {
			frames = named.rule()
		}
	}
	b.others = finder.NewBelongings(thumbnails, frames)
	if !b.others.Any() {
		return b, nil
	}
	p := o.source.picks
	for root, on := range p {
		if !on {
			continue
		}
		if root != "" && !strings.HasSuffix(root, "/") {
			b.others.Add(root)
			continue
		}
		for key, err := range p.below(ctx, store, root) {
			if err != nil {
				return b, err
			}
			b.others.Add(key)
		}
	}
	return b, nil
}

// is says whether a key is that of a thumbnail or a frame.
func (b beside) is(key string) bool {
	return b.below != "" && strings.HasPrefix(key, b.below) || b.others.Has(key)
}
