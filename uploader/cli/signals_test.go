package cli

import (
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestSignalsAskToEndSoonThenNowThenAtOnce(t *testing.T) {
	const interrupt, term = "interrupt", "terminate"
	for _, tc := range []struct {
		name  string
		heard []string
		soon  bool
		now   bool
		gone  bool
	}{
		{"nothing", nil, false, false, false},
		{"Ctrl+C", []string{interrupt}, true, false, false},
		{"Ctrl+C twice", []string{interrupt, interrupt}, true, true, false},
		{"Ctrl+C three times", []string{interrupt, interrupt, interrupt}, true, true, true},
		{"terminated", []string{term}, false, true, false},
		{"terminated twice", []string{term, term}, false, true, false},
		{"Ctrl+C, then terminated", []string{interrupt, term}, true, true, false},
		{"terminated, then Ctrl+C", []string{term, interrupt}, false, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				heard, gone := make(chan os.Signal), false
				e, release := obey(heard, func() { gone = true })
				for _, s := range tc.heard {
					heard <- map[string]os.Signal{interrupt: os.Interrupt, term: syscall.SIGTERM}[s]
				}
				synctest.Wait()
				if (e.Soon.Err() != nil) != tc.soon || (e.Now.Err() != nil) != tc.now || gone != tc.gone {
					t.Errorf("soon %v, now %v, gone %v", e.Soon.Err(), e.Now.Err(), gone)
				}
				release()
			})
		})
	}
}

func TestWhatDoesNotStopIsEndedAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		heard, gone := make(chan os.Signal), time.Time{}
		_, release := obey(heard, func() { gone = time.Now() })
		began := time.Now()
		heard <- os.Interrupt
		time.Sleep(time.Hour) // files on their way may take as long as they like
		synctest.Wait()
		if !gone.IsZero() {
			t.Error("it was ended while it finished files")
		}
		heard <- syscall.SIGTERM
		time.Sleep(lastResort + time.Second)
		synctest.Wait()
		if took := gone.Sub(began) - time.Hour; took != lastResort {
			t.Errorf("it was ended after %v", took)
		}
		release()
	})
}
