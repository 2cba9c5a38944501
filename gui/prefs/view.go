package prefs

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

var (
	plain = fyne.TextStyle{}
	bold  = fyne.TextStyle{Bold: true}
)

// View is the Settings place. Set its callbacks before it is shown; all are
// called on the main thread, and a nil one takes away what would call it.
type View struct {
	widget.BaseWidget

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
	// OnWorkers sets how many files are sent at the same time, 0 for the standard.
	OnWorkers func(n int)
	// OnLook sets the appearance.
	OnLook func(look.Choice)

	post       func(func())
	accounts   accounts
	workers    int
	workersNow int
	look       look.Choice
	width      float32 // of the page's content

	rows    *fyne.Container
	handles map[string]fyne.Focusable // where the focus goes in an account's row
	number  *widgets.Picker
	servers *fyne.Container
	looks   *widget.RadioGroup
	page    *fyne.Container
	root    fyne.CanvasObject
}

// The page's measures: as wide as it gets, and the width below which its
// columns are drawn closer together.
const (
	pageMost     float32 = 996
	pageTight    float32 = 860
	controlWidth float32 = 216
)

// New makes the place without accounts. post runs a function on the main thread.
func New(post func(func())) *View {
	v := &View{post: post, width: pageMost}
	v.ExtendBaseWidget(v)
	v.rows = arrange.Column(0)
	v.number = widgets.NewPicker(nil)
	v.number.SetForm(true)
	v.number.SetOnTapped(v.showNumbers)
	v.servers = arrange.Column(2)
	v.looks = widget.NewRadioGroup([]string{"System", "Light", "Dark"}, nil)
	v.looks.Horizontal = true
	v.looks.Required = true
	v.looks.OnChanged = v.lookChosen
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

// SetWorkers sets how many files are sent at the same time (0 is the standard)
// and, for the standard, what that comes to now (0 if nobody knows).
func (v *View) SetWorkers(n, now int) {
	v.workers, v.workersNow = n, now
	v.show()
}

// SetLook sets the appearance that is chosen.
func (v *View) SetLook(choice look.Choice) {
	v.look = choice
	v.show()
}

// fill lays the page out for the present width.
func (v *View) fill() {
	title := widgets.NewText("Settings", theme.SizeNameHeadingText, bold)
	add := widgets.NewButton(widgets.Plain, "Add an account", look.Icon(look.IconPlus), func() { call(v.OnAdd) })
	v.page.Objects = []fyne.CanvasObject{
		title,
		v.section("Accounts", "Who you upload as. Keys stay in the keychain.",
			arrange.Column(8, widgets.NewCard(v.rows).SetPadding(look.Space3), arrange.Line(0, -1, add))),
		widget.NewSeparator(),
		v.section("Transfers", "How fast.",
			v.setting("Files at the same time", v.number, "From the next upload on.")),
		widget.NewSeparator(),
		v.section("Network", "For offices with their own rules.",
			v.setting("Darwin server", v.servers, "Each account has its own.")),
		widget.NewSeparator(),
		v.section("Appearance", "", v.setting("Look", v.looks, "")),
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
		v.rows.Add(arrange.Inset(8, 8, 4, 4, widgets.NewShrinkingText("No account yet.", theme.SizeNameText, plain).Coloured(look.ColorMuted)))
	}
	v.number.SetText(workersLabel(v.workers, v.workersNow))
	v.servers.Objects = nil
	for _, server := range v.accounts.servers() {
		v.servers.Add(widgets.NewShrinkingText(strings.TrimPrefix(server, "https://"), theme.SizeNameText, plain))
	}
	if len(v.servers.Objects) == 0 {
		v.servers.Add(widgets.NewShrinkingText("none yet", theme.SizeNameText, plain).Coloured(look.ColorMuted))
	}

	onChanged := v.looks.OnChanged
	v.looks.OnChanged = nil
	v.looks.SetSelected(lookLabel(v.look))
	v.looks.OnChanged = onChanged
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
	left := arrange.Column(2, widgets.NewText(name, theme.SizeNameSubHeadingText, bold))
	if about != "" {
		left.Add(arrange.Prose(width, widgets.NewParagraph(about, theme.SizeNameText, plain).Coloured(look.ColorMuted)))
	}
	return container.New(&beside{left: width, gap: gap}, left, arrange.Wide(v.bodyWidth(), body))
}

// setting is one line: what it is, the control, and a hint; on a narrow page
// the hint stands below.
func (v *View) setting(name string, control fyne.CanvasObject, hint string) fyne.CanvasObject {
	_, label, _ := v.columns()
	label += look.Space2
	if control != fyne.CanvasObject(v.looks) {
		control = arrange.Wide(controlWidth, control)
	}
	word := widgets.NewShrinkingText(name, theme.SizeNameText, plain)
	said := widgets.NewShrinkingText(hint, theme.SizeNameText, plain).Coloured(look.ColorMuted)
	if v.width >= pageTight || hint == "" {
		return container.New(&setting{label: label}, word, control, said)
	}
	return arrange.Column(4, container.New(&setting{label: label}, word, control, space()), arrange.Inset(0, 0, label, 0, said))
}

// space is nothing.
func space() fyne.CanvasObject { return container.NewWithoutLayout() }

func (v *View) showNumbers() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v.number)
	if c == nil {
		return
	}
	menu := widget.NewPopUpMenu(v.numberMenu(), c)
	menu.Resize(fyne.NewSize(max(v.number.Size().Width, menu.MinSize().Width), menu.MinSize().Height))
	menu.ShowAtRelativePosition(fyne.NewPos(0, v.number.Size().Height+look.Space1), v.number)
}

func (v *View) numberMenu() *fyne.Menu {
	menu := fyne.NewMenu("")
	for _, label := range workerLabels(v.workers, v.workersNow) {
		item := fyne.NewMenuItem(label, func() {
			v.SetWorkers(workersOf(label), v.workersNow)
			if v.OnWorkers != nil {
				v.OnWorkers(v.workers)
			}
		})
		item.Checked = workersOf(label) == v.workers
		menu.Items = append(menu.Items, item)
	}
	return menu
}

func (v *View) lookChosen(label string) {
	choice := look.System
	switch label {
	case "Light":
		choice = look.Light
	case "Dark":
		choice = look.Dark
	}
	if choice == v.look {
		return
	}
	v.look = choice
	if v.OnLook != nil {
		v.OnLook(choice)
	}
}

func lookLabel(choice look.Choice) string {
	switch choice {
	case look.Light:
		return "Light"
	case look.Dark:
		return "Dark"
	default:
		return "System"
	}
}

func call(f func()) {
	if f != nil {
		f()
	}
}
