package prefs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// hitMargin is how far a check box or a radio button can be hit beyond what is
// drawn of it.
const hitMargin float32 = 4

// flush moves a check box or a radio button so that what is drawn of it begins
// where a field would.
func flush(o fyne.CanvasObject) fyne.CanvasObject { return arrange.Inset(0, 0, -hitMargin, 0, o) }

// label is words that do what the control beside them does.
type label struct {
	widget.BaseWidget
	words *widgets.Text
	do    func()
}

func newLabel(words string, do func()) *label {
	l := &label{words: widgets.NewText(words, theme.SizeNameText, plain), do: do}
	l.ExtendBaseWidget(l)
	return l
}

// AccessibilityLabel is the words.
func (l *label) AccessibilityLabel() string { return l.words.Text() }

// AccessibilityRole is text: the control says what it does.
func (l *label) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Tapped is for Fyne.
func (l *label) Tapped(*fyne.PointEvent) { l.do() }

// CreateRenderer is for Fyne.
func (l *label) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.words) }

// ticked is a check box with words.
func ticked(c *widgets.Check, words string) fyne.CanvasObject {
	c.SetLabel(words)
	return flush(arrange.Line(4, -1, c, newLabel(words, func() { c.Tapped(nil) })))
}

// commit tells what is typed when the person is done with a field: Enter, or
// the keyboard going elsewhere. Escape brings back what was there.
func commit(f *widgets.Field, was func() string, take func(text string)) {
	f.OnSubmitted = take
	f.SetOnFocus(func(on bool) {
		if !on {
			take(f.Text)
		}
	})
	f.SetOnEscape(func() {
		f.SetText(was())
		take(was()) // which changes nothing, and mends what was marked
	})
}

// setText changes a field that nobody is typing into.
func setText(f *widgets.Field, text string) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil && c.Focused() == fyne.Focusable(f) {
		return
	}
	if f.Text != text {
		f.SetText(text)
	}
}

func setCheck(c *widgets.Check, on bool) {
	if on {
		c.SetState(widgets.On)
		return
	}
	c.SetState(widgets.Off)
}

// openMenu shows choices below a picker.
func openMenu(p *widgets.Picker, menu *fyne.Menu) {
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if c == nil {
		return
	}
	shown := widget.NewPopUpMenu(menu, c)
	shown.Resize(fyne.NewSize(max(p.Size().Width, shown.MinSize().Width), shown.MinSize().Height))
	shown.ShowAtRelativePosition(fyne.NewPos(0, p.Size().Height+look.Space1), p)
}

// menuOf is a menu of numbers.
func menuOf(all []choice, now int, take func(int)) *fyne.Menu {
	menu := fyne.NewMenu("")
	for _, c := range all {
		item := fyne.NewMenuItem(c.words, func() { take(c.value) })
		item.Checked = c.value == now
		menu.Items = append(menu.Items, item)
	}
	return menu
}
