package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestAFieldOfSeveralLinesGrowsAndEnterStillSubmits(t *testing.T) {
	test.NewTempApp(t)
	f := NewField()
	f.SetLines(3)
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(200, 200))
	submitted := ""
	f.OnSubmitted = func(text string) { submitted = text }
	one := f.MinSize().Height
	w.Canvas().Focus(f)
	test.Type(f, "light")
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if submitted != "light" || f.Lines() != 1 {
		t.Errorf("submitted %q, %d lines", submitted, f.Lines())
	}
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	f.KeyDown(shift)
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.KeyUp(shift)
	test.Type(f, "rain")
	if f.Text != "light\nrain" || f.Lines() != 2 || f.MinSize().Height <= one {
		t.Errorf("%q in %d lines, %v high after %v", f.Text, f.Lines(), f.MinSize().Height, one)
	}
	f.SetText("1\n2\n3\n4\n5")
	if f.Lines() != 3 {
		t.Errorf("it shows %d lines, want at most 3", f.Lines())
	}
	if f.AcceptsTab() {
		t.Error("Tab stays in the field")
	}
}

func TestUndoGoesToTheHookOnlyWhileTheFieldIsEmpty(t *testing.T) {
	test.NewTempApp(t)
	f := NewField()
	undone, redone := 0, 0
	f.SetOnUndo(func() { undone++ }, func() { redone++ })
	redo := &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
	f.TypedShortcut(&fyne.ShortcutUndo{})
	f.TypedShortcut(&fyne.ShortcutRedo{})
	f.TypedShortcut(redo)
	f.TypedShortcut(&fyne.ShortcutSelectAll{})
	test.Type(f, "a")
	f.TypedShortcut(&fyne.ShortcutUndo{})
	if undone != 1 || redone != 2 || f.Text != "" {
		t.Errorf("undone %d, redone %d, the field has %q", undone, redone, f.Text)
	}
}
