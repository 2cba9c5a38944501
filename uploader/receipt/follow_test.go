package receipt

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func TestEachFileIsFollowedUntilItSettles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := sent(260)
		s := &scripted{answer: func(id string, before int) darwin.Standing {
			if before < 3 {
				return darwin.Standing{State: darwin.ItemProcessing}
			}
			return darwin.Standing{State: darwin.ItemComplete}
		}}
		var told []Counts
		err := Follow(t.Context(), Config{Listing: s, Store: m, Told: func(s Summary) { told = append(told, s.Counts) }})
		if err != nil {
			t.Fatal(err)
		}
		end := summary(t, m)
		if end.Counts[InDarwin] != 260 || end.Settled.IsZero() || line(m, 7).At.IsZero() {
			t.Errorf("it ends as %+v, %+v", end, line(m, 7))
		}
		if s.largest > 100 || s.calls != 4*3 {
			t.Errorf("%d requests, of up to %d", s.calls, s.largest)
		}
		if len(told) < 2 || told[0][Sent] != 260 || told[len(told)-1][InDarwin] != 260 {
			t.Errorf("it told %v", told)
		}
	})
}

func TestTheVerdictIsDarwins(t *testing.T) {
	for name, tc := range map[string]struct {
		is      darwin.Standing
		outcome Outcome
		reason  string
	}{
		"complete":          {darwin.Standing{State: darwin.ItemComplete}, InDarwin, ""},
		"archived":          {darwin.Standing{State: darwin.ItemArchived}, InDarwin, "archived"},
		"failed":            {darwin.Standing{State: darwin.ItemFailed, Message: "corrupt header."}, Refused, "process the file: corrupt header. Check"},
		"failed, no reason": {darwin.Standing{State: darwin.ItemFailed}, Refused, "gave no reason. Check"},
		"missing":           {darwin.Standing{State: darwin.ItemMissing}, Missing, "Send it again."},
		"without its file":  {darwin.Standing{State: darwin.ItemUploading}, Missing, "whose file has not come. Send it again."},
		"processing":        {darwin.Standing{State: darwin.ItemProcessing}, Sent, ""},
		"an unknown word":   {darwin.Standing{State: darwin.ItemUnknown}, Sent, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := sent(1)
				s := &scripted{answer: func(string, int) darwin.Standing { return tc.is }}
				if err := Follow(t.Context(), Config{Listing: s, Store: m}); err != nil {
					t.Fatal(err)
				}
				l := line(m, 0)
				if l.Outcome != tc.outcome || !strings.Contains(l.Reason, tc.reason) || (l.Reason == "") != (tc.reason == "") {
					t.Errorf("it ends as %v: %q", l.Outcome, l.Reason)
				}
			})
		})
	}
}

func TestARefusalSaysWhatToDoWhereSendingAgainReplacesTheItem(t *testing.T) {
	for reason, want := range map[string]string{
		refusal("no frames."): "Darwin could not process the file: no frames. Check the file, and send it again: that replaces the item in Darwin.",
		refusal(""):           "Darwin could not process the file and gave no reason. Check the file, and send it again: that replaces the item in Darwin.",
		"Something else.":     "Something else.",
	} {
		if got := Refusal(reason).Error(); got != want || Refusal(got).Error() != want {
			t.Errorf("%q becomes %q, want %q", reason, got, want)
		}
	}
}

func TestPatienceEndsAndTheRestCanBeFollowedLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := sent(2)
		s := &scripted{answer: standing(darwin.ItemProcessing)}
		began := time.Now()
		if err := Follow(t.Context(), Config{Listing: s, Store: m}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != DefaultPatience {
			t.Errorf("it took %v", took)
		}
		// 2 s apart for 10 s, 10 s apart for 2 min, then 60 s apart.
		if s.calls < 25 || s.calls > 35 {
			t.Errorf("it asked %d times", s.calls)
		}
		if end := summary(t, m); end.Counts[Sent] != 2 || !end.Settled.IsZero() || strings.Join(end.Rest(), " ") != "Darwin is still processing 2." {
			t.Errorf("it ends as %+v: %v", end, end.Rest())
		}
		s.answer = standing(darwin.ItemComplete)
		if err := Follow(t.Context(), Config{Listing: s, Store: m}); err != nil {
			t.Fatal(err)
		}
		if end := summary(t, m); end.Counts[InDarwin] != 2 || end.Settled.IsZero() || end.Headline() != "2 of 2 are in Darwin." {
			t.Errorf("it ends as %+v", end)
		}
	})
}

func TestAMissingItemIsLookedForTwiceWithAPauseBetween(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := sent(3)
		s := &scripted{answer: func(id string, before int) darwin.Standing {
			switch {
			case id == itemID(0): // never there
				return darwin.Standing{State: darwin.ItemMissing}
			case id == itemID(1) && before == 0: // the list lags behind
				return darwin.Standing{State: darwin.ItemMissing}
			case id == itemID(2) && before%2 == 0 && before < 6: // comes and goes
				return darwin.Standing{State: darwin.ItemMissing}
			case id == itemID(2) && before < 6:
				return darwin.Standing{State: darwin.ItemProcessing}
			}
			return darwin.Standing{State: darwin.ItemComplete}
		}}
		if err := Follow(t.Context(), Config{Listing: s, Store: m}); err != nil {
			t.Fatal(err)
		}
		if line(m, 0).Outcome != Missing || line(m, 1).Outcome != InDarwin || line(m, 2).Outcome != InDarwin {
			t.Errorf("they end as %v, %v, %v", line(m, 0).Outcome, line(m, 1).Outcome, line(m, 2).Outcome)
		}
		if s.asked[itemID(0)] != 2 {
			t.Errorf("it was looked for %d times", s.asked[itemID(0)])
		}
	})
}

func TestWithoutPatienceDarwinIsAskedOnceAndTwiceOnlyForWhatIsMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := sent(3)
		s := &scripted{answer: func(id string, before int) darwin.Standing {
			return darwin.Standing{State: map[string]darwin.ItemState{
				itemID(0): darwin.ItemMissing, itemID(1): darwin.ItemProcessing, itemID(2): darwin.ItemComplete,
			}[id]}
		}}
		began := time.Now()
		if err := Follow(t.Context(), Config{Listing: s, Store: m, Patience: -1}); err != nil {
			t.Fatal(err)
		}
		if c := summary(t, m).Counts; c[Missing] != 1 || c[Sent] != 1 || c[InDarwin] != 1 {
			t.Errorf("it ends as %v", c)
		}
		if s.asked[itemID(0)] != 2 || s.asked[itemID(1)] != 1 || time.Since(began) > 2*time.Second {
			t.Errorf("asked %v in %v", s.asked, time.Since(began))
		}
	})
}

func TestALostAnswerIsAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lost := &fault.Error{Kind: fault.Network, What: "Lost."}
		m := sent(150)
		s := &scripted{answer: standing(darwin.ItemComplete), fails: []error{lost, nil, lost, lost, lost, lost, lost, lost, lost}}
		if err := Follow(t.Context(), Config{Listing: s, Store: m}); err != nil {
			t.Fatal(err)
		}
		if c := summary(t, m).Counts; c[InDarwin] != 150 {
			t.Errorf("it ends as %v", c)
		}
	})
}

func TestAPauseThatDarwinAsksForIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := &fault.Error{Kind: fault.Busy, What: "Busy.", After: 40 * time.Second}
		s := &scripted{answer: standing(darwin.ItemComplete), fails: []error{busy}}
		began := time.Now()
		if err := Follow(t.Context(), Config{Listing: s, Store: sent(1)}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took < 40*time.Second || s.calls != 2 {
			t.Errorf("%d requests in %v", s.calls, took)
		}
	})
}

func TestWithoutNetworkPatienceEndsAndNothingIsCalledMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := sent(5)
		s := &scripted{fails: make([]error, 1000)}
		for i := range s.fails {
			s.fails[i] = &fault.Error{Kind: fault.Network, What: "Lost."}
		}
		if err := Follow(t.Context(), Config{Listing: s, Store: m, Patience: time.Minute}); err != nil {
			t.Fatal(err)
		}
		if c := summary(t, m).Counts; c[Sent] != 5 {
			t.Errorf("it ends as %v", c)
		}
	})
}

func TestWhatDoesNotPassByItselfEndsIt(t *testing.T) {
	for _, kind := range []fault.Kind{fault.Key, fault.Permission, fault.Missing} {
		s := &scripted{fails: []error{&fault.Error{Kind: kind, What: "No."}}}
		err := Follow(t.Context(), Config{Listing: s, Store: sent(1)})
		if fault.KindOf(err) != kind || s.calls != 1 {
			t.Errorf("%v: %v after %d requests", kind, err, s.calls)
		}
	}
}

func TestTheContextEndsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		err := Follow(ctx, Config{Listing: &scripted{answer: standing(darwin.ItemProcessing)}, Store: sent(1)})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it ends with %v", err)
		}
	})
}

func TestNothingToFollowIsSettledAtOnce(t *testing.T) {
	m := NewMemory(Summary{}, []Line{{Outcome: Skipped}})
	s := &scripted{}
	if err := Follow(t.Context(), Config{Listing: s, Store: m}); err != nil {
		t.Fatal(err)
	}
	if end := summary(t, m); end.Settled.IsZero() || s.calls != 0 {
		t.Errorf("it ends as %+v after %d requests", end, s.calls)
	}
}

func TestAFileWithoutAnIDIsNotCalledMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewMemory(Summary{}, []Line{{Place: 0, Outcome: Sent}, {Place: 1, ItemID: "known", Outcome: Sent}})
		s := &scripted{answer: standing(darwin.ItemMissing)}
		if err := Follow(t.Context(), Config{Listing: s, Store: m}); err != nil {
			t.Fatal(err)
		}
		if line(m, 0).Outcome != Sent || line(m, 1).Outcome != Missing || s.asked[""] != 0 {
			t.Errorf("they end as %v and %v", line(m, 0).Outcome, line(m, 1).Outcome)
		}
	})
}

// Sending needs the requests too: whatever the size of the batch, looks take a
// third of a key's 1,000 a minute at most.
func TestLooksAtALargeBatchLeaveRequestsToOthers(t *testing.T) {
	for _, requests := range []int{1, 10, 200, 2000} {
		for _, elapsed := range []time.Duration{0, 11 * time.Second, time.Hour} {
			if perMinute := float64(requests) / pauseAfter(elapsed, requests).Minutes(); perMinute > 334 {
				t.Errorf("%d requests after %v: %.0f a minute", requests, elapsed, perMinute)
			}
		}
	}
}

func TestOnlyItemsThatWaitForTheirFilesAreAbandoned(t *testing.T) {
	var ids []string
	is := map[string]darwin.ItemState{}
	for i := range 250 {
		ids = append(ids, itemID(i))
		is[itemID(i)] = darwin.ItemState(i % (int(darwin.ItemMissing) + 1))
	}
	lost := &fault.Error{Kind: fault.Network, What: "Lost."}
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{answer: func(id string, _ int) darwin.Standing { return darwin.Standing{State: is[id]} }, fails: []error{lost}}
		var gone []string
		n, err := Abandon(t.Context(), s, ids, func(part []string) error {
			gone = append(gone, part...)
			return nil
		})
		if err != nil || n != len(s.removed) {
			t.Fatalf("%d removed, %d asked for: %v", n, len(s.removed), err)
		}
		for _, id := range s.removed {
			if is[id] != darwin.ItemUploading {
				t.Errorf("an item in state %v was removed", is[id])
			}
		}
		want := 0
		for _, state := range is {
			if state == darwin.ItemUploading || state == darwin.ItemMissing {
				want++
			}
		}
		if len(gone) != want {
			t.Errorf("%d are told to be gone, want %d", len(gone), want)
		}
	})
}
