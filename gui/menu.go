package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"darwin-uploader/gui/lang"
)

// command is the modifier of menu commands: Cmd on macOS, Ctrl elsewhere.
const command = fyne.KeyModifierShortcutDefault

func shortcut(key fyne.KeyName, more ...fyne.KeyModifier) fyne.Shortcut {
	s := &desktop.CustomShortcut{KeyName: key, Modifier: command}
	for _, m := range more {
		s.Modifier |= m
	}
	return s
}

// goTo shows a place, as soon as there are places.
func (w *window) goTo(to placeName) func() {
	return func() {
		if w.shell != nil && w.welcome == nil {
			w.shell.visit(to)
		}
	}
}

// find puts the keyboard into the search of the place that is shown.
func (w *window) find() {
	switch {
	case w.place == nil || w.welcome != nil:
	case w.shell.at == historyPlace:
		w.shell.history.FocusSearch()
	case w.shell.at == cloudPlace:
		w.shell.cloud.FocusSearch()
	default:
		w.shell.visit(uploadPlace)
		w.place.FocusSearch()
	}
}

// buildMenu makes the main menu. Its shortcuts work while a field has the
// focus, which shortcuts of the canvas do not.
func (w *window) buildMenu() {
	item := func(label string, s fyne.Shortcut, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, do)
		i.Shortcut = s
		return i
	}
	inPlace := func(do func()) func() {
		return func() {
			if w.place != nil && w.welcome == nil {
				w.shell.visit(uploadPlace)
				do()
			}
		}
	}
	files := fyne.NewMenu(lang.L("File"),
		item(lang.L("Add files..."), shortcut(fyne.KeyO), inPlace(func() { w.place.BrowseFiles() })),
		item(lang.L("Add folder..."), shortcut(fyne.KeyO, fyne.KeyModifierShift), inPlace(func() { w.place.BrowseFolder() })),
		fyne.NewMenuItemSeparator(),
		item(lang.L("Upload"), shortcut(fyne.KeyReturn), inPlace(func() { w.place.Upload() })),
		item(lang.L("Pause or resume"), shortcut(fyne.KeyP), inPlace(func() { w.place.TogglePause() })),
		item(lang.L("Stop"), nil, inPlace(func() { w.place.Stop() })),
	)
	edit := fyne.NewMenu(lang.L("Edit"),
		item(lang.L("Undo in the queue"), nil, inPlace(func() { w.place.Undo() })),
		item(lang.L("Redo in the queue"), nil, inPlace(func() { w.place.Redo() })),
		fyne.NewMenuItemSeparator(),
		item(lang.L("Find a file"), shortcut(fyne.KeyF), w.find),
		item(lang.L("Tags"), shortcut(fyne.KeyT), inPlace(func() { w.place.FocusTags() })),
	)
	gotos := fyne.NewMenu(lang.L("Go"),
		item(lang.L("Upload"), shortcut(fyne.Key1), inPlace(func() {})),
		item(lang.L("Cloud import"), shortcut(fyne.Key2), w.goTo(cloudPlace)),
		item(lang.L("History"), shortcut(fyne.Key3), w.goTo(historyPlace)),
		item(lang.L("Settings"), shortcut(fyne.KeyComma), w.goTo(settingsPlace)),
		fyne.NewMenuItemSeparator(),
		item(lang.L("Choose a dataset"), shortcut(fyne.KeyD), inPlace(func() { w.place.Header().ShowDatasets() })),
		item(lang.L("Open in Darwin"), shortcut(fyne.KeyD, fyne.KeyModifierShift), inPlace(func() { w.place.OpenInDarwin() })),
	)
	w.win.SetMainMenu(fyne.NewMainMenu(files, edit, gotos, w.helpMenu()))
}
