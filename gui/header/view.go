package header

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// Account is one of the accounts that can be switched to.
type Account struct {
	ID   string
	Name string // the team's name
}

// View is the header. Set its callbacks before it is shown; all of them are
// called on the main thread, and a nil one takes away what would call it.
type View struct {
	widget.BaseWidget

	// OnDataset is told which dataset was chosen. The view shows it at once.
	OnDataset func(darwin.Dataset)
	// OnNewDataset makes a dataset of this name and chooses it (SetDatasets,
	// SetChosen). done is told the outcome, once and from any goroutine.
	OnNewDataset func(name string, done func(error))
	// OnOpenInDarwin opens the chosen dataset in the browser.
	OnOpenInDarwin func()
	// OnReload asks Darwin for the datasets again.
	OnReload func()

	// OnAccount switches to another account.
	OnAccount func(id string)
	// OnAddAccount, OnForgetKey and OnSettings are the account menu's rest.
	OnAddAccount, OnForgetKey, OnSettings func()

	post     func(func())
	accounts []Account
	current  string
	data     datasets
	chosen   *darwin.Dataset
	locked   bool
	narrow   bool

	account  *widgets.Picker
	dataset  *widgets.Picker
	add      *widgets.Button
	lock     *fyne.Container
	open     *widgets.Button
	row      *fyne.Container
	surface  *widgets.Card
	panel    *panel
	menuOpen *widget.PopUpMenu
}

// New makes a header that knows no account and waits for the datasets. post
// runs a function on the main thread.
func New(post func(func())) *View {
	v := &View{post: post}
	v.ExtendBaseWidget(v)

	v.account = widgets.NewPicker(look.Icon(look.IconPeople))
	v.account.SetLabel(lang.L("Team"))
	v.account.SetBold(false)
	v.account.SetOnTapped(v.showAccounts)
	v.dataset = widgets.NewPicker(look.Icon(look.IconLayers))
	v.dataset.SetLabel(lang.L("Dataset"))
	v.dataset.SetOnTapped(v.ShowDatasets)
	v.add = widgets.NewButton(widgets.Link, lang.L("New dataset"), look.Icon(look.IconPlus), v.ShowNewDataset)
	v.open = widgets.NewButton(widgets.Link, lang.L("Open in Darwin"), look.Icon(look.IconExternalLink), func() { call(v.OnOpenInDarwin) })
	v.open.SetIconTrailing(true)
	chevron := widgets.NewIcon(look.IconChevronRight, look.ColorMuted, 16)
	v.lock = arrange.Line(6, -1,
		widgets.NewIcon(look.IconLock, look.ColorMuted, 16),
		widgets.NewText(lang.L("Fixed while sending"), theme.SizeNameCaptionText, fyne.TextStyle{}).Coloured(look.ColorMuted))

	v.row = container.New(&row{view: v}, v.account, chevron, v.dataset, v.add, v.lock, v.open)
	v.surface = widgets.NewSurface(v.row, widgets.EdgeBottom)
	v.panel = newPanel(v)
	v.show()
	return v
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.surface) }

// MinSize is 64 high.
func (v *View) MinSize() fyne.Size { return fyne.NewSize(v.row.MinSize().Width, look.HeaderHeight) }

// SetAccounts sets the accounts and which of them is used now.
func (v *View) SetAccounts(all []Account, current string) {
	v.accounts, v.current = all, current
	v.show()
}

// Accounts are the accounts that can be switched to.
func (v *View) Accounts() []Account { return v.accounts }

// SetDatasets sets the team's datasets, in the order in which they are listed.
func (v *View) SetDatasets(all []darwin.Dataset) {
	v.data.state, v.data.all, v.data.problem = listKnown, all, nil
	v.data.search()
	v.show()
}

// SetDatasetsLoading says that the datasets are being asked for.
func (v *View) SetDatasetsLoading() {
	v.data.state, v.data.problem = listLoading, nil
	v.show()
}

// SetDatasetsFailed says why the datasets are not known.
func (v *View) SetDatasetsFailed(err error) {
	v.data.state, v.data.problem = listFailed, fault.Of(err)
	v.show()
}

// SetRecent sets the ids of the datasets used lately, latest first.
func (v *View) SetRecent(ids []int64) {
	v.data.recent = ids
	v.data.search()
	v.show()
}

// SetChosen sets the dataset that uploads go to; nil is none.
func (v *View) SetChosen(d *darwin.Dataset) {
	v.chosen = d
	v.show()
}

// SetLocked turns the pickers into plain text, as while files are sent.
func (v *View) SetLocked(on bool) {
	if v.locked == on {
		return // the state is shown again with every few hundred files that are found, and reading the signs anew takes its time
	}
	v.locked = on
	if on {
		v.panel.hide()
		if v.menuOpen != nil {
			v.menuOpen.Hide()
		}
	}
	v.show()
}

// SetNarrow uses the short words, for windows below 1000.
func (v *View) SetNarrow(on bool) {
	v.narrow = on
	v.show()
}

// ShowDatasets opens the list of datasets with the cursor in its search field.
func (v *View) ShowDatasets() {
	if !v.locked {
		v.data.open(v.chosen)
		v.panel.showBelow(v.dataset)
	}
}

// ShowNewDataset opens the field for a new dataset's name.
func (v *View) ShowNewDataset() {
	if !v.locked && v.OnNewDataset != nil {
		v.data.startNaming()
		v.panel.showBelow(v.dataset)
	}
}

// show brings everything up to date.
func (v *View) show() {
	v.account.SetText(v.accountName())
	v.account.SetLocked(v.locked)
	text, note := lang.L("Choose a dataset"), ""
	switch {
	case v.chosen != nil:
		if text = v.chosen.Name; !v.locked || !v.narrow { // the name needs the room
			note = count(*v.chosen)
		}
	case v.data.state == listLoading:
		text = lang.L("Asking for the datasets")
	}
	v.dataset.SetBold(v.chosen != nil)
	v.dataset.SetText(text)
	v.dataset.SetNote(note)
	v.dataset.SetLocked(v.locked)

	v.add.SetText(lang.L("New dataset"))
	if v.narrow {
		v.add.SetText(lang.L("New"))
	}
	widgets.SetShown(v.add, !v.locked)
	widgets.SetShown(v.lock, v.locked)
	widgets.SetShown(v.open, v.chosen != nil)
	v.row.Refresh()
	v.panel.refresh()
}

func (v *View) accountName() string {
	for _, a := range v.accounts {
		if a.ID == v.current {
			return a.Name
		}
	}
	return lang.L("No account")
}

// showAccounts opens the menu of accounts.
func (v *View) showAccounts() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v.account)
	if c == nil || v.locked {
		return
	}
	v.menuOpen = widget.NewPopUpMenu(v.accountMenu(), c)
	v.menuOpen.ShowAtRelativePosition(fyne.NewPos(0, v.account.Size().Height+look.Space1), v.account)
}

func (v *View) accountMenu() *fyne.Menu {
	var items []*fyne.MenuItem
	for _, a := range v.accounts {
		item := fyne.NewMenuItem(a.Name, func() {
			if a.ID != v.current && v.OnAccount != nil {
				v.OnAccount(a.ID)
			}
		})
		item.Checked = a.ID == v.current
		items = append(items, item)
	}
	for _, more := range []struct {
		words string
		do    func()
	}{{lang.L("Add an account"), v.OnAddAccount}, {lang.L("Forget this key"), v.OnForgetKey}, {lang.L("Settings"), v.OnSettings}} {
		if more.do == nil {
			continue
		}
		if len(items) == len(v.accounts) && len(items) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, fyne.NewMenuItem(more.words, more.do))
	}
	return fyne.NewMenu("", items...)
}

// choose takes a dataset of the list.
func (v *View) choose(d darwin.Dataset) {
	v.panel.hide()
	v.chosen = &d
	v.show()
	if v.OnDataset != nil {
		v.OnDataset(d)
	}
}

// create makes the dataset whose name was typed.
func (v *View) create() {
	name, ok := v.data.begin()
	if !ok || v.OnNewDataset == nil {
		return
	}
	v.panel.refresh()
	v.OnNewDataset(name, func(err error) {
		v.post(func() {
			if !v.data.creating {
				return // told twice
			}
			v.data.created(err)
			switch {
			case err == nil:
				v.panel.hide()
			case !v.panel.shown() && !v.locked: // closed meanwhile; the failure must be seen
				v.data.naming = true
				v.panel.showBelow(v.dataset)
			}
			v.show()
		})
	})
}

func call(f func()) {
	if f != nil {
		f()
	}
}
