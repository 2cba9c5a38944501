package ledger

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"darwin-uploader/uploader/dbfile"
)

const day = 24 * time.Hour

// past makes imports that began so many days before noon, of two rows each, the
// first ones ended.
func past(t *testing.T, l *Ledger, ended int, days ...int) {
	t.Helper()
	for n, d := range days {
		id := enter(t, l, fmt.Sprint(d), noon.Add(-time.Duration(d)*day), "a", "b")
		if n < ended {
			check(t, l.End(t.Context(), id, noon))
		}
	}
}

func TestOldImportsLeaveAndThoseThatHaveNotEndedStay(t *testing.T) {
	for name, tc := range map[string]struct {
		bounds dbfile.Bounds
		want   []string
	}{
		"too many":             {dbfile.Bounds{Most: 2, Age: 100 * day, Least: 1, Rows: 100}, []string{"1 a b", "2 a b", "3 a b", "90 a b"}},
		"too old":              {dbfile.Bounds{Most: 10, Age: 5 * day, Least: 1, Rows: 100}, []string{"1 a b", "2 a b", "3 a b", "4 a b", "90 a b"}},
		"old, but the last":    {dbfile.Bounds{Most: 10, Age: 0, Least: 2, Rows: 100}, []string{"1 a b", "2 a b", "3 a b", "90 a b"}},
		"too large":            {dbfile.Bounds{Most: 10, Age: 100 * day, Least: 10, Rows: 9}, []string{"1 a b", "2 a b", "3 a b", "90 a b"}},
		"the newest is larger": {dbfile.Bounds{Most: 10, Age: 100 * day, Least: 1, Rows: 1}, []string{"1 a b", "2 a b", "90 a b"}},
		"nothing is beyond":    {usual, []string{"1 a b", "2 a b", "3 a b", "4 a b", "50 a b", "90 a b"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t, t.TempDir())
			past(t, l, 4, 2, 3, 4, 50, 1, 90) // those of 1 and of 90 days ago have not ended
			check(t, l.prune(t.Context(), tc.bounds, noon))
			if got := sources(t, l); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("it has %q, want %q", got, tc.want)
			}
		})
	}
}

func TestWhatIsInterruptedInLeavingLeavesWithTheNextImport(t *testing.T) {
	l := open(t, t.TempDir())
	past(t, l, 2, 5, 4)
	list, err := l.Imports(t.Context())
	check(t, err)
	_, err = l.db.Exec("UPDATE imports SET sealed = 0 WHERE id = ?", list[1].ID) // as Discard begins
	check(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Discard(ctx, list[1].ID); err == nil {
		t.Error("it was not interrupted")
	}
	if got := sources(t, l); !reflect.DeepEqual(got, []string{"4 a b"}) {
		t.Errorf("it has %q", got)
	}
	enter(t, l, "new", noon, "c")
	if got := sources(t, l); !reflect.DeepEqual(got, []string{"new c", "4 a b"}) {
		t.Errorf("it has %q", got)
	}
	var rows int
	check(t, l.db.QueryRow("SELECT count(*) FROM rows").Scan(&rows))
	if rows != 3 {
		t.Errorf("%d rows are left", rows)
	}
}
