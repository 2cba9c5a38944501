package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

func beside(t testing.TB, dir string) *Journal {
	t.Helper()
	j, err := OpenBeside(dir)
	if err != nil {
		t.Fatalf("%v (%s)", err, fault.Of(err).Detail)
	}
	t.Cleanup(func() { shut(t, j) })
	return j
}

// sources gives what the batches of a journal came from, the oldest first.
func sources(t testing.TB, j *Journal) []string {
	t.Helper()
	list, err := j.History(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range list {
		all = append(all, s.From)
		consistent(t, j, s.ID)
	}
	slices.Sort(all)
	return all
}

func sideFiles(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "journal-*.db*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestASecondProgramKeepsItsOwnJournalWhichIsTakenOver(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	run(t, first, true, "of the first", uploader.InDarwin)
	if _, err := Open(dir); !errors.Is(err, ErrInUse) || fault.KindOf(err) != fault.Disk {
		t.Fatalf("Open says %v", err)
	}
	second, third := beside(t, dir), beside(t, dir)
	run(t, second, false, "of the second, left", everyState...)
	id := run(t, second, true, "of the second, ended", uploader.InDarwin, uploader.InDarwin)
	settle(t, second, id, receipt.Verdict{Place: 1, Outcome: receipt.Refused, Reason: "Broken."})
	run(t, third, false, "of the third", uploader.Ready)
	shut(t, second)
	shut(t, first)

	first = open(t, dir) // the third is still at it
	if got, want := sources(t, first), []string{"of the first", "of the second, ended", "of the second, left"}; !slices.Equal(got, want) || first.Warning() != "" {
		t.Errorf("it has %q, and warns %q", got, first.Warning())
	}
	if files := sideFiles(t, dir); len(files) == 0 || strings.Contains(strings.Join(files, " "), "journal-2.db") {
		t.Errorf("beside it are %v", files)
	}
	u, plan := newest(t, first)
	if u.Files != 7 || len(plan.Items) != 7 || plan.Items[2].Reached.Upload != uploadOf(2) { // one was taken out
		t.Errorf("unfinished: %+v, %+v", u, plan.Items)
	}
	list, err := first.History(t.Context(), "of the second, ended", 0)
	if err != nil || len(list) != 1 || list[0].Counts[receipt.Refused] != 1 {
		t.Fatalf("its receipt: %+v, %v", list, err)
	}
	if l := linesOf(t, first, list[0].ID, receipt.Refused); len(l) != 1 || l[0].Reason != "Broken." {
		t.Errorf("its lines: %+v", l)
	}
	shut(t, third)
	shut(t, first)
	first = open(t, dir)
	if got := sources(t, first); len(got) != 4 || len(sideFiles(t, dir)) > 0 {
		t.Errorf("it has %q, beside it are %v", got, sideFiles(t, dir))
	}
	var names int
	if err := first.db.QueryRow("SELECT count(*) FROM taken_over").Scan(&names); err != nil || names != 0 {
		t.Errorf("%d names are kept: %v", names, err)
	}
}

func TestWhatASecondProgramLeftUnfinishedItFindsAgain(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	j := beside(t, dir)
	run(t, j, false, "left", uploader.Ready)
	shut(t, j)
	if got := sources(t, beside(t, dir)); len(got) != 1 {
		t.Errorf("it finds %q", got)
	}
}

func TestMoreProgramsThanJournalsAreTold(t *testing.T) {
	dir := t.TempDir()
	for n := 2; n <= lastSide; n++ {
		beside(t, dir)
	}
	if _, err := OpenBeside(dir); !errors.Is(err, ErrInUse) || fault.Of(err).Do == "" {
		t.Errorf("OpenBeside says %v", err)
	}
}

// Whatever step of taking over is the last one before the program is killed,
// nothing is lost and nothing doubled.
func TestTakingOverMayBeInterruptedAnywhere(t *testing.T) {
	killed := errors.New("killed")
	for name, tc := range map[string]struct {
		until  func(t *testing.T, j *Journal, dir string) error // does the steps and is killed
		copied bool
	}{
		"before it began": {func(*testing.T, *Journal, string) error { return killed }, false},
		"after the side journal was closed": {func(t *testing.T, _ *Journal, dir string) error {
			side, _ := closedSide(t, dir)
			return errors.Join(killed, side.lock.Close())
		}, false},
		"in the middle of the copy": {func(t *testing.T, j *Journal, dir string) error {
			side, name := closedSide(t, dir)
			tx, err := j.db.Begin() // never committed
			if err == nil {
				_, err = tx.Exec("INSERT INTO taken_over (name) VALUES (?)", name)
			}
			if err == nil {
				_, err = tx.Exec("INSERT INTO batches (server, account, team, dataset, dataset_slug, dataset_name, dataset_version, began) VALUES ('', '', '', 1, '', '', 2, 1)")
			}
			return errors.Join(killed, err, tx.Rollback(), side.lock.Close())
		}, false},
		"between the copy and the removal": {func(t *testing.T, j *Journal, dir string) error {
			side, name := closedSide(t, dir)
			return errors.Join(killed, j.copyFrom(filepath.Join(dir, sideName(2)), name), side.lock.Close())
		}, true},
		"in the middle of the removal": {func(t *testing.T, j *Journal, dir string) error {
			side, name := closedSide(t, dir)
			path := filepath.Join(dir, sideName(2))
			return errors.Join(killed, j.copyFrom(path, name), os.WriteFile(path+"-journal", nil, 0o600), os.Remove(path), side.lock.Close())
		}, true},
		"before the name was forgotten": {func(t *testing.T, j *Journal, dir string) error {
			side, name := closedSide(t, dir)
			path := filepath.Join(dir, sideName(2))
			return errors.Join(killed, j.copyFrom(path, name), os.Remove(path), side.lock.Close())
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			first := open(t, dir)
			run(t, first, true, "first", uploader.InDarwin)
			second := beside(t, dir)
			run(t, second, false, "left", everyState...)
			run(t, second, true, "ended", uploader.InDarwin)
			shut(t, second)

			if err := tc.until(t, first, dir); err.Error() != killed.Error() {
				t.Fatal(err)
			}
			// Between the crash and the next start another program may run.
			another := beside(t, dir)
			for _, from := range sources(t, another) {
				if tc.copied {
					t.Errorf("what was copied is in use again: %q", from)
				}
			}
			run(t, another, true, "another", uploader.InDarwin)
			shut(t, another)
			shut(t, first)

			for range 2 {
				first = open(t, dir)
				if got, want := sources(t, first), []string{"another", "ended", "first", "left"}; !slices.Equal(got, want) || first.Warning() != "" {
					t.Fatalf("it has %q, and warns %q", got, first.Warning())
				}
				if files := sideFiles(t, dir); len(files) > 0 {
					t.Errorf("beside it are %v", files)
				}
				shut(t, first)
			}
		})
	}
}

func closedSide(t *testing.T, dir string) (side *Journal, name string) {
	t.Helper()
	side, err := openIn(dir, sideName(2), sideLockName(2), (*Journal).openFile)
	if err != nil {
		t.Fatal(err)
	}
	name, err = closeForGood(side.db)
	if err != nil {
		t.Fatal(err)
	}
	return side, name
}

func TestADamagedSideJournalIsSetAsideAndKeepsNothingElseBack(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	second := beside(t, dir)
	third := beside(t, dir)
	run(t, third, true, "of the third", uploader.InDarwin)
	for _, j := range []*Journal{second, third, first} {
		shut(t, j)
	}
	if err := os.WriteFile(filepath.Join(dir, sideName(2)), []byte(strings.Repeat("no journal ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	first = open(t, dir)
	if got := sources(t, first); !slices.Equal(got, []string{"of the third"}) || !strings.Contains(first.Warning(), "journal-2-damaged-") {
		t.Errorf("it has %q, and warns %q", got, first.Warning())
	}
}

func TestASideJournalThatCannotBeCopiedIsKept(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	second := beside(t, dir)
	run(t, second, false, "left", make([]uploader.State, 5000)...)
	shut(t, second)
	if _, err := first.db.Exec("PRAGMA max_page_count = 30"); err != nil {
		t.Fatal(err)
	}
	first.takeOver(dir)
	if w := first.Warning(); !strings.Contains(w, "the disk is full") || !strings.Contains(w, sideName(2)) {
		t.Errorf("it warns %q", w)
	}
	shut(t, first)
	first = open(t, dir)
	if got := sources(t, first); !slices.Equal(got, []string{"left"}) || first.Warning() != "" {
		t.Errorf("it has %q, and warns %q", got, first.Warning())
	}
}

func TestACopyTakesEveryColumnAlong(t *testing.T) {
	j := open(t, t.TempDir())
	for table, tc := range map[string]struct{ columns, but string }{
		"batches": {copiedOfBatches, "id"}, "items": {copiedOfItems, "batch"}, "tallies": {copiedOfTallies, "batch"}, "left_out": {copiedOfLeftOut, "batch"},
	} {
		var all []string
		rows, err := j.db.Query("SELECT name FROM pragma_table_info(?)", table)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			all = append(all, name)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		copied := append(strings.Split(tc.columns, ", "), tc.but)
		slices.Sort(all)
		slices.Sort(copied)
		if !slices.Equal(all, copied) {
			t.Errorf("%s has the columns %v, copied are %v", table, all, copied)
		}
	}
}

func TestManyProgramsAtOnceLoseNothing(t *testing.T) {
	dir := t.TempDir()
	const programs = 6
	done := make(chan error, programs)
	for n := range programs {
		go func() {
			j, err := Open(dir)
			if errors.Is(err, ErrInUse) {
				j, err = OpenBeside(dir)
			}
			if err != nil {
				done <- err
				return
			}
			_, err = j.For("", "").Begin(uploader.Plan{Dataset: dataset, Items: someItems(20), From: fmt.Sprint("program ", n)})
			done <- errors.Join(err, j.Close())
		}()
	}
	for range programs {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if got := sources(t, open(t, dir)); len(got) != programs || len(slices.Compact(got)) != programs {
		t.Errorf("it has %q", got)
	}
}
