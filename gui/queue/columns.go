package queue

import "darwin-uploader/gui/look"

// columns is where the parts of a row stand, for one width of the table.
type columns struct {
	width               float32
	check               float32 // left edge of the box; below 0: no boxes
	name, nameWidth     float32
	folder, folderWidth float32 // width 0: the column is not shown
	tags, tagsWidth     float32
	size, sizeWidth     float32 // right-aligned
	state, stateWidth   float32
}

const (
	edge         float32 = 15 // from the table's edge to its content
	boxSide      float32 = 16
	indent       float32 = 20
	thumbWidth   float32 = 36
	thumbHeight  float32 = 28
	sizeColumn   float32 = 64
	stateColumn  float32 = 96  // "Needs you" with its icon
	wideState    float32 = 188 // with bar and percentage
	nameAtLeast  float32 = 200 // below it folder and tags go
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
}

// columnsFor shares a width out.
func columnsFor(width float32, f form) columns {
	c := columns{width: width, check: edge, sizeWidth: sizeColumn, stateWidth: stateColumn}
	c.name = edge + boxSide + columnGap
	gap := look.Space5
	if f.sending {
		c.check, c.name = -1, edge
	}
	roomForReasons := width-c.name-wideState-sizeColumn-gap-columnGap-edge >= nameAtLeast
	if f.sending || f.reasons && roomForReasons {
		c.stateWidth = wideState // a bar and a percentage, or why a file needs the person
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
