package uploader

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/fault"
)

func patientLine() *line {
	answers := func(context.Context) error { return nil }
	return &line{
		patience: Patience{}.orDefault(), log: slog.New(slog.DiscardHandler),
		gate: newGate(answers, func() {}),
	}
}

func TestPausesGrowAndTriesEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		tries := 0
		err := patientLine().try(t.Context(), func(context.Context) error {
			tries++
			return &fault.Error{Kind: fault.Network}
		})
		took := time.Since(began)
		if tries != 6 || fault.KindOf(err) != fault.Network {
			t.Errorf("%d tries, then %v", tries, err)
		}
		// Five pauses of 0.5, 1, 2, 4 and 8 s, each between half and one and a half of that.
		if took < 7*time.Second || took > 24*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestTheLastTryIsNotLostToANetworkThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := &fault.Error{Kind: fault.Network}
		probes, tries := 0, 0
		l := patientLine()
		l.gate.probe = func(context.Context) error {
			if probes++; probes < 5 {
				return gone
			}
			return nil
		}
		err := l.try(t.Context(), func(context.Context) error {
			switch tries++; {
			case tries < l.patience.Tries:
				return &fault.Error{Kind: fault.Busy, Status: 503}
			case probes < 5:
				return gone
			default:
				return nil
			}
		})
		if err != nil || probes != 5 || tries != l.patience.Tries+1 {
			t.Errorf("%d tries and %d probes, then %v", tries, probes, err)
		}
	})
}

func TestAWaitThatDarwinAsksForIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		tries := 0
		err := patientLine().try(t.Context(), func(context.Context) error {
			if tries++; tries == 1 {
				return &fault.Error{Kind: fault.Busy, After: 90 * time.Second}
			}
			return nil
		})
		if took := time.Since(began); err != nil || took < 90*time.Second {
			t.Errorf("it went on after %v with %v", took, err)
		}
	})
}

func TestWhatNoRetryMendsIsTriedOnce(t *testing.T) {
	for _, kind := range []fault.Kind{fault.Key, fault.Quota, fault.Refused, fault.Vanished, fault.Exists} {
		tries := 0
		err := patientLine().try(t.Context(), func(context.Context) error { tries++; return &fault.Error{Kind: kind} })
		if tries != 1 || fault.KindOf(err) != kind {
			t.Errorf("%v: %d tries, then %v", kind, tries, err)
		}
	}
}

func TestACancelledBatchDoesNotWaitForItsPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		err := patientLine().try(ctx, func(context.Context) error { return &fault.Error{Kind: fault.Busy, After: time.Hour} })
		if took := time.Since(began); took > time.Second || !errors.Is(err, context.Canceled) {
			t.Errorf("it ended after %v with %v", took, err)
		}
	})
}
