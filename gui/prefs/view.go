package prefs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
)

var (
	plain = fyne.TextStyle{}
	bold  = fyne.TextStyle{Bold: true}
)

// View is the Settings place. Set its callbacks before it is shown; all are
// called on the main thread, and a nil one takes away what would call it.
type View struct {
	widget.BaseWidget

	// OnChange is told of a change of the settings, which the view shows already.
	OnChange func(change func(*settings.Settings))
	// OnLanguage is told the language that the person wants, by a tag of lang.Languages or "" for the system's. The owner shows the
	// window in it, with another View, or says with SetLanguageWaits that this has to wait.
	OnLanguage func(tag string)
	// OnProxyPassword is told a password for the proxy, to be kept where keys are.
	OnProxyPassword func(password string)
	// OnPickCertificate asks the person for a file with certificates.
	OnPickCertificate func()
	// OnCopyReport puts a report for support on the clipboard. done is as for
	// OnTest.
	OnCopyReport func(done func(error))
	// OnOpenLog shows the folder with the log.
	OnOpenLog func()

	// OnUse makes an account the one that uploads. The view shows it once the
	// owner says so with SetAccounts.
	OnUse func(id string)
	// OnTest tries an account's key. done is told the outcome, once and from
	// any goroutine.
	OnTest func(id string, done func(error))
	// OnRemove forgets an account and its key. The person was asked already.
	// done is as for OnTest; the owner takes the account out of the list.
	OnRemove func(id string, done func(error))
	// OnAdd asks for another account's key.
	OnAdd func()

	post     func(func())
	accounts accounts
	now      settings.Settings
	width    float32 // of the page's content

	languageHint  *widgets.Paragraph
	languageWaits bool // the language that was chosen is used from the next start on

	badSpeed, badHours bool // what was typed there last cannot be read

	rows      *fyne.Container
	handles   map[string]fyne.Focusable // where the focus goes in an account's row
	transfers transfers
	network   network
	looks     []*widgets.Radio
	language  *widgets.Picker
	privacy   privacy
	page      *fyne.Container
	root      *container.Scroll
}

// The page's measures: as wide as it gets, and the width below which its
// columns are drawn closer together.
const (
	pageMost     float32 = 996
	pageTight    float32 = 860
	controlWidth float32 = 216
	hintGap      float32 = 14
	hintLeast    float32 = 200 // what stands beside a control needs this, or goes below
)

// New makes the place without accounts. post runs a function on the main thread.
func New(post func(func())) *View {
	v := &View{post: post, width: pageMost}
	v.ExtendBaseWidget(v)
	v.rows = arrange.Column(0)
	v.buildTransfers()
	v.buildNetwork()
	v.buildLanguage()
	v.buildPrivacy()
	v.page = arrange.Column(14)
	v.root = container.NewVScroll(container.New(&page{}, v.page))
	v.fill()
	return v
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.root) }

// Resize fits the page to its room.
func (v *View) Resize(size fyne.Size) {
	if width := min(pageMost, size.Width-2*look.Space8); width > 0 && width != v.width {
		v.width = width
		v.fill()
	}
	v.BaseWidget.Resize(size)
}

// SetAccounts sets the accounts, in the order in which they are listed.
func (v *View) SetAccounts(list []Account) {
	v.accounts.set(list)
	v.show()
}

// SetSettings sets what the controls show. Call it once the callbacks are set.
func (v *View) SetSettings(now settings.Settings) {
	v.now = now
	v.fill()
}

// SetWorkersNow says how many files are sent at the same time as of now, 0
// while nobody knows.
func (v *View) SetWorkersNow(n int) {
	if v.transfers.now != n {
		v.transfers.now = n
		v.show()
	}
}

// SetLanguageWaits says whether the language that was chosen is used from the next start on, because something would be lost now.
func (v *View) SetLanguageWaits(on bool) {
	if v.languageWaits != on {
		v.languageWaits = on
		v.show()
	}
}

// Offset and ScrollTo are how far the page is scrolled down.
func (v *View) Offset() float32 { return v.root.Offset.Y }

// ScrollTo scrolls the page.
func (v *View) ScrollTo(y float32) { v.root.ScrollToOffset(fyne.NewPos(0, y)) }

// SetPasswordKept says whether a password for the proxy is kept, which the view never sees.
func (v *View) SetPasswordKept(on bool) {
	if v.network.kept != on {
		v.network.kept = on
		v.show()
	}
}

// SetNetworkProblem says what is wrong with the network's settings as a whole,
// nil for nothing.
func (v *View) SetNetworkProblem(err error) {
	v.network.broken = fault.Of(err)
	v.show()
}

// change does a change here and tells it.
func (v *View) change(change func(*settings.Settings)) {
	change(&v.now)
	v.show()
	if v.OnChange != nil {
		v.OnChange(change)
	}
}

// fill lays the page out for the present width.
func (v *View) fill() {
	title := widgets.NewText(lang.L("Settings"), theme.SizeNameHeadingText, bold)
	add := widgets.NewButton(widgets.Plain, lang.L("Add an account"), look.Icon(look.IconPlus), func() { call(v.OnAdd) })
	v.page.Objects = []fyne.CanvasObject{
		title,
		v.section(lang.L("Accounts"), lang.L("Who you upload as. Keys stay in the keychain."),
			arrange.Column(8, widgets.NewCard(v.rows).SetPadding(look.Space3), arrange.Line(0, -1, add))),
		widget.NewSeparator(), v.transfersSection(),
		widget.NewSeparator(), v.networkSection(),
		widget.NewSeparator(), v.appearanceSection(),
		widget.NewSeparator(), v.privacySection(),
	}
	v.show()
}

// show brings everything up to date.
func (v *View) show() {
	v.rows.Objects, v.handles = nil, map[string]fyne.Focusable{}
	for i, a := range v.accounts.list {
		if i > 0 {
			v.rows.Add(arrange.Inset(8, 8, 4, 0, widget.NewSeparator()))
		}
		v.rows.Add(v.accountRow(a))
	}
	if len(v.accounts.list) == 0 {
		v.rows.Add(arrange.Inset(8, 8, 4, 4, widgets.NewText(lang.L("No account yet."), theme.SizeNameText, plain).Coloured(look.ColorMuted)))
	}
	v.showTransfers()
	v.showNetwork()
	v.showAppearance()
	v.showPrivacy()
	v.page.Refresh()
	v.root.Refresh()
}

// columns are the widths of a section's name and of a setting's name.
func (v *View) columns() (section, setting, gap float32) {
	if v.width < pageTight {
		return 172, 152, 24
	}
	return 216, 192, 32
}

// bodyWidth is the width beside a section's name.
func (v *View) bodyWidth() float32 {
	section, _, gap := v.columns()
	return v.width - section - gap
}

// section is a name with a line about it at the left, and what it holds.
func (v *View) section(name, about string, body fyne.CanvasObject) fyne.CanvasObject {
	width, _, gap := v.columns()
	left := arrange.Column(2, arrange.Prose(width, widgets.NewParagraph(name, theme.SizeNameSubHeadingText, bold)))
	if about != "" {
		left.Add(arrange.Prose(width, widgets.NewParagraph(about, theme.SizeNameText, plain).Coloured(look.ColorMuted)))
	}
	return container.New(&beside{left: width, gap: gap}, left, arrange.Wide(v.bodyWidth(), body))
}

// setting is one line: what it is, the control, and what stands beside it; where there is little room beside it, that stands below.
func (v *View) setting(name string, control, more fyne.CanvasObject) fyne.CanvasObject {
	_, label, _ := v.columns()
	word := arrange.Prose(label, widgets.NewParagraph(name, theme.SizeNameText, plain))
	label += look.Space2
	room := v.bodyWidth() - label - control.MinSize().Width - hintGap
	below := v.width < pageTight || room < hintLeast
	if below {
		room = v.bodyWidth() - label
	}
	if words, ok := more.(*widgets.Paragraph); ok {
		more = arrange.Prose(room, words)
	}
	if !below {
		return container.New(&setting{label: label}, word, control, more)
	}
	return arrange.Column(4, container.New(&setting{label: label}, word, control, space()), arrange.Inset(0, 0, label, 0, more))
}

// wide holds a control at the width of its column.
func (v *View) wide(control fyne.CanvasObject) fyne.CanvasObject {
	return arrange.Wide(controlWidth, control)
}

// hint is what stands beside a control, in as many lines as it takes.
func hint(text string) *widgets.Paragraph {
	return widgets.NewParagraph(text, theme.SizeNameText, plain).Coloured(look.ColorMuted)
}

// space is nothing.
func space() fyne.CanvasObject { return container.NewWithoutLayout() }

func call(f func()) {
	if f != nil {
		f()
	}
}
