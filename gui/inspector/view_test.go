package inspector

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// desk is an inspector in a window of the test driver, with a queue of three
// files that answers its callbacks as the program does.
type desk struct {
	*View
	w      fyne.Window
	sel    Selection
	posted []func()
	calls  []string
	done   func(error) // ends the creation under way
	moveTo error       // what OnFolder answers
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	d := &desk{sel: mockup()}
	d.View = New(func(f func()) { d.posted = append(d.posted, f) })
	d.OnAddTag = func(tag darwin.Tag) {
		d.calls = append(d.calls, "add "+tag.Class+"|"+tag.Text)
		i := slices.IndexFunc(d.sel.Tags, func(u TagUse) bool { return u.Class == tag.Class })
		if i < 0 {
			d.sel.Tags = append(d.sel.Tags, TagUse{Class: tag.Class})
			i = len(d.sel.Tags) - 1
		}
		d.sel.Tags[i].On = d.sel.Files
		d.SetSelection(d.sel)
	}
	d.OnRemoveTag = func(class string) {
		d.calls = append(d.calls, "remove "+class)
		d.sel.Tags = slices.DeleteFunc(slices.Clone(d.sel.Tags), func(u TagUse) bool { return u.Class == class })
		d.SetSelection(d.sel)
	}
	d.OnTagText = func(class, text string) { d.calls = append(d.calls, "text "+class+"|"+text) }
	d.OnFolder = func(folder string) error {
		d.calls = append(d.calls, "folder "+folder)
		if d.moveTo == nil {
			d.sel.Folder, d.sel.FoldersDiffer = folder, false
			d.SetSelection(d.sel)
		}
		return d.moveTo
	}
	d.OnVideo = func(v *darwin.Video) { d.sel.Video = v; d.SetSelection(d.sel) }
	d.OnCreateTag = func(name string, withText bool, done func(error)) {
		call := "create " + name
		if withText {
			call += " with text"
		}
		d.calls, d.done = append(d.calls, call), done
	}
	d.SetClasses(teamClasses())
	d.SetSelection(d.sel)
	d.w = test.NewTempWindow(t, d.View)
	d.w.SetPadded(false)
	d.w.Resize(fyne.NewSize(328, 620))
	return d
}

func (d *desk) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func (d *desk) run() {
	for len(d.posted) > 0 {
		f := d.posted[0]
		d.posted = d.posted[1:]
		f()
	}
}

func (d *desk) want(t *testing.T, calls ...string) {
	t.Helper()
	if !slices.Equal(d.calls, calls) {
		t.Errorf("asked for %q, want %q", d.calls, calls)
	}
	d.calls = nil
}

func (d *desk) offered() []string {
	var all []string
	for _, row := range append(d.entry.rows[:], d.entry.create) {
		if row.Visible() && d.entry.panel.Visible() {
			all = append(all, row.text())
		}
	}
	return all
}

func TestATagIsAddedByKeyboardAndTheCursorStays(t *testing.T) {
	d := newDesk(t)
	d.FocusTags()
	test.Type(d.entry.field, "mar")
	if want := []string{"marten", "pine marten", "Create tag “mar”"}; !slices.Equal(d.offered(), want) {
		t.Fatalf("offered %q, want %q", d.offered(), want)
	}
	d.press(fyne.KeyDown, fyne.KeyReturn)
	d.want(t, "add pine marten|")
	if d.entry.field.Text != "" || d.entry.panel.Visible() || d.w.Canvas().Focused() != d.entry.field {
		t.Errorf("after it %q is typed, panel %v, cursor in %T", d.entry.field.Text, d.entry.panel.Visible(), d.w.Canvas().Focused())
	}
	test.Type(d.entry.field, "pine marten")
	if len(d.offered()) != 0 || d.entry.nothing.Text() != "All files have this tag." {
		t.Errorf("a tag on all files is offered: %q, %q", d.offered(), d.entry.nothing.Text())
	}
	d.press(fyne.KeyEscape)
	if d.entry.field.Text != "" || d.entry.panel.Visible() {
		t.Error("Escape does not close")
	}
	d.press(fyne.KeyReturn)
	d.want(t)
}

func TestATapOnASuggestionAddsItAndGivesTheCursorBack(t *testing.T) {
	d := newDesk(t)
	d.FocusTags()
	test.Type(d.entry.field, "mar")
	d.w.Canvas().Unfocus() // as the driver does when something else is pressed
	test.Tap(d.entry.rows[0])
	d.want(t, "add marten|")
	if d.w.Canvas().Focused() != d.entry.field {
		t.Errorf("cursor in %T", d.w.Canvas().Focused())
	}
}

func TestATagWithTextGetsTheCursorInItsField(t *testing.T) {
	d := newDesk(t)
	d.FocusTags()
	test.Type(d.entry.field, "obs")
	d.press(fyne.KeyReturn)
	row := d.tags.rows["observer"]
	if row == nil || d.w.Canvas().Focused() != row.field {
		t.Fatalf("cursor in %T, want the text of observer", d.w.Canvas().Focused())
	}
	test.Type(row.field, "M. Ek")
	d.SetSelection(d.sel)
	if row.field.Text != "M. Ek" || d.tags.rows["observer"] != row {
		t.Errorf("an update takes away what is typed: %q", row.field.Text)
	}
	d.press(fyne.KeyReturn)
	d.w.Canvas().Unfocus()
	d.want(t, "add observer|", "text observer|M. Ek")
}

func TestTextsThatDifferStayUntilSomethingIsTyped(t *testing.T) {
	d := newDesk(t)
	d.sel.Tags = []TagUse{{Class: "weather", On: 2, TextsDiffer: true}}
	d.SetSelection(d.sel)
	row := d.tags.rows["weather"]
	if row.field.PlaceHolder != "different texts" || row.field.Text != "" {
		t.Errorf("shows %q, %q", row.field.Text, row.field.PlaceHolder)
	}
	d.w.Canvas().Focus(row.field)
	d.w.Canvas().Unfocus()
	d.want(t)
	d.w.Canvas().Focus(row.field)
	test.Type(row.field, "sun")
	d.Commit()
	d.want(t, "text weather|sun")
	d.press(fyne.KeyEscape)
	if row.field.Text != "sun" {
		t.Errorf("Escape after taking over brings back %q", row.field.Text)
	}
}

func TestChipsTakeOffAndPutOnAll(t *testing.T) {
	d := newDesk(t)
	test.Tap(d.tags.chips.Objects[1].(*widgets.OutlinedChip))
	d.want(t, "add fox|")
	chip := d.tags.chips.Objects[0].(*widgets.TagChip)
	d.w.Canvas().Focus(chip)
	d.press(fyne.KeyDelete)
	d.want(t, "remove dawn")
	if len(d.tags.chips.Objects) != 1 || d.w.Canvas().Focused() != d.entry.field {
		t.Errorf("%d chips, cursor in %T", len(d.tags.chips.Objects), d.w.Canvas().Focused())
	}
}

func TestATagIsCreatedOnceAndTheOutcomeComesOnTheMainThread(t *testing.T) {
	d := newDesk(t)
	d.FocusTags()
	test.Type(d.entry.field, "ibex")
	d.entry.withText.SetChecked(true)
	d.press(fyne.KeyReturn, fyne.KeyReturn)
	d.want(t, "create ibex with text")
	if !d.entry.working.Visible() || d.entry.create.Visible() {
		t.Error("nothing shows that it is being created")
	}
	d.done(&fault.Error{Kind: fault.Permission, What: "This key may not make tags."})
	if d.entry.problem.Visible() {
		t.Error("the outcome did not wait for the main thread")
	}
	d.run()
	if want := "The tag “ibex” was not created. This key may not make tags."; d.entry.problem.Text() != want || !d.entry.problem.Visible() {
		t.Errorf("told %q", d.entry.problem.Text())
	}
	d.press(fyne.KeyReturn)
	d.want(t, "create ibex with text")
	d.SetClasses(append(teamClasses(), darwin.TagClass{Name: "ibex"}))
	d.done(nil)
	d.done(errors.New("twice"))
	d.run()
	if d.entry.field.Text != "" || d.entry.problem.Visible() || d.entry.working.Visible() {
		t.Errorf("after success %q is typed", d.entry.field.Text)
	}
}

func TestFoldersAreCheckedAndTakenOverWhenTheCursorLeaves(t *testing.T) {
	d := newDesk(t)
	d.w.Canvas().Focus(d.folder.field)
	d.folder.field.SetText("../up")
	if d.folder.hint.Text() == "" || !d.folder.hint.Visible() {
		t.Error("a folder that cannot be is not told")
	}
	d.press(fyne.KeyReturn)
	d.want(t)
	d.folder.field.SetText(`cats\young `)
	d.w.Canvas().Unfocus()
	d.want(t, "folder /cats/young")
	if d.folder.field.Text != "/cats/young" || d.folder.hint.Visible() {
		t.Errorf("field shows %q, hint %q", d.folder.field.Text, d.folder.hint.Text())
	}
	d.w.Canvas().Focus(d.folder.field)
	d.folder.field.SetText("/other")
	d.press(fyne.KeyEscape)
	d.w.Canvas().Unfocus()
	d.want(t)
	if d.folder.field.Text != "/cats/young" {
		t.Errorf("Escape gives %q", d.folder.field.Text)
	}
}

func TestAFolderThatIsRefusedStaysWithItsReason(t *testing.T) {
	d := newDesk(t)
	d.moveTo = &fault.Error{Kind: fault.SameName, What: "There is an a.jpg in /other already."}
	d.w.Canvas().Focus(d.folder.field)
	d.folder.field.SetText("/other")
	d.press(fyne.KeyReturn)
	d.want(t, "folder /other")
	if d.folder.field.Text != "/other" || d.folder.hint.Text() != "There is an a.jpg in /other already." {
		t.Errorf("field %q, hint %q", d.folder.field.Text, d.folder.hint.Text())
	}
}

func TestDifferentFoldersStayDifferentUnlessOneIsTyped(t *testing.T) {
	d := newDesk(t)
	d.sel.FoldersDiffer = true
	d.SetSelection(d.sel)
	if d.folder.field.Text != "" || d.folder.field.PlaceHolder != "different folders" {
		t.Errorf("shows %q, %q", d.folder.field.Text, d.folder.field.PlaceHolder)
	}
	d.w.Canvas().Focus(d.folder.field)
	d.folder.field.SetText("x")
	d.folder.field.SetText("")
	d.w.Canvas().Unfocus()
	d.want(t)
	d.w.Canvas().Focus(d.folder.field)
	d.folder.field.SetText("/")
	d.w.Canvas().Unfocus()
	d.want(t, "folder /")
}

func TestVideosAreAskedAboutOnlyWhereThereAreSome(t *testing.T) {
	d := newDesk(t)
	if !d.video.all.Visible() || d.video.how.Text() != "Every frame" || d.video.rates.Visible() {
		t.Errorf("video %v, %q", d.video.all.Visible(), d.video.how.Text())
	}
	choices(videoLabels(nil), "Every frame", func(label string) { d.video.choose(chosenVideo(label, nil)) }).Items[3].Action()
	if d.sel.Video == nil || d.sel.Video.FPS != 5 || d.video.how.Text() != "5 frames per second" {
		t.Errorf("chose %v, shows %q", d.sel.Video, d.video.how.Text())
	}
	d.video.choose(chosenVideo(asFramesLabel(), d.sel.Video))
	if !d.video.rates.Visible() || d.video.rate.Text() != "5 frames per second" {
		t.Errorf("rates %v, %q", d.video.rates.Visible(), d.video.rate.Text())
	}
	d.sel.Videos = 0
	d.SetSelection(d.sel)
	if d.video.all.Visible() {
		t.Error("asks about videos without any")
	}
}

func TestWhileSendingNothingCanBeChanged(t *testing.T) {
	d := newDesk(t)
	d.w.Canvas().Focus(d.folder.field)
	d.folder.field.SetText("/other")
	d.SetLocked(true)
	d.Commit()
	d.want(t)
	if d.remove.Visible() || d.entry.all.Visible() || !d.folder.field.Disabled() || !d.video.how.Disabled() || !d.lock.Visible() {
		t.Error("something can still be changed")
	}
	for _, o := range d.tags.chips.Objects {
		test.Tap(o.(fyne.Tappable))
	}
	d.want(t)
	d.SetLocked(false)
	if !d.entry.all.Visible() || d.folder.field.Disabled() {
		t.Error("it stays locked")
	}
}

func TestUnknownTagsAreCalledNewOnceTheClassesAreKnown(t *testing.T) {
	d := newDesk(t)
	d.sel.Tags = []TagUse{{Class: "ibex", On: 3}}
	d.SetClassesLoading()
	d.SetSelection(d.sel)
	if _, plain := d.tags.chips.Objects[0].(*widgets.TagChip); !plain || !d.entry.state.Visible() {
		t.Error("a tag is called new while the classes are loading")
	}
	d.SetClassesFailed(&fault.Error{What: "Darwin did not answer."})
	reloaded := false
	d.OnReloadClasses = func() { reloaded = true }
	d.SetSelection(d.sel)
	test.Tap(d.entry.again)
	if !reloaded || d.entry.problem.Text() != "Darwin did not answer." {
		t.Errorf("reloaded %v, told %q", reloaded, d.entry.problem.Text())
	}
	d.SetClasses(teamClasses())
	if _, plain := d.tags.chips.Objects[0].(*widgets.TagChip); plain || d.entry.problem.Visible() {
		t.Error("an unknown tag is not marked")
	}
}

func TestTheInspectorKeepsItsWidth(t *testing.T) {
	d := newDesk(t)
	d.sel.Tags = append(d.sel.Tags, TagUse{Class: "a tag with a very long name that never ends and still goes on", On: 3},
		TagUse{Class: "another one with a very long name and a text", On: 3, Text: "t"})
	d.sel.Name = "a-file-name-that-is-longer-than-any-inspector-could-ever-be-2026-05-14-0001.jpeg"
	d.SetSelection(d.sel)
	for narrow, want := range map[bool]float32{false: look.InspectorWidth, true: look.InspectorNarrow} {
		d.SetNarrow(narrow)
		if got := d.MinSize().Width; got != want {
			t.Errorf("asks for a width of %v, want %v", got, want)
		}
		if got := d.content.MinSize().Width; got > want {
			t.Errorf("what is inside asks for %v of %v", got, want)
		}
	}
}
