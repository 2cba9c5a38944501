package history

import (
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/receipt"
)

// columns is where the parts of a line stand, for one width of the table.
type columns struct {
	name, nameWidth     float32
	folder, folderWidth float32 // width 0: the column is not shown
	when, whenWidth     float32
	what, whatWidth     float32
	short               bool // there is room for the state only, not for why
}

const (
	edge         float32 = 15 // from the table's edge to its content
	columnGap    float32 = 14
	thumbWidth   float32 = 36
	thumbHeight  float32 = 28
	thumbSlot            = thumbWidth + 10 // before the name
	whenColumn   float32 = 72              // "16:35:11"
	whatColumn   float32 = 196             // "Skipped: there already" with its icon; more where a language has longer words
	whatRoomy    float32 = 260             // and with the beginning of a reason
	whatShort    float32 = 132             // "Not processed" with its icon; more where a language has longer words
	whatMost     float32 = 260             // what is longer is shortened
	foldersFrom  float32 = 620             // below it the folder goes
	reasonsFrom  float32 = 860
	foldersShare float32 = 0.4 // of what name and folder have together
)

// room is the width that the last column needs in the person's language, for
// the states and for those with a few words more.
type room struct{ short, whole float32 }

func measureRoom() room {
	r := room{whatShort, whatColumn}
	for o := range (receipt.Counts{}) {
		for _, imported := range []bool{false, true} {
			_, words := happened(receipt.Line{Outcome: receipt.Outcome(o)}, imported, true)
			r.short = max(r.short, widgets.StateRoom(words, false)+1)
		}
	}
	_, words := happened(receipt.Line{Outcome: receipt.Skipped}, false, false)
	r.whole = max(r.whole, widgets.StateRoom(words, false)+1)
	return room{min(r.short, whatMost), min(r.whole, whatMost)}
}

// columns shares a width out.
func (r room) columns(width float32) columns {
	c := columns{name: edge, whenWidth: whenColumn, whatWidth: r.whole}
	switch {
	case width < foldersFrom:
		c.whatWidth, c.short = r.short, true
	case width >= reasonsFrom:
		c.whatWidth = max(r.whole, whatRoomy)
	}
	c.what = width - edge - c.whatWidth
	c.when = c.what - columnGap - c.whenWidth
	c.nameWidth = c.when - columnGap - c.name
	if width >= foldersFrom {
		c.folderWidth = c.nameWidth * foldersShare
		c.nameWidth -= c.folderWidth + columnGap
		c.folder = c.name + c.nameWidth + columnGap
	}
	return c
}

// named gives the columns their names.
func (r room) named(width float32) []widgets.Column {
	c := r.columns(width)
	return []widgets.Column{
		{Name: lang.L("Name"), X: c.name, Width: c.nameWidth}, {Name: lang.L("Darwin folder"), X: c.folder, Width: c.folderWidth},
		{Name: lang.L("When"), X: c.when, Width: c.whenWidth}, {Name: lang.L("What happened"), X: c.what, Width: c.whatWidth},
	}
}
