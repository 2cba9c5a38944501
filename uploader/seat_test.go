package uploader_test

import (
	"net/http"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
)

func TestAFileThatWaitsForAnotherTryHoldsNoOtherUp(t *testing.T) {
	for _, call := range []sandbox.Call{sandbox.Sign, sandbox.Store, sandbox.Confirm} {
		t.Run(call.String(), func(t *testing.T) {
			inBubble(t, sandbox.Config{}, func(r *bubble) {
				r.engine = uploader.New(uploader.Config{
					Darwin: r.client, Storage: r.storage, Workers: 1, NoDirect: true,
					Patience: uploader.Patience{Tries: 3, FirstPause: 4 * time.Hour, MaxPause: 4 * time.Hour},
				})
				r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: call, Status: http.StatusInternalServerError, Times: 1}))
				b := r.start(r.files(6)...)
				after(time.Minute)
				if n := b.Snapshot().Counts[uploader.InDarwin]; n != 5 {
					t.Errorf("while one waits, %d of the 5 others have arrived: %+v", n, b.Snapshot().Counts)
				}
				after(10 * time.Hour)
				r.ended(b)
				r.allArrived(6)
			})
		})
	}
}
