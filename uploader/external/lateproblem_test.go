package external

import (
	"testing"

	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/sandbox"
)

// Darwin may report a problem in an answer that says it went well, when the
// work is done. What is there then is the run's own.
func TestAProblemThatIsToldAfterTheWorkMakesNoItemSomebodyElses(t *testing.T) {
	for _, n := range []int{30, 1} {
		r := newRig(t)
		defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Times: 1, Rewrite: func([]byte) []byte {
			return []byte(`{"errors":{"code":"INVALID_PARAMETER","detail":"It went wrong in the end."}}`)
		}})()
		if end := r.run(r.plan(numbered(n)...).ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: n}) {
			t.Errorf("it ended with %+v", end)
		}
		r.wantOnce(n)
	}
}
