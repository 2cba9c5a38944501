package uploader_test

import (
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
)

// Who stops when Darwin has a pack and this program does not know it yet, and
// then sends the same files again, is not told that they were there already:
// they are there by this upload.
func TestFilesOfAPackThatWasStoppedAreOnesOwnWhenTheyGoOn(t *testing.T) {
	lost := func(after int) sandbox.Fault {
		return sandbox.Fault{Call: sandbox.DirectUpload, LoseReply: true, After: after, Times: 1}
	}
	silent := func(after int) sandbox.Fault { return sandbox.Fault{Call: sandbox.List, Stall: true, After: after} }
	for name, faults := range map[string][]sandbox.Fault{
		"a trial that is looked up":               {silent(1)},
		"a trial whose answer was lost":           {lost(0), silent(1)},
		"a pack after it, whose answer was lost":  {lost(1), silent(2)},
		"all packs after it have lost the answer": {{Call: sandbox.DirectUpload, LoseReply: true, After: 1}, silent(2)},
	} {
		t.Run(name, func(t *testing.T) {
			inPacks(t, sandbox.Config{}, func(r *bubble) {
				var restore []func()
				for _, f := range faults {
					restore = append(restore, r.sandbox.Inject(f))
				}
				items := r.files(60)
				b := r.start(items...)
				after(4 * time.Second)
				b.Stop()
				r.ended(b)
				for _, f := range restore {
					f()
				}
				for i, s := range b.Statuses(nil) {
					items[i].Reached = s.Reached
				}
				b = r.start(items...)
				r.ended(b)
				if n := b.Snapshot().Counts[uploader.InDarwin]; n != 60 {
					t.Errorf("%d of 60 are told of as in Darwin: %v", n, b.Snapshot().Counts)
				}
			})
		})
	}
}
