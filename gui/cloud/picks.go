package cloud

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/objects"
)

// picks are the objects of a bucket that were ticked: keys, and folders with
// a slash at their end, "" being all of it. What is said of the nearest
// counts, so that a folder can be taken without some of what it holds. A value
// of this type does not change.
type picks map[string]bool

// nearest is the entry that decides about a key or folder.
func (p picks) nearest(key string) (entry string, on bool) {
	if on, here := p[key]; here {
		return key, on
	}
	return p.above(key)
}

// above is the entry that would decide without the key's own.
func (p picks) above(key string) (entry string, on bool) {
	for key = strings.TrimSuffix(key, "/"); key != ""; {
		cut := strings.LastIndexByte(key, '/')
		if on, here := p[key[:cut+1]]; here {
			return key[:cut+1], on
		}
		key = key[:max(cut, 0)]
	}
	return "", p[""]
}

// with are these picks after a tick.
func (p picks) with(key string, on bool) picks {
	folder := key == "" || strings.HasSuffix(key, "/")
	now := picks{}
	for k, v := range p {
		if k != key && !(folder && strings.HasPrefix(k, key)) {
			now[k] = v
		}
	}
	if _, inherited := now.above(key); inherited != on || key == "" {
		now[key] = on
	}
	return now
}

// state is what the box of a key or folder shows.
func (p picks) state(key string) widgets.TriState {
	_, on := p.nearest(key)
	if key == "" || strings.HasSuffix(key, "/") {
		for k, v := range p {
			if k != key && strings.HasPrefix(k, key) && v != on {
				return widgets.Some
			}
		}
	}
	if on {
		return widgets.On
	}
	return widgets.Off
}

func (p picks) empty() bool {
	for _, on := range p {
		if on {
			return false
		}
	}
	return true
}

// picked gives the images and videos that are picked. Other objects, such as
// text files beside them, are none that were meant, and neither are thumbnails
// and frames, unless they were ticked themselves.
func (o order) picked(ctx context.Context, store objects.Store) iter.Seq2[external.Entry, error] {
	p := o.source.picks
	return func(yield func(external.Entry, error) bool) {
		n := 0
		give := func(key string) bool {
			n++
			return yield(external.Entry{Line: n, Key: key}, nil)
		}
		not, err := o.besides(ctx, store)
		if err != nil {
			yield(external.Entry{}, err)
			return
		}
		for _, root := range slices.Sorted(maps.Keys(p)) {
			switch {
			case !p[root]:
				continue
			case root != "" && !strings.HasSuffix(root, "/"):
				if !give(root) {
					return
				}
				continue
			}
			for key, err := range p.below(ctx, store, root) {
				if err != nil {
					yield(external.Entry{}, err)
					return
				}
				if !not.is(key) && !give(key) {
					return
				}
			}
		}
	}
}

// below gives the keys of the images and videos in a folder that was ticked,
// for which its tick counts.
func (p picks) below(ctx context.Context, store objects.Store, root string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for o, err := range store.List(ctx, root, true) {
			if err != nil {
				yield("", err)
				return
			}
			if o.Folder || o.Size == 0 || darwin.TypeOf(o.Key) == "" {
				continue
			}
			if entry, _ := p.nearest(o.Key); entry == root && !yield(o.Key, nil) {
				return
			}
		}
	}
}
