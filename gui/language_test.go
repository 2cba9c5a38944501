package gui

import (
	"log/slog"
	"testing"

	"darwin-uploader/gui/lang"
	"darwin-uploader/settings"
)

// speakEnglish lets the tests after this one find English words.
func speakEnglish(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		if err := lang.Use("en"); err != nil {
			t.Error(err)
		}
	})
}

func TestTheWindowSpeaksTheLanguageOfTheSettings(t *testing.T) {
	speakEnglish(t)
	store, err := settings.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Settings: store, Log: slog.New(slog.DiscardHandler)}
	useLanguage(o)
	systems := lang.Current()
	for tag, want := range map[string]string{"ja": "ja", "pt": "pt", "": systems, "tlh": systems} {
		if err := store.Update(func(s *settings.Settings) { s.Language = tag }); err != nil {
			t.Fatal(err)
		}
		useLanguage(o)
		if lang.Current() != want {
			t.Errorf("with %q in the settings it speaks %q, want %q", tag, lang.Current(), want)
		}
	}
}

func TestAnotherLanguageIsUsedAtOnceWhereNothingIsLost(t *testing.T) {
	speakEnglish(t)
	s := atWork(t, false)
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	s.shell.visit(settingsPlace)
	before, menu := s.place, s.win.MainMenu().Items[0].Label
	s.shell.settings.OnLanguage("de")
	s.until("another window", func() bool { return s.place != before && s.place != nil })
	if lang.Current() != "de" || s.o.Settings.Get().Language != "de" {
		t.Errorf("it speaks %q, and the settings say %q", lang.Current(), s.o.Settings.Get().Language)
	}
	if s.shell.at != settingsPlace || !s.shell.settings.Visible() {
		t.Error("the settings are not shown any more")
	}
	if s.place.Dataset() == nil || s.place.Dataset().Name != "Nest boxes" {
		t.Error("the dataset is another one")
	}
	if got := s.win.MainMenu().Items[0].Label; got == menu {
		t.Errorf("the menu still says %q", got)
	}
	if !says(s.shell.settings, "Einstellungen") {
		t.Error("the settings are in another language")
	}
	s.untilDatasetsAreThere()
	s.drop(s.pictures())
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Upload()
	s.until("the end", func() bool { return !s.place.Sending() && s.place.Files() == 3 })
	if arrived, of := s.place.Progress(); arrived != 3 || of != 3 {
		t.Errorf("%d of %d arrived", arrived, of)
	}
}

func TestAnotherLanguageWaitsForTheNextStartWhileFilesAreInTheList(t *testing.T) {
	speakEnglish(t)
	s := atWork(t, false)
	s.drop(s.pictures())
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	before := s.place
	s.shell.visit(settingsPlace)
	s.shell.settings.OnLanguage("ja")
	s.until("it is kept", func() bool { return s.o.Settings.Get().Language == "ja" })
	s.untilChanged()
	s.until("all that was posted", func() bool { return len(s.posted) == 0 })
	if s.place != before || s.place.Files() != 3 {
		t.Fatal("the list is lost")
	}
	if lang.Current() != "en" || !says(s.shell.settings, "Settings") {
		t.Errorf("the window speaks %q", lang.Current())
	}
	if !says(s.shell.settings, "It comes with the next start") {
		t.Error("nothing says when the language comes")
	}
	s.shell.settings.OnLanguage("")
	s.until("it is kept", func() bool { return s.o.Settings.Get().Language == "" })
	s.until("it has nothing to wait for", func() bool { return !says(s.shell.settings, "It comes with the next start") })
}

func TestTheLanguageThatTheWindowSpeaksAlreadyChangesNothing(t *testing.T) {
	speakEnglish(t)
	s := atWork(t, false)
	before := s.place
	s.shell.settings.OnLanguage("en")
	s.until("it is kept", func() bool { return s.o.Settings.Get().Language == "en" })
	s.untilChanged()
	s.until("all that was posted", func() bool { return len(s.posted) == 0 })
	if s.place != before {
		t.Error("the window was built anew")
	}
}
