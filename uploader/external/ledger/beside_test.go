package ledger

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/dbfile"
	"darwin-uploader/uploader/fault"
)

func beside(t *testing.T, dir string) *Ledger {
	t.Helper()
	l, err := OpenBeside(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// enter makes a sealed import from somewhere, begun at a time.
func enter(t *testing.T, l *Ledger, from string, begun time.Time, names ...string) int64 {
	t.Helper()
	id, err := l.Begin(t.Context(), from, begun)
	check(t, err)
	rows := make([]Row, len(names))
	for i, name := range names {
		rows[i] = Row{Place: i, Line: i + 2, Folder: "/", Name: name, Content: "{" + name + "}"}
	}
	check(t, l.Add(t.Context(), id, rows))
	check(t, l.Seal(t.Context(), id, "", begun))
	return id
}

// sources gives what the imports of a ledger came from, with their rows' names,
// the newest first.
func sources(t *testing.T, l *Ledger) (all []string) {
	t.Helper()
	list, err := l.Imports(t.Context())
	check(t, err)
	for _, i := range list {
		rows, err := l.Rows(t.Context(), i.ID, -1, 100)
		check(t, err)
		text := strings.Trim(string(i.About), `"`)
		for place, r := range rows {
			if r.Place != place || r.Line != place+2 || r.Content != "{"+r.Name+"}" {
				t.Errorf("row %d of %s is %+v", place, text, r)
			}
			text += " " + r.Name
		}
		all = append(all, text)
	}
	return all
}

func wantSources(t *testing.T, l *Ledger, want ...string) {
	t.Helper()
	if got := sources(t, l); !reflect.DeepEqual(got, want) || l.Warning() != "" {
		t.Errorf("it has %q, want %q, and warns %q", got, want, l.Warning())
	}
}

func TestASecondProgramKeepsItsOwnLedgerWhichIsTakenOver(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	enter(t, first, "first", noon, "a", "b")
	if _, err := Open(dir); !errors.Is(err, ErrInUse) || fault.KindOf(err) != fault.Disk {
		t.Fatalf("Open says %v", err)
	}
	second, third := beside(t, dir), beside(t, dir)
	if first.Beside() || !second.Beside() {
		t.Error("which one is beside is not told")
	}
	id := enter(t, second, "second, under way", noon.Add(-time.Hour), "x", "y", "z")
	check(t, second.Ask(t.Context(), id, []int{0, 1}, noon))
	check(t, second.Record(t.Context(), id, []Verdict{{Place: 0, State: Registered, Item: "i-1"}}))
	ended := enter(t, second, "second, ended", noon.Add(time.Hour), "p")
	check(t, second.End(t.Context(), ended, noon))
	if _, err := second.Begin(t.Context(), "a draft", noon); err != nil {
		t.Fatal(err)
	}
	enter(t, third, "third", noon.Add(2*time.Hour), "q")
	check(t, second.Close())
	check(t, first.Close())

	first = open(t, dir) // the third is still at it
	wantSources(t, first, "second, ended p", "first a b", "second, under way x y z")
	list, err := first.Imports(t.Context())
	check(t, err)
	if !list[0].Ended.Equal(noon) || !list[2].Ended.IsZero() || !list[2].Begun.Equal(noon.Add(-time.Hour)) {
		t.Errorf("they are %+v", list)
	}
	counts, err := first.Count(t.Context(), list[2].ID)
	check(t, err)
	rows, err := first.Rows(t.Context(), list[2].ID, -1, 2)
	check(t, err)
	if counts != (Counts{Waiting: 1, Asked: 1, Registered: 1}) || rows[0].Item != "i-1" || !rows[1].Asked.Equal(noon) {
		t.Errorf("it counts %v, its rows are %+v", counts, rows)
	}
	check(t, third.Close())
	check(t, first.Close())
	for range 2 {
		first = open(t, dir)
		wantSources(t, first, "third q", "second, ended p", "first a b", "second, under way x y z")
		check(t, first.Close())
	}
}

func TestWhatASecondProgramLeftUnfinishedItFindsAgain(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	l := beside(t, dir)
	enter(t, l, "left", noon, "a")
	check(t, l.Close())
	wantSources(t, beside(t, dir), "left a")
}

func TestMoreProgramsThanLedgersAreTold(t *testing.T) {
	dir := t.TempDir()
	for n := 2; n <= lastSide; n++ {
		beside(t, dir)
	}
	if _, err := OpenBeside(dir); !errors.Is(err, ErrInUse) || fault.Of(err).Do == "" {
		t.Errorf("OpenBeside says %v", err)
	}
}

func TestADamagedLedgerOfASecondProgramIsSetAsideAndTold(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, sideName(2)), []byte(strings.Repeat("no database ", 1000)), 0o600))
	l := open(t, dir)
	aside, err := filepath.Glob(filepath.Join(dir, "imports-2-damaged-*.db"))
	if err != nil || len(aside) != 1 || !strings.Contains(l.Warning(), filepath.Base(aside[0])) {
		t.Errorf("set aside %v, %v; it warns %q", aside, err, l.Warning())
	}
}

// Whatever step of taking over is the last one before the program is killed,
// nothing is lost and nothing doubled.
func TestTakingOverMayBeInterruptedAnywhere(t *testing.T) {
	const (
		closed = "UPDATE side.identity SET closed = 1"
		empty  = "DELETE FROM side.rows; DELETE FROM side.imports; UPDATE side.identity SET closed = 0, name = 'new'"
	)
	killed := errors.New("killed")
	for name, tc := range map[string]struct {
		before string // statements
		copies error  // of the copy's transaction
		after  string
		copied bool
	}{
		"before it began":                   {copies: killed},
		"after the side ledger was closed":  {before: closed, copies: killed},
		"between the copy and the emptying": {before: closed, copied: true},
		"before the name was forgotten":     {before: closed, after: empty, copied: true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			first := open(t, dir)
			enter(t, first, "first", noon, "a")
			second := beside(t, dir)
			enter(t, second, "second", noon.Add(time.Hour), "b", "c")
			check(t, second.Close())

			_, err := first.db.Exec("ATTACH ? AS side", dbfile.URL(filepath.Join(dir, sideName(2))))
			check(t, err)
			var own string
			check(t, first.db.QueryRow("SELECT name FROM side.identity").Scan(&own))
			_, err = first.db.Exec(tc.before)
			check(t, err)
			err = dbfile.Within(t.Context(), first.db, func(tx *sql.Tx) error {
				if err := copyImports(t.Context(), tx, own); err != nil {
					return err
				}
				return tc.copies
			})
			if !errors.Is(err, tc.copies) {
				t.Fatal(err)
			}
			_, err = first.db.Exec(tc.after)
			check(t, err)
			_, err = first.db.Exec("DETACH side")
			check(t, err)

			// Between the crash and the next start another program may run.
			another := beside(t, dir)
			for _, from := range sources(t, another) {
				if tc.copied {
					t.Errorf("what was copied is in use again: %q", from)
				}
			}
			enter(t, another, "another", noon.Add(2*time.Hour), "d")
			check(t, another.Close())
			check(t, first.Close())
			for range 2 {
				first = open(t, dir)
				wantSources(t, first, "another d", "second b c", "first a")
				check(t, first.Close())
			}
		})
	}
}
