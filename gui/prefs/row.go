package prefs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

const statusWidth float32 = 150

// accountRow is an account with what can be done with it, and below it what
// came of that or what has to be asked first.
func (v *View) accountRow(a Account) fyne.CanvasObject {
	st := v.accounts.states[a.ID]
	busy := st.doing == trying || st.doing == removing

	choose := widgets.NewRadio(a.Current, lang.L("Upload as %s", a.Team), func() {
		if !a.Current && v.OnUse != nil {
			v.OnUse(a.ID)
		}
	})
	v.handles[a.ID] = choose
	words := arrange.Column(0, widgets.NewShrinkingText(a.Team, theme.SizeNameText, bold))
	mark := widgets.NewStateMark()
	switch st.doing {
	case trying:
		mark.Set(widgets.StateWaiting, lang.L("Testing"), -1)
	case works:
		mark.Set(widgets.StateInDarwin, lang.L("Works"), -1)
	case broken:
		mark.Set(widgets.StateNeedsYou, lang.L("Does not work"), -1)
	case removing:
		mark.Set(widgets.StateWaiting, lang.L("Removing"), -1)
	default:
		mark.Hide()
	}
	test := widgets.NewButton(widgets.Link, lang.L("Test"), nil, func() { v.test(a.ID) })
	remove := widgets.NewButton(widgets.LinkMuted, lang.L("Remove"), nil, func() { v.mark(a.ID, status{doing: asking}) })
	if busy {
		test.Disable()
		remove.Disable()
	}
	parts := []fyne.CanvasObject{choose, words}
	if mark.Visible() || v.width >= pageTight {
		parts = append(parts, arrange.Wide(statusWidth, mark))
	}
	if v.OnTest != nil {
		parts = append(parts, test)
	}
	if v.OnRemove != nil {
		parts = append(parts, remove)
	}
	line := arrange.Line(10, 1, parts...)
	room := v.bodyWidth() - 2*look.Space3 - (line.MinSize().Width - words.MinSize().Width)
	words.Add(arrange.Prose(room, widgets.NewParagraph(a.note(), theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)))
	row := arrange.Column(8, line)
	if below := v.below(a, st); below != nil {
		row.Add(arrange.Wide(v.bodyWidth()-2*look.Space3, below))
	}
	return row
}

// below is what stands under an account's line, nil if nothing does.
func (v *View) below(a Account, st status) fyne.CanvasObject {
	switch st.doing {
	case asking:
		words := lang.L("The key goes from this computer for good. What is in Darwin stays.")
		if a.Kept == Practice {
			words = lang.L("The practice Darwin goes, with all that was sent to it.")
		}
		remove := widgets.NewButton(widgets.Plain, lang.L("Remove the key"), nil, func() { v.removeKey(a.ID) })
		keep := widgets.NewButton(widgets.Plain, lang.L("Keep it"), nil, func() { v.mark(a.ID, status{}) })
		v.handles[a.ID] = keep // the harmless one
		remove.SetOnRaised(true)
		keep.SetOnRaised(true)
		if a.Kept == Practice {
			remove.SetText(lang.L("Remove it"))
		}
		return widgets.NewNotice(widgets.NoticeError, words, remove, keep)
	case broken:
		return widgets.NewNotice(widgets.NoticeWarning, lang.Fault(st.problem))
	case notRemoved:
		return widgets.NewNotice(widgets.NoticeWarning, lang.L("The key was not removed. %s", lang.Fault(st.problem)))
	default:
		return nil
	}
}

// mark notes what happens to an account. The row is made anew for it, so that
// a keyboard's focus has to be handed over.
func (v *View) mark(id string, s status) {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	byKeyboard := c != nil && c.Focused() != nil
	v.accounts.mark(id, s)
	v.show()
	if handle := v.handles[id]; byKeyboard && handle != nil {
		c.Focus(handle)
	}
}

func (v *View) test(id string) {
	v.mark(id, status{doing: trying})
	v.OnTest(id, func(err error) {
		v.post(func() {
			v.accounts.tested(id, err)
			v.show()
		})
	})
}

func (v *View) removeKey(id string) {
	v.mark(id, status{doing: removing})
	v.OnRemove(id, func(err error) {
		v.post(func() {
			v.accounts.removed(id, err)
			v.show()
		})
	})
}
