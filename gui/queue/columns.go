package queue

import (
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
)

// columns is where the parts of a row stand, for one width of the table.
type columns struct {
	width               float32
	check               float32 // left edge of the box; below 0: no boxes
	name, nameWidth     float32
	folder, folderWidth float32 // width 0: the column is not shown
	tags, tagsWidth     float32
	size, sizeWidth     float32 // right-aligned
	state, stateWidth   float32
	roomy               bool // the state has room for more than a word
}

const (
	edge         float32 = 15 // from the table's edge to its content
	boxSide      float32 = 16
	indent       float32 = 20
	thumbWidth   float32 = 36
	thumbHeight  float32 = 28
	sizeColumn   float32 = 64
	stateColumn  float32 = 96  // "Needs you" with its icon; more where a language has longer words
	wideState    float32 = 188 // with bar and percentage
	widestState  float32 = 260 // what is longer is shortened
	nameAtLeast  float32 = 192 // below it folder and tags go
	roomyFrom    float32 = 900
	columnGap    float32 = 12
	chevronSlot  float32 = 26 // chevron, and its gap to the icon
	folderColumn float32 = 100
	tagsColumn   float32 = 140
)

// form is what the columns have to hold.
type form struct {
	sending bool // nothing can be chosen, so there are no check boxes
	reasons bool // states say more than a word
	room    stateRoom
}

// stateRoom is the width of the state column in the person's language: for a word, for how far a file is, and for why it needs the
// person.
type stateRoom struct{ word, part, reason float32 }

func measureStates() stateRoom {
	r := stateRoom{stateColumn, wideState, wideState}
	for st := uploader.Ready; st <= uploader.Stopped; st++ {
		r.word = max(r.word, widgets.StateRoom(stateWords(uploader.Status{State: st}), false)+1)
	}
	for _, words := range []string{lang.L("In Darwin"), lang.L("Waiting")} {
		r.word = max(r.word, widgets.StateRoom(words, false)+1)
	}
	r.part = max(r.part, r.word, widgets.StateRoom(lang.L("Sending"), true)+1)
	for _, words := range []string{lang.N("%s in Darwin", "All %s in Darwin", 9999), lang.N("%s sent", "All %s sent", 9999)} {
		r.part = max(r.part, widgets.StateRoom(words, false)+1)
	}
	needs := stateWords(uploader.Status{State: uploader.Failed})
	wide := []string{named(stateWords(uploader.Status{State: uploader.Skipped}), lang.L("there already"))}
	for _, why := range shortReasons() { // those without words are short
		wide = append(wide, named(needs, lang.L(why)))
	}
	for _, words := range wide {
		r.reason = max(r.reason, widgets.StateRoom(words, false)+1)
	}
	r.reason = max(r.part, min(widestState, r.reason))
	return r
}

// columnsFor shares a width out.
func columnsFor(width float32, f form) columns {
	c := columns{width: width, check: edge, sizeWidth: sizeColumn, stateWidth: max(stateColumn, f.room.word)}
	wide := max(wideState, f.room.part)
	if f.reasons {
		wide = max(wide, f.room.reason)
	}
	c.name = edge + boxSide + columnGap
	gap := look.Space5
	if f.sending {
		c.check, c.name = -1, edge
	}
	roomForReasons := width-c.name-wide-sizeColumn-gap-columnGap-edge >= nameAtLeast
	if f.sending || f.reasons && roomForReasons {
		c.stateWidth, c.roomy = wide, true // a bar and a percentage, or why a file needs the person
		if width >= roomyFrom {
			gap = look.Space8
		}
	}
	c.state = width - edge + 1 - c.stateWidth
	c.size = c.state - gap - c.sizeWidth
	folder, tags := folderColumn, tagsColumn
	if width >= roomyFrom {
		folder, tags = folder+30, tags+10
	}
	c.nameWidth = c.size - columnGap - c.name
	if with := c.nameWidth - folder - tags - 2*columnGap; with >= nameAtLeast {
		c.nameWidth = with
		c.folder, c.folderWidth = c.name+c.nameWidth+columnGap, folder
		c.tags, c.tagsWidth = c.folder+folder+columnGap, tags
	}
	return c
}
