package cloud

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

var (
	plain = fyne.TextStyle{}
	bold  = fyne.TextStyle{Bold: true}
)

// closePatience is how long Close waits for what is under way.
const closePatience = 4 * time.Second

// Deps is what the place needs from the window. Darwin, Post and Log are
// required; without Record nothing can be continued after a restart.
type Deps struct {
	Post   func(func()) // runs a function on the main thread
	Darwin Darwin
	Server string // of the account
	Team   string // the account's team, by its slug
	// Account is the account's id.
	Account string
	// Record opens the record of imports; it is called from goroutines, and
	// gives the same one each time. nil: imports are forgotten with the place.
	Record func() (*ledger.Ledger, error)
	// Bucket looks into the buckets of storages; nil: nothing is found there.
	Bucket Bucket
	// Access keeps credentials that the person enters for buckets; nil: none can
	// be entered.
	Access Access
	// Endpoint is the server that the buckets are on unless the person names
	// another, "" for their provider.
	Endpoint string
	// PickSheet asks for a sheet, and calls chosen on the main thread once, with
	// nothing if the person chose nothing.
	PickSheet func(chosen func(paths []string))
	// OnState is called after an import began or ended.
	OnState func()
	// OnReceipt is called when the record's receipt of an import is another now,
	// or is not followed any more.
	OnReceipt func(id int64)
	// OnKey is told that Darwin does not take the key any more, or not for this,
	// and why; nil: nobody. GoOn goes on with what it stopped.
	OnKey func(*fault.Error)
	Log   *slog.Logger
}

// View is the Cloud import place.
type View struct {
	widget.BaseWidget

	deps   Deps
	tasks  *tasks.Group
	closed atomic.Bool
	shown  bool // for the first time it asks Darwin

	record   record
	storages []darwin.StorageInfo
	problem  error // why the storages are not known
	asking   bool
	choice
	drafting
	run        *run // not nil once something was imported
	unfinished *external.Import

	narrow  bool
	peeking bool // in the narrow form, the preview is shown instead of the choice

	left    *storagesPane
	middle  *chooser
	right   *preview
	looking *lookupPane
	maker   *maker
	signIn  *signIn
	receipt *result
	bar     *bar
	parts   *fyne.Container
}

// New makes the place; it asks for nothing before Shown.
func New(ctx context.Context, deps Deps) *View {
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	v := &View{deps: deps, tasks: tasks.New(ctx), choice: choice{storage: -1}}
	v.record.open = deps.Record
	v.looking, v.maker, v.signIn = newLookupPane(v), newMaker(v), newSignIn(v)
	v.left, v.middle, v.right = newStoragesPane(v), newChooser(v), newPreview(v)
	v.receipt, v.bar = newResult(v), newBar(v)
	v.parts = container.New(placeLayout{v}, v.left.box, v.middle.box, v.right.surface, v.receipt.box, v.bar.surface)
	v.ExtendBaseWidget(v)
	v.show()
	return v
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.parts) }

// Shown says whether the window shows this place. The first time it asks Darwin
// for the team's storages, and looks for an import to continue.
func (v *View) Shown(on bool) {
	if !on || v.shown {
		return
	}
	v.shown = true
	v.loadStorages()
	v.loadClasses()
	v.lookForUnfinished()
}

// SetDataset tells which dataset the header has; nil is none.
func (v *View) SetDataset(d *darwin.Dataset) {
	same := d == nil && v.dataset == nil || d != nil && v.dataset != nil && d.ID == v.dataset.ID && d.Name == v.dataset.Name
	if same {
		return
	}
	v.dataset = nil
	if d != nil {
		own := *d
		v.dataset = &own
	}
	v.replan()
	v.show()
}

// Resize uses the narrow form where the window is narrow.
func (v *View) Resize(size fyne.Size) {
	if narrow := size.Width < look.NarrowBelow-look.RailWidth; narrow != v.narrow {
		v.narrow, v.peeking = narrow, false
		v.show()
	}
	v.BaseWidget.Resize(size)
	v.middle.fitActions()
	v.middle.box.Refresh()
}

// Drop takes a sheet that was dropped on the window. It says false for what is
// none, and while an import is under way.
func (v *View) Drop(paths []string) bool {
	if len(paths) != 1 || !isSheet(paths[0]) || v.Sending() {
		return false
	}
	v.useSheet(paths[0])
	return true
}

// Sending says whether an import is under way, and Progress how far it is.
func (v *View) Sending() bool { return v.run != nil && v.run.under }

// Begun says whether there is something here that would be lost with the place: what is chosen for an import, or what came of one.
func (v *View) Begun() bool { return v.draft != nil || v.planning != nil || v.run != nil }

// Progress says how many items of the import under way are registered.
func (v *View) Progress() (registered, of int) {
	if v.run == nil {
		return 0, 0
	}
	return v.run.counts.InDarwin(), v.run.counts.Total()
}

// Resumable says whether an import that is stopped now can be continued after a
// restart.
func (v *View) Resumable() bool { return v.deps.Record != nil }

// Close stops what is under way and waits a moment for it.
func (v *View) Close() {
	v.closed.Store(true)
	if !v.tasks.Close(closePatience) {
		return // something still uses the ledgers
	}
	if err := v.desk.close(); err != nil {
		v.deps.Log.Warn("draft", "error", err)
	}
	if err := v.record.close(); err != nil {
		v.deps.Log.Warn("imports", "error", err)
	}
}

// post runs f on the main thread, unless the place is closed by then.
func (v *View) post(f func()) {
	v.deps.Post(func() {
		if !v.closed.Load() {
			f()
		}
	})
}

func (v *View) loadStorages() {
	if v.asking {
		return
	}
	v.asking, v.problem = true, nil
	v.show()
	v.tasks.Go(func(ctx context.Context) {
		all, err := v.deps.Darwin.Storages(ctx, v.deps.Team)
		v.post(func() {
			v.asking, v.problem = false, err
			v.keyRefused(err)
			if err == nil {
				v.storages = all
				if v.storage = -1; len(all) > 0 {
					v.storage = 0 // the default stands first
				}
			}
			v.replan()
			v.show()
		})
	})
}

func (v *View) loadClasses() {
	v.tasks.Go(func(ctx context.Context) {
		all, err := v.deps.Darwin.TagClasses(ctx, v.deps.Team)
		v.post(func() {
			v.right.tags.setClasses(all, err)
			if err == nil {
				v.classes = all
				v.replan()
			}
		})
	})
}

// chooseStorage is for the person's choice.
func (v *View) chooseStorage(i int) {
	if i != v.storage {
		v.storage = i
		v.source.picks = nil // they are of the other bucket
		v.maker.leave()
		v.signIn.leave()
		v.middle.findIfBrowsing()
		v.replan()
		v.show()
	}
}

// show brings everything in line with the state of the place.
func (v *View) show() {
	choosing := v.run == nil
	widgets.SetShown(v.left.box, choosing)
	widgets.SetShown(v.middle.box, choosing && !(v.narrow && v.peeking))
	widgets.SetShown(v.right.surface, choosing && (!v.narrow || v.peeking))
	widgets.SetShown(v.receipt.box, !choosing)
	v.left.show()
	v.showLooking()
	v.middle.show()
	v.right.show()
	v.receipt.show()
	v.bar.show()
	v.parts.Refresh()
}

// showLooking puts what is looked for where there is room for it.
func (v *View) showLooking() {
	v.right.lookup.Objects = nil
	if v.narrow {
		v.right.lookup.Objects = []fyne.CanvasObject{v.looking.box}
	}
	v.looking.show()
	v.right.lookup.Refresh()
}
