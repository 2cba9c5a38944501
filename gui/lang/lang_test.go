package lang

import (
	"testing"
	"time"
)

func speak(t *testing.T, tag string) {
	t.Helper()
	if err := Use(tag); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Use("en"); err != nil {
			t.Error(err)
		}
	})
}

func TestTheSystemsLanguageIsTheNearestThatIsThere(t *testing.T) {
	for locale, want := range map[string]string{
		"de_CH.UTF-8": "de", "de-AT": "de", "fr-CA": "fr", "es_MX": "es", "pt-BR": "pt", "pt_PT.UTF-8": "pt", "ja-JP": "ja",
		"en-GB": "en", "C": "en", "": "en", "sv-SE": "en", "POSIX": "en",
	} {
		if got := system(locale); got != want {
			t.Errorf("%q is %q, want %q", locale, got, want)
		}
	}
}

func TestPluralFormsFollowTheLanguage(t *testing.T) {
	f := forms{one: "one", other: "other"}
	for _, c := range []struct {
		tag  string
		n    int
		want string
	}{{"de", 0, "other"}, {"de", 1, "one"}, {"fr", 0, "one"}, {"fr", 1, "one"}, {"fr", 2, "other"}, {"pt", 0, "one"}, {"ja", 1, "other"}, {"es", 1_000_000, "other"}} {
		parsed, _, err := load(c.tag)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.of(parsed.tag, c.n); got != c.want {
			t.Errorf("%s, %d: %s, want %s", c.tag, c.n, got, c.want)
		}
	}
	if got := N("%s file", "%s files", 1); got != "1 file" {
		t.Errorf("one is %q", got)
	}
	if got := N("needs you", "need you", 2); got != "need you" {
		t.Errorf("without a number they are %q", got)
	}
	if got := N("%s file", "%s files", 1204); got != "1,204 files" {
		t.Errorf("many are %q", got)
	}
}

func TestNumbersAndTimesAreWrittenAsTheLanguageDoes(t *testing.T) {
	at := time.Date(2026, time.March, 2, 14, 2, 33, 0, time.UTC)
	for _, c := range []struct{ tag, number, size, day, date, month, weekday string }{
		{"en", "1,204", "7.9 MB", "2 March", "2 March 2026", "March 2026", "Monday"},
		{"de", "1.204", "7,9 MB", "2. März", "2. März 2026", "März 2026", "Montag"},
		{"fr", "1\u202f204", "7,9 Mo", "2 mars", "2 mars 2026", "mars 2026", "lundi"},
		{"es", "1.204", "7,9 MB", "2 de marzo", "2 de marzo de 2026", "marzo de 2026", "lunes"},
		{"pt", "1.204", "7,9 MB", "2 de março", "2 de março de 2026", "março de 2026", "segunda-feira"},
		{"ja", "1,204", "7.9 MB", "3月2日", "2026年3月2日", "2026年3月", "月曜日"},
	} {
		t.Run(c.tag, func(t *testing.T) {
			speak(t, c.tag)
			for got, want := range map[string]string{Number(1204): c.number, Size(7_900_000): c.size, Day(at): c.day, Date(at): c.date,
				Decimal(0.5): "0" + c.size[1:2] + "5", Month(at): c.month, Weekday(at): c.weekday, Clock(at): "14:02", ClockSeconds(at): "14:02:33"} {
				if got != want {
					t.Errorf("%q, want %q", got, want)
				}
			}
		})
	}
}

func TestASentenceIsFoundByWhatItWasMadeFrom(t *testing.T) {
	book := newPhrasebook(map[string]forms{
		"The file is gone.":                {other: "Die Datei ist weg."},
		"%s has %s files of 100 %%.":       {other: "Von 100 %% hat %[2]s Dateien: %[1]s."},
		"%s has %s files of 100 %% or so.": {other: "ungefähr %[2]s in %[1]s"},
	})
	present.Store(&tongue{tag: english.tag, phrases: book, style: englishStyle})
	t.Cleanup(func() { present.Store(nil) })
	for in, want := range map[string]string{
		"The file is gone.":             "Die Datei ist weg.",
		"A (b) has 3 files of 100 %.":   "Von 100 % hat 3 Dateien: A (b).",
		"x has 3 files of 100 % or so.": "ungefähr 3 in x",
		"Nobody knows this.":            "Nobody knows this.",
		"":                              "",
	} {
		if got := S(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
