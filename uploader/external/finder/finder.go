package finder

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

// atOnce is how many items are worked on at a time unless it is said otherwise.
const atOnce = 32

// makers is how many thumbnails are made at a time: each may hold a decoded
// picture of some hundred MB.
const makers = 2

// How long a bucket that has answered before is waited for, and the pauses
// between tries, which double.
const (
	patience   = 5 * time.Minute
	firstPause = time.Second
	maxPause   = 30 * time.Second
)

// Rule names the thumbnail of an object by the object's key. In it, "{key}" is
// the whole key, "{rest}" the key behind Below, "{dir}" its folders with their
// slash, "{name}" its last part, "{stem}" that without its ending, "{ext}" the
// ending without its dot.
type Rule struct {
	Below    string // a prefix of keys, for "{rest}"; without slash at its end
	Template string // such as "thumbnails/{rest}", "" for no rule
}

// Key is the key of an object's thumbnail.
func (r Rule) Key(key string) string {
	rest := key
	if below := strings.Trim(r.Below, "/"); below != "" {
		rest = strings.TrimPrefix(key, below+"/")
	}
	dir, name := path.Split(key)
	ext := path.Ext(name)
	return strings.NewReplacer("{key}", key, "{rest}", rest, "{dir}", dir, "{name}", name,
		"{stem}", strings.TrimSuffix(name, ext), "{ext}", strings.TrimPrefix(ext, ".")).Replace(r.Template)
}

// Check refuses a rule that names the same thumbnail for all objects, or the
// object itself.
func (r Rule) Check() error {
	one, two := r.Key("a/1.jpg"), r.Key("b/2.jpg")
	if r.Template != "" && (one == two || one == "a/1.jpg") {
		return &fault.Error{
			Kind: fault.Usage, What: fmt.Sprintf("%q does not name another thumbnail for each object.", r.Template), Safe: "Nothing was sent.",
			Do: "Use {rest}, {key}, {dir}, {name} or {stem} in it, for example thumbnails/{rest}.",
		}
	}
	return nil
}

// Match is what a rule finds for an object, to be shown before it is used.
type Match struct {
	Key, Thumbnail string
	There          bool
}

// Finder looks in one bucket. It is an external.Finder.
type Finder struct {
	Store objects.Store
	Rule  Rule
	// Make writes thumbnails that are missing to where the rule says. Only with
	// the person's explicit consent: it changes the bucket.
	Make   bool
	AtOnce int // items; 0: 32

	Clock external.Clock // nil: this computer's

	making   chan struct{}
	once     sync.Once
	answered atomic.Bool // the bucket did, about some object
}

// Preview says which thumbnails the rule finds for these objects.
func (f *Finder) Preview(ctx context.Context, keys []string) ([]Match, error) {
	matches := make([]Match, len(keys))
	var first error
	var mu sync.Mutex
	f.each(len(keys), func(i int) {
		matches[i] = Match{Key: keys[i], Thumbnail: f.Rule.Key(keys[i])}
		_, err := f.Store.Stat(ctx, matches[i].Thumbnail)
		matches[i].There = err == nil
		if err != nil && fault.KindOf(err) != fault.Missing {
			mu.Lock()
			first = cmp.Or(first, err)
			mu.Unlock()
		}
	})
	return matches, first
}

// Find completes items, as external.Finder says.
func (f *Finder) Find(ctx context.Context, items []*external.Item) []*fault.Error {
	problems := make([]*fault.Error, len(items))
	f.each(len(items), func(i int) {
		if err := f.patiently(ctx, items[i]); err != nil {
			problems[i] = fault.Of(err)
		}
	})
	return problems
}

// patiently completes an item. A bucket that has answered before and does not
// now is waited for: of a million objects, most would have been found in vain.
func (f *Finder) patiently(ctx context.Context, item *external.Item) error {
	clock := f.Clock
	if clock == nil {
		clock = external.SystemClock()
	}
	pause, waited := firstPause, time.Duration(0)
	for {
		err := f.complete(ctx, item)
		if err == nil || ctx.Err() != nil || !external.OfAll(fault.Of(err)) {
			f.answered.Store(true)
			return err
		}
		if fault.KindOf(err) == fault.Key || !f.answered.Load() || waited >= patience {
			return err
		}
		if err := clock.Sleep(ctx, pause); err != nil {
			return err
		}
		waited += pause
		pause = min(2*pause, maxPause)
	}
}

// each works on n things, several at once.
func (f *Finder) each(n int, work func(i int)) {
	f.once.Do(func() { f.making = make(chan struct{}, makers) })
	var group sync.WaitGroup
	next := make(chan int)
	for range min(cmp.Or(max(f.AtOnce, 0), atOnce), n) {
		group.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	group.Wait()
}

func (f *Finder) complete(ctx context.Context, item *external.Item) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch item.Kind() {
	case "image":
		return f.picture(ctx, item, item.Key)
	case "video":
		if err := f.frames(ctx, item); err != nil || item.Sequence == nil {
			return err
		}
		first, err := item.Sequence.FirstKey()
		if err != nil {
			return err
		}
		return f.picture(ctx, item, first)
	}
	return nil
}

// picture finds the size and the thumbnail of an item by a picture of it.
func (f *Finder) picture(ctx context.Context, item *external.Item, key string) (err error) {
	if item.Width == 0 {
		if item.Width, item.Height, err = Size(ctx, f.Store, key); err != nil {
			return err
		}
	}
	if item.Thumbnail != "" || f.Rule.Template == "" {
		return nil
	}
	thumbnail := f.Rule.Key(item.Key)
	_, err = f.Store.Stat(ctx, thumbnail)
	switch {
	case err == nil:
	case fault.KindOf(err) != fault.Missing:
		return err
	case !f.Make:
		return &fault.Error{
			Kind: fault.Missing, What: fmt.Sprintf("There is no thumbnail %q.", thumbnail),
			Do: "Correct the naming rule, put the thumbnail there, or let the program make it.",
		}
	default:
		if err := f.make(ctx, key, thumbnail); err != nil {
			return err
		}
	}
	item.Thumbnail = thumbnail
	return nil
}

func (f *Finder) make(ctx context.Context, key, thumbnail string) error {
	select {
	case f.making <- struct{}{}:
		defer func() { <-f.making }()
	case <-ctx.Done():
		return ctx.Err()
	}
	small, err := Thumbnail(ctx, f.Store, key)
	if err != nil {
		return err
	}
	return f.Store.Write(ctx, thumbnail, "image/jpeg", small)
}

// frames looks for the pictures of a pattern.
func (f *Finder) frames(ctx context.Context, item *external.Item) error {
	if item.Sequence != nil || item.Pattern == "" {
		return nil
	}
	high, err := f.arrange(ctx, item.Pattern)
	if err != nil {
		return err
	}
	if item.PatternLow != "" {
		low, err := f.arrange(ctx, item.PatternLow)
		if err != nil {
			return err
		}
		if low.First != high.First || low.Count != high.Count {
			return &fault.Error{
				Kind: fault.Usage, What: fmt.Sprintf("There are %d frames and %d smaller ones of %q.", high.Count, low.Count, item.Name),
				Do: "Put a smaller one beside each frame, or leave them out.",
			}
		}
		high.Low = low.High
	}
	item.Sequence = &high
	return nil
}

func (f *Finder) arrange(ctx context.Context, text string) (external.Sequence, error) {
	pattern, err := external.ParsePattern(text)
	if err != nil {
		return external.Sequence{}, err
	}
	var keys []string
	for object, err := range f.Store.List(ctx, pattern.Prefix(), true) {
		if err != nil {
			return external.Sequence{}, err
		}
		if pattern.Fits(object.Key) {
			keys = append(keys, object.Key)
		}
	}
	return pattern.Arrange(keys)
}
