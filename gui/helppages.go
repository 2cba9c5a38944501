package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/help"
	"darwin-uploader/gui/lang"
	"darwin-uploader/settings"
)

// The size of a page of the Help menu, where the window has room for it.
const pageWidth, pageHeight float32 = 780, 560

// pageMargin is what stays visible of the window around a page.
const pageMargin float32 = 48

func (w *window) helpMenu() *fyne.Menu {
	return fyne.NewMenu(lang.L("Help"),
		fyne.NewMenuItem(lang.L("What happens to my files?"), func() {
			w.read(func(done func()) *help.Page { return help.NewFiles(w.kept(), done) })
		}),
		fyne.NewMenuItem(lang.L("Keyboard"), func() {
			w.read(func(done func()) *help.Page { return help.NewKeys(w.keys(), done) })
		}),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("About Darwin Uploader"), func() {
			w.read(func(done func()) *help.Page { return help.NewAbout(w.o.Version, done) })
		}))
}

// read shows a page over the window. It takes the place of a question or page
// that is still there.
func (w *window) read(build func(done func()) *help.Page) {
	if w.asked != nil {
		w.asked.Hide()
	}
	var box *widget.PopUp
	page := build(func() {
		box.Hide()
		w.started()
	})
	box = widget.NewModalPopUp(page, w.win.Canvas())
	w.asked = box
	room := w.win.Canvas().Size().SubtractWidthHeight(2*pageMargin, 2*pageMargin)
	box.Resize(fyne.NewSize(min(pageWidth, room.Width), min(pageHeight, room.Height)))
	box.Show()
	w.win.Canvas().Focus(page.First())
}

// keys are those of the menu, and those that only the list of files has.
func (w *window) keys() []help.Section {
	return append(help.MenuKeys(w.win.MainMenu()), help.Section{Title: lang.L("In the list of files"), Keys: []help.Key{
		{Press: lang.L("Up, Down"), Does: lang.L("Go to another file")},
		{Press: lang.L("Shift + Up, Down"), Does: lang.L("Choose several")},
		{Press: lang.L("Right, Left"), Does: lang.L("Open and close a folder")},
		{Press: lang.L("Space"), Does: lang.L("Choose or leave out")},
		{Press: lang.L("Delete"), Does: lang.L("Take out of the queue")},
	}})
}

// kept is what this run keeps where.
func (w *window) kept() help.Kept {
	k := help.Kept{Keychain: settings.KeychainName(), WithJournal: w.opened.Load() != nil}
	if dir, err := settings.DefaultDir(); err == nil {
		k.Folder = dir
	}
	if w.place != nil {
		k.KeyThisRun = w.o.Keys.Kept(w.place.Account()).Reason != nil
	}
	return k
}
