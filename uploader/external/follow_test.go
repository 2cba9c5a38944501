package external

import (
	"context"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

func (r *rig) follow(id int64, patience time.Duration) ledger.Counts {
	r.Helper()
	var last ledger.Counts
	f := Following{
		Ledger: r.ledger, Listing: r.client.Listing(r.dataset), Patience: patience, Clock: r.clock, Told: func(c ledger.Counts) { last = c },
	}
	r.check(Follow(r.Context(), f, id))
	return last
}

func TestAWrongKeyShowsAsAnItemThatDarwinCouldNotRead(t *testing.T) {
	for _, dataset := range []string{"camera-traps-2026", "old-archive"} {
		t.Run(dataset, func(t *testing.T) {
			r := newRig(t)
			r.sandbox.AddStorage(sandbox.Storage{Name: "team-uploads", Provider: "aws", Bucket: "b", Has: func(key string) bool { return key != "shots/00003.jpg" }})
			r.into(dataset, "team-uploads")
			i := r.plan(append(numbered(20), "shots/00001.jpg", "shots/")...)
			r.run(i.ID)
			if got := r.follow(i.ID, time.Hour); got != (ledger.Counts{ledger.Ready: 19, ledger.Refused: 1, ledger.Unfit: 2}) {
				t.Errorf("it settled as %v", got)
			}
			bad := r.rows(i.ID)[3]
			if bad.State != ledger.Refused || !strings.Contains(bad.Reason, `could not read or process "shots/00003.jpg"`) || !strings.Contains(bad.Reason, "The key may be wrong") {
				t.Errorf("the wrong key's row is %+v", bad)
			}
			s, err := Receipt(t.Context(), r.ledger, i.ID)
			r.check(err)
			if want := (receipt.Counts{receipt.InDarwin: 19, receipt.Refused: 1, receipt.NeedsYou: 2}); s.Counts != want || !s.Imported || s.Settled.IsZero() || s.Files != 22 {
				t.Errorf("the receipt is %+v", s)
			}
			for search, n := range map[string]int{"": 1, "TEST": 1, r.dataset.Slug: 1, "elsewhere": 0, "00%": 0, s.Storage: 1} {
				if list, err := History(t.Context(), r.ledger, search, 9); err != nil || len(list) != n || n > 0 && list[0] != s {
					t.Errorf("%q finds %+v, %v", search, list, err)
				}
			}
			n := 0
			for line, err := range Lines(t.Context(), r.ledger, i.ID) {
				r.check(err)
				if line.Place != n || line.Path == "" || (line.ItemID == "") != (line.Outcome == receipt.NeedsYou) || line.At.IsZero() != (line.ItemID == "") {
					t.Errorf("line %d is %+v", n, line)
				}
				n++
			}
			if n != 22 {
				t.Errorf("%d lines", n)
			}
			for _, page := range []struct {
				of            receipt.Outcome
				offset, limit int
				first, want   int
			}{{receipt.Every, 0, 5, 0, 5}, {receipt.Every, 20, 5, 20, 2}, {receipt.InDarwin, 18, 5, -1, 1}, {receipt.NeedsYou, 0, 9, -1, 2}, {receipt.SentAgain, 0, 9, -1, 0}} {
				lines, err := Page(t.Context(), r.ledger, i.ID, page.of, page.offset, page.limit)
				if err != nil || len(lines) != page.want || page.first >= 0 && lines[0].Place != page.first {
					t.Errorf("the page %+v is %+v, %v", page, lines, err)
				}
				for _, line := range lines {
					if page.of != receipt.Every && line.Outcome != page.of {
						t.Errorf("on the page %+v is %+v", page, line)
					}
				}
			}
		})
	}
}

// fixed is a listing whose items stand still.
type fixed func(looks int, id string) (darwin.Standing, error)

type standing struct {
	of    fixed
	looks int
}

func (s *standing) States(_ context.Context, ids []string) ([]darwin.Standing, error) {
	s.looks++
	all := make([]darwin.Standing, len(ids))
	var err error
	for i, id := range ids {
		if all[i], err = s.of(s.looks, id); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func TestFollowingEndsWithItsPatienceOrWithAProblemThatStays(t *testing.T) {
	r := newRig(t)
	i := r.plan("a.jpg")
	r.run(i.ID)
	busy := &fault.Error{Kind: fault.Busy, Status: 503}
	for name, tc := range map[string]struct {
		of   fixed
		err  fault.Kind
		want ledger.State
	}{
		"still processing": {func(int, string) (darwin.Standing, error) { return darwin.Standing{State: darwin.ItemProcessing}, nil }, 0, ledger.Registered},
		"a wrong key":      {func(int, string) (darwin.Standing, error) { return darwin.Standing{}, &fault.Error{Kind: fault.Key} }, fault.Key, ledger.Registered},
		"away for one look": {func(looks int, _ string) (darwin.Standing, error) {
			if looks%2 == 0 {
				return darwin.Standing{State: darwin.ItemMissing}, nil
			}
			return darwin.Standing{State: darwin.ItemProcessing}, nil
		}, 0, ledger.Registered},
		"gone, after trouble": {func(looks int, _ string) (darwin.Standing, error) {
			if looks < 3 {
				return darwin.Standing{}, busy
			}
			return darwin.Standing{State: darwin.ItemMissing}, nil
		}, 0, ledger.Missing},
	} {
		r.check(r.ledger.Record(t.Context(), i.ID, []ledger.Verdict{{Place: 0, State: ledger.Registered}}))
		err := Follow(t.Context(), Following{Ledger: r.ledger, Listing: &standing{of: tc.of}, Patience: 40 * time.Second, Clock: &stepped{now: time.Now()}}, i.ID)
		if fault.KindOf(err) != tc.err || r.rows(i.ID)[0].State != tc.want {
			t.Errorf("%s: %v, state %v", name, err, r.rows(i.ID)[0].State)
		}
	}
}
