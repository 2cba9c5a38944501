package prefs

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
)

// changes applies what a view tells of to settings of the test's own.
func changes(v *View) *settings.Settings {
	own := &settings.Settings{}
	v.OnChange = func(change func(*settings.Settings)) { change(own) }
	return own
}

// typeInto does what a person does with a field: type, and press Enter.
func typeInto(f *widgets.Field, text string) {
	f.SetText(text)
	f.OnSubmitted(text)
}

func TestEachControlChangesItsSettingOnceAndOnlyWhenAPersonDoes(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(*View)
		want settings.Settings
	}{
		{"files at the same time", func(v *View) { v.workersMenu().Items[4].Action() }, settings.Settings{Workers: 6}},
		{"requests", func(v *View) { v.requestsMenu().Items[2].Action() }, settings.Settings{Transfers: settings.Transfers{RequestsPerMinute: 120}}},
		{"no limit of requests", func(v *View) { v.requestsMenu().Items[6].Action() },
			settings.Settings{Transfers: settings.Transfers{RequestsPerMinute: settings.NoRequestLimit}}},
		{"speed limit", func(v *View) { test.Tap(v.transfers.limit) },
			settings.Settings{Transfers: settings.Transfers{LimitSpeed: true, BytesPerSecond: firstSpeed}}},
		{"speed", func(v *View) { test.Tap(v.transfers.limit); typeInto(v.transfers.speed, "2,5 mb/s") },
			settings.Settings{Transfers: settings.Transfers{LimitSpeed: true, BytesPerSecond: 2_500_000}}},
		{"hours", func(v *View) { test.Tap(v.transfers.hours) },
			settings.Settings{Transfers: settings.Transfers{LimitHours: true, From: firstFrom, Until: firstUntil}}},
		{"both times", func(v *View) {
			test.Tap(v.transfers.hours)
			typeInto(v.transfers.from, "22.30")
			typeInto(v.transfers.until, "6")
		}, settings.Settings{Transfers: settings.Transfers{LimitHours: true, From: 22*60 + 30, Until: 6 * 60}}},
		{"sleep", func(v *View) { test.Tap(v.transfers.awake) }, settings.Settings{Transfers: settings.Transfers{MaySleep: true}}},
		{"server", func(v *View) { typeInto(v.network.server, "darwin.example.org") }, settings.Settings{Server: "https://darwin.example.org"}},
		{"no proxy", func(v *View) { v.proxyMenu().Items[1].Action() }, settings.Settings{Network: settings.Network{Proxy: settings.ProxyNone}}},
		{"proxy by hand", func(v *View) {
			v.proxyMenu().Items[2].Action()
			typeInto(v.network.address, "proxy.office:3128")
			typeInto(v.network.user, "ann")
		}, settings.Settings{Network: settings.Network{Proxy: settings.ProxyManual, ProxyAddress: "proxy.office:3128", ProxyUser: "ann"}}},
		{"certificate", func(v *View) {
			v.SetSettings(settings.Settings{Network: settings.Network{CAFile: "/x.pem"}})
			test.Tap(v.network.forget)
		}, settings.Settings{}},
		{"look", func(v *View) { test.Tap(v.looks[2]) }, settings.Settings{Look: "dark"}},
		{"closing", func(v *View) { test.Tap(v.privacy.ask) }, settings.Settings{CloseUnasked: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, _, _ := shownPrefs(t)
			own := changes(v)
			tt.do(v)
			if !reflect.DeepEqual(*own, tt.want) {
				t.Errorf("the settings are %+v, want %+v", *own, tt.want)
			}
			told := false
			v.OnChange = func(func(*settings.Settings)) { told = true }
			v.SetSettings(*own)
			v.Resize(fyne.NewSize(812, 600))
			if told {
				t.Error("showing the settings changed them")
			}
		})
	}
}

func TestWhatCannotBeReadChangesNothingAndIsMarked(t *testing.T) {
	v, _, _ := shownPrefs(t)
	v.OnChange = func(func(*settings.Settings)) { t.Error("something was changed") }
	v.now.Transfers = settings.Transfers{LimitSpeed: true, BytesPerSecond: 8e6, LimitHours: true, From: 60, Until: 120}
	v.now.Network.Proxy = settings.ProxyManual
	v.fill()
	typeInto(v.transfers.speed, "fast")
	typeInto(v.transfers.from, "25:00")
	typeInto(v.transfers.until, "1:00") // the same as the other
	typeInto(v.network.server, "ftp://darwin")
	if v.network.problem.Hidden || !strings.Contains(v.network.problem.Text(), ".") {
		t.Error("a server that cannot be used is not explained")
	}
	typeInto(v.network.server, "")
	if !v.network.problem.Hidden {
		t.Error("the explanation stays")
	}
	typeInto(v.network.address, "two words")
	if v.network.problem.Hidden {
		t.Error("a proxy that cannot be used is not explained")
	}
	v.transfers.speed.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if v.transfers.speed.Text != "8 MB per second" {
		t.Errorf("Escape brings back %q", v.transfers.speed.Text)
	}
}

func TestAPasswordGoesToTheKeychainAndNeverIntoTheSettings(t *testing.T) {
	const secret = "pLanted-passw0rd"
	v, _, _ := shownPrefs(t)
	own := changes(v)
	var kept []string
	v.OnProxyPassword = func(p string) { kept = append(kept, p) }
	v.proxyMenu().Items[2].Action()
	typeInto(v.network.address, "http://ann:"+secret+"@proxy:1")
	typeInto(v.network.password, secret+"2")
	typeInto(v.network.password, "")
	if !slices.Equal(kept, []string{secret, secret + "2"}) || own.Network.ProxyUser != "ann" || own.Network.ProxyAddress != "http://proxy:1" {
		t.Errorf("kept %d, settings %+v", len(kept), own.Network)
	}
	if v.network.password.Text != "" || strings.Contains(v.network.address.Text, secret) {
		t.Error("the password is still shown")
	}
}

func TestTheNumberAsOfNowIsShownBesideAutomatic(t *testing.T) {
	v, _, _ := shownPrefs(t)
	for now, want := range map[int]string{0: "Automatic", 6: "Automatic (now 6)"} {
		v.SetWorkersNow(now)
		if got := v.transfers.workers.Text(); got != want {
			t.Errorf("it shows %q, want %q", got, want)
		}
	}
	v.SetSettings(settings.Settings{Workers: 7})
	if got := v.transfers.workers.Text(); got != "7" || len(v.workersMenu().Items) != len(workerChoices)+2 {
		t.Errorf("a number of the file's own shows as %q", got)
	}
}

func TestCopyingAReportSaysHowItWent(t *testing.T) {
	v, _, posted := shownPrefs(t)
	var done func(error)
	v.OnCopyReport = func(d func(error)) { done = d }
	v.fill()
	test.Tap(v.privacy.report)
	if !v.privacy.report.Disabled() {
		t.Error("it can be pressed twice")
	}
	done(nil)
	run(posted)
	if got := v.privacy.said.Text(); !strings.HasPrefix(got, "Copied.") {
		t.Errorf("it says %q", got)
	}
	test.Tap(v.privacy.report)
	done(errors.New("x"))
	run(posted)
	if got := v.privacy.said.Text(); strings.HasPrefix(got, "Copied.") || got == "" {
		t.Errorf("after a failure it says %q", got)
	}
}

func TestWordsBesideABoxTickIt(t *testing.T) {
	v, _, _ := shownPrefs(t)
	own := changes(v)
	l := newLabel("x", func() { v.transfers.awake.Tapped(nil) })
	test.Tap(l)
	if !own.Transfers.MaySleep {
		t.Error("tapping the words does nothing")
	}
}

func TestSpeedsAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int64{
		"8": 8e6, "8 MB per second": 8e6, "1.5mb/s": 1.5e6, "1,5 MB": 1.5e6, "500 kB": 5e5, "2 GB": 2e9,
		"20 Mbit/s": 2.5e6, "20 Mbps": 2.5e6, " 12 ": 12e6,
		"": 0, "fast": 0, "-1": 0, "0": 0, "1.2.3": 0, "1 byte": 0, "0.001 kB": 0, "999999999999": 0, "8 parsecs": 0,
	} {
		if got, ok := parseSpeed(text); got != want || ok != (want > 0) {
			t.Errorf("parseSpeed(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
}

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int{
		"19:00": 1140, "7": 420, "07.30": 450, "7 30": 450, "7 pm": 1140, "7:15PM": 1155, "12 am": 0, "12 pm": 720, "0:00": 0, "23:59": 1439, "19h": 1140,
		"24:00": -1, "7:60": -1, "": -1, "noon": -1, "13 pm": -1, "0 am": -1, "-1:00": -1, "1:2:3": -1, "100": -1, "1:-5": -1,
	} {
		if got, ok := parseClock(text); ok != (want >= 0) || ok && got != want {
			t.Errorf("parseClock(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
}

func FuzzWhatIsReadIsWrittenSoThatItIsReadAgain(f *testing.F) {
	for _, seed := range []string{"8 MB per second", "1,5kb", "19:00", "7 pm", "12 am", "9.999 mbit", "1e5", "00:59", "١٢"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, ok := parseSpeed(text); ok {
			if n < slowest || n > fastest {
				t.Errorf("%q is %d", text, n)
			}
			again, ok := parseSpeed(speedText(n))
			if !ok || speedText(again) != speedText(n) {
				t.Errorf("%q is %d, written %q, read %d", text, n, speedText(n), again)
			}
		}
		if m, ok := parseClock(text); ok {
			if again, ok := parseClock(clockText(m)); !ok || again != m || m < 0 || m >= 24*60 {
				t.Errorf("%q is %d, written %q, read %d", text, m, clockText(m), again)
			}
		}
	})
}
