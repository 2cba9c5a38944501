package upload

import (
	"strings"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
)

// abandoned is a place that offers to go on with an upload of 40 files, all of
// which are announced to Darwin and none of which was sent.
func abandoned(t *testing.T) *rig {
	j := books(t, t.TempDir())
	first := rigOf(t, practice(t, sandbox.Config{}), j)
	first.oneByOne()
	release := first.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})
	first.drop(numbered(40)...)
	first.untilScanned()
	first.choose("Nest boxes")
	first.Upload()
	first.until("the files to be announced", func() bool {
		return len(first.sandbox.Items("nest-boxes")) == 40 && first.Count(uploader.Sending) > 0
	})
	first.Stop()
	first.untilEnded()
	release()
	first.Close()
	second := rigOf(t, first.sandbox, j)
	second.until("the offer", second.Interrupted)
	return second
}

func TestAnUploadThatIsForgottenLeavesNothingWaitingInDarwin(t *testing.T) {
	r := abandoned(t)
	r.forget()
	r.until("the sentence", func() bool { return r.offer.Visible() })
	if words := r.offer.words.Text(); words != "40 items without a file will not wait in Darwin any more: the upload is forgotten." {
		t.Errorf("it says %q", words)
	}
	if left := r.sandbox.Items("nest-boxes"); len(left) > 0 {
		t.Errorf("%d items are left in Darwin", len(left))
	}
	if list, err := r.session.Journal.Unfinished(t.Context()); err != nil || len(list) > 0 || r.Interrupted() {
		t.Errorf("it can still go on: %+v, %v", list, err)
	}
}

func TestAnUploadIsForgottenEvenIfDarwinCannotBeAsked(t *testing.T) {
	r := abandoned(t)
	r.sandbox.Inject(sandbox.Fault{Call: sandbox.List, Status: 403})
	r.forget()
	r.until("the sentence", func() bool { return r.offer.Visible() })
	if words := r.offer.words.Text(); !strings.HasPrefix(words, "The upload is forgotten.") {
		t.Errorf("it says %q", words)
	}
	if list, err := r.session.Journal.Unfinished(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("it can still go on: %+v, %v", list, err)
	}
}
