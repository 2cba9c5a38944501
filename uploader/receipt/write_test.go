package receipt

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"darwin-uploader/uploader/darwin"
)

var example = Summary{
	Server: "https://darwin.example", Dataset: darwin.Dataset{TeamSlug: "alder", Slug: "traps", Name: "Camera traps"}, From: "DCIM",
	Began: time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC), Files: 2, Bytes: 30, Counts: Counts{InDarwin: 1, Refused: 1},
}

func of(lines ...Line) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for _, l := range lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func readCSV(t *testing.T, text string) [][]string {
	t.Helper()
	text, marked := strings.CutPrefix(text, "\ufeff")
	if !marked {
		t.Error("it has no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestAReceiptIsATable(t *testing.T) {
	var b strings.Builder
	err := WriteCSV(&b, example, of(
		Line{Path: "/card/a.jpg", Name: "a.jpg", Folder: "/in", Size: 10, ItemID: "018c", Outcome: InDarwin, At: example.Began},
		Line{Place: 1, Path: `/card/b "old", c.jpg`, Name: "b.jpg", Folder: "/", Size: 20, Outcome: Refused, Reason: "Darwin could not process the file: broken."},
	))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(b.String(), "\r\n") {
		t.Error("its lines do not end as RFC 4180 wants it")
	}
	rows := readCSV(t, b.String())
	want := []string{"/card/a.jpg", "a.jpg", "/in", "10", "In Darwin", "", "2026-05-04T03:02:01Z", "018c", "alder/traps", ""}
	if len(rows) != 3 || !slices.Equal(rows[1], want) || rows[2][0] != `/card/b "old", c.jpg` || rows[2][4] != "Darwin could not process it" {
		t.Errorf("it is %q", rows)
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	for given, want := range map[string]string{
		"=1+1":         "'=1+1",
		"+1":           "'+1",
		"-1":           "'-1",
		"@SUM(A1)":     "'@SUM(A1)",
		"\t=1":         "' =1",
		"\r\n=1":       "'  =1",
		"  =1":         "'  =1",
		"\ufeff=1":     "'\ufeff=1",
		"＝1":           "'＝1",
		"\x00=1":       "' =1",
		"a=1":          "a=1",
		"a\nb":         "a b",
		"":             "",
		"Übung 1.jpg":  "Übung 1.jpg",
		"bad \xff.jpg": "bad \ufffd.jpg",
	} {
		if got := cell(given); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a.jpg", "=1+1", "\t@x", "a\r\nb,\"c\"", "\xff\xfe=", " \u200b-1", "\u2028+", "'=x"} {
		f.Add(seed, "/in", "Said.")
	}
	f.Fuzz(func(t *testing.T, path, folder, reason string) {
		var b strings.Builder
		if err := WriteCSV(&b, example, of(Line{Path: path, Name: path, Folder: folder, Reason: reason, ItemID: path})); err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(b.String()) {
			t.Error("it is not UTF-8")
		}
		rows := readCSV(t, b.String())
		if len(rows) != 2 || len(rows[1]) != 10 {
			t.Fatalf("it has become %q", rows)
		}
		for i, c := range rows[1] {
			if strings.ContainsAny(c, "\r\n\t\x00") {
				t.Errorf("cell %d holds a control character: %q", i, c)
			}
			if bare := strings.TrimLeftFunc(c, skipped); bare != "" && strings.ContainsAny(bare[:1], "=+-@\t\r") {
				t.Errorf("cell %d is a formula: %q", i, c)
			}
		}
		if rows[1][0] != cell(path) || rows[1][5] != cell(reason) {
			t.Errorf("%q and %q have become %q", path, reason, rows[1])
		}
	})
}

func TestAReceiptIsJSON(t *testing.T) {
	for _, lines := range [][]Line{
		nil,
		{{Path: "/card/<a>\n.jpg", Name: "a.jpg", Folder: "/in", Size: 10, ItemID: "018c", Outcome: InDarwin, At: example.Began}},
		{{Path: "1"}, {Path: "2", Outcome: Missing, Reason: "Gone."}, {Path: "3"}},
	} {
		var b strings.Builder
		if err := WriteJSON(&b, example, of(lines...)); err != nil {
			t.Fatal(err)
		}
		var got headJSON
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
			t.Fatalf("%v: %s", err, b.String())
		}
		if got.Dataset != "alder/traps" || got.Files != 2 || got.Outcomes["in_darwin"] != 1 || len(got.Lines) != len(lines) || len(got.Outcomes) != outcomes {
			t.Errorf("it says %+v", got)
		}
		for i, l := range lines {
			if got.Lines[i].File != l.Path || got.Lines[i].Outcome != l.Outcome.inJSON() || got.Lines[i].Reason != l.Reason {
				t.Errorf("line %d says %+v", i, got.Lines[i])
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestAReceiptThatCannotBeWrittenOrReadSaysSo(t *testing.T) {
	broken := errors.New("broken")
	lines := func(yield func(Line, error) bool) { yield(Line{}, broken) }
	for name, write := range map[string]func(io.Writer, Summary, iter.Seq2[Line, error]) error{"CSV": WriteCSV, "JSON": WriteJSON} {
		if err := write(full{}, example, of(Line{})); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s to a full disk: %v", name, err)
		}
		if err := write(io.Discard, example, lines); !errors.Is(err, broken) {
			t.Errorf("%s of a broken journal: %v", name, err)
		}
	}
}

func TestTheRestIsToldByCause(t *testing.T) {
	s := Summary{Files: 1407, Counts: Counts{NotSent: 5, Skipped: 1, NeedsYou: 2, Sent: 1, InDarwin: 1395, Refused: 1, Missing: 2}}
	if got := s.Headline(); got != "1,395 of 1,407 are in Darwin." {
		t.Error(got)
	}
	want := "Darwin is still processing 1. 1 could not be processed by Darwin. 2 were confirmed and are missing in Darwin. 2 need you. 1 was skipped. 5 were not sent."
	if got := strings.Join(s.Rest(), " "); got != want {
		t.Error(got)
	}
	if one := (Summary{Files: 1, Counts: Counts{InDarwin: 1}}); one.Headline() != "1 of 1 is in Darwin." || len(one.Rest()) > 0 {
		t.Error(one.Headline(), one.Rest())
	}
}

func TestEveryOutcomeHasItsWord(t *testing.T) {
	for o := range Outcome(outcomes) {
		if got, ok := OutcomeOf(o.String()); !ok || got != o {
			t.Errorf("%v is read as %v, %v", o, got, ok)
		}
	}
	if _, ok := OutcomeOf("unknown"); ok || Every.String() != "unknown" {
		t.Error("an unknown word is taken")
	}
}
