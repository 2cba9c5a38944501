package cloud

import (
	"context"
	"slices"
	"sync"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

const (
	factsAtOnce = 24    // objects that are asked about before anything is shown
	mostWanted  = 96    // that wait for it; those seen last come first
	keptFacts   = 20000 // at the same time
)

// fact is what the bucket knows of one object that a read-only storage needs.
type fact struct {
	width, height int
	unsized       bool // it has none that can be read
	thumbnail     bool
	unknown       bool // the bucket did not say
}

// facts are looked up for the objects that are seen, in the background.
type facts struct {
	v       *View
	arrived func()

	of     factsOf
	known  map[string]fact
	wanted []string // the latest at the end
	under  []string // that are being looked up
	asking bool
	asked  int // grows with each other choice
	halt   context.CancelFunc
}

// factsOf is what decides about the facts.
type factsOf struct {
	storage, endpoint string
	rule              finder.Rule
}

func newFacts(v *View, arrived func()) *facts {
	return &facts{v: v, arrived: arrived, known: map[string]fact{}, halt: func() {}}
}

// turn forgets what was known where it does not hold any more.
func (f *facts) turn(of factsOf) {
	if f.of == of {
		return
	}
	f.halt()
	f.of, f.known, f.wanted, f.under, f.asking = of, map[string]fact{}, nil, nil, false
	f.asked++
}

// get gives the fact about an object, or asks for it.
func (f *facts) get(key string) (fact, bool) {
	if fact, here := f.known[key]; here {
		return fact, true
	}
	if darwin.TypeOf(key) != "image" || slices.Contains(f.under, key) {
		return fact{}, false
	}
	if i := slices.Index(f.wanted, key); i >= 0 {
		f.wanted = slices.Delete(f.wanted, i, i+1)
	}
	f.wanted = append(f.wanted, key)
	if more := len(f.wanted) - mostWanted; more > 0 {
		f.wanted = slices.Delete(f.wanted, 0, more)
	}
	f.ask()
	return fact{}, false
}

// ask looks for the next ones, those seen last first.
func (f *facts) ask() {
	v := f.v
	if f.asking || len(f.wanted) == 0 || v.storage < 0 || v.deps.Bucket == nil {
		return
	}
	at := max(len(f.wanted)-factsAtOnce, 0)
	keys := slices.Clone(f.wanted[at:])
	f.wanted, f.under, f.asking = f.wanted[:at], keys, true
	asked, of, storage := f.asked, f.of, v.storages[v.storage]
	work, halt := tasks.Stoppable(func(ctx, _ context.Context) {
		found := make([]fact, len(keys))
		if store, release, err := v.deps.Bucket(ctx, storage, of.endpoint); err == nil {
			var group sync.WaitGroup
			for i, key := range keys {
				group.Go(func() { found[i] = factOf(ctx, store, of.rule, key) })
			}
			group.Wait()
			release()
		} else {
			for i := range found {
				found[i].unknown = true
			}
		}
		v.post(func() {
			if asked != f.asked {
				return
			}
			f.under, f.asking = nil, false
			if len(f.known) > keptFacts {
				f.known = map[string]fact{}
			}
			for i, key := range keys {
				f.known[key] = found[i]
			}
			f.arrived()
			f.ask()
		})
	})
	f.halt = halt
	v.tasks.Go(work)
}

// factOf looks one object up.
func factOf(ctx context.Context, store objects.Store, rule finder.Rule, key string) (f fact) {
	var err error
	f.width, f.height, err = finder.Size(ctx, store, key)
	f.unsized = fault.KindOf(err) == fault.Unsupported
	f.unknown = err != nil && !f.unsized
	if rule.Template != "" && !f.unknown {
		_, err = store.Stat(ctx, rule.Key(key))
		f.thumbnail = err == nil
		f.unknown = err != nil && fault.KindOf(err) != fault.Missing
	}
	return f
}

// sizeMark and thumbMark are what the columns show of an object.
func (f *facts) sizeMark(key string) (kind widgets.StateKind, text string) {
	fact, here := f.get(key)
	switch {
	case !here && darwin.TypeOf(key) != "image":
		return widgets.StateReady, ""
	case !here:
		return widgets.StateWaiting, lang.L("Looking")
	case fact.unknown:
		return widgets.StateSkipped, lang.L("Not known")
	case fact.unsized:
		return widgets.StateNeedsYou, lang.L("Not found")
	}
	return widgets.StateInDarwin, pixelWords(fact.width, fact.height)
}

func (f *facts) thumbMark(key string) (kind widgets.StateKind, text string) {
	fact, here := f.known[key]
	switch {
	case !here, f.of.rule.Template == "", fact.unknown:
		return widgets.StateReady, ""
	case fact.thumbnail:
		return widgets.StateInDarwin, lang.L("Found")
	}
	return widgets.StateNeedsYou, lang.L("Not found")
}
