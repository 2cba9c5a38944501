package uploader_test

import (
	"path/filepath"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

func TestTheReceiptIsTheSameWhicheverWayTheFilesWent(t *testing.T) {
	of := func(direct bool) (counts receipt.Counts, lines map[string]receipt.Line) {
		synctest.Test(t, func(t *testing.T) {
			r := newBubble(t, slugs["version 2"], sandbox.Config{ProcessAfter: 20 * time.Second})
			j, _ := r.opened(r.TempDir())
			r.sandbox.AddTagClass("seen", true)
			items := r.thumbnails(300)
			r.engine = uploader.New(uploader.Config{Darwin: r.client, Storage: r.storage, Journal: j.For("", ""), NoDirect: true})
			r.ended(r.start(items[295:]...)) // are there already, the second time
			r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.Process, Item: "00123.jpg", Body: "The picture is torn."}))
			r.engine = uploader.New(uploader.Config{Darwin: r.client, Storage: r.storage, Journal: j.For("", ""), NoDirect: !direct})
			b := r.start(items...)
			r.ended(b)
			s, all := r.follow(j, b.Number())
			r.equalsDarwin(all, map[string]bool{"00295.jpg": true, "00296.jpg": true, "00297.jpg": true, "00298.jpg": true, "00299.jpg": true})
			packed := 0
			for _, q := range r.sandbox.Requests() {
				if q.Call == sandbox.DirectUpload {
					packed++
				}
			}
			if (packed > 0) != direct {
				t.Errorf("%d packs", packed)
			}
			counts, lines = s.Counts, all
			for name, l := range lines {
				// Each Darwin has ids and times of its own, and each run a folder with files of its own time.
				l.ItemID, l.At, l.ModTime, l.Path = "", time.Time{}, time.Time{}, filepath.Base(l.Path)
				lines[name] = l
			}
		})
		return counts, lines
	}
	counts, lines := of(false)
	packedCounts, packedLines := of(true)
	if counts != packedCounts || counts[receipt.InDarwin] != 294 || counts[receipt.Skipped] != 5 || counts[receipt.Refused] != 1 {
		t.Errorf("the standard way counts %v, packs %v", counts, packedCounts)
	}
	if !reflect.DeepEqual(lines, packedLines) {
		for name, l := range lines {
			if l != packedLines[name] {
				t.Errorf("%+v with packs, %+v without", packedLines[name], l)
			}
		}
	}
}
