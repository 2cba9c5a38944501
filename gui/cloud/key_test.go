package cloud

import (
	"testing"

	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

func TestAKeyThatIsRefusedDuringAnImportIsAskedForAndTheImportGoesOn(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	var told []*fault.Error
	r.deps.OnKey = func(f *fault.Error) { told = append(told, f) }
	r.middle.entry.SetText("a.jpg\nb.jpg\nc.jpg")
	r.settled()
	r.sandbox.SetKey("AAAAAAA.another")
	r.bar.main.Tapped(nil)
	r.imported()
	if len(told) != 1 || r.run.counts.Open() != 3 {
		t.Fatalf("the window was told %v, %v are open", told, r.run.counts.Open())
	}
	if err := r.client.SetKey("AAAAAAA.another"); err != nil {
		t.Fatal(err)
	}
	r.GoOn()
	if !r.Sending() {
		t.Fatal("the import does not go on with another key")
	}
	r.imported()
	if items := r.sandbox.Items("camera-traps-2026"); len(items) != 3 || items[0].Registrations != 1 || r.run.counts[ledger.Ready] != 3 {
		t.Errorf("%d items, %v", len(items), r.run.counts)
	}
	before := r.run
	if r.GoOn(); r.run != before || r.Sending() {
		t.Error("an import that has ended begins again")
	}
}

func TestStoragesThatAKeyMayNotSeeAreAskedForAgainWithAnother(t *testing.T) {
	r := newRig(t, "", nil)
	told := 0
	r.deps.OnKey = func(*fault.Error) { told++ }
	remove := r.sandbox.Inject(sandbox.Fault{Status: 401})
	r.Shown(true)
	r.until("an answer", func() bool { return !r.asking && r.problem != nil })
	remove()
	r.GoOn()
	r.until("storages", func() bool { return len(r.storages) == 2 && r.classes != nil })
	if told == 0 || r.problem != nil {
		t.Errorf("the window was told %d times: %v", told, r.problem)
	}
}

func TestOnlyWhatAnotherKeyMendsAsksForOne(t *testing.T) {
	r := newRig(t, "", nil)
	told := 0
	r.deps.OnKey = func(*fault.Error) { told++ }
	r.keyRefused(nil)
	r.keyRefused(&fault.Error{Kind: fault.Network})
	r.keyRefused(&fault.Error{Kind: fault.Permission})
	if r.GoOn(); told != 1 {
		t.Errorf("it asked %d times", told)
	}
}
