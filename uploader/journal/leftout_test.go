package journal

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/dbfile"
	"darwin-uploader/uploader/receipt"
)

// aside is n lines of what was left out.
func aside(n int) []receipt.Line {
	lines := make([]receipt.Line, n)
	for i := range lines {
		lines[i] = receipt.Line{Path: fmt.Sprintf("/p/notes-%d.txt", i), Reason: "It is empty."}
	}
	return lines
}

func leaveOut(t *testing.T, j *Journal, id int64, lines []receipt.Line) {
	t.Helper()
	if err := j.LeaveOut(id, lines); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasLeftOutIsKeptWithTheBatchAndCountsAsNoFile(t *testing.T) {
	j := open(t, t.TempDir())
	id := run(t, j, true, "DCIM", everyState...)
	leaveOut(t, j, id, aside(2))
	leaveOut(t, j, id, nil)
	leaveOut(t, j, id, aside(3)[2:])
	if s := receiptOf(t, j, id); s.LeftOut != 3 || s.Files != 8 {
		t.Errorf("it says %+v", s)
	}
	consistent(t, j, id)
	lines := linesOf(t, j, id, receipt.LeftOut)
	if len(lines) != 3 || lines[2].Place != 2 || lines[2].Path != "/p/notes-2.txt" || lines[2].Reason != "It is empty." || lines[2].Outcome != receipt.LeftOut {
		t.Errorf("the lines are %+v", lines)
	}
	page, err := j.Lines(t.Context(), id, receipt.LeftOut, 1, 1)
	if err != nil || len(page) != 1 || page[0].Place != 1 {
		t.Errorf("the page is %+v, %v", page, err)
	}
	list, err := j.History(t.Context(), "", 0)
	if err != nil || list[0].LeftOut != 3 {
		t.Errorf("the history says %+v, %v", list, err)
	}
}

func TestOfVeryMuchThatWasLeftOutOnlyTheNumberIsKept(t *testing.T) {
	j := open(t, t.TempDir())
	id := run(t, j, true, "", uploader.InDarwin)
	leaveOut(t, j, id, aside(receipt.KeptLeftOut-1))
	leaveOut(t, j, id, aside(20))
	leaveOut(t, j, id, aside(20))
	s := receiptOf(t, j, id)
	if s.LeftOut != receipt.KeptLeftOut+39 || s.LeftOutLines() != receipt.KeptLeftOut || len(linesOf(t, j, id, receipt.LeftOut)) != receipt.KeptLeftOut {
		t.Errorf("%d are told, %d are kept", s.LeftOut, len(linesOf(t, j, id, receipt.LeftOut)))
	}
}

func TestWhatWasLeftOutGoesWithItsBatch(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	side := beside(t, dir)
	id := run(t, side, true, "beside", uploader.InDarwin)
	leaveOut(t, side, id, aside(2))
	shut(t, side)
	shut(t, first)
	j := open(t, dir) // takes the other over
	list, err := j.History(t.Context(), "", 0)
	if err != nil || len(list) != 1 || list[0].LeftOut != 2 || len(linesOf(t, j, list[0].ID, receipt.LeftOut)) != 2 {
		t.Fatalf("the history is %+v, %v", list, err)
	}
	if err := j.prune(t.Context(), dbfile.Bounds{}); err != nil {
		t.Fatal(err)
	}
	leaveOut(t, j, list[0].ID, aside(2)) // it is gone meanwhile
	var rows int
	if err := j.db.QueryRow("SELECT count(*) FROM left_out").Scan(&rows); err != nil || rows != 0 {
		t.Errorf("%d lines are left behind, %v", rows, err)
	}
}

func TestALineSaysWhenItsFileWasDoneWith(t *testing.T) {
	j := open(t, t.TempDir())
	began := time.Now().Add(-time.Second)
	lines := linesOf(t, j, run(t, j, true, "", everyState...), receipt.Every)
	for _, l := range lines {
		ended := slices.Contains([]receipt.Outcome{receipt.Sent, receipt.Skipped, receipt.NeedsYou}, l.Outcome)
		if l.Ended.IsZero() == ended || ended && l.Ended.Before(began) {
			t.Errorf("a file that is %v ended at %v", l.Outcome, l.Ended)
		}
		if l.ModTime.IsZero() {
			t.Errorf("file %d has no time of its own", l.Place)
		}
	}
}
