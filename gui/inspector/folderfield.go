package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// folderField is the Darwin folder: a field that is checked while one types,
// taken over with Enter or when the cursor leaves, and given back by Escape.
type folderField struct {
	v       *View
	field   *widgets.Field
	hint    *widgets.Paragraph
	dirty   bool // typed and not taken over
	focused bool
}

func newFolderField(v *View) *folderField {
	f := &folderField{v: v, field: widgets.NewField()}
	f.hint = widgets.NewParagraph("", theme.SizeNameCaptionText, plain)
	f.field.OnChanged = f.changed
	f.field.OnSubmitted = func(string) { f.commit() }
	f.field.SetOnEscape(f.giveUp)
	f.field.SetOnFocus(func(on bool) {
		f.focused = on
		if !on {
			f.commit()
		}
	})
	return f
}

func (f *folderField) build(width float32) fyne.CanvasObject {
	return arrange.Column(4, f.v.labelled(lang.L("Folder"), f.field),
		arrange.Inset(0, 0, f.v.labels+8, 0, arrange.Prose(width-f.v.labels-8, f.hint)))
}

// show fills the field from the selection, unless somebody types in it.
func (f *folderField) show() {
	widgets.SetEnabled(f.field, !f.v.locked)
	if f.dirty && f.focused {
		return
	}
	f.dirty = false
	text, placeholder := f.v.shown.Folder, "/"
	if f.v.shown.FoldersDiffer {
		text, placeholder = "", lang.L("different folders")
	}
	f.field.SetPlaceHolder(placeholder)
	f.set(text)
	f.tell("")
}

func (f *folderField) set(text string) {
	onChanged := f.field.OnChanged
	f.field.OnChanged = nil
	f.field.SetText(text)
	f.field.OnChanged = onChanged
}

func (f *folderField) changed(text string) {
	f.dirty = true
	_, err := intake.CleanFolder(text)
	f.tell(sentence(err))
	f.v.relayout()
}

// tell shows a problem below the field, or without one what the field does.
func (f *folderField) tell(problem string) {
	text, colour := problem, theme.ColorNameWarning
	if problem == "" {
		text, colour = f.v.shown.folderHint(), look.ColorMuted
	}
	f.field.SetInvalid(problem != "")
	f.hint.SetColour(colour)
	f.hint.SetText(text)
	widgets.SetShown(f.hint, text != "")
}

func (f *folderField) commit() {
	if !f.dirty || f.v.locked {
		return
	}
	if f.v.shown.FoldersDiffer && f.field.Text == "" {
		f.dirty = false // "different folders" stays as it is
		return
	}
	folder, err := intake.CleanFolder(f.field.Text)
	if err == nil && f.v.OnFolder != nil && (f.v.shown.FoldersDiffer || folder != f.v.shown.Folder) {
		f.dirty = false // SetSelection, from inside OnFolder, is to fill the field
		err = f.v.OnFolder(folder)
	}
	f.dirty = err != nil
	if err == nil {
		f.set(folder)
	}
	f.tell(sentence(err))
	f.v.relayout()
}

// giveUp brings back what was there.
func (f *folderField) giveUp() {
	f.dirty = false
	f.show()
	f.v.relayout()
}

func sentence(err error) string {
	if err == nil {
		return ""
	}
	return lang.Fault(fault.Of(err))
}
