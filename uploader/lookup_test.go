package uploader

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func TestOnlyWhatWasRegisteredWhileWeAskedIsTakenForOurOwn(t *testing.T) {
	from := time.Date(2024, 3, 1, 10, 0, 0, 0, time.UTC)
	asked := Asked{From: from, Until: from.Add(time.Minute)}
	for name, tc := range map[string]struct {
		asked Asked
		at    time.Time
		want  bool
	}{
		"at the beginning":               {asked, from, true},
		"in another zone":                {asked, from.In(time.FixedZone("", 7200)), true},
		"in a second that was cut":       {asked, from.Add(-time.Second), true},
		"long before":                    {asked, from.Add(-time.Hour), false},
		"just too early":                 {asked, from.Add(-11 * time.Second), false},
		"by a server that took its time": {asked, from.Add(2 * time.Minute), true},
		"an hour later":                  {asked, from.Add(time.Hour), false},
		"at no known time":               {asked, time.Time{}, false},
		"though we never asked":          {Asked{}, from, false},
		"at no time, never asked":        {Asked{}, time.Time{}, false},
	} {
		if got := tc.asked.covers(tc.at); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestADoubtGrowsFromItsFirstRequestToItsLast(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2024, 3, 1, 10, minute, 0, 0, time.UTC) }
	r := Reached{}.asking(Asked{at(1), at(2)}).asking(Asked{at(30), at(31)})
	if want := (Asked{at(1), at(31)}); r.Asked != want {
		t.Errorf("it is %+v", r.Asked)
	}
}

// clock is a Darwin that only tells the time, which is another than here.
type clock struct {
	darwin.Uploads
	known bool
	ahead time.Duration
}

func (c *clock) Now() (time.Time, bool) { return time.Now().Add(c.ahead), c.known }

func TestTheTimeOfARequestIsDarwinsAsSoonAsItIsKnown(t *testing.T) {
	for name, tc := range map[string]struct {
		before, after bool
		ahead         time.Duration
	}{
		"known before": {true, true, 5 * time.Hour},
		"known after":  {false, true, 5 * time.Hour},
		"never known":  {false, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				c := &clock{known: tc.before, ahead: 5 * time.Hour}
				w := (&line{uploads: c}).watch()
				time.Sleep(90 * time.Second)
				c.known = tc.after
				asked := w.stop()
				if want := began.Add(tc.ahead); !asked.From.Equal(want) || !asked.Until.Equal(want.Add(90*time.Second)) {
					t.Errorf("from %v until %v, want from %v", asked.From, asked.Until, want)
				}
			})
		})
	}
}

func TestWhichProblemsLeaveARegistrationInDoubt(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want bool
	}{
		{nil, false},
		{context.Canceled, true},
		{&fault.Error{Kind: fault.Network}, true},
		{&fault.Error{Kind: fault.Stalled}, true},
		{&fault.Error{Kind: fault.Busy, Status: 502}, true},
		{&fault.Error{Kind: fault.Busy, Status: 429}, false},
		{&fault.Error{Kind: fault.Unexpected, Status: 200}, true},
		{&fault.Error{Kind: fault.Refused, Status: 200}, true},
		{&fault.Error{Kind: fault.Refused, Status: 422}, false},
		{&fault.Error{Kind: fault.Quota, Status: 429}, false},
		{&fault.Error{Kind: fault.Key, Status: 401}, false},
	} {
		if got := mayBeDone(tc.err); got != tc.want {
			t.Errorf("%#v: %v", tc.err, got)
		}
	}
}
