package upload

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/header"
	"darwin-uploader/gui/inspector"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/session"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/settings"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/assign"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
)

// closePatience is how long Close waits for a batch to end. Cancelled requests
// end within milliseconds; only a dead network drive takes longer.
const closePatience = 4 * time.Second

// Picker asks the person for files with a dialog of the system. It returns at
// once and calls chosen on the main thread exactly once, with nothing if the
// person chose nothing.
type Picker func(chosen func(paths []string))

// Deps is what the place needs from the window. All but the On... are required.
type Deps struct {
	Post       func(func()) // runs a function on the main thread
	Settings   *settings.Store
	OpenURL    func(address string)
	PickFiles  Picker
	PickFolder Picker
	Log        *slog.Logger

	// CopyReport puts a report for support on the clipboard; nil: there is none.
	CopyReport func(done func(error))

	// OnKey is told that Darwin does not take the key any more, or not for this,
	// and why. After SetKey, GoOnSending goes on with what it stopped.
	OnKey func(*fault.Error)

	// ShowLines shows a list to read; nil shows none.
	ShowLines func(title string, lines []string)

	// OnState is called after whatever changes what the window's menu may do
	// or which parts of the place are shown.
	OnState func()
	// OnReceipt is called after the receipt of an upload became another one, and
	// when Darwin begins or ends to be asked about it.
	OnReceipt func(id int64)
	// SaveReceipt saves a receipt where the person says; nil offers it nowhere.
	SaveReceipt func(id int64)
}

// Place is the Upload place for one session.
type Place struct {
	deps    Deps
	session *session.Session
	tasks   *tasks.Group
	closed  atomic.Bool

	header    *header.View
	inspector *inspector.View
	queue     *queue.View
	model     *queue.Model
	thumbs    *thumbs.Loader

	datasets []darwin.Dataset
	classes  []darwin.TagClass // of the team; nil while they are not known
	dataset  *darwin.Dataset   // nil while none is chosen
	target   int64             // the dataset in which the files' ids mean something, 0 for none
	asked    int               // requests for the datasets, so that only the latest answer counts

	scans          int // under way
	stopScans      []context.CancelFunc
	gesture        int // grows when the scans so far are left behind
	makingDatasets int
	makingTags     int
	picking        bool
	inspected      bool              // the inspector is open
	tags           settings.Settings // of which only the tags count
	kept           *tasks.Row        // writes them down, in their order
	needed         int               // files that needed the person when the window was told last

	run       run
	leftovers []leftover // uploads before it
	receipts  Receipts
	asks      map[int64]*asking             // what Darwin is being asked about, by upload
	confirmed map[int64]map[string]queue.ID // by upload and Darwin's id: files of the queue
	brought   int64                         // the earlier upload whose files were brought back to be sent again

	sheets  []assign.Table // came with the files, and nobody has said yet whether to use them
	offer   *offer
	offered *journal.Unfinished // an interrupted upload, nil for none
	loading bool                // it is being read
	// suggested is what can be done elsewhere, nil for nothing.
	suggested *suggestion
}

// New makes the place and asks Darwin for datasets and tag classes. The place
// owns the session from now on.
func New(ctx context.Context, s *session.Session, deps Deps) *Place {
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	p := &Place{
		deps: deps, session: s, tasks: tasks.New(ctx), inspected: true, model: queue.New(), offer: newOffer(),
	}
	p.asks, p.confirmed, p.receipts = map[int64]*asking{}, map[int64]map[string]queue.ID{}, &shelf{}
	if s.Journal != nil {
		p.receipts = s.Journal
	}
	p.header, p.inspector, p.thumbs = header.New(p.whileOpen), inspector.New(p.whileOpen), thumbs.New(p.whileOpen)
	on := queue.Actions{
		OnBrowseFiles: p.BrowseFiles, OnBrowseFolder: p.BrowseFolder, OnStopLooking: p.StopLooking, OnPaste: p.Paste,
		OnUpload: p.Upload, OnStop: p.Stop, OnPause: p.Pause, OnTryNow: p.TryNow, OnRetry: p.retry, OnShowFile: p.showFile,
		OnOpenInDarwin: p.OpenInDarwin, OnUploadMore: p.UploadMore, OnSaveReceipt: p.saveReceipt(), OnLookAgain: p.askAgain,
		OnRemove: p.remove, OnMend: p.mend, OnSendAdded: p.SendAdded,
	}
	if deps.CopyReport != nil {
		on.OnReport = p.copyReport
	}
	p.queue = queue.NewView(p.model, p.thumbs, on)
	p.queue.OnPage = func(queue.Page) { p.showState() }
	p.model.Listen(p.follow)
	p.bindHeader()
	p.bindInspector()
	p.loadDatasets()
	p.loadClasses()
	p.lookForInterrupted()
	p.followEarlier()
	p.showState()
	return p
}

func (p *Place) bindHeader() {
	p.header.OnDataset = p.chooseDataset
	p.header.OnNewDataset = p.newDataset
	p.header.OnOpenInDarwin = p.OpenInDarwin
	p.header.OnReload = p.loadDatasets
}

func (p *Place) bindInspector() {
	i := p.inspector
	i.OnAddTag = p.addTag
	i.OnFavourite = p.favour
	i.OnRules = p.rules
	i.OnUndo, i.OnRedo = p.Undo, p.Redo
	i.OnRemoveTag = func(class string) { p.model.RemoveTag(p.subject(), class) }
	i.OnTagText = func(class, text string) { p.model.SetTagText(p.subject(), class, text) }
	i.OnCreateTag = p.createTag
	i.OnReloadClasses = p.loadClasses
	i.OnFolder = p.setFolder
	i.OnVideo = func(video *darwin.Video) { p.model.SetVideo(p.subject(), video) }
	i.OnRemoveFiles = func() { p.remove(p.subject()) }
	i.OnClose = func() { p.ShowInspector(false) }
	p.tags, p.kept = p.deps.Settings.Get(), tasks.NewRow(p.tasks)
	p.showLikes()
}

// follow is told of each change of the model.
func (p *Place) follow(c queue.Change) {
	if c&queue.Selection != 0 && p.model.SelectedCount() > 0 && !p.inspected {
		p.ShowInspector(true)
	}
	if c&queue.Structure != 0 {
		p.showState()
	} else if p.ShowsInspector() {
		p.showSelection()
	}
	if n := p.Needing(); n != p.needed {
		p.needed = n
		p.changed()
	}
}

// Header, Body, Bar and Inspector are the parts that the window places.
func (p *Place) Header() *header.View       { return p.header }
func (p *Place) Body() fyne.CanvasObject    { return p.queue.Body() }
func (p *Place) Bar() fyne.CanvasObject     { return p.queue.Bar() }
func (p *Place) Inspector() *inspector.View { return p.inspector }

// ShowsBar and ShowsInspector say which parts belong to the present state.
func (p *Place) ShowsBar() bool { return p.queue.Page() == queue.PageList }

// ShowsInspector is false on pages without files, while sending, and where the
// person closed it.
func (p *Place) ShowsInspector() bool {
	return p.ShowsBar() && p.inspected && !p.Sending() && p.model.Total().Files > 0 && !p.queue.ShowsQuestions()
}

// ShowInspector opens or closes the inspector.
func (p *Place) ShowInspector(on bool) {
	p.inspected = on
	p.showState()
}

// FocusTags opens the inspector and puts the keyboard where tags are typed.
func (p *Place) FocusTags() {
	p.ShowInspector(true)
	if p.ShowsInspector() {
		p.inspector.FocusTags()
	}
}

// FocusSearch puts the keyboard into the queue's search.
func (p *Place) FocusSearch() { p.queue.FocusSearch() }

// SetNarrow uses the narrow forms, for windows below look.NarrowBelow.
func (p *Place) SetNarrow(on bool) {
	p.header.SetNarrow(on)
	p.inspector.SetNarrow(on)
}

// Undo and Redo take edits of the queue back and forth.
func (p *Place) Undo() { p.model.Undo() }

// Redo does what Undo took back again.
func (p *Place) Redo() { p.model.Redo() }

// Progress says how many files of a running batch are in Darwin.
func (p *Place) Progress() (arrived, of int) {
	return p.model.ArrivedInBatch(), p.model.InBatch()
}

// Part is how much of a running batch has left, by its bytes: 0 to 1.
func (p *Place) Part() float64 {
	if p.run.batch == nil {
		return 0
	}
	s := p.run.batch.Snapshot()
	if s.Bytes <= 0 {
		return 0
	}
	return min(max(float64(s.Sent)/float64(s.Bytes), 0), 1)
}

// showState brings the views in line with what the place is doing.
func (p *Place) showState() {
	sending := p.Sending()
	p.header.SetLocked(sending)
	p.inspector.SetLocked(sending)
	p.queue.SetHold(p.hold())
	if p.ShowsInspector() {
		p.showSelection()
	}
	p.showOffer()
	p.changed()
}

func (p *Place) changed() {
	if p.deps.OnState != nil && !p.closed.Load() {
		p.deps.OnState()
	}
}

// post runs f on the main thread, unless the place is closed by then.
func (p *Place) post(ctx context.Context, f func()) {
	p.whileOpen(func() {
		if ctx.Err() == nil {
			f()
		}
	})
}

// whileOpen is Deps.Post for what means nothing once the place is closed.
func (p *Place) whileOpen(f func()) {
	p.deps.Post(func() {
		if !p.closed.Load() {
			f()
		}
	})
}

// Close ends a running batch and everything else, and waits a moment for it.
// Call it from any goroutine, best not from the main thread: one of the files
// may lie on a network drive that does not answer.
func (p *Place) Close() {
	p.closed.Store(true)
	p.tasks.Close(closePatience)
	p.thumbs.Close()
	p.session.Close()
}

// Holds says whether something would be lost with the place: files in the list, an upload, receipts that are kept nowhere else, or an
// answer of Darwin's that is still to come.
func (p *Place) Holds() bool {
	memory, fleeting := p.receipts.(*shelf)
	return p.Sending() || p.Scanning() || p.Files() > 0 || p.loading || p.makingDatasets > 0 || p.makingTags > 0 || p.picking ||
		fleeting && !memory.empty()
}

// Account is the id of the account that the place works with.
func (p *Place) Account() string { return p.session.Account.ID }

// Page is the page that the queue shows.
func (p *Place) Page() queue.Page { return p.queue.Page() }

// Files is the number of files in the queue.
func (p *Place) Files() int { return p.model.Total().Files }

// Needing is the number of files that need the person.
func (p *Place) Needing() int { return p.model.Total().Count(queue.NeedsYou) }

// Count is the number of files in one state.
func (p *Place) Count(s uploader.State) int { return p.model.CountState(s) }

// Scanning says whether folders are still being looked through.
func (p *Place) Scanning() bool { return p.scans > 0 }

// Problem is what stopped the last batch, nil if nothing did.
func (p *Place) Problem() error {
	if p.run.problem == nil {
		return nil
	}
	return p.run.problem
}

// Dataset is the one that is chosen in the header, nil if none is.
func (p *Place) Dataset() *darwin.Dataset { return p.dataset }

// DatasetNamed finds a dataset of the team by its name, nil if it has none.
func (p *Place) DatasetNamed(name string) *darwin.Dataset {
	for i := range p.datasets {
		if p.datasets[i].Name == name {
			return &p.datasets[i]
		}
	}
	return nil
}

// Apply takes over the settings of transfers at once, also for an upload that
// is under way.
func (p *Place) Apply(now settings.Settings) { p.session.Apply(now) }
