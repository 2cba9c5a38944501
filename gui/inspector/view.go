package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

var (
	plain = fyne.TextStyle{}
	bold  = fyne.TextStyle{Bold: true}
)

// labelWidth is the least width of the column of the words before the fields.
const labelWidth float32 = 68

// View is the inspector. Set its callbacks before it is shown. All of them are
// called on the main thread and mean the files of the last SetSelection; the
// owner answers each change with a new one, from inside the callback or later.
type View struct {
	widget.BaseWidget

	// OnAddTag puts a tag on every file that does not carry its class yet.
	OnAddTag func(darwin.Tag)
	// OnRemoveTag takes a class off every file.
	OnRemoveTag func(class string)
	// OnTagText sets the text of a class on the files that carry it.
	OnTagText func(class, text string)
	// OnCreateTag makes a class in the team and puts the tag on the files that
	// are selected at the moment of the call, even if others are by the time
	// it exists. done is told the outcome, once and from any goroutine; the
	// owner tells the new class through SetClasses before it calls done(nil).
	OnCreateTag func(name string, withText bool, done func(error))
	// OnReloadClasses asks Darwin for the classes again.
	OnReloadClasses func()
	// OnFolder moves the files to a folder, or with Selection.BaseFolder puts
	// everything under it. The folder is clean already. A problem is shown
	// below the field, and what was typed stays.
	OnFolder func(folder string) error
	// OnVideo sets how the videos are read. It never gets nil.
	OnVideo func(*darwin.Video)
	// OnRemoveFiles takes the files out of the queue.
	OnRemoveFiles func()
	// OnFavourite makes a tag one that is offered first, or no longer.
	OnFavourite func(class string, on bool)
	// OnRules tells what can be made of the folders that the files lie in. It is
	// asked while the panel for it is open; nil: there is no such panel.
	OnRules func() []Rule
	// OnUndo and OnRedo take edits back and forth, while nothing is typed.
	OnUndo, OnRedo func()
	// OnClose closes the inspector.
	OnClose func()

	post   func(func())
	shown  Selection
	locked bool
	narrow bool
	labels float32 // width of the column of the words before the fields
	editor editor

	title, whom   *widgets.Text
	facts         *widgets.Paragraph
	remove, close *widgets.Button
	lock          fyne.CanvasObject
	folder        *folderField
	video         *videoField
	rules         *rulePanel
	tags          *tagList
	entry         *tagEntry
	content       *fyne.Container
	scroll        *container.Scroll
	surface       *widgets.Card
}

// New makes an inspector that waits for the tag classes. post runs a function
// on the main thread.
func New(post func(func())) *View {
	v := &View{post: post}
	v.ExtendBaseWidget(v)

	v.title = widgets.NewShrinkingText("", theme.SizeNameSubHeadingText, bold)
	v.facts = widgets.NewParagraph("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	v.whom = widgets.NewText("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	v.remove = widgets.NewIconButton(look.Icon(look.IconTrash), lang.L("Take out of the queue"), func() { call(v.OnRemoveFiles) })
	v.close = widgets.NewIconButton(look.Icon(look.IconClose), lang.L("Close"), func() { call(v.OnClose) })
	v.lock = arrange.Line(6, 1, widgets.NewIcon(look.IconLock, look.ColorMuted, 16), widgets.NewCaption(lang.L("Fixed while sending")))
	v.folder = newFolderField(v)
	v.video = newVideoField(v)
	v.rules = newRulePanel(v)
	v.tags = newTagList(v)
	v.entry = newTagEntry(v)

	v.content = arrange.Column(0)
	v.scroll = container.NewVScroll(v.content)
	v.surface = widgets.NewSurface(v.scroll, widgets.EdgeLeft)
	v.fill()
	return v
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.surface) }

// MinSize is as wide as the inspector is drawn.
func (v *View) MinSize() fyne.Size { return fyne.NewSize(v.width(), look.BigButtonHeight) }

func (v *View) width() float32 {
	if v.narrow {
		return look.InspectorNarrow
	}
	return look.InspectorWidth
}

func (v *View) margin() float32 {
	if v.narrow {
		return look.MarginNarrow
	}
	return look.Space5
}

// inner is the width of what is inside.
func (v *View) inner() float32 { return v.width() - 2*v.margin() }

// SetNarrow uses the narrow form, for windows below 1000.
func (v *View) SetNarrow(on bool) {
	if v.narrow != on {
		v.narrow = on
		v.fill()
	}
}

// fill lays the parts out for the present width.
func (v *View) fill() {
	v.labels = labelWidth
	for _, word := range []string{lang.L("Folder"), lang.L("Video"), lang.L("Frames")} {
		v.labels = max(v.labels, widgets.NewText(word, theme.SizeNameText, plain).MinSize().Width)
	}
	head := arrange.Column(0,
		arrange.Line(0, 0, v.title, v.remove, v.close),
		arrange.Prose(v.inner(), v.facts))
	fields := arrange.Column(8, v.lock, v.folder.build(v.inner()), v.rules.build(v.inner()), v.video.build(v.inner()))
	tags := arrange.Column(8,
		arrange.Line(8, 0, widgets.NewText(lang.L("Tags"), theme.SizeNameText, bold), v.whom),
		v.tags.build(v.inner()), v.entry.build(v.inner()))
	column := arrange.Column(14, head, fields, widget.NewSeparator(), tags)
	v.content.Objects = []fyne.CanvasObject{arrange.Inset(14, 20, v.margin(), v.margin(), column)}
	v.tags.forget()
	v.show()
}

// SetSelection tells what is selected now. What is half typed stays, as long
// as its field has the cursor.
func (v *View) SetSelection(s Selection) {
	v.shown = s
	v.editor.use(s)
	v.show()
}

// SetClasses tells the tag classes of the team.
func (v *View) SetClasses(classes []darwin.TagClass) {
	v.editor.setClasses(classes)
	v.show()
}

// SetClassesLoading says that the classes are being asked for.
func (v *View) SetClassesLoading() {
	v.editor.state, v.editor.problem = classesLoading, nil
	v.show()
}

// SetClassesFailed says why the classes are not known.
func (v *View) SetClassesFailed(err error) {
	v.editor.fail(err)
	v.show()
}

// SetChoices tells the tags that the person likes to use, the latest of recent
// first. Those that the team does not have are passed over.
func (v *View) SetChoices(favourite, recent []string) {
	v.editor.favourite, v.editor.recent = favourite, recent
	v.editor.offerAgain()
	v.show()
}

// SetLocked lets everything be read but not changed, as while files are sent.
func (v *View) SetLocked(on bool) {
	if v.locked != on {
		v.locked = on
		v.show()
	}
}

// Commit takes over what is half typed in the folder and text fields. Call it
// before the files are sent: a shortcut leaves the cursor where it is.
func (v *View) Commit() {
	v.folder.commit()
	v.tags.commit()
}

// FocusTags puts the cursor into the field for tags.
func (v *View) FocusTags() {
	if !v.locked {
		widgets.Focus(v, v.entry.field)
	}
}

// show brings everything up to date.
func (v *View) show() {
	v.title.SetText(v.shown.title())
	v.facts.SetText(v.shown.facts())
	v.whom.SetText(v.shown.whom())
	widgets.SetShown(v.remove, !v.locked && v.shown.Files > 0)
	widgets.SetShown(v.lock, v.locked)
	v.folder.show()
	v.video.show()
	v.rules.show()
	v.tags.show()
	v.entry.show()
	v.relayout()
}

// relayout gives everything its place again after parts came or went.
func (v *View) relayout() {
	v.content.Refresh()
	v.scroll.Refresh()
}

// labelled is a field with its word before it.
func (v *View) labelled(word string, field fyne.CanvasObject) fyne.CanvasObject {
	return arrange.Line(8, 1, arrange.Wide(v.labels,
		widgets.NewText(word, theme.SizeNameText, plain).Coloured(look.ColorMuted)), field)
}

func call(f func()) {
	if f != nil {
		f()
	}
}
