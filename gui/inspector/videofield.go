package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

// videoField is how the videos of the selection are read: one choice, and for
// separate frames a second one with the rate.
type videoField struct {
	v          *View
	how, rate  *widgets.Picker
	hint       *widgets.Paragraph
	all, rates *fyne.Container
}

func newVideoField(v *View) *videoField {
	f := &videoField{v: v, how: widgets.NewPicker(nil), rate: widgets.NewPicker(nil)}
	f.how.SetForm(true)
	f.how.SetLabel(lang.L("Video"))
	f.how.SetOnTapped(func() {
		f.menu(f.how, videoLabels(f.chosen()), f.how.Text(), func(label string) { f.choose(chosenVideo(label, f.chosen())) })
	})
	f.rate.SetForm(true)
	f.rate.SetLabel(lang.L("Frames"))
	f.rate.SetOnTapped(func() {
		f.menu(f.rate, rateLabels(fpsOf(f.chosen())), f.rate.Text(), func(label string) {
			f.choose(&darwin.Video{FPS: chosenRate(label, fpsOf(f.chosen())), AsFrames: true})
		})
	})
	f.hint = widgets.NewParagraph(lang.L("Each frame becomes an item of its own."), theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	return f
}

func (f *videoField) build(width float32) fyne.CanvasObject {
	f.rates = arrange.Column(4, f.v.labelled(lang.L("Frames"), f.rate),
		arrange.Inset(0, 0, f.v.labels+8, 0, arrange.Prose(width-f.v.labels-8, f.hint)))
	f.all = arrange.Column(8, f.v.labelled(lang.L("Video"), f.how), f.rates)
	return f.all
}

// chosen is what the videos are now; nil while they differ.
func (f *videoField) chosen() *darwin.Video {
	if f.v.shown.VideosDiffer {
		return nil
	}
	return f.v.shown.Video
}

func (f *videoField) show() {
	widgets.SetShown(f.all, f.v.shown.Videos > 0)
	label := videoLabel(f.chosen())
	if f.v.shown.VideosDiffer {
		label = lang.L("different choices")
	}
	f.how.SetText(label)
	f.rate.SetText(rateLabel(fpsOf(f.chosen())))
	widgets.SetShown(f.rates, label == asFramesLabel())
	widgets.SetEnabled(f.how, !f.v.locked)
	widgets.SetEnabled(f.rate, !f.v.locked)
}

func (f *videoField) choose(video *darwin.Video) {
	if f.v.OnVideo != nil {
		f.v.OnVideo(video)
	}
}

// menu opens the choices below a picker.
func (f *videoField) menu(p *widgets.Picker, labels []string, chosen string, choose func(string)) {
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if c == nil {
		return
	}
	menu := widget.NewPopUpMenu(choices(labels, chosen, choose), c)
	menu.Resize(fyne.NewSize(max(p.Size().Width, menu.MinSize().Width), menu.MinSize().Height))
	menu.ShowAtRelativePosition(fyne.NewPos(0, p.Size().Height+look.Space1), p)
}

func choices(labels []string, chosen string, choose func(string)) *fyne.Menu {
	items := make([]*fyne.MenuItem, len(labels))
	for i, label := range labels {
		items[i] = fyne.NewMenuItem(label, func() { choose(label) })
		items[i].Checked = label == chosen
	}
	return fyne.NewMenu("", items...)
}
