package cloud

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

const (
	insideWidth  = previewWidth - 2*look.Space5
	shownFolders = 12 // in the preview; the rest are counted
)

// preview is the right side: how it will look in Darwin, the folder that
// everything goes under, and the tags of all items.
type preview struct {
	v       *View
	tree    *fyne.Container
	built   *draft
	named   string // the dataset that the tree was built with
	folder  *widgets.Field
	wrong   *widgets.Paragraph
	keep    *widget.Check
	below   *widgets.Field
	lookup  *lookupPane
	tags    *tagList
	column  *fyne.Container
	surface *widgets.Card
}

func newPreview(v *View) *preview {
	p := &preview{v: v, tree: arrange.Column(look.Space2)}
	p.folder = widgets.NewField()
	p.folder.SetIcon(look.Icon(look.IconFolder))
	p.folder.SetPlaceHolder("/")
	p.folder.OnChanged = p.typed
	p.wrong = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(theme.ColorNameWarning)
	p.wrong.Hide()
	p.keep = widget.NewCheck("Keep the folders", func(on bool) {
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
	p.lookup = newLookupPane(v)
	p.tags = newTagList(v)
	p.column = arrange.Column(look.Space3,
		arrange.Column(2, widgets.NewText("In Darwin", theme.SizeNameSubHeadingText, bold),
			widgets.NewText("This is how it will look.", theme.SizeNameText, plain).Coloured(look.ColorMuted)),
		p.tree, widget.NewSeparator(),
		widgets.NewText("Put it under", theme.SizeNameText, bold),
		p.folder, arrange.Prose(insideWidth, p.wrong), p.keep,
		arrange.Column(look.Space1, widgets.NewText("without the folders of", theme.SizeNameText, plain), p.below),
		widget.NewSeparator(), p.tags.box, p.lookup.box)
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
		words = fault.Of(err).Error()
	}
	p.wrong.SetText(words)
	widgets.SetShown(p.wrong, err != nil)
	p.column.Refresh()
	if err == nil && folder != p.v.folders.Base {
		p.v.folders.Base = folder
		p.v.replan()
	}
}

func (p *preview) show() {
	p.lookup.show()
	p.column.Refresh()
	name := "No dataset is chosen"
	if d := p.v.dataset; d != nil {
		name = d.Name
	}
	if p.built == p.v.draft && p.named == name && len(p.tree.Objects) > 0 {
		return
	}
	p.built, p.named = p.v.draft, name
	p.tree.Objects = []fyne.CanvasObject{folderLine(0, look.IconLayers, name, 0)}
	if d := p.v.draft; d != nil {
		for i, f := range d.folders {
			if i == shownFolders {
				rest := len(d.folders) - shownFolders + d.more
				p.tree.Add(arrange.Inset(0, 0, look.Space6, 0, widgets.NewCaption("and "+number(rest)+" more "+verb(rest, "folder", "folders"))))
				break
			}
			label := strings.TrimPrefix(f.path, "/")
			if label == "" {
				label = "not in a folder"
			}
			p.tree.Add(folderLine(1, look.IconFolder, label, f.items))
		}
	}
	p.tree.Refresh()
	p.column.Refresh()
}

// folderLine is one line of the preview.
func folderLine(level int, icon look.IconName, name string, items int) fyne.CanvasObject {
	line := arrange.Line(look.Space2, 2, arrange.Gap(float32(level)*look.Space4), widgets.NewIcon(icon, look.ColorMuted, look.IconRow),
		widgets.NewShrinkingText(name, theme.SizeNameText, plain))
	if items > 0 {
		line.Add(widgets.NewText(number(items), theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted))
	}
	return line
}
