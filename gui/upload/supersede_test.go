package upload

import (
	"os"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/sandbox"
)

// Of an upload that was stopped one file is sent again. The others stay what
// the next start offers to go on with, until they are sent, too.
func TestSendingOneFileAgainForgetsNoOtherOfAnUploadThatWasStopped(t *testing.T) {
	for name, rest := range map[string]bool{"and the rest is not sent": false, "and then the rest": true} {
		t.Run(name, func(t *testing.T) {
			j := books(t, t.TempDir())
			r := rigOf(t, practice(t, sandbox.Config{}), j)
			r.oneByOne()
			r.stoppedWithOneThatFailed()

			r.retry(r.model.Needing())
			r.untilEnded()
			r.untilSettled()
			want := 4
			if rest {
				r.Upload()
				r.untilEnded()
				r.untilSettled()
				r.arrived("nest-boxes", 5)
				want = 0
			}
			r.Close() // and so all that the journal is told has been told
			if n := offered(t, j); n != want {
				t.Errorf("the next start offers %d files, want %d", n, want)
			}
		})
	}
}

// stoppedWithOneThatFailed sends five files and stops; one was not there for a moment.
func (r *rig) stoppedWithOneThatFailed() {
	r.Helper()
	release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})
	paths := r.drop(numbered(5)...)
	r.choose("Nest boxes")
	r.move(paths[0], paths[0]+".away")
	r.Upload()
	r.until("a file that needs the person", func() bool { return r.Count(uploader.Failed) == 1 })
	r.Stop()
	r.untilEnded()
	release()
	r.move(paths[0]+".away", paths[0])
}

func (r *rig) move(from, to string) {
	r.Helper()
	if err := os.Rename(from, to); err != nil {
		r.Fatal(err)
	}
}

// offered is how many files uploads of the journal have that can go on.
func offered(t *testing.T, j *journal.Journal) (files int) {
	t.Helper()
	all, err := j.Unfinished(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range all {
		files += u.Files
	}
	return files
}
