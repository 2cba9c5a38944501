package history

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

var (
	plain = fyne.TextStyle{}
	bold  = fyne.TextStyle{Bold: true}
)

// firstUploads is how many uploads are read at first, and how many more when
// the end of the list is reached.
const firstUploads = 200

// closePatience is how long Close waits for a read; the disk is rarely slower.
const closePatience = 2 * time.Second

// View is the History place. Set its callbacks before it is shown; all are
// called on the main thread, and a nil one takes away what would call it.
type View struct {
	widget.BaseWidget

	// OnSave saves a receipt where the person says. done is told the name of
	// the file, "" if they thought better of it, once and from any goroutine.
	OnSave func(s receipt.Summary, f Format, done func(name string, err error))
	// OnSendAgain sends the files with these outcomes again, and no others. done
	// is told why they cannot be sent, once and from any goroutine.
	OnSendAgain func(s receipt.Summary, outcomes []receipt.Outcome, done func(error))
	// OnOpen shows the dataset in Darwin.
	OnOpen func(receipt.Summary)
	// OnLook asks Darwin once more about what it had not settled.
	OnLook func(receipt.Summary)
	// OnUpload goes to the Upload place, OnImport to Cloud import.
	OnUpload, OnImport func()
	// TeamOf names the team of an upload, "" if it is the one at work.
	TeamOf func(receipt.Summary) string

	source Source
	post   func(func())
	now    func() time.Time
	tasks  *tasks.Group
	thumbs *thumbs.Loader
	closed atomic.Bool

	shown     bool // the place is the one that the window shows
	narrow    bool
	reading   bool
	behind    bool // what is shown is older than the latest change
	read      bool // the list was read at least once
	limit     int
	sought    string // the latest search that was answered
	following map[int64]bool
	// sendingAgain is the upload whose files are being brought back, 0 for none.
	sendingAgain int64

	search  *widgets.Field
	batches *batches
	list    *roll
	none    *widgets.Paragraph
	left    *widgets.Card
	detail  *detail
	both    *fyne.Container
	alone   *fyne.Container // takes the whole place: empty, loading, unreadable
}

// New makes the place; it reads nothing before Shown. post runs a function on
// the main thread, now is the time.
func New(ctx context.Context, source Source, post func(func()), now func() time.Time) *View {
	v := &View{source: source, post: post, now: now, tasks: tasks.New(ctx), limit: firstUploads, following: map[int64]bool{}}
	v.thumbs = thumbs.New(v.whileOpen)
	v.thumbs.Unchanged = true
	v.thumbs.OnReady = func() { v.detail.roll.sheet.place() }
	v.search = widgets.NewSearch(lang.L("Find a batch or a file"))
	v.search.OnChanged = func(string) { v.limit = firstUploads; v.reload() }
	v.batches = &batches{onChosen: func(s receipt.Summary, _ bool) { v.detail.show(s); v.detail.find(v.search.Text) }, onEnd: v.readMore}
	v.list = newRoll(v.batches)
	v.search.SetOnDown(func() { widgets.Focus(v.list, v.list) })
	v.none = widgets.NewParagraph("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	title := widgets.NewText(lang.L("History"), theme.SizeNameHeadingText, bold)
	v.left = widgets.NewSurface(container.New(master{}, arrange.Column(look.Space3, title, v.search), v.list, v.none), widgets.EdgeRight)
	v.detail = newDetail(v)
	v.both = container.New(split{v}, v.left, v.detail.body)
	v.alone = container.NewStack()
	v.ExtendBaseWidget(v)
	v.show()
	return v
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(v.both, v.alone))
}

// Resize uses the narrow form where the window is narrow.
func (v *View) Resize(size fyne.Size) {
	if narrow := size.Width < placeRoomy; narrow != v.narrow {
		v.narrow = narrow
		if v.detail.of.ID != 0 {
			v.detail.show(v.detail.of)
		}
	}
	v.BaseWidget.Resize(size)
}

// Shown says whether the window shows this place. What changed meanwhile is
// read when it does.
func (v *View) Shown(on bool) {
	v.shown = on
	if v.detail.lines.sleep(!on); on {
		v.detail.roll.sheet.place()
	}
	if on && (!v.read || v.behind) {
		v.reload()
	}
}

// Changed says that the receipt of an upload is another, or that there is one
// more upload.
func (v *View) Changed() {
	v.behind = true
	if v.shown {
		v.reload()
	}
}

// SetRunning names the uploads and imports that are under way.
func (v *View) SetRunning(ids ...int64) {
	if !slices.Equal(v.batches.running, ids) {
		v.batches.running = slices.Clone(ids)
		v.Changed()
	}
}

// SetFollowing says whether Darwin is being asked about an upload.
func (v *View) SetFollowing(id int64, on bool) {
	if v.following[id] == on {
		return
	}
	if v.following[id] = on; !on {
		delete(v.following, id)
	}
	if v.detail.of.ID == id {
		v.detail.showState()
	}
}

// FocusSearch puts the keyboard into the search.
func (v *View) FocusSearch() { widgets.Focus(v, v.search) }

// Close drops what is still being read, and waits for it a moment.
func (v *View) Close() {
	v.closed.Store(true)
	v.tasks.Close(closePatience)
	v.thumbs.Close()
}

// whileOpen is the poster for what means nothing once the place is closed.
func (v *View) whileOpen(f func()) {
	v.post(func() {
		if !v.closed.Load() {
			f()
		}
	})
}

// reload reads the list. While one reading is under way the next waits for its
// end, so that typing and following never pile them up.
func (v *View) reload() {
	v.behind = true
	if v.reading {
		return
	}
	v.reading, v.behind = true, false
	search, limit := v.search.Text, v.limit
	v.tasks.Go(func(ctx context.Context) {
		list, err := v.source.History(ctx, search, limit)
		v.whileOpen(func() {
			v.reading = false
			switch {
			case search != v.search.Text: // typed on meanwhile
			case err != nil && len(list) == 0:
				v.showProblem(err)
			default:
				v.set(list)
				v.found(search)
				if err != nil { // a part of the past is missing
					v.showProblem(err)
				}
			}
			if v.behind && v.shown {
				v.reload()
			}
		})
	})
}

// found goes to the file that was searched for, once for each search.
func (v *View) found(search string) {
	if search != v.sought {
		v.sought = search
		v.detail.find(search)
	}
}

// readMore makes the list longer once its end is seen.
func (v *View) readMore() {
	if len(v.batches.list) >= v.limit && !v.reading {
		v.limit += firstUploads
		v.reload()
	}
}

// set shows a list: the chosen upload stays the chosen one as long as it is in
// there, else the newest is.
func (v *View) set(list []receipt.Summary) {
	v.read = true
	v.batches.set(list, v.now())
	v.list.chosen = v.batches.rowOf(v.detail.of.ID)
	if v.list.chosen < 0 && len(list) > 0 {
		v.list.chosen = v.batches.rowOf(list[0].ID)
		v.list.rewind()
	}
	v.list.changed()
	if i := v.list.chosen; i >= 0 {
		v.detail.show(v.batches.list[v.batches.entries[i].index])
	}
	v.show()
}

// show decides which of its forms the place has.
func (v *View) show() {
	empty := len(v.batches.list) == 0
	searching := v.search.Text != ""
	v.alone.Objects = nil
	switch {
	case !v.read:
		v.alone.Objects = []fyne.CanvasObject{container.NewCenter(widgets.NewText(lang.L("Reading the history"), theme.SizeNameText, plain).Coloured(look.ColorMuted))}
	case empty && !searching:
		v.alone.Objects = []fyne.CanvasObject{container.NewCenter(v.emptyWords())}
	}
	v.none.SetText("")
	if empty && searching {
		v.none.SetText(lang.L("No batch and no file has “%s” in its name.", v.search.Text))
	}
	widgets.SetShown(v.none, empty)
	widgets.SetShown(v.list, !empty)
	widgets.SetShown(v.detail.body, !empty)
	v.both.Hidden = len(v.alone.Objects) > 0
	v.alone.Refresh()
	v.both.Refresh()
}

const wordsWidth float32 = 380

// emptyWords is the place before the first upload.
func (v *View) emptyWords() fyne.CanvasObject {
	button := widgets.NewButton(widgets.Filled, lang.L("Add files"), look.Icon(look.IconUpload), func() { call(v.OnUpload) })
	button.SetBig(true)
	return arrange.Column(look.Space4,
		container.NewCenter(widgets.NewIcon(look.IconHistory, look.ColorMuted, 48)),
		widgets.NewText(lang.L("Nothing was uploaded yet"), theme.SizeNameSubHeadingText, bold).Aligned(fyne.TextAlignCenter),
		arrange.Prose(wordsWidth, widgets.NewParagraph(lang.L("Each upload is listed here with its receipt: what is in Darwin, what was skipped and why, and what needs you."),
			theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)),
		container.NewCenter(button))
}

// showProblem says why there is nothing to see, or, with an older list on the
// screen, why it is not newer.
func (v *View) showProblem(err error) {
	again := widgets.NewButton(widgets.Tinted, lang.L("Try again"), nil, v.reload)
	if v.read {
		v.detail.say(widgets.NoticeWarning, lang.Fault(fault.Of(err)), again)
		return
	}
	v.alone.Objects = []fyne.CanvasObject{container.NewCenter(arrange.Column(look.Space4,
		container.NewCenter(widgets.NewIcon(look.IconTriangleAlert, theme.ColorNameWarning, 48)),
		widgets.NewText(lang.L("The history cannot be read"), theme.SizeNameSubHeadingText, bold).Aligned(fyne.TextAlignCenter),
		arrange.Prose(wordsWidth, widgets.NewParagraph(lang.Fault(fault.Of(err)), theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)),
		container.NewCenter(again)))}
	v.both.Hide()
	v.alone.Refresh()
}

func call(f func()) {
	if f != nil {
		f()
	}
}
