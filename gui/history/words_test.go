package history

import (
	"testing"
	"time"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/receipt"
)

func TestDaysAreNamedAsPeopleNameThem(t *testing.T) {
	at := func(year int, month time.Month, day, hour int) time.Time {
		return time.Date(year, month, day, hour, 5, 0, 0, time.UTC)
	}
	thursday := at(2026, 5, 14, 15)
	for _, c := range []struct {
		at         time.Time
		name, when string
	}{
		{at(2026, 5, 14, 0), "Today", "00:05"},
		{at(2026, 5, 14, 23), "Today", "23:05"}, // a clock that ran ahead
		{at(2026, 5, 13, 23), "Yesterday", "23:05"},
		{at(2026, 5, 8, 1), "Friday", "01:05"},
		{at(2026, 5, 7, 23), "Last week", "7 May"},
		{at(2026, 5, 1, 9), "Last week", "1 May"},
		{at(2026, 4, 30, 9), "April 2026", "30 April"},
		{at(2025, 12, 31, 9), "December 2025", "31 December"},
	} {
		if got := dayName(c.at, thursday); got != c.name {
			t.Errorf("%v is under %q, want %q", c.at, got, c.name)
		}
		if got := clockOrDate(c.at, thursday); got != c.when {
			t.Errorf("%v is %q, want %q", c.at, got, c.when)
		}
	}
}

func TestADayOfTwentyThreeHoursIsADay(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this computer has no time zones: ", err)
	}
	sunday := time.Date(2026, 3, 29, 0, 30, 0, 0, berlin) // the clocks go forward in this night
	if n := daysBetween(sunday, sunday.Add(24*time.Hour)); n != 1 {
		t.Errorf("%d days lie between Sunday and Monday", n)
	}
}

func TestTheTimeOfAnUploadIsSaidInOneBreath(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 5, day, hour, minute, 0, 0, time.UTC) }
	thursday := at(14, 15, 0)
	for want, c := range map[string][2]time.Time{
		"Yesterday, 16:35 to 16:40":        {at(13, 16, 35), at(13, 16, 40)},
		"Today, 09:00":                     {at(14, 9, 0), at(14, 9, 0)},
		"Yesterday, 23:50 to Today, 00:10": {at(13, 23, 50), at(14, 0, 10)},
		"1 May, 10:00 to 2 May, 10:00":     {at(1, 10, 0), at(2, 10, 0)},
		"31 December 2025, 10:00 to 10:01": {time.Date(2025, 12, 31, 10, 0, 0, 0, time.UTC), time.Date(2025, 12, 31, 10, 1, 0, 0, time.UTC)},
		"Today, 10:00":                     {at(14, 10, 0), at(14, 9, 0)}, // a clock that was set back
	} {
		if got := span(c[0], c[1], thursday); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

func TestAnUploadInOneLine(t *testing.T) {
	ended := time.Unix(1, 0)
	for want, c := range map[string]struct {
		s       receipt.Summary
		running bool
		kind    widgets.StateKind
	}{
		"All 412 sent":               {receipt.Summary{Ended: ended, Files: 412, Counts: receipt.Counts{receipt.InDarwin: 412}}, false, widgets.StateInDarwin},
		"1 file sent":                {receipt.Summary{Ended: ended, Files: 1, Counts: receipt.Counts{receipt.InDarwin: 1}}, false, widgets.StateInDarwin},
		"389 sent, 1 needs you":      {receipt.Summary{Ended: ended, Files: 390, Counts: receipt.Counts{receipt.InDarwin: 389, receipt.Refused: 1}}, false, widgets.StateNeedsYou},
		"12 sent, 3 need you":        {receipt.Summary{Files: 20, Counts: receipt.Counts{receipt.Sent: 12, receipt.Missing: 1, receipt.NeedsYou: 2, receipt.NotSent: 5}}, false, widgets.StateNeedsYou},
		"Interrupted, 12 of 17 sent": {receipt.Summary{Files: 17, Counts: receipt.Counts{receipt.Sent: 12, receipt.NotSent: 5}}, false, widgets.StateWaiting},
		"Stopped, 12 of 17 sent":     {receipt.Summary{Ended: ended, Files: 17, Counts: receipt.Counts{receipt.InDarwin: 12, receipt.NotSent: 5}}, false, widgets.StateSkipped},
		"Darwin is processing 1,200": {receipt.Summary{Ended: ended, Files: 1200, Counts: receipt.Counts{receipt.Sent: 1200}}, false, widgets.StateWaiting},
		"All 6 were there already":   {receipt.Summary{Ended: ended, Files: 6, Counts: receipt.Counts{receipt.Skipped: 6}}, false, widgets.StateSkipped},
		"206 sent, 6 skipped":        {receipt.Summary{Ended: ended, Files: 212, Counts: receipt.Counts{receipt.InDarwin: 206, receipt.Skipped: 6}}, false, widgets.StateInDarwin},
		"9 sent, 3 sent again later": {receipt.Summary{Ended: ended, Files: 12, Counts: receipt.Counts{receipt.InDarwin: 9, receipt.SentAgain: 3}}, false, widgets.StateInDarwin},
		"All 1,900 imported":         {receipt.Summary{Ended: ended, Imported: true, Files: 1900, Counts: receipt.Counts{receipt.InDarwin: 1900}}, false, widgets.StateInDarwin},
		"Being imported now":         {receipt.Summary{Imported: true, Files: 17, Counts: receipt.Counts{receipt.NotSent: 17}}, true, widgets.StateSending},
		"Being sent now":             {receipt.Summary{Files: 17, Counts: receipt.Counts{receipt.NotSent: 17}}, true, widgets.StateSending},
	} {
		if kind, words, _ := verdict(c.s, c.running); words != want || kind != c.kind {
			t.Errorf("it says %q (%v), want %q (%v)", words, kind, want, c.kind)
		}
	}
}

func everyOutcome() []receipt.Outcome {
	all := []receipt.Outcome{receipt.LeftOut}
	for o := range (receipt.Counts{}) {
		all = append(all, receipt.Outcome(o))
	}
	return all
}

func TestWhereThereIsLittleRoomAnUploadSaysWhatMattersMost(t *testing.T) {
	ended := time.Unix(1, 0)
	for want, s := range map[string]receipt.Summary{
		"23 need you":      {Ended: ended, Files: 412, Counts: receipt.Counts{receipt.InDarwin: 389, receipt.NeedsYou: 23}},
		"12 of 17 sent":    {Files: 17, Counts: receipt.Counts{receipt.Sent: 12, receipt.NotSent: 5}},
		"6 skipped":        {Ended: ended, Files: 212, Counts: receipt.Counts{receipt.InDarwin: 206, receipt.Skipped: 6}},
		"All 412 imported": {Ended: ended, Imported: true, Files: 412, Counts: receipt.Counts{receipt.InDarwin: 412}},
	} {
		if _, _, brief := verdict(s, false); brief != want {
			t.Errorf("it says %q, want %q", brief, want)
		}
	}
}

func TestOfAnImportOnlyWhatAnotherTryMendsIsOfferedAgain(t *testing.T) {
	for want, s := range map[string]receipt.Summary{
		"Import the 3 again": {Lacking: 4, Counts: receipt.Counts{receipt.NeedsYou: 6, receipt.Missing: 1, receipt.Refused: 2}},
		"Import the other 9": {Lacking: 4, Counts: receipt.Counts{receipt.NeedsYou: 4, receipt.NotSent: 9}},
		"":                   {Lacking: 4, Counts: receipt.Counts{receipt.NeedsYou: 4, receipt.Refused: 2}},
	} {
		s.Imported = true
		if _, words, any := again(s, everything); any != (want != "") || any && words != want {
			t.Errorf("it says %q, %v, want %q", words, any, want)
		}
	}
}

func TestEveryOutcomeHasWordsOfItsOwn(t *testing.T) {
	seen := map[string]receipt.Outcome{}
	for _, o := range everyOutcome() {
		_, words := happened(receipt.Line{Name: "a.jpg", Outcome: o}, false, true)
		if other, twice := seen[words]; twice {
			t.Errorf("%v and %v are both %q", o, other, words)
		}
		seen[words] = o
		if got := sentence(receipt.Line{Path: "/x/a.jpg", Outcome: o}, false); len(got) < len("a.jpg: .") || got[:7] != "a.jpg: " {
			t.Errorf("of %v it says %q", o, got)
		}
	}
}

func TestEveryLineIsUnderExactlyOneChip(t *testing.T) {
	chips := map[receipt.Outcome]int{}
	for f := everything + 1; f < filters; f++ {
		for _, o := range f.outcomes() {
			chips[o]++
		}
	}
	for _, o := range everyOutcome() {
		if chips[o] != 1 {
			t.Errorf("%v is under %d chips", o, chips[o])
		}
	}
}
