package cli

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

func TestPatienceIsForABusyDarwinAndHasAnEnd(t *testing.T) {
	busy, network := &fault.Error{Kind: fault.Busy}, &fault.Error{Kind: fault.Network}
	for _, tt := range []struct {
		name   string
		errs   []error // of the tries, then none
		want   error
		tries  int
		pauses time.Duration
	}{
		{"no problem", nil, nil, 1, 0},
		{"busy once", []error{busy}, nil, 2, 250 * time.Millisecond},
		{"busy for long", []error{busy, busy, busy, busy, busy}, busy, 4, 1750 * time.Millisecond},
		{"busy and asking for time", []error{&fault.Error{Kind: fault.Busy, After: 20 * time.Second}}, nil, 2, 20 * time.Second},
		{"no network", []error{network}, network, 1, 0},
		{"no network after all", []error{busy, network}, network, 2, 250 * time.Millisecond},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tries, began := 0, time.Now()
				_, err := patiently(t.Context(), func() (int, error) {
					tries++
					if tries <= len(tt.errs) {
						return 0, tt.errs[tries-1]
					}
					return 0, nil
				})
				if !errors.Is(err, tt.want) || tries != tt.tries || time.Since(began) != tt.pauses {
					t.Errorf("%v after %d tries and %v, want %v after %d and %v", err, tries, time.Since(began), tt.want, tt.tries, tt.pauses)
				}
			})
		})
	}
}

func TestPatienceEndsWithAWaitThatIsTooLongAndWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		long := &fault.Error{Kind: fault.Busy, After: time.Hour}
		if _, err := patiently(t.Context(), func() (int, error) { return 0, long }); err != error(long) {
			t.Errorf("a wait of an hour ends with %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := patiently(ctx, func() (int, error) { return 0, &fault.Error{Kind: fault.Busy, After: 20 * time.Second} })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("an ended context gives %v", err)
		}
	})
}

func TestADarwinThatIsBusyForAMomentDoesNotEndTheCommand(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	for _, call := range []sandbox.Call{sandbox.TokenInfo, sandbox.Datasets, sandbox.Classes} {
		s.sandbox.Inject(sandbox.Fault{Call: call, Status: 503, Times: 1, RetryAfter: "0"})
	}
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	if code := s.upload("-d", "camera-traps-2026", "-t", "deer", file); code != ExitDone {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
}
