package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/cloud"
	"darwin-uploader/gui/header"
	"darwin-uploader/gui/history"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/prefs"
	"darwin-uploader/gui/session"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external"
)

// placeName is one of the places that the rail leads to.
type placeName uint8

const (
	uploadPlace placeName = iota
	cloudPlace
	historyPlace
	settingsPlace
)

// shell is the frame around the places: rail, header, bar and inspector.
type shell struct {
	window *window
	at     placeName

	root      *fyne.Container
	upload    *fyne.Container
	inspector *fyne.Container
	bar       *fyne.Container
	body      fyne.CanvasObject
	cloud     *cloud.View
	offer     *fyne.Container
	history   *history.View
	settings  *prefs.View
	cells     map[placeName]*widgets.RailCell
	narrow    bool
	offers    float32 // height of the strip below the header, 0 while there is none
}

func newShell(w *window, work *session.Session) *shell {
	s := &shell{window: w}
	p := w.place
	s.bar = container.NewStack(p.Bar())
	s.inspector = container.NewStack(p.Inspector())
	head := container.New(stacked{}, p.Header())
	if w.demo != nil {
		head.Add(header.NewDemoBanner(w.leaveDemo))
	}
	s.offer = container.NewStack(p.Offer())
	head.Add(s.offer)
	// Upload and Cloud import share the header, and with it the dataset.
	s.body, s.cloud = p.Body(), w.newCloud(work)
	s.upload = container.New(around{}, head, s.bar, s.inspector, container.NewStack(s.body, s.cloud))
	s.history, s.settings = w.newHistory(s.cloud), w.newSettings()
	s.root = container.New(&frame{shell: s}, s.rail(), s.upload, s.history, s.settings)
	s.visit(uploadPlace)
	s.cloud.LookForInterrupted(s.suggestImport)
	return s
}

// suggestImport says that an import can be continued, and leads there.
func (s *shell) suggestImport(i external.Import) {
	registered, of := i.Counts.InDarwin(), i.Counts.Total()
	s.window.place.Suggest(lang.N("An import to %s on %s, %s did not come to its end: %s of %s item is registered.",
		"An import to %s on %s, %s did not come to its end: %s of %s items are registered.", of,
		i.Dataset.Name, lang.Day(i.Begun), lang.Clock(i.Begun), lang.Number(registered), lang.Number(of)),
		lang.L("Open Cloud import"), func() { s.visit(cloudPlace) })
}

func (s *shell) rail() fyne.CanvasObject {
	s.cells = map[placeName]*widgets.RailCell{
		uploadPlace:   widgets.NewRailCell(look.Icon(look.IconUpload), lang.L("Upload"), func() { s.visit(uploadPlace) }),
		cloudPlace:    widgets.NewRailCell(look.Icon(look.IconCloud), lang.L("Cloud import"), func() { s.visit(cloudPlace) }),
		historyPlace:  widgets.NewRailCell(look.Icon(look.IconHistory), lang.L("History"), func() { s.visit(historyPlace) }),
		settingsPlace: widgets.NewRailCell(look.Icon(look.IconSettings), lang.L("Settings"), func() { s.visit(settingsPlace) }),
	}
	mark := canvas.NewImageFromResource(look.Mark())
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(40))
	column := arrange.Column(4, arrange.Inset(12, 18, 24, 24, mark), s.cells[uploadPlace], s.cells[cloudPlace], s.cells[historyPlace], s.cells[settingsPlace])
	return widgets.NewSurface(arrange.Inset(0, 0, 4, 4, column), widgets.EdgeRight)
}

// visit shows a place.
func (s *shell) visit(to placeName) {
	from := s.at
	s.at = to
	if from != to {
		s.window.win.Canvas().Unfocus() // what is typed in a field holds once it is left
	}
	for name, o := range map[placeName]fyne.CanvasObject{uploadPlace: s.upload, historyPlace: s.history, settingsPlace: s.settings} {
		widgets.SetShown(o, name == to || name == uploadPlace && to == cloudPlace)
	}
	if to == uploadPlace || to == cloudPlace {
		widgets.SetShown(s.body, to == uploadPlace)
		widgets.SetShown(s.cloud, to == cloudPlace)
		widgets.SetShown(s.offer, to == uploadPlace)
	}
	s.cloud.Shown(to == cloudPlace)
	s.update()
	s.history.Shown(to == historyPlace)
	for name, cell := range s.cells {
		cell.SetChosen(name == to)
	}
}

// update shows the parts that belong to the state of the Upload place.
func (s *shell) update() {
	p := s.window.place
	s.cloud.SetDataset(p.Dataset())
	bar, inspector := p.ShowsBar() && s.at != cloudPlace, p.ShowsInspector() && s.at != cloudPlace
	offers := float32(0)
	if p.Offer().Visible() {
		offers = p.Offer().MinSize().Height
	}
	changed := s.bar.Hidden == bar || s.inspector.Hidden == inspector || s.offers != offers
	s.offers = offers
	s.settings.SetWorkersNow(p.Workers())
	s.cells[uploadPlace].SetBadge(p.Needing())
	s.bar.Hidden, s.inspector.Hidden = !bar, !inspector
	if changed {
		s.upload.Refresh()
	}
}

// frame lays the rail out at the left and the places beside it, and tells them
// when the window is narrow.
type frame struct{ shell *shell }

func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(smallestWidth, smallestHeight)
}

func (f *frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if narrow := size.Width < look.NarrowBelow; narrow != f.shell.narrow {
		f.shell.narrow = narrow
		f.shell.window.place.SetNarrow(narrow)
	}
	rail, places := objects[0], objects[1:]
	place(rail, 0, 0, look.RailWidth, size.Height)
	for _, p := range places {
		place(p, look.RailWidth, 0, size.Width-look.RailWidth, size.Height)
	}
}
