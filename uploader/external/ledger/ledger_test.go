package ledger

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/dbfile"
	"darwin-uploader/uploader/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.Local)

func open(t *testing.T, dir string) *Ledger {
	t.Helper()
	l, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// begin makes an import of rows with these names.
func begin(t *testing.T, l *Ledger, names ...string) int64 {
	t.Helper()
	id, err := l.Begin(t.Context(), map[string]string{"from": "test"}, noon)
	check(t, err)
	rows := make([]Row, len(names))
	for i, name := range names {
		rows[i] = Row{Place: i, Line: i + 2, Folder: "/", Name: name, Content: "{" + name + "}"}
	}
	check(t, l.Add(t.Context(), id, rows))
	return id
}

func TestRowsGoThroughTheirStatesAndSurviveTheProgram(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	id := begin(t, l, "a", "b", "c", "d")
	check(t, l.Seal(t.Context(), id, "", noon))
	check(t, l.Ask(t.Context(), id, []int{0, 1, 2}, noon))
	check(t, l.Ask(t.Context(), id, []int{1}, noon.Add(time.Hour)))
	check(t, l.Record(t.Context(), id, []Verdict{
		{Place: 0, State: Registered, Item: "x-1"}, {Place: 2, State: Waiting},
	}))
	check(t, l.Record(t.Context(), id, []Verdict{{Place: 0, State: Refused, Reason: "It broke.", Detail: "d", At: noon}}))
	check(t, l.Close())

	l = open(t, dir)
	got, err := l.Rows(t.Context(), id, -1, 10)
	check(t, err)
	want := []Row{
		{Place: 0, Line: 2, State: Refused, Folder: "/", Name: "a", Content: "{a}", Item: "x-1", Reason: "It broke.", Detail: "d", Asked: noon, At: noon},
		{Place: 1, Line: 3, State: Asked, Folder: "/", Name: "b", Content: "{b}", Asked: noon},
		{Place: 2, Line: 4, Folder: "/", Name: "c", Content: "{c}"},
		{Place: 3, Line: 5, Folder: "/", Name: "d", Content: "{d}"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	counts, err := l.Count(t.Context(), id)
	check(t, err)
	if counts != (Counts{Waiting: 2, Asked: 1, Refused: 1}) || counts.Open() != 3 || counts.InDarwin() != 1 || counts.Total() != 4 {
		t.Errorf("counted %v", counts)
	}
	next, err := l.Rows(t.Context(), id, 2, 1, Waiting)
	check(t, err)
	if len(next) != 1 || next[0].Name != "d" {
		t.Errorf("after place 2 waits %+v", next)
	}
	check(t, l.Again(t.Context(), id, Refused))
	if counts, _ := l.Count(t.Context(), id); counts[Waiting] != 3 {
		t.Errorf("counted %v after another try", counts)
	}
}

func TestRowsThatWouldBeOneItemAreUnfitButTheFirst(t *testing.T) {
	l := open(t, t.TempDir())
	other := begin(t, l, "a")
	check(t, l.Seal(t.Context(), other, "", noon))
	id := begin(t, l, "a", "b", "a", "A", "a")
	check(t, l.Seal(t.Context(), id, "As line {line}.", noon))
	rows, err := l.Rows(t.Context(), id, -1, 10)
	check(t, err)
	var got []string
	for _, r := range rows {
		got = append(got, r.Reason)
	}
	if want := []string{"", "", "As line 2.", "", "As line 2."}; !reflect.DeepEqual(got, want) {
		t.Errorf("reasons %q, want %q", got, want)
	}
}

func TestImportsAreListedOnceTheyAreSealed(t *testing.T) {
	l := open(t, t.TempDir())
	one := begin(t, l, "a")
	check(t, l.Seal(t.Context(), one, "", noon))
	draft := begin(t, l, "a")
	two := begin(t, l, "b") // removes the draft
	check(t, l.Seal(t.Context(), two, "", noon))
	check(t, l.End(t.Context(), one, noon))
	check(t, l.Settle(t.Context(), one, noon))
	list, err := l.Imports(t.Context())
	check(t, err)
	about := []byte(`{"from":"test"}`)
	want := []Import{{ID: two, About: about, Begun: noon, Sealed: noon}, {ID: one, About: about, Begun: noon, Sealed: noon, Ended: noon, Settled: noon}}
	if !reflect.DeepEqual(list, want) {
		t.Errorf("got  %+v\nwant %+v", list, want)
	}
	if rows, _ := l.Rows(t.Context(), draft, -1, 10); len(rows) != 0 {
		t.Errorf("the draft left %d rows", len(rows))
	}
	check(t, l.Discard(t.Context(), one))
	if list, _ := l.Imports(t.Context()); len(list) != 1 {
		t.Errorf("%d imports are left", len(list))
	}
}

func TestTheFewRowsInDoubtAreFoundWithoutReadingAll(t *testing.T) {
	l := open(t, t.TempDir())
	for _, state := range []string{"(state = 1)", "(state = 2)"} {
		var a, b, c int
		var plan string
		row := l.db.QueryRowContext(t.Context(), "EXPLAIN QUERY PLAN SELECT id FROM rows WHERE id > 5 AND id <= 50 AND "+state+" ORDER BY id LIMIT 9")
		check(t, row.Scan(&a, &b, &c, &plan))
		if !strings.Contains(plan, "INDEX") {
			t.Errorf("%s: %s", state, plan)
		}
	}
}

func TestASecondProgramIsToldThatTheFirstHasIt(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	_, err := Open(dir)
	if fault.KindOf(err) != fault.Disk || !strings.Contains(err.Error(), "Another Darwin Uploader") {
		t.Errorf("the second is told: %v", err)
	}
	check(t, first.Close())
	check(t, open(t, dir).Close())
}

// damage writes zeros into the middle of a ledger with many rows.
func damage(t *testing.T, path string) {
	t.Helper()
	l := open(t, filepath.Dir(path))
	begin(t, l, strings.Split(strings.Repeat("a,", 5000), ",")...)
	check(t, l.Close())
	content, err := os.ReadFile(path)
	check(t, err)
	clear(content[len(content)/2:][:5000])
	check(t, os.WriteFile(path, content, 0o600))
}

func TestDamageThatShowsLaterIsToldAsWhatItIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	damage(t, path)
	steps, err := fs.Sub(migrations, "migrations")
	check(t, err)
	db, _, err := dbfile.Kind{ID: applicationID, Steps: steps}.Open(t.Context(), path, noon) // does not look for it
	check(t, err)
	l := &Ledger{db: db}
	defer func() { _ = l.Close() }()
	if _, err := l.Rows(t.Context(), 1, -1, 10_000); fault.KindOf(err) != fault.Disk || !strings.Contains(err.Error(), "is damaged. What was registered is in Darwin. Close Darwin Uploader and start it again") {
		t.Errorf("it says %v", err)
	}
}

func TestAFileThatCannotBeUnderstoodIsSetAside(t *testing.T) {
	for why, write := range map[string]func(path string){
		"damaged": func(path string) { damage(t, path) },
		"newer": func(path string) {
			l, err := Open(filepath.Dir(path))
			if err == nil {
				_, _ = l.db.Exec("PRAGMA user_version = 99")
				_ = l.Close()
			}
		},
	} {
		dir := t.TempDir()
		write(filepath.Join(dir, fileName))
		l := open(t, dir)
		aside, _ := filepath.Glob(filepath.Join(dir, "imports-"+why+"-*.db"))
		if !strings.Contains(l.Warning(), why) || len(aside) != 1 {
			t.Errorf("%s: %q, set aside %v", why, l.Warning(), aside)
		}
		begin(t, l, "a")
	}
	file := filepath.Join(t.TempDir(), "Jane Doe")
	check(t, os.WriteFile(file, nil, 0o600))
	for _, folder := range []string{filepath.Join(t.TempDir(), "a\x00b"), filepath.Join(file, "below")} {
		if _, err := Open(folder); fault.KindOf(err) != fault.Disk || strings.Contains(err.Error()+fault.Of(err).Detail, "Jane") {
			t.Errorf("a folder that cannot be: %v (%s)", err, fault.Of(err).Detail)
		}
	}
}
