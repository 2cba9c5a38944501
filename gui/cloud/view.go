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
	// Endpoint is the server that the buckets are on unless the person names
	// another, "" for their provider.
	Endpoint string
	// PickSheet asks for a sheet, and calls chosen on the main thread once, with
	// nothing if the person chose nothing.
	PickSheet func(chosen func(paths []string))
	// OnState is called after an import began or ended.
	OnState func()
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

	desk       desk
	record     record
	storages   []darwin.StorageInfo
	problem    error // why the storages are not known
	asking     bool
	storage    int // the chosen one, -1 for none
	dataset    *darwin.Dataset
	classes    []darwin.TagClass
	source     source
	folders    external.Folders
	tags       tagging
	lookup     lookup
	draft      *draft
	wrong      error              // why there is no draft
	planning   context.CancelFunc // not nil while a draft is made
	behind     bool               // what was chosen is another by now
	read       int                // rows of the draft that is made
	leaveOut   bool               // the unfit rows are not to be told of any more
	run        *run               // not nil once something was imported
	unfinished *external.Import
	writing    bool // the draft that is made has thumbnails made

	narrow  bool
	peeking bool // in the narrow form, the preview is shown instead of the choice

	left    *storagesPane
	middle  *chooser
	right   *preview
	looking *lookupPane
	maker   *maker
	receipt *result
	bar     *bar
	parts   *fyne.Container
}

// New makes the place; it asks for nothing before Shown.
func New(ctx context.Context, deps Deps) *View {
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	v := &View{deps: deps, tasks: tasks.New(ctx), storage: -1}
	v.record.open = deps.Record
	v.looking, v.maker = newLookupPane(v), newMaker(v)
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
		v.middle.findIfBrowsing()
		v.replan()
		v.show()
	}
}

// order is what would be planned now; ok is false while something is missing.
func (v *View) order() (o order, ok bool) {
	if v.storage < 0 || v.dataset == nil || v.source.empty() {
		return o, false
	}
	return order{storage: v.storages[v.storage], dataset: *v.dataset, folders: v.folders, tags: v.tags, classes: v.classes, source: v.source, lookup: v.lookup}, true
}

// replan makes a new draft of what is chosen now. While one is being made it is
// given up first, so that typing never piles them up.
//
// While an import is written down its draft stays; what is chosen meanwhile
// counts from the next one on.
func (v *View) replan() {
	if v.run != nil {
		return
	}
	if v.planning != nil {
		if v.behind = true; !v.writing { // somebody agreed to what is written
			v.planning()
		}
		return
	}
	o, ok := v.order()
	if !ok {
		v.setDraft(nil, nil)
		return
	}
	o.making = v.maker.take()
	v.read, v.writing = 0, o.making != nil
	v.tasks.Go(v.plan(o))
	v.bar.show()
}

func (v *View) plan(o order) func(context.Context) {
	stopped, stop := context.WithCancel(context.Background())
	v.planning, v.behind = stop, false
	return func(open context.Context) {
		ctx, cancel := context.WithCancel(open)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		made, err := v.desk.plan(ctx, o, v.deps.Bucket, func(read int) {
			v.post(func() {
				v.read = read
				v.bar.show()
			})
		})
		v.post(func() {
			stop()
			v.planning = nil
			if v.writing {
				v.writing = false
				v.maker.finished()
			}
			if v.behind { // made of what is not wanted any more
				v.forget(made)
				v.replan()
				return
			}
			v.setDraft(made, err)
		})
	}
}

// giveUpDraft ends the draft that is being made, and makes it anew.
func (v *View) giveUpDraft() {
	if v.planning != nil {
		v.behind = true
		v.planning()
	}
}

// setDraft shows a draft, or why there is none.
func (v *View) setDraft(d *draft, err error) {
	before := v.draft
	v.draft, v.wrong, v.leaveOut = d, err, false
	v.middle.showDraft()
	v.show()
	v.maker.again()
	v.forget(before)
}

// forget takes a draft off the desk.
func (v *View) forget(d *draft) {
	if d == nil {
		return
	}
	v.tasks.Go(func(ctx context.Context) {
		if err := v.desk.book.Discard(ctx, d.ID); err != nil && ctx.Err() == nil {
			v.deps.Log.Warn("draft", "kind", fault.KindOf(err).String())
		}
	})
}

// ready and unfit are how many rows of the draft can be registered, and cannot.
func (v *View) ready() int {
	if v.draft == nil {
		return 0
	}
	return v.draft.Counts[ledger.Waiting]
}

func (v *View) unfit() int {
	if v.draft == nil {
		return 0
	}
	return v.draft.Counts[ledger.Unfit]
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
