package dbfile

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)

func steps(texts ...string) fstest.MapFS {
	all := fstest.MapFS{}
	for i, text := range texts {
		all[fmt.Sprintf("%d.sql", i+1)] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

const (
	firstStep  = "CREATE TABLE words (word TEXT NOT NULL) STRICT; -- the first"
	secondStep = "ALTER TABLE words ADD COLUMN said INTEGER NOT NULL DEFAULT 0; CREATE TABLE more (x) "
)

// kind is what most tests open.
func kind() Kind { return Kind{ID: 0x44617254, Steps: steps(firstStep, secondStep), Check: true} }

// open opens a file that can be opened, and closes it at the end of the test.
func open(t testing.TB, k Kind, path string) (*sql.DB, Aside) {
	t.Helper()
	db, aside, err := k.Open(t.Context(), path, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, aside
}

// do runs statements.
func do(t testing.TB, db *sql.DB, statements string) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// number reads one number.
func number(t testing.TB, db *sql.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// written is the path of a closed file that has 500 words, with these done to
// it.
func written(t testing.TB, statements string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.db")
	db, _ := open(t, kind(), path)
	do(t, db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO words (word) SELECT printf('word %100d', i) FROM n")
	do(t, db, statements)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileIsMadeForItsUserAloneAndKeepsWhatItWasGiven(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%20ü#?.db")
	db, aside := open(t, kind(), path)
	if aside != (Aside{}) {
		t.Errorf("it was set aside as %v", aside)
	}
	do(t, db, "INSERT INTO words (word) VALUES ('x')")
	for query, want := range map[string]int{
		"SELECT user_version FROM pragma_user_version": 2, "SELECT application_id FROM pragma_application_id": 0x44617254,
		"PRAGMA synchronous": 2, "PRAGMA fullfsync": 1, "PRAGMA foreign_keys": 1, "PRAGMA trusted_schema": 0,
		"SELECT journal_mode = 'wal' FROM pragma_journal_mode": 1, "SELECT locking_mode = 'exclusive' FROM pragma_locking_mode": 1,
	} {
		if got := number(t, db, query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if db, _ := open(t, kind(), path); number(t, db, "SELECT count(*) FROM words") != 1 {
		t.Error("the word is gone")
	}
}

func TestAnEmptyFileIsANewOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, aside := open(t, kind(), path); aside != (Aside{}) {
		t.Errorf("it was set aside as %v", aside)
	}
}

func TestTheStepsThatAFileLacksAreRunOnceEach(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	old := kind()
	old.Steps = steps(firstStep)
	db, _ := open(t, old, path)
	do(t, db, "INSERT INTO words (word) VALUES ('x')")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		db, aside := open(t, kind(), path)
		if n := number(t, db, "SELECT count(*) FROM words WHERE said = 0"); n != 1 || aside != (Aside{}) {
			t.Errorf("%d words, set aside as %v", n, aside)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAStepIsDoneWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	old := kind()
	old.Steps = steps(firstStep)
	db, _ := open(t, old, path)
	do(t, db, "CREATE TABLE more (x)") // makes the last statement of the next step fail
	if err := kind().step(t.Context(), db, 2); err == nil {
		t.Fatal("the step went well")
	}
	if version, columns := number(t, db, "PRAGMA user_version"), number(t, db, "SELECT count(*) FROM pragma_table_info('words')"); version != 1 || columns != 1 {
		t.Errorf("it is version %d with %d columns", version, columns)
	}
	do(t, db, "DROP TABLE more")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if db, aside := open(t, kind(), path); number(t, db, "PRAGMA user_version") != 2 || aside != (Aside{}) {
		t.Errorf("the next try: %v", aside)
	}
}

func TestAFileThatCannotBeUnderstoodIsSetAsideWhole(t *testing.T) {
	change := func(to func([]byte) []byte) func(string) {
		return func(path string) {
			content, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path, to(content), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	ready := func(ctx context.Context, db *sql.DB) error {
		s, err := db.PrepareContext(ctx, "SELECT said FROM words")
		if err == nil {
			err = s.Close()
		}
		return err
	}
	for name, tc := range map[string]struct {
		statements string
		damage     func(path string)
		newer      bool
	}{
		"no database":           {"", change(func([]byte) []byte { return bytes.Repeat([]byte("no database\n"), 2000) }), false},
		"half of it":            {"", change(func(all []byte) []byte { return all[:len(all)/2] }), false},
		"a hole":                {"", change(func(all []byte) []byte { clear(all[len(all)/2:][:5000]); return all }), false},
		"a newer one":           {"PRAGMA user_version = 3", nil, true},
		"another's":             {"PRAGMA application_id = 1", nil, false},
		"no version":            {"PRAGMA user_version = 0", nil, false},
		"an impossible version": {"PRAGMA user_version = -1", nil, false},
		"a table is missing":    {"DROP TABLE words", nil, false},
		"a column is missing":   {"ALTER TABLE words DROP COLUMN said", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			path := written(t, tc.statements)
			if tc.damage != nil {
				tc.damage(path)
			}
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			k := kind()
			k.Ready = ready
			db, aside := open(t, k, path)
			want := Aside{Name: "book-damaged-20261123-010203.db"}
			if tc.newer {
				want = Aside{Name: "book-newer-20261123-010203.db", Newer: true}
			}
			if aside != want {
				t.Errorf("set aside as %v, want %v", aside, want)
			}
			if kept, err := os.ReadFile(filepath.Join(filepath.Dir(path), want.Name)); err != nil || !bytes.Equal(kept, before) {
				t.Errorf("%d of %d bytes were kept: %v", len(kept), len(before), err)
			}
			if n := number(t, db, "SELECT count(*) FROM words"); n != 0 {
				t.Errorf("the new file has %d words", n)
			}
		})
	}
}

func TestWithoutACheckDamageInTheMiddleIsNotLookedFor(t *testing.T) {
	path := written(t, "")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(content[len(content)/2:][:5000])
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	k := kind()
	k.Check = false
	db, aside := open(t, k, path)
	if aside != (Aside{}) {
		t.Errorf("it was set aside as %v", aside)
	}
	_, err = db.ExecContext(t.Context(), "UPDATE words SET said = length(word)")
	if !Damaged(err) || InUse(err) || Full(err) || Forbidden(err) {
		t.Errorf("who comes upon it is told %v", err)
	}
}

func TestWhatWasSetAsideIsNeverWrittenOver(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "book.db")
	for n := range 3 {
		for _, tail := range []string{"", "-wal"} {
			if err := os.WriteFile(path+tail, fmt.Append(nil, n, tail), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		to, err := setAside(path, "damaged", now)
		if err != nil {
			t.Fatal(err)
		}
		for _, tail := range []string{"", "-wal"} {
			if kept, err := os.ReadFile(to + tail); err != nil || string(kept) != fmt.Sprint(n, tail) {
				t.Errorf("%s holds %q: %v", filepath.Base(to+tail), kept, err)
			}
		}
	}
	var names []string
	files, err := os.ReadDir(dir)
	for _, f := range files {
		names = append(names, f.Name())
	}
	const stem = "book-damaged-20261123-010203"
	if want := []string{stem + "-2.db", stem + "-2.db-wal", stem + "-3.db", stem + "-3.db-wal", stem + ".db", stem + ".db-wal"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("the folder has %q, %v", names, err)
	}
}

func TestASecondUserIsToldAndTheFileStaysWhereItIs(t *testing.T) {
	path := written(t, "")
	first, _ := open(t, kind(), path)
	_, aside, err := kind().Open(t.Context(), path, now)
	if !InUse(err) || aside != (Aside{}) {
		t.Errorf("the second is told %v, %v", err, aside)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if db, _ := open(t, kind(), path); number(t, db, "SELECT count(*) FROM words") != 500 {
		t.Error("words are gone")
	}
}

func TestADiskThatDoesNotDoWhatItIsToldIsNoDamage(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "book.db")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, filepath.Join(dir, "gone", "book.db"), filepath.Join(dir, "a\x00b")} {
		if _, aside, err := kind().Open(t.Context(), path, now); err == nil || aside != (Aside{}) || InUse(err) {
			t.Errorf("%q: %v, %v", path, aside, err)
		}
	}
	if files, err := filepath.Glob(filepath.Join(dir, "*damaged*")); err != nil || len(files) > 0 {
		t.Errorf("set aside: %v, %v", files, err)
	}
}

func TestADiskThatIsFullIsTold(t *testing.T) {
	db, _ := open(t, kind(), filepath.Join(t.TempDir(), "book.db"))
	do(t, db, "PRAGMA max_page_count = 8")
	err := Within(t.Context(), db, func(tx *sql.Tx) error {
		for range 100 {
			if _, err := tx.Exec("INSERT INTO words (word) VALUES (?)", strings.Repeat("x", 4000)); err != nil {
				return err
			}
		}
		return nil
	})
	if !Full(err) || Damaged(err) {
		t.Errorf("it says %v", err)
	}
	if n := number(t, db, "SELECT count(*) FROM words"); n != 0 {
		t.Errorf("%d words of the transaction stayed", n)
	}
	do(t, db, "PRAGMA query_only = 1")
	if _, err := db.Exec("INSERT INTO words (word) VALUES ('x')"); !Forbidden(err) {
		t.Errorf("a file that may not be written says %v", err)
	}
}

func TestAnAttachedFileIsFoundByItsURL(t *testing.T) {
	db, _ := open(t, kind(), filepath.Join(t.TempDir(), "book.db"))
	path := filepath.Join(t.TempDir(), "other ü%20#?.db")
	other, _ := open(t, kind(), path)
	do(t, other, "INSERT INTO words (word) VALUES ('x'), ('y')")
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("ATTACH ? AS other", URL(path)); err != nil {
		t.Fatal(err)
	}
	if n := number(t, db, "SELECT count(*) FROM other.words"); n != 2 {
		t.Errorf("it has %d words", n)
	}
}
