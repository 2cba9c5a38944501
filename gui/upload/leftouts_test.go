package upload

import (
	"path/filepath"
	"testing"

	"darwin-uploader/uploader/receipt"
)

func TestAReceiptAccountsForWhatWasLeftOut(t *testing.T) {
	everywhere(t, func(t *testing.T, r *rig) {
		r.choose("Nest boxes")
		r.drop("May/a.jpg", "May/notes.txt")
		r.Upload()
		r.untilEnded()
		r.until("what was left out", func() bool { return r.past()[0].LeftOut == 1 })
		lines, err := r.receipts.Lines(t.Context(), r.past()[0].ID, receipt.LeftOut, 0, 10)
		if err != nil || len(lines) != 1 || filepath.Base(lines[0].Path) != "notes.txt" || lines[0].Reason == "" || lines[0].Outcome != receipt.LeftOut {
			t.Errorf("it says %+v, %v", lines, err)
		}
		r.drop("June/b.jpg", "June/song.mp3")
		r.Upload()
		r.untilEnded()
		r.until("the second", func() bool { return len(r.past()) == 2 && r.past()[0].LeftOut == 1 })
		if first := r.past()[1]; first.LeftOut != 1 || first.Files != 1 {
			t.Errorf("the first upload has become %+v", first)
		}
	})
}
