package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
)

// table is the card with the column heads and the rows.
type table struct {
	widget.BaseWidget

	model *Model
	head  *head
	pane  *pane
	none  *widgets.Text // where no row matches
	room  stateRoom
	added int // files that the latest gesture has brought so far
	card  *widgets.Card
}

func newTable(m *Model, loader *thumbs.Loader, on *Actions) *table {
	t := &table{model: m, pane: newPane(m, loader, on)}
	t.head = newHead(m)
	t.room = measureStates()
	t.pane.form.room, t.head.form.room = t.room, t.room
	t.none = widgets.NewShrinkingText("", theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)
	rows := container.NewStack(t.pane, t.none)
	t.card = widgets.NewCard(container.New(headed{}, t.head, rows)).SetPadding(1)
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is for Fyne.
func (t *table) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.card) }

func (t *table) setForm(f form) {
	f.room = t.room
	if t.pane.form == f {
		return
	}
	t.pane.form, t.head.form = f, f
	t.head.Refresh()
	t.pane.sheet.place()
}

func (t *table) update(c Change) {
	if c&Structure != 0 && t.model.LastAdded().Files > t.added {
		t.pane.tintNew()
	}
	t.added = t.model.LastAdded().Files
	t.pane.update(c)
	t.head.update()
	if c&Structure != 0 {
		t.head.Refresh()
	}
	t.none.Hidden = t.model.Rows() > 0
	if t.model.Search() != "" {
		t.none.SetText(lang.L("No file has “%s” in its name or folder.", t.model.Search()))
	} else {
		t.none.SetText(lang.L("No files here."))
	}
}

// headed is a head of fixed height above what grows.
type headed struct{}

func (headed) MinSize(o []fyne.CanvasObject) fyne.Size {
	least := o[1].MinSize()
	return fyne.NewSize(least.Width, look.TableHeadHeight+least.Height)
}

func (headed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, look.TableHeadHeight))
	o[1].Move(fyne.NewPos(0, look.TableHeadHeight))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-look.TableHeadHeight))
}

// head holds the names of the columns and the box that selects all.
type head struct {
	widget.BaseWidget

	model *Model
	check *widgets.Check
	form  form
}

func newHead(m *Model) *head {
	h := &head{model: m}
	h.check = widgets.NewCheck(func(state widgets.TriState) {
		if state == widgets.On {
			m.SelectAll()
		} else {
			m.SelectNone()
		}
	})
	h.check.SetLabel(lang.L("All files"))
	h.ExtendBaseWidget(h)
	return h
}

func (h *head) update() {
	h.check.SetState([...]widgets.TriState{Off: widgets.Off, Partly: widgets.Some, On: widgets.On}[h.model.AllTick()])
}

// AccessibilityLabel says what a tap is for.
func (h *head) AccessibilityLabel() string { return lang.L("Sort by") }

// AccessibilityRole is container: the box that selects all is inside.
func (h *head) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Tapped sorts by the column that was hit, and a second time the other way round.
func (h *head) Tapped(ev *fyne.PointEvent) {
	for _, c := range columnsFor(h.Size().Width, h.form).heads() {
		if c.width > 0 && ev.Position.X >= c.x-columnGap/2 && ev.Position.X < c.x+c.width+columnGap/2 && c.sortable {
			sortBy(h.model, c.key)
			h.Refresh()
			return
		}
	}
}

// sortBy sorts by a column; the largest size comes first, and who asks again
// for the same wants it the other way round.
func sortBy(m *Model, key SortKey) {
	now, down := m.Sort()
	if now == key {
		m.SetSort(key, !down)
		return
	}
	m.SetSort(key, key == BySize)
}

// Cursor is a hand.
func (h *head) Cursor() desktop.Cursor { return desktop.PointerCursor }

// headOf is the head of one column.
type headOf struct {
	name     string
	x, width float32
	key      SortKey
	sortable bool
}

func (c columns) heads() [5]headOf {
	return [5]headOf{
		{lang.L("Name"), c.name, c.nameWidth, ByName, true}, {lang.L("Darwin folder"), c.folder, c.folderWidth, ByFolder, true},
		{lang.L("Tags"), c.tags, c.tagsWidth, 0, false}, {lang.L("Size"), c.size, c.sizeWidth, BySize, true}, {lang.L("State"), c.state, c.stateWidth, ByState, true},
	}
}

// CreateRenderer is for Fyne.
func (h *head) CreateRenderer() fyne.WidgetRenderer {
	r := &headRenderer{h: h, rule: canvas.NewRectangle(nil), mark: widgets.NewGlyph(h)}
	for i := range r.names {
		r.names[i] = canvas.NewText("", nil)
	}
	r.Refresh()
	return r
}

type headRenderer struct {
	h     *head
	names [5]*canvas.Text
	mark  *widgets.Glyph // which way the rows are sorted
	rule  *canvas.Rectangle
}

func (r *headRenderer) MinSize() fyne.Size { return fyne.NewSize(100, look.TableHeadHeight) }

func (r *headRenderer) Layout(size fyne.Size) {
	c := columnsFor(size.Width, r.h.form)
	r.h.check.Hidden = c.check < 0
	side := r.h.check.MinSize()
	widgets.InRow(r.h.check, c.check-(side.Width-boxSide)/2, side.Width, side.Height, look.TableHeadHeight)
	caption := theme.SizeForWidget(theme.SizeNameCaptionText, r.h)
	ink := theme.ColorForWidget(look.ColorMuted, r.h)
	key, down := r.h.model.Sort()
	r.mark.Hidden = true
	for i, at := range c.heads() {
		r.names[i].Hidden = at.width == 0
		widgets.PutText(r.names[i], at.name, -1, caption, false, ink)
		widgets.InRow(r.names[i], at.x, at.width, r.names[i].MinSize().Height, look.TableHeadHeight)
		if at.sortable && at.key == key && at.width > 0 {
			r.point(at, down)
		}
	}
	r.names[3].Alignment = fyne.TextAlignTrailing
	r.rule.Move(fyne.NewPos(0, look.TableHeadHeight-1))
	r.rule.Resize(fyne.NewSize(size.Width, 1))
}

// point shows beside a name which way the rows run. The natural order needs no
// mark.
func (r *headRenderer) point(at headOf, down bool) {
	if at.key == ByName && !down {
		return
	}
	const side float32 = 14
	shape := look.IconChevronUp
	if down {
		shape = look.IconChevronDown
	}
	x := at.x
	for _, n := range r.names {
		if n.Text == at.name {
			x = at.x + n.MinSize().Width + look.Space1
			if at.key == BySize { // it is at the right of its column
				x = at.x + at.width - n.MinSize().Width - look.Space1 - side
			}
		}
	}
	r.mark.Hidden = false
	showIcon(r.mark, shape, look.ColorMuted)
	widgets.InRow(r.mark, x, side, side, look.TableHeadHeight)
}

func (r *headRenderer) Refresh() {
	r.rule.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, r.h)
	r.Layout(r.h.Size())
	r.rule.Refresh()
	canvas.Refresh(r.h)
}

func (r *headRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.rule, r.h.check, r.mark.Image}
	for _, n := range r.names {
		objects = append(objects, n)
	}
	return objects
}
func (r *headRenderer) Destroy() {}
