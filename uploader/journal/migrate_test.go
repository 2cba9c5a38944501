package journal

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/receipt"
)

// versionOne is a journal as the first version of the program left it.
func versionOne(t testing.TB, dir string) {
	t.Helper()
	step, err := migrations.ReadFile("migrations/1.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	_, err = db.Exec(string(step) + fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;", applicationID) + `
		INSERT INTO batches VALUES
			(3, 'https://darwin.example', 'a', 'alder-valley-wildlife', 7, 'camera-traps-2026', 'Camera traps 2026', 2, 1000000, 2000000),
			(4, 'https://darwin.example', 'a', 'alder-valley-wildlife', 7, 'camera-traps-2026', 'Camera traps 2026', 2, 3000000, NULL);
		INSERT INTO items (batch, place, path, size, mtime, mtime_nanos, kind, type, name, folder, tags, video, state, problem, item_id, upload_id, stored) VALUES
			(3, 0, '/p/0', 5, 1, 2, 'image', '', '0.jpg', '/in', '[{"class":"deer"}]', NULL, 'in darwin', '', 'i0', 'u0', 1),
			(3, 1, '/p/1', 6, 1, 2, 'image', '', '1.jpg', '/in', '[]', NULL, 'skipped', 'It is there.', '', '', 0),
			(3, 2, '/p/2', 7, 1, 2, 'video', '', '2.mp4', '/in', '[]', '{"fps":2,"as_frames":true}', 'failed', 'It is gone.', 'i2', 'u2', 0),
			(3, 3, '/p/3', 8, 1, 2, 'image', '', '3.jpg', '/in', '[]', NULL, 'blocked', 'No tag.', '', '', 0),
			(3, 4, '/p/4', 9, 1, 2, 'image', '', '4.jpg', '/in', '[]', NULL, 'stopped', 'Out.', '', '', 0),
			(4, 0, '/p/5', 5, 1, 2, 'image', '', '5.jpg', '/in', '[]', NULL, 'confirming', '', 'i5', 'u5', 1),
			(4, 1, '/p/6', 5, 1, 2, 'image', '', '6.jpg', '/in', '[]', NULL, 'ready', '', '', '', 0)`)
	if err != nil {
		t.Fatal(err)
	}
}

func TestAJournalOfTheFirstVersionIsCarriedOver(t *testing.T) {
	dir := t.TempDir()
	versionOne(t, dir)
	j := open(t, dir)
	if j.Warning() != "" {
		t.Fatalf("it warns %q", j.Warning())
	}
	u, plan := newest(t, j)
	if u.ID != 4 || u.Files != 2 || plan.Items[0].Reached != (uploader.Reached{Upload: darwin.Upload{ItemID: "i5", UploadID: "u5"}, Stored: true}) || plan.Items[1].Name != "6.jpg" {
		t.Errorf("unfinished: %+v, %+v", u, plan)
	}
	list, err := j.History(t.Context(), "", 0)
	if err != nil || len(list) != 2 || list[0].ID != 4 || list[1].ID != 3 {
		t.Fatalf("the history is %+v, %v", list, err)
	}
	if s := list[1]; s.Files != 5 || s.Bytes != 35 || s.Ended.UnixMicro() != 2000000 || !s.Settled.IsZero() || s.From != "" ||
		s.Counts != (receipt.Counts{receipt.Sent: 1, receipt.Skipped: 1, receipt.NeedsYou: 2, receipt.NotSent: 1}) {
		t.Errorf("its receipt says %+v", s)
	}
	consistent(t, j, 3)
	consistent(t, j, 4)
	settle(t, j, 3, receipt.Verdict{Place: 0, Outcome: receipt.InDarwin, At: time.Now()})
	consistent(t, j, 3)
	if s := receiptOf(t, j, 3); s.Settled.IsZero() || s.Counts[receipt.InDarwin] != 1 {
		t.Errorf("its receipt says %+v", s)
	}
	if files, err := filepath.Glob(filepath.Join(dir, "journal-*")); err != nil || slices.ContainsFunc(files, func(f string) bool { return strings.HasSuffix(f, ".db") }) {
		t.Errorf("something was set aside: %v, %v", files, err)
	}
}
