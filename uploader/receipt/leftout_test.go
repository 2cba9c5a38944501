package receipt

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhatWasLeftOutStandsBelowTheFilesWithItsReason(t *testing.T) {
	s := example
	s.LeftOut = 7301
	left := []Line{{Outcome: LeftOut, Path: "/card/notes.txt", Reason: "Darwin takes no .txt files."}}
	lines := of(Line{Path: "/card/a.jpg", Name: "a.jpg", Folder: "/in", Outcome: Skipped, Ended: example.Began.Add(time.Minute)})
	var b strings.Builder
	if err := WriteCSV(&b, s, s.WithLeftOut(lines, left)); err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, b.String())
	if len(rows) != 4 || !slices.Equal(rows[2][:6], []string{"/card/notes.txt", "", "", "0", "Left out", "Darwin takes no .txt files."}) {
		t.Errorf("it says %q", rows)
	}
	if rows[1][9] != "2026-05-04T03:03:01Z" || rows[3][5] != "7,300 more were left out and are not listed." {
		t.Errorf("it says %q", rows)
	}
	b.Reset()
	if err := WriteJSON(&b, s, s.WithLeftOut(lines, left)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"left_out":7301`, `"outcome":"left_out"`, `"ended":"2026-05-04T03:03:01Z"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("it lacks %s:\n%s", want, b.String())
		}
	}
}
