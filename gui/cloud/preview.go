package cloud

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/intake"
)

const (
	insideWidth  = previewWidth - 2*look.Space5
	shownFolders = 12 // in the preview; the rest are counted
)

// preview is the right side: how it will look in Darwin, the folder that
// everything goes under, and the tags of all items or of one folder.
type preview struct {
	v       *View
	tree    *tree
	folder  *widgets.Field
	wrong   *widgets.Paragraph
	keep    *widget.Check
	below   *widgets.Field
	tags    *tagList
	lookup  *fyne.Container // in the narrow form, what is looked for
	column  *fyne.Container
	surface *widgets.Card
}

func newPreview(v *View) *preview {
	p := &preview{v: v, tree: newTree(v), lookup: container.NewStack()}
	p.folder = widgets.NewField()
	p.folder.SetIcon(look.Icon(look.IconFolder))
	p.folder.SetPlaceHolder("/")
	p.folder.OnChanged = p.typed
	p.wrong = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(theme.ColorNameWarning)
	p.wrong.Hide()
	p.keep = widget.NewCheck(lang.L("Keep the folders"), func(on bool) {
		v.folders.Flat = !on
		v.replan()
		v.show()
	})
	p.keep.Checked = true
	p.below = widgets.NewField()
	p.below.SetPlaceHolder("animals/originals")
	p.below.OnChanged = func(text string) {
		v.folders.Below = strings.Trim(strings.TrimSpace(text), "/")
		v.replan()
	}
	p.tags = newTagList(v)
	p.column = arrange.Column(look.Space3,
		arrange.Column(2, widgets.NewShrinkingText(lang.L("In Darwin"), theme.SizeNameSubHeadingText, bold),
			widgets.NewShrinkingText(lang.L("This is how it will look."), theme.SizeNameText, plain).Coloured(look.ColorMuted)),
		p.tree.box, widget.NewSeparator(),
		p.tags.box, widget.NewSeparator(),
		widgets.NewShrinkingText(lang.L("Put it under"), theme.SizeNameText, bold),
		p.folder, arrange.Prose(insideWidth, p.wrong), p.keep,
		arrange.Column(look.Space1, widgets.NewShrinkingText(lang.L("without the folders of"), theme.SizeNameText, plain), p.below),
		p.lookup)
	scroll := container.NewVScroll(arrange.Inset(look.Space5, look.Space5, look.Space5, look.Space5, p.column))
	p.surface = widgets.NewSurface(widgets.Flat(scroll), widgets.EdgeLeft)
	return p
}

// typed takes a folder over as soon as it can be one.
func (p *preview) typed(text string) {
	folder, err := intake.CleanFolder(text)
	p.folder.SetInvalid(err != nil)
	words := ""
	if err != nil {
		words = told(err)
	}
	p.wrong.SetText(words)
	widgets.SetShown(p.wrong, err != nil)
	p.column.Refresh()
	if err == nil && folder != p.v.folders.Base {
		p.v.folders.Base = folder
		p.v.replan()
	}
}

// turn shows the tags of another folder.
func (p *preview) turn(s scope) {
	p.tags.turn(s)
	p.show()
}

// scopeWords say what the tags are for.
func (p *preview) scopeWords(s scope) string {
	if s == everything {
		return lang.L("for all")
	}
	if d := p.v.draft; d != nil && d.items(s) > 0 {
		return lang.L("for %s, %s", folderName(s), lang.Number(d.items(s)))
	}
	return lang.L("for %s", folderName(s))
}

func (p *preview) show() {
	p.tree.show()
	p.tags.refresh()
	p.column.Refresh()
}
