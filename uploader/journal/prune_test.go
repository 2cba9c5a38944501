package journal

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/dbfile"
)

// aged keeps ended batches of so many files; the first is the oldest, days[i]
// old.
func aged(t *testing.T, j *Journal, files int, days ...int) {
	t.Helper()
	for i, d := range days {
		id := run(t, j, true, fmt.Sprintf("%03d", i), make([]uploader.State, files)...)
		if _, err := j.db.Exec("UPDATE batches SET began = ? WHERE id = ?", time.Now().AddDate(0, 0, -d).UnixMicro(), id); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatIsBeyondTheBoundsLeaves(t *testing.T) {
	const never = 1 << 30
	loose := dbfile.Bounds{Most: never, Age: 1 << 62, Least: 0, Rows: never}
	for name, tc := range map[string]struct {
		change func(*dbfile.Bounds)
		want   []string
	}{
		"no bound":              {func(*dbfile.Bounds) {}, []string{"000", "001", "002", "003"}},
		"a number of batches":   {func(b *dbfile.Bounds) { b.Most = 2 }, []string{"002", "003"}},
		"an age":                {func(b *dbfile.Bounds) { b.Age = 300 * 24 * time.Hour }, []string{"002", "003"}},
		"an age, but the least": {func(b *dbfile.Bounds) { b.Age, b.Least = 300*24*time.Hour, 3 }, []string{"001", "002", "003"}},
		"a number of items":     {func(b *dbfile.Bounds) { b.Rows = 15 }, []string{"001", "002", "003"}},
		"fewer than the newest": {func(b *dbfile.Bounds) { b.Rows = 1 }, []string{"003"}},
		"the lesser of them":    {func(b *dbfile.Bounds) { b.Rows, b.Most = 15, 1 }, []string{"003"}},
	} {
		t.Run(name, func(t *testing.T) {
			j := open(t, t.TempDir())
			aged(t, j, 5, 900, 400, 200, 1)
			b := loose
			tc.change(&b)
			if err := j.prune(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			if got := sources(t, j); !slices.Equal(got, tc.want) {
				t.Errorf("left are %v, want %v", got, tc.want)
			}
			var items, tallies int
			if err := j.db.QueryRow("SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM tallies)").Scan(&items, &tallies); err != nil || items != 5*len(tc.want) || tallies != len(tc.want) {
				t.Errorf("%d items and %d tallies are left: %v", items, tallies, err)
			}
		})
	}
}

func TestWhatHasNotEndedNeverLeaves(t *testing.T) {
	j := open(t, t.TempDir())
	id := run(t, j, false, "left", make([]uploader.State, 50)...)
	if _, err := j.db.Exec("UPDATE batches SET began = 1 WHERE id = ?", id); err != nil {
		t.Fatal(err)
	}
	aged(t, j, 5, 3, 2, 1)
	if err := j.prune(t.Context(), dbfile.Bounds{Rows: 10}); err != nil {
		t.Fatal(err)
	}
	if got := sources(t, j); !slices.Equal(got, []string{"left"}) {
		t.Errorf("left are %v", got)
	}
}

func TestPruningThatIsInterruptedIsFinishedTheNextTimeAndNotSeen(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	aged(t, j, pruneAtOnce+500, 2, 1)
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := j.db.Exec("UPDATE batches SET leaving = 1 WHERE source = '000'"); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := j.prune(ctx, usual); err == nil {
		t.Error("it went on although nobody wants it")
	}
	if got := sources(t, j); !slices.Equal(got, []string{"001"}) {
		t.Errorf("listed are %v", got)
	}
	shut(t, j)
	j = open(t, dir)
	<-j.tidy
	var batches, items int
	if err := j.db.QueryRow("SELECT (SELECT count(*) FROM batches), (SELECT count(*) FROM items)").Scan(&batches, &items); err != nil || batches != 1 || items != pruneAtOnce+500 {
		t.Errorf("%d batches and %d items are left: %v", batches, items, err)
	}
}

func TestAClockThatJumpsDoesNotEmptyTheHistory(t *testing.T) {
	j := open(t, t.TempDir())
	aged(t, j, 1, 5000, 4900, 4800)
	if err := j.prune(t.Context(), usual); err != nil {
		t.Fatal(err)
	}
	if got := sources(t, j); len(got) != 3 {
		t.Errorf("left are %v", got)
	}
}
