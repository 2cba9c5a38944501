package inspector

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/widgets"
)

func (d *desk) quickTags() (names []string) {
	if !d.entry.quick.Visible() {
		return nil
	}
	for _, o := range d.entry.quick.Objects {
		names = append(names, o.(*widgets.OutlinedChip).AccessibilityLabel())
	}
	return names
}

func TestFavouriteAndRecentTagsAreOneTapAway(t *testing.T) {
	d := newDesk(t)
	d.SetChoices([]string{"marten", "gone from the team", "dawn"}, []string{"observer", "fox", "marten"})
	// "dawn" is on all files already, and nobody can add what the team lacks.
	if got, want := d.quickTags(), []string{"marten", "observer", "fox"}; !slices.Equal(got, want) {
		t.Fatalf("offered are %q, want %q", got, want)
	}
	test.Tap(d.entry.quick.Objects[0].(*widgets.OutlinedChip))
	test.Tap(d.entry.quick.Objects[0].(*widgets.OutlinedChip)) // "observer" is the first now
	if !slices.Equal(d.calls, []string{"add marten|", "add observer|"}) {
		t.Errorf("calls are %q", d.calls)
	}
	if row := d.tags.rows["observer"]; row == nil || d.w.Canvas().Focused() != fyne.Focusable(row.field) {
		t.Error("the keyboard is not where the text goes")
	}
	d.entry.field.SetText("m")
	if d.quickTags() != nil {
		t.Error("they stay while one types")
	}
}

func TestTheStarMakesATagAFavourite(t *testing.T) {
	d := newDesk(t)
	var got []string
	d.OnFavourite = func(class string, on bool) {
		if on {
			got = append(got, class)
			d.SetChoices(got, nil)
			return
		}
		got = slices.DeleteFunc(got, func(c string) bool { return c == class })
		d.SetChoices(got, nil)
	}
	d.entry.field.SetText("mar")
	row := d.entry.rows[1]
	star := &fyne.PointEvent{Position: fyne.NewPos(row.Size().Width-15, 10)}
	row.Tapped(star)
	if !slices.Equal(got, []string{"pine marten"}) || d.entry.field.Text != "mar" || len(d.calls) != 0 {
		t.Errorf("favourites are %q, calls %q", got, d.calls)
	}
	for i, r := range d.entry.rows {
		if r.Visible() && r.text() == "pine marten" {
			d.entry.rows[i].Tapped(star)
		}
	}
	if len(got) != 0 {
		t.Errorf("favourites are %q after a second tap", got)
	}
}

func TestATextMayHaveSeveralLinesAndBrokenJSONIsToldAndKept(t *testing.T) {
	d := newDesk(t)
	row := d.tags.rows["weather"]
	d.w.Canvas().Focus(row.field)
	row.field.SetText("{\n\"rain\": 1")
	if !row.hint.Visible() || row.hint.Text() != "This starts like JSON and has no end yet." {
		t.Errorf("told is %q", row.hint.Text())
	}
	if row.field.Lines() != 2 || row.field.Size().Width < d.inner()-1 {
		t.Errorf("%d lines, %v wide", row.field.Lines(), row.field.Size().Width)
	}
	if d.w.Canvas().Focused() != fyne.Focusable(row.field) {
		t.Error("the keyboard was lost")
	}
	d.w.Canvas().Unfocus()
	if !slices.Contains(d.calls, "text weather|{\n\"rain\": 1") {
		t.Errorf("calls are %q", d.calls)
	}
	d.w.Canvas().Focus(row.field)
	row.field.SetText("light rain")
	if row.hint.Visible() {
		t.Error("plain text is called wrong")
	}
}

func TestUndoReachesTheQueueFromTheEmptyTagField(t *testing.T) {
	d := newDesk(t)
	undone, redone := 0, 0
	d.OnUndo, d.OnRedo = func() { undone++ }, func() { redone++ }
	d.FocusTags()
	field := d.w.Canvas().Focused().(fyne.Shortcutable)
	field.TypedShortcut(&fyne.ShortcutUndo{})
	field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	if undone != 1 || redone != 1 {
		t.Errorf("undone %d, redone %d", undone, redone)
	}
}

func TestTheKindsOfManyFilesWrap(t *testing.T) {
	d := newDesk(t)
	one := d.facts.Size().Height
	d.SetSelection(Selection{Files: 9999, Bytes: 5_100_000_000, Images: 12345, Videos: 2345, Documents: 345, Medical: 1234})
	if two := d.facts.Size().Height; two <= one {
		t.Errorf("%q is %v high, one line is %v", d.facts.Text(), two, one)
	}
}
