package prefs

import (
	"testing"

	"darwin-uploader/gui/lang"
	"darwin-uploader/settings"
)

// speak lets the window speak a language for the rest of a test.
func speak(t *testing.T, tag string) {
	t.Helper()
	if err := lang.Use(tag); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lang.Use("en"); err != nil {
			t.Error(err)
		}
	})
}

func TestTheLanguageIsChosenFromNamesThatItsSpeakersRead(t *testing.T) {
	v, _, _ := shownPrefs(t)
	var told []string
	v.OnLanguage = func(tag string) { told = append(told, tag) }
	menu := v.languageMenu()
	if got := menu.Items[0].Label; got != "System default" || !menu.Items[0].Checked || v.language.Text() != got {
		t.Errorf("the first choice is %q, chosen is %q", got, v.language.Text())
	}
	last := menu.Items[len(menu.Items)-1]
	if last.Label != "日本語" {
		t.Errorf("the last choice is %q", last.Label)
	}
	last.Action()
	last.Action()
	if len(told) != 1 || told[0] != "ja" || v.language.Text() != "日本語" {
		t.Errorf("told %q, shown is %q", told, v.language.Text())
	}
	v.SetLanguageWaits(true)
	if got := v.languageHint.Text(); got != "It comes with the next start, so that nothing in the window is lost." {
		t.Errorf("while it waits it says %q", got)
	}
}

func TestWhatIsShownInALanguageIsReadInIt(t *testing.T) {
	for _, l := range lang.Languages() {
		speak(t, l.Tag)
		for _, n := range []int64{slowest, 12_500, 2_500_000, firstSpeed, 999_600, 1_250_000_000} {
			text := speedText(n)
			if got, ok := parseSpeed(text); !ok || speedText(got) != text {
				t.Errorf("%s: %q is read as %d", l.Name, text, got)
			}
		}
	}
	for text, want := range map[string]int64{"8 Mo par seconde": 8e6, "２，５ MB/秒": 2_500_000, "500 ko/s": 5e5} {
		if got, ok := parseSpeed(text); !ok || got != want {
			t.Errorf("%q is read as %d", text, got)
		}
	}
	for text, want := range map[string]int{"19 Uhr": 1140, "7:30 Uhr": 450, "19時30分": 1170, "19時": 1140, "１９：３０": 1170, "19h30": 1170} {
		if got, ok := parseClock(text); !ok || got != want {
			t.Errorf("%q is read as %d", text, got)
		}
	}
}

func TestThePasswordSaysWhetherOneIsKept(t *testing.T) {
	v, _, _ := shownPrefs(t)
	v.SetSettings(settings.Settings{Network: settings.Network{Proxy: settings.ProxyManual, ProxyUser: "ann"}})
	if got := v.network.password.PlaceHolder; got != "Not set" {
		t.Errorf("without a password it says %q", got)
	}
	v.SetPasswordKept(true)
	if got := v.network.password.PlaceHolder; got != "Unchanged" {
		t.Errorf("with a password it says %q", got)
	}
	if got := v.network.password.AccessibilityLabel(); got != "Password" {
		t.Errorf("a screen reader says %q", got)
	}
	v.network.password.SetText("pLanted")
	if got := v.network.password.AccessibilityLabel(); got != "Password, hidden" {
		t.Errorf("a screen reader says %q", got)
	}
}
