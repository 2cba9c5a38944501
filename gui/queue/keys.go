package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

// FocusGained puts the cursor on a row, so that the keyboard is somewhere.
func (p *pane) FocusGained() {
	p.focused = true
	p.byKeys = true
	if p.model.Cursor() < 0 && p.model.Rows() > 0 {
		p.model.SetCursor(0)
		return
	}
	p.sheet.place()
}

// FocusLost takes the ring away.
func (p *pane) FocusLost() {
	p.focused, p.shift = false, false
	p.sheet.place()
}

// KeyDown and KeyUp watch Shift, which TypedKey does not tell.
func (p *pane) KeyDown(ev *fyne.KeyEvent) { p.watchShift(ev, true) }

// KeyUp is KeyDown's end.
func (p *pane) KeyUp(ev *fyne.KeyEvent) { p.watchShift(ev, false) }

func (p *pane) watchShift(ev *fyne.KeyEvent, down bool) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		p.shift = down
	}
}

// TypedRune does nothing.
func (p *pane) TypedRune(rune) {}

// TypedKey moves, selects, opens and removes.
func (p *pane) TypedKey(ev *fyne.KeyEvent) {
	p.byKeys = true
	at, rows := p.model.Cursor(), p.model.Rows()
	if ev.Name == fyne.KeyEscape {
		p.model.SelectNone()
		return
	}
	if rows == 0 {
		return
	}
	page := max(1, int(p.scroll.Size().Height/look.RowHeight)-1)
	switch ev.Name {
	case fyne.KeyDown:
		p.step(at + 1)
	case fyne.KeyUp:
		p.step(at - 1)
	case fyne.KeyPageDown:
		p.step(at + page)
	case fyne.KeyPageUp:
		p.step(at - page)
	case fyne.KeyHome:
		p.step(0)
	case fyne.KeyEnd:
		p.step(rows - 1)
	case fyne.KeyDelete, fyne.KeyBackspace:
		p.on.remove(p.model)
	case desktop.KeyMenu:
		p.showMenu()
	case fyne.KeyF10:
		if p.shift {
			p.showMenu()
		}
	case fyne.KeySpace:
		if at >= 0 {
			p.model.Toggle(at)
		}
	case fyne.KeyRight, fyne.KeyLeft, fyne.KeyReturn, fyne.KeyEnter:
		if at >= 0 {
			p.fold(ev.Name, at)
		}
	}
}

// step moves to a row and selects it; with Shift everything on the way too.
func (p *pane) step(to int) {
	to = min(max(to, 0), p.model.Rows()-1)
	if p.shift {
		p.model.Extend(to)
	} else {
		p.model.Select(to)
	}
	p.show(to)
}

// fold opens and closes folders, as file managers do: Right opens and then
// enters, Left closes and then leaves.
func (p *pane) fold(key fyne.KeyName, at int) {
	row := p.model.Row(at)
	switch {
	case !row.IsFolder && key == fyne.KeyLeft, row.IsFolder && key == fyne.KeyLeft && !row.Open:
		if up := p.model.Parent(at); up >= 0 {
			p.step(up)
		}
	case !row.IsFolder:
	case key == fyne.KeyRight && row.Open:
		p.step(at + 1)
	case key == fyne.KeyRight, key == fyne.KeyLeft:
		p.model.SetOpen(at, key == fyne.KeyRight)
	default:
		p.model.SetOpen(at, !row.Open)
	}
}

// TypedShortcut takes the shortcuts that belong to the list.
func (p *pane) TypedShortcut(s fyne.Shortcut) {
	p.byKeys = true
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		p.model.SelectAll()
	case *fyne.ShortcutUndo:
		p.model.Undo()
	case *fyne.ShortcutRedo:
		p.model.Redo()
	case *desktop.CustomShortcut:
		if s.KeyName == fyne.KeyZ && s.Modifier == fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift {
			p.model.Redo()
		}
	case *fyne.ShortcutPaste:
		if p.on.OnPaste != nil && s.Clipboard != nil {
			p.on.OnPaste(s.Clipboard.Content())
		}
	}
}

// AccessibilityLabel says what the list is.
func (p *pane) AccessibilityLabel() string { return lang.L("Files") }

// AccessibilityRole is container.
func (p *pane) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
