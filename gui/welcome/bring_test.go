package welcome

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"darwin-uploader/uploader/fault"
)

// withFound is a rig that offers three teams, the second of which has a key that
// does not work.
func withFound(r *rig) (brought *[]int, on *[]int) {
	brought, on = &[]int{}, &[]int{}
	r.cfg.Bringer = Bringer{
		Bring: func(ctx context.Context, place int) (Brought, error) {
			r.posted <- func() { *brought = append(*brought, place) }
			if err := <-r.answers; err != nil {
				return Brought{}, err
			}
			return Brought{Team: fmt.Sprint("Team ", place), Stored: true}, ctx.Err()
		},
		OnBrought: func(place int) { *on = append(*on, place) },
	}
	for _, team := range []string{"a", "b", "c"} {
		r.bring.rows = append(r.bring.rows, bringing{Found: Found{Team: team}, chosen: true})
	}
	return brought, on
}

func TestChosenKeysAreTestedOneAfterAnotherAndThePersonGoesOnWithTheFirstThatWorks(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		brought, on := withFound(r)
		r.bring.rows[2].chosen = false
		r.press()
		r.settle()
		r.press() // while it is busy
		if !slices.Equal(*brought, []int{0}) {
			t.Fatalf("brought %v at once", *brought)
		}
		r.answers <- &fault.Error{Kind: fault.Key, What: "No."}
		r.settle()
		r.answers <- nil
		r.settle()
		if !slices.Equal(*brought, []int{0, 1}) || r.bring.busy {
			t.Fatalf("brought %v, busy %v", *brought, r.bring.busy)
		}
		if a, b := r.bring.rows[0], r.bring.rows[1]; a.state != bringFailed || a.chosen || a.failed.What != "No." || b.state != bringDone || b.result.Team != "Team 1" {
			t.Errorf("they stand at %+v and %+v", a, b)
		}
		if len(*on) > 0 {
			t.Error("it went on by itself")
		}
		r.press()
		if !slices.Equal(*on, []int{1}) || r.stage != gone {
			t.Errorf("it went on with %v", *on)
		}
	})
}

func TestNothingIsBroughtWithoutConsentOrAfterTheScreenHasGone(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		brought, on := withFound(r)
		for i := range r.bring.rows {
			r.bring.rows[i].chosen = false
		}
		r.press()
		r.settle()
		if len(*brought) > 0 {
			t.Errorf("brought %v, and nothing was chosen", *brought)
		}
		r.bring.rows[0].chosen = true
		r.press()
		r.settle()
		r.Close()
		changes := r.changes
		r.answers <- nil
		r.settle()
		r.press()
		if r.changes != changes || len(*on) > 0 || r.bring.rows[0].state != bringTrying {
			t.Error("a screen that has gone was told")
		}
	})
}

func TestWhatKeptAnAccountFromOpeningIsShownAndCanBeTriedAgain(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		tries := 0
		r.Say(&fault.Error{Kind: fault.Keychain, What: "Locked."}, func() { tries++ })
		if r.stage != failed || r.problem.What != "Locked." {
			t.Fatalf("it shows %v", r.problem)
		}
		r.again()
		r.SetKey("good") // somebody enters the key instead
		if tries != 1 || r.again != nil || r.stage != asking {
			t.Errorf("%d tries, stage %d", tries, r.stage)
		}
	})
}
