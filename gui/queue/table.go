package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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
	added int           // files that the latest gesture has brought so far
	card  *widgets.Card
}

func newTable(m *Model, loader *thumbs.Loader, on *Actions) *table {
	t := &table{model: m, pane: newPane(m, loader, on)}
	t.head = newHead(m)
	t.none = widgets.NewShrinkingText("", theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)
	rows := container.NewStack(t.pane, t.none)
	t.card = widgets.NewCard(container.New(headed{}, t.head, rows)).SetPadding(1)
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is for Fyne.
func (t *table) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.card) }

func (t *table) setForm(f form) {
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
	t.none.Hidden = t.model.Rows() > 0
	if t.model.Search() != "" {
		t.none.SetText("No file has “" + t.model.Search() + "” in its name or folder.")
	} else {
		t.none.SetText("No files here.")
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
	h.check.SetLabel("All files")
	h.ExtendBaseWidget(h)
	return h
}

func (h *head) update() {
	h.check.SetState([...]widgets.TriState{Off: widgets.Off, Partly: widgets.Some, On: widgets.On}[h.model.AllTick()])
}

// CreateRenderer is for Fyne.
func (h *head) CreateRenderer() fyne.WidgetRenderer {
	r := &headRenderer{h: h, rule: canvas.NewRectangle(nil)}
	for i := range r.names {
		r.names[i] = canvas.NewText("", nil)
	}
	r.Refresh()
	return r
}

type headRenderer struct {
	h     *head
	names [5]*canvas.Text
	rule  *canvas.Rectangle
}

func (r *headRenderer) MinSize() fyne.Size { return fyne.NewSize(100, look.TableHeadHeight) }

func (r *headRenderer) Layout(size fyne.Size) {
	c := columnsFor(size.Width, r.h.form)
	r.h.check.Hidden = c.check < 0
	side := r.h.check.MinSize()
	inRow(r.h.check, c.check-(side.Width-boxSide)/2, side.Width, side.Height, look.TableHeadHeight)
	caption := theme.SizeForWidget(theme.SizeNameCaptionText, r.h)
	ink := theme.ColorForWidget(look.ColorMuted, r.h)
	for i, at := range []struct {
		name     string
		x, width float32
	}{
		{"Name", c.name, c.nameWidth}, {"Darwin folder", c.folder, c.folderWidth}, {"Tags", c.tags, c.tagsWidth},
		{"Size", c.size, c.sizeWidth}, {"State", c.state, c.stateWidth},
	} {
		r.names[i].Hidden = at.width == 0
		setLine(r.names[i], at.name, -1, caption, false, ink)
		inRow(r.names[i], at.x, at.width, r.names[i].MinSize().Height, look.TableHeadHeight)
	}
	r.names[3].Alignment = fyne.TextAlignTrailing
	r.rule.Move(fyne.NewPos(0, look.TableHeadHeight-1))
	r.rule.Resize(fyne.NewSize(size.Width, 1))
}

func (r *headRenderer) Refresh() {
	r.rule.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, r.h)
	r.Layout(r.h.Size())
	r.rule.Refresh()
	canvas.Refresh(r.h)
}

func (r *headRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.rule, r.h.check}
	for _, n := range r.names {
		objects = append(objects, n)
	}
	return objects
}
func (r *headRenderer) Destroy() {}
