package gui

import (
	"slices"

	"darwin-uploader/gui/lang"
	"darwin-uploader/settings"
)

// useLanguage makes the window speak the language of the settings. One that it does not speak, perhaps because a newer version wrote
// it, is as if none were chosen.
func useLanguage(o Options) {
	tag := o.Settings.Get().Language
	if !slices.ContainsFunc(lang.Languages(), func(l lang.Language) bool { return l.Tag == tag }) {
		tag = ""
	}
	if err := lang.Use(tag); err != nil {
		o.Log.Warn("language", "tag", tag, "error", err)
	}
}

// chooseLanguage keeps the language that the person wants, "" for the system's, and uses it as soon as nothing is lost by that.
func (w *window) chooseLanguage(tag string) {
	w.changeSettings(func(s *settings.Settings) { s.Language = tag })
}

// speak is for another language in the settings. Texts keep the language in which they were asked for, so the whole window is built
// anew. While there is anything in it that would be lost this waits for the next start, and the settings say so.
func (w *window) speak() {
	if w.busy() {
		if w.shell != nil {
			w.shell.settings.SetLanguageWaits(w.o.Settings.Get().Language != w.language)
		}
		return
	}
	before := lang.Current()
	useLanguage(w.o)
	w.language = w.o.Settings.Get().Language
	if lang.Current() == before {
		w.shell.settings.SetLanguageWaits(false)
		return
	}
	w.rebuild()
}

// busy says whether building the window anew would lose something: files in the list, an upload, an import or what is chosen for one.
func (w *window) busy() bool {
	return w.place == nil || w.welcome != nil || w.keyAsked != nil ||
		w.place.Holds() || w.shell.cloud.Begun()
}

// rebuild makes menu and places anew, with the session, dataset and place that there are.
func (w *window) rebuild() {
	at, down, dataset := w.shell.at, w.shell.settings.Offset(), w.place.Dataset()
	w.buildMenu()
	w.openPlace(w.work)
	if dataset != nil {
		w.place.Header().OnDataset(*dataset)
	}
	w.shell.visit(at)
	w.shell.settings.ScrollTo(down)
}
