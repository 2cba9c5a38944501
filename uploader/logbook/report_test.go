package logbook

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestTheReportTellsWhatSupportNeeds(t *testing.T) {
	b := open(t, t.TempDir(), slog.LevelInfo)
	for i := range 300 {
		b.Log().Warn("item", "stage", "send", "i", i)
	}
	text := b.Report(Facts{
		Version: "1.2.3", Settings: []Fact{{"Server", "https://darwin.v7labs.com"}, {"Files at once", "automatic"}},
		Counts: []Fact{{"In Darwin", "412"}, {"Need you", "3"}}, Lines: 50,
	})
	for _, want := range []string{"Darwin Uploader 1.2.3\n", "\n  Server: https://darwin.v7labs.com\n", "\n  In Darwin: 412\n", `"i":299`, `"i":250`} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not tell %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, `"i":249`) {
		t.Error("it has more lines than it was asked for")
	}
}

func TestTheReportShowsNoNamesUnlessThePersonChoseSo(t *testing.T) {
	b := open(t, t.TempDir(), slog.LevelInfo)
	log := b.Log()
	said := []string{
		"open /home/jane/Jane Doe 1970.dcm: permission denied", `stat "C:\Scans\Jane Doe\1.dcm"`, `\\server\share\Jane Doe\x.jpg: gone`, "~/Jane Doe/x", "(/x/Jane Doe)",
		"between '/a/Jane Doe.jpg' and '/b/Jane Doe.jpg'",
	}
	for _, text := range said {
		log.Info(text)
		log.Info("x", "detail", text, "deep", map[string]any{"list": []string{text}})
	}
	for _, attr := range []string{"path", "file", "name", "folder", "item", "root"} {
		log.Info("x", attr, "Jane Doe.dcm")
		log.WithGroup("g").Info("x", attr, "Jane Doe.dcm")
	}
	facts := Facts{Version: "1", Settings: []Fact{{"Last folder", "/home/Jane Doe/scans"}}}
	hidden := b.Report(facts)
	if strings.Contains(hidden, "Jane") || strings.Contains(hidden, "Doe") {
		t.Errorf("it shows names:\n%s", hidden)
	}
	if !strings.Contains(hidden, ": permission denied") {
		t.Errorf("it does not tell what the system said:\n%s", hidden)
	}
	facts.Names = true
	if open := b.Report(facts); strings.Count(open, "Jane") < len(said) {
		t.Errorf("it hides names that the person chose to show:\n%s", open)
	}
}

func TestAMarkIsTheSameForOneNameAndAnotherOnEachComputer(t *testing.T) {
	dir := t.TempDir()
	a, again, other := open(t, dir, Off), open(t, dir, Off), open(t, t.TempDir(), Off)
	mark := a.names.mark("Jane Doe.dcm")
	if mark != again.names.mark("Jane Doe.dcm") || mark == a.names.mark("John Doe.dcm") || mark == other.names.mark("Jane Doe.dcm") {
		t.Errorf("%s, %s, %s", mark, again.names.mark("Jane Doe.dcm"), other.names.mark("Jane Doe.dcm"))
	}
}

func TestTheReportShowsNoSecretsWhateverItIsGiven(t *testing.T) {
	b := open(t, t.TempDir(), slog.LevelDebug)
	var facts Facts
	for secret, all := range shapes {
		for _, shape := range all {
			text := fmt.Sprintf(shape, secret)
			facts.Settings = append(facts.Settings, Fact{"X", text})
			b.Log().Info(text)
		}
	}
	for _, names := range []bool{false, true} {
		facts.Names = names
		if text := b.Report(facts); shows(text) {
			t.Errorf("it shows a secret:\n%s", text)
		}
	}
}

func FuzzReportShowsNoPath(f *testing.F) {
	f.Add("open ", ": no such file")
	f.Add("", "")
	f.Add("x: ", "\n")
	f.Add("(", ")")
	f.Add("see https://a/b ", " of 3")
	b := Open("", Off)
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, path := range []string{"/scans/Jane Doe.dcm", `D:\scans\Jane Doe.dcm`, `\\srv\scans\Jane Doe.dcm`} {
			if got := b.names.without(before + " " + path + after); strings.Contains(got, "Jane") {
				t.Errorf("of %q is left %q", before+path+after, got)
			}
		}
	})
}
