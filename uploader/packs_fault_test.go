package uploader_test

import (
	"fmt"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
)

func TestARefusalAfterTheTrialCostsNoFile(t *testing.T) {
	for name, f := range refusals {
		t.Run(name, func(t *testing.T) {
			inPacks(t, sandbox.Config{}, func(r *bubble) {
				f.Call, f.After = sandbox.DirectUpload, 2
				r.Cleanup(r.sandbox.Inject(f))
				b := r.start(r.copies(230)...)
				if took := r.ended(b); took > 5*time.Minute {
					t.Errorf("it took %v", took)
				}
				r.exactlyOnce(b, 230)
			})
		})
	}
}

func TestEachFaultOfAPackCostsNoFile(t *testing.T) {
	for name, f := range mendable {
		f.Call = sandbox.DirectUpload
		if f.BytesPerSecond > 0 {
			f.BytesPerSecond = 1000
		}
		for how, often := range map[string]func(*sandbox.Fault){
			"at the trial":       func(f *sandbox.Fault) { f.Times = 1 },
			"twice":              func(f *sandbox.Fault) { f.Times = 2 },
			"after the trial":    func(f *sandbox.Fault) { f.After, f.Times = 1, 2 },
			"often":              func(f *sandbox.Fault) { f.Probability, f.Seed = 0.4, 3 },
			"always":             func(*sandbox.Fault) {},
			"always, but not at": func(f *sandbox.Fault) { f.After = 1 },
		} {
			often(&f)
			t.Run(name+", "+how, func(t *testing.T) {
				inPacks(t, sandbox.Config{}, func(r *bubble) {
					r.Cleanup(r.sandbox.Inject(f))
					b := r.start(r.copies(150)...)
					if took := r.ended(b); took > time.Hour {
						t.Errorf("it took %v", took)
					}
					r.exactlyOnce(b, 150)
				})
			})
			f.After, f.Times, f.Probability = 0, 0, 0
		}
	}
}

func TestMixedFaultsOutagesAndPausesCostNoFileOfAPack(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			inPacks(t, sandbox.Config{Lifetime: 7 * time.Minute}, func(r *bubble) {
				for _, f := range append(weather(seed),
					sandbox.Fault{Call: sandbox.DirectUpload, LoseReply: true, Probability: 0.2, Seed: seed},
					sandbox.Fault{Call: sandbox.DirectUpload, Cut: true, CutAfter: 2000, Probability: 0.1, Seed: seed},
					sandbox.Fault{Call: sandbox.DirectUpload, Stall: true, Probability: 0.02, Seed: seed},
					sandbox.Fault{Call: sandbox.DirectUpload, BytesPerSecond: 20_000},
				) {
					r.Cleanup(r.sandbox.Inject(f))
				}
				const n = 500
				b := r.start(r.copies(n)...)
				r.unrest(b, seed)
				r.ended(b)
				r.exactlyOnce(b, n)
			})
		})
	}
}

func TestAServerThatForgetsTheBytesOfATrialGetsThemTheStandardWay(t *testing.T) {
	inPacks(t, sandbox.Config{Quirks: sandbox.Quirks{DirectWithoutBytes: true}}, func(r *bubble) {
		b := r.start(r.files(100)...)
		r.ended(b)
		r.exactlyOnce(b, 100)
		if n := r.tried(); n != 4 {
			t.Errorf("%d files went in packs", n)
		}
		for _, item := range r.sandbox.Items(r.dataset.Slug) {
			if item.Registrations != 1 || item.Stores != 1 {
				t.Errorf("%+v", item)
			}
		}
	})
}

func TestAnEngineOfItsOwnTriesPacksAgain(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		heal := r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, Status: 404})
		r.ended(r.start(r.files(100)...))
		heal()
		r.talkTo(r.client)
		r.ended(r.start(r.files(200)[100:]...))
		r.allArrived(200)
		if n := r.tried(); n != 100 { // and the trial that was not answered
			t.Errorf("%d files went in packs", n)
		}
	})
}

func TestAStalledTrialHoldsTheOthersBackForMomentsOnly(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, Stall: true}))
		b := r.start(r.files(300)...)
		after(9 * time.Second)
		if n := b.Snapshot().Counts[uploader.InDarwin]; n != 0 {
			t.Errorf("%d are in Darwin, and the trial is not over", n)
		}
		after(10 * time.Second)
		if n := b.Snapshot().Counts[uploader.InDarwin]; n < 290 {
			t.Errorf("%d are in Darwin", n)
		}
		r.ended(b)
		r.exactlyOnce(b, 300)
	})
}
