package queue

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/intake"
)

// notice tells what the latest gesture brought and what it left out.
type notice struct {
	model *Model
	card  *widgets.Card
	line  *fyne.Container

	icon                  *widget.Icon
	words                 *widgets.Text
	show, files, folder   *widgets.Button
	addShort, folderShort *widgets.Button
	addIcon               *widgets.Button
	short                 bool

	panel    *widgets.Card // the list of what was left out
	title    *widgets.Text
	list     *widget.List
	onPanel  func() // the panel came or went
	listSize *fyne.Container
	chosen   string // all about the row that was tapped, "" for none
}

func newNotice(m *Model, on *Actions, onPanel func()) *notice {
	n := &notice{model: m, onPanel: onPanel, icon: widget.NewIcon(nil)}
	n.words = widgets.NewShrinkingText("", theme.SizeNameText, widgets.TextStyle{})
	browse, browseFolder := func() { call(on.OnBrowseFiles) }, func() { call(on.OnBrowseFolder) }
	n.show = widgets.NewButton(widgets.Link, "", nil, func() {
		if m.LastAdded().Running {
			call(on.OnStopLooking)
			return
		}
		n.setPanel(!n.panel.Visible())
	})
	n.files = widgets.NewButton(widgets.Link, lang.L("Add files"), look.Icon(look.IconPlus), browse)
	n.folder = widgets.NewButton(widgets.Link, lang.L("Add folder"), look.Icon(look.IconFolder), browseFolder)
	n.addShort = widgets.NewButton(widgets.Link, lang.L("Add"), look.Icon(look.IconPlus), browse)
	n.folderShort = widgets.NewIconButton(look.Icon(look.IconFolder), lang.L("Add folder"), browseFolder)
	n.addIcon = widgets.NewIconButton(look.Icon(look.IconPlus), lang.L("Add files"), browse)
	text := arrange.Line(0, 0, n.words, n.show)
	inner := arrange.Line(look.Space2, 1, n.icon, text, n.files, n.folder, n.addShort, n.addIcon, n.folderShort)
	n.line = container.New(narrowing{inner.Layout, n.fit}, inner.Objects...)
	text.Layout = besideText{}
	n.card = widgets.NewCard(arrange.Inset(5, 5, 14, 6, n.line)).SetPadding(0)

	n.title = widgets.NewShrinkingText("", theme.SizeNameText, widgets.TextStyle{Bold: true})
	n.list = widget.NewList(func() int { return len(m.LeftOut()) }, newLeftOutRow, n.showLeftOut)
	n.list.HideSeparators = true
	n.list.OnSelected = func(i widget.ListItemID) {
		n.chosen = leftOutWords(m, i)
		onPanel()
	}
	shut := widgets.NewIconButton(look.Icon(look.IconClose), lang.L("Close the list"), func() { n.setPanel(false) })
	n.listSize = tall(0, n.list)
	n.panel = widgets.NewCard(arrange.Inset(6, 8, 16, 6, arrange.Column(0, arrange.Line(0, 0, n.title, shut), n.listSize))).SetPadding(0)
	n.panel.Hide()
	return n
}

// besideText gives a text its width and puts the rest right behind it; where
// room is short the text gives way.
type besideText struct{}

func (besideText) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[0].MinSize()
	if o[1].Visible() {
		other := o[1].MinSize()
		size = fyne.NewSize(size.Width+other.Width, max(size.Height, other.Height))
	}
	return size
}

func (besideText) Layout(o []fyne.CanvasObject, size fyne.Size) {
	text := o[0].(*widgets.Text)
	other := fyne.Size{}
	if o[1].Visible() {
		other = o[1].MinSize()
	}
	full := fyne.MeasureText(text.Text(), theme.SizeForWidget(theme.SizeNameText, text), fyne.TextStyle{}).Width + 1
	width := min(full, size.Width-other.Width)
	text.Move(fyne.Position{})
	text.Resize(fyne.NewSize(width, size.Height))
	o[1].Move(fyne.NewPos(width-2, (size.Height-other.Height)/2))
	o[1].Resize(other)
}

// noticeRoomy is the width from which the buttons may have all their words.
const noticeRoomy float32 = 560

// fit makes the sentence short, and then the buttons icons, where the line is too narrow for both.
func (n *notice) fit(width float32) {
	added := n.model.LastAdded()
	icons := false
	n.short = width < noticeRoomy || n.need(AddedWords(added, false), n.files, n.folder) > width
	if n.short {
		icons = n.need(AddedWords(added, true), n.addShort, n.folderShort) > width
	}
	n.files.Hidden, n.folder.Hidden = n.short, n.short
	n.addShort.Hidden, n.addIcon.Hidden, n.folderShort.Hidden = !n.short || icons, !n.short || !icons, !n.short
	n.words.SetText(AddedWords(added, n.short))
}

// need is the width of the line with these words and buttons.
func (n *notice) need(words string, buttons ...fyne.CanvasObject) float32 {
	need := n.icon.MinSize().Width + look.Space2 + fyne.MeasureText(words, theme.Size(theme.SizeNameText), fyne.TextStyle{}).Width + 1
	if n.show.Visible() {
		need += n.show.MinSize().Width
	}
	for _, b := range buttons {
		need += look.Space2 + b.MinSize().Width
	}
	return need
}

func (n *notice) update() {
	added := n.model.LastAdded()
	icon := look.IconIn(look.IconCheckCircle, theme.ColorNameSuccess)
	if added.Files == 0 && added.LeftOut > 0 {
		icon = look.IconIn(look.IconTriangleAlert, theme.ColorNameWarning)
	} else if added.Running || added.Files == 0 {
		icon = look.IconIn(look.IconInfo, look.ColorMuted)
	}
	n.icon.SetResource(icon)
	n.show.SetText(ShowWords(added))
	n.show.Hidden = n.show.Text() == ""
	n.words.SetText(AddedWords(added, n.short))
	n.line.Refresh()
	if len(n.model.LeftOut()) == 0 && n.panel.Visible() {
		n.setPanel(false)
	}
	if n.panel.Visible() {
		n.fill()
	}
}

const (
	leftOutRow float32 = 44
	lowWindow  float32 = 720 // below it the list of the left out is short
)

func (n *notice) fill() {
	left := len(n.model.LeftOut())
	n.title.SetText(lang.N("%s file was left out. It is unchanged on this computer.", "%s files were left out. They are unchanged on this computer.", left))
	rows := float32(4)
	if c := fyne.CurrentApp().Driver().CanvasForObject(n.card); c != nil && c.Size().Height < lowWindow {
		rows = 2
	}
	n.listSize.Layout = sized{-1, min(float32(left), rows) * (leftOutRow + 4)}
	n.list.Refresh()
}

func (n *notice) setPanel(open bool) {
	n.panel.Hidden, n.chosen = !open, ""
	n.list.UnselectAll()
	if open {
		n.fill()
	}
	n.onPanel()
}

func reasonWords(l intake.LeftOut) string {
	if l.Fault != nil {
		return lang.Fault(l.Fault)
	}
	return lang.S(l.Reason.String())
}

// whyWords is what happened alone, which has room in a narrow row.
func whyWords(l intake.LeftOut) string {
	if l.Fault != nil && l.Fault.What != "" {
		return lang.S(l.Fault.What)
	}
	return reasonWords(l)
}

// leftOutWords is the whole truth about a row that may be too narrow for it.
func leftOutWords(m *Model, i int) string {
	l := m.LeftOut()[i]
	return named(l.Path, reasonWords(l))
}

func newLeftOutRow() fyne.CanvasObject {
	name := widgets.NewShrinkingText("", theme.SizeNameText, widgets.TextStyle{})
	why := widgets.NewShrinkingText("", theme.SizeNameCaptionText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	return tall(leftOutRow, arrange.Column(2, name, why))
}

func (n *notice) showLeftOut(i widget.ListItemID, o fyne.CanvasObject) {
	left := n.model.LeftOut()
	if i >= len(left) {
		return
	}
	lines := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	lines[0].(*widgets.Text).SetText(filepath.Base(left[i].Path) + apart + filepath.Dir(left[i].Path))
	why := reasonWords(left[i])
	if fyne.MeasureText(why, theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{}).Width > n.list.Size().Width-look.Space5 {
		why = whyWords(left[i]) // a tap tells the rest
	}
	lines[1].(*widgets.Text).SetText(why)
}
