package journal

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

func TestASecondJournalInOneFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	begin(t, j, 2)
	_, err := Open(dir)
	if f := fault.Of(err); f == nil || f.Kind != fault.Disk || !strings.Contains(f.What, "Another Darwin Uploader") {
		t.Fatalf("Open says %v", err)
	}
	shut(t, j)
	if u, _ := newest(t, open(t, dir)); u.Files != 2 {
		t.Errorf("it is listed as %+v", u)
	}
}

func TestAFolderThatCannotBeUsedIsToldWithoutItsPath(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Jane Doe")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	taken := t.TempDir()
	if err := os.MkdirAll(filepath.Join(taken, fileName), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below"), taken} {
		_, err := Open(dir)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.Disk || strings.Contains(f.Error()+f.Detail, "Jane") {
			t.Errorf("%s: Open says %v (%v)", dir, err, f)
		}
	}
}

// put replaces the journal of a folder and opens it.
func put(t *testing.T, dir string, content []byte) *Journal {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, fileName), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, dir)
}

// written is the file of a journal with a batch.
func written(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	j := open(t, dir)
	if err := begin(t, j, 300).Close(false); err != nil {
		t.Fatal(err)
	}
	run(t, j, true, "DCIM", everyState...)
	shut(t, j)
	content, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func changed(t *testing.T, statements string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(path, written(t), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(statements)
	if closing := db.Close(); err != nil || closing != nil {
		t.Fatal(err, closing)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestAJournalThatCannotBeUnderstoodIsSetAsideWhole(t *testing.T) {
	good := written(t)
	half := bytes.Clone(good[:len(good)/2])
	holed := bytes.Clone(good)
	clear(holed[len(holed)/2 : len(holed)/2+5000])
	for name, tc := range map[string]struct {
		content []byte
		why     string
	}{
		"another file":          {[]byte(strings.Repeat("this is no journal\n", 1000)), "damaged"},
		"half of it":            {half, "damaged"},
		"a hole":                {holed, "damaged"},
		"a newer one":           {changed(t, "PRAGMA user_version = 99"), "newer"},
		"another's":             {changed(t, "PRAGMA application_id = 1"), "damaged"},
		"a table is missing":    {changed(t, "DROP TABLE items"), "damaged"},
		"a column is missing":   {changed(t, "ALTER TABLE items DROP COLUMN tags"), "damaged"},
		"no version":            {changed(t, "PRAGMA user_version = 0"), "damaged"},
		"an impossible version": {changed(t, "PRAGMA user_version = -1"), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			j := put(t, dir, tc.content)
			aside, err := filepath.Glob(filepath.Join(dir, "journal-"+tc.why+"-*.db"))
			if err != nil || len(aside) != 1 {
				t.Fatalf("set aside: %v, %v", aside, err)
			}
			if w := j.Warning(); !strings.Contains(w, filepath.Base(aside[0])) {
				t.Errorf("it warns %q", w)
			}
			if kept, err := os.ReadFile(aside[0]); err != nil || len(kept) != len(tc.content) {
				t.Errorf("%d of %d bytes were kept: %v", len(kept), len(tc.content), err)
			}
			begin(t, j, 2)
			if u, _ := newest(t, j); u.Files != 2 {
				t.Errorf("the new one lists %+v", u)
			}
		})
	}
}

func TestAnEmptyFileBecomesAJournal(t *testing.T) {
	j := put(t, t.TempDir(), nil)
	if j.Warning() != "" {
		t.Errorf("it warns %q", j.Warning())
	}
	begin(t, j, 1)
}

// Whatever the file holds, it is read without harm or set aside.
func FuzzOpen(f *testing.F) {
	good := written(f)
	f.Add(uint32(0), []byte("not SQLite"))
	f.Add(uint32(60), []byte{0, 0, 0, 9})
	f.Add(uint32(100), []byte{0x0d, 0xff, 0xff})
	f.Add(uint32(len(good)/2), []byte{0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add(uint32(len(good)-200), []byte("zzzzzzzzzzzzzzzz"))
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		content := bytes.Clone(good)
		copy(content[int(at)%len(content):], patch)
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, fileName), content, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer shut(t, j)
		list, err := j.Unfinished(context.Background())
		if err != nil && fault.KindOf(err) != fault.Disk {
			t.Error(err)
		}
		for _, u := range list {
			if _, err := j.Load(context.Background(), u.ID); err != nil && fault.KindOf(err) != fault.Disk {
				t.Error(err)
			}
		}
		readAll(t, j)
		begin(t, j, 1)
	})
}

// readAll reads and writes what receipts need; all that may fail is the disk.
func readAll(t *testing.T, j *Journal) {
	t.Helper()
	ctx := context.Background()
	allowed := func(err error) {
		if k := fault.KindOf(err); err != nil && k != fault.Disk && k != fault.Missing {
			t.Error(err)
		}
	}
	_, err := j.History(ctx, "no file is called so", 0)
	allowed(err)
	all, err := j.History(ctx, "", 0)
	allowed(err)
	for _, s := range all {
		_, err := j.Receipt(ctx, s.ID)
		allowed(err)
		_, err = j.Lines(ctx, s.ID, receipt.Sent, 1, 10)
		allowed(err)
		for _, err := range j.AllLines(ctx, s.ID) {
			allowed(err)
		}
		pending, err := j.Pending(ctx, s.ID)
		allowed(err)
		for _, p := range pending {
			allowed(j.Settle(ctx, s.ID, []receipt.Verdict{{Place: p.Place, Outcome: receipt.InDarwin}}))
		}
	}
}
