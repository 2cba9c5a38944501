package history

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// head holds the names of the columns.
type head struct{ widget.BaseWidget }

func newHead() *head {
	h := &head{}
	h.ExtendBaseWidget(h)
	return h
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
	names [4]*canvas.Text
	rule  *canvas.Rectangle
}

func (r *headRenderer) MinSize() fyne.Size { return fyne.NewSize(100, look.TableHeadHeight) }

func (r *headRenderer) Layout(size fyne.Size) {
	c := columnsFor(size.Width)
	caption, ink := theme.SizeForWidget(theme.SizeNameCaptionText, r.h), theme.ColorForWidget(look.ColorMuted, r.h)
	for i, at := range []struct {
		name     string
		x, width float32
	}{{lang.L("Name"), c.name, c.nameWidth}, {lang.L("Darwin folder"), c.folder, c.folderWidth}, {lang.L("When"), c.when, c.whenWidth}, {lang.L("What happened"), c.what, c.whatWidth}} {
		r.names[i].Hidden = at.width == 0
		widgets.PutText(r.names[i], at.name, -1, caption, false, ink)
		widgets.InRow(r.names[i], at.x, at.width, r.names[i].MinSize().Height, look.TableHeadHeight)
	}
	r.rule.Move(fyne.NewPos(0, look.TableHeadHeight-1))
	r.rule.Resize(fyne.NewSize(size.Width, 1))
}

func (r *headRenderer) Refresh() {
	widgets.PutFill(r.rule, r.h, theme.ColorNameSeparator)
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}

func (r *headRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.names[0], r.names[1], r.names[2], r.names[3], r.rule}
}
func (r *headRenderer) Destroy() {}
