package widgets

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

func TestScreenReadersAreToldStatesAndCounts(t *testing.T) {
	themed(t)
	chip := NewFilterChip("Needs you", nil)
	chip.SetCount(1204)
	chip.SetChosen(true)
	some := NewCheck(nil)
	some.SetLabel("May 2026")
	some.SetState(Some)
	cell := NewRailCell(look.Icon(look.IconUpload), "Upload", nil)
	cell.SetBadge(23)
	dead := NewButton(Filled, "Continue", nil, nil)
	dead.Disable()
	mark := NewStateMark()
	mark.Set(StateSending, "Sending", 0.621)
	bar := NewThinBar(8)
	bar.SetLabel("Files")
	bar.Reset(0.5)
	bar.SetPaused(true)
	locked := NewPicker(nil)
	locked.SetText("Nest boxes")
	locked.SetLocked(true)
	secret, wrong := NewPasswordField("Show", "Hide"), NewField()
	secret.SetPlaceHolder("Your API key")
	secret.SetText("pLanted")
	wrong.SetLabel("Folder")
	wrong.SetText("../up")
	wrong.SetInvalid(true)
	card := NewCard(nil)
	card.SetLabel("Accounts")
	for want, w := range map[string]fyne.Accessible{
		"Needs you, 1,204, chosen": chip, "May 2026, partly checked": some, "Upload, 23": cell, "Continue, not available now": dead,
		"Sending, 62 %": mark, "Files, 50 %, waiting": bar, "Nest boxes": locked, "Your API key, hidden": secret,
		"Folder, ../up, cannot be used": wrong, "Light, chosen": NewRadio(true, "Light", nil), "Accounts": card,
		"This key works.": NewNotice(NoticeSuccess, "This key works."),
	} {
		if got := w.AccessibilityLabel(); got != want {
			t.Errorf("%T says %q, want %q", w, got, want)
		}
	}
	if err := lang.Use("ja"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lang.Use("en") }()
	if got := some.AccessibilityLabel(); got != "May 2026、一部チェックあり" {
		t.Errorf("in Japanese it says %q", got)
	}
}
