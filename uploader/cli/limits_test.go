package cli

import (
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

func TestLimitsAreReadAsPeopleWriteThem(t *testing.T) {
	for words, want := range map[[2]string]uploader.Limits{
		{"0", ""}:               {},
		{"8MB", ""}:             {BytesPerSecond: 8_000_000},
		{"8 MB/s", ""}:          {BytesPerSecond: 8_000_000},
		{"500kb", ""}:           {BytesPerSecond: 500_000},
		{"1MiB", ""}:            {BytesPerSecond: 1 << 20},
		{"1000", "19:00-07:00"}: {BytesPerSecond: 1000, From: 19 * time.Hour, Until: 7 * time.Hour},
		{"0", "9:30 - 17:45"}:   {From: 9*time.Hour + 30*time.Minute, Until: 17*time.Hour + 45*time.Minute},
		{"0", "00:00-06:00"}:    {Until: 6 * time.Hour},
	} {
		got, err := readLimits(words[0], words[1])
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v", words, got, err)
		}
	}
}

func TestLimitsThatAreNoneAreRefused(t *testing.T) {
	for _, words := range [][2]string{
		{"", ""}, {"fast", ""}, {"-1MB", ""}, {"999", ""}, {"2TB", ""}, {"8Mbit", ""},
		{"0", "19:00"}, {"0", "19-7"}, {"0", "19:00-"}, {"0", "24:00-07:00"}, {"0", "19:00-07:60"}, {"0", "07:00-07:00"}, {"0", "a-b"},
	} {
		if got, err := readLimits(words[0], words[1]); fault.KindOf(err) != fault.Usage || got != (uploader.Limits{}) {
			t.Errorf("%q: %+v, %v", words, got, err)
		}
	}
}

func TestWorkersAreANumberOrAuto(t *testing.T) {
	for text, want := range map[string]int{"auto": 0, "1": 1, "256": 256} {
		if got, err := readWorkers(text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"0", "-1", "257", "", "many", "1.5", "Auto "} {
		if got, err := readWorkers(text); fault.KindOf(err) != fault.Usage {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
}

func FuzzLimitsNeverMakeSenselessOnes(f *testing.F) {
	f.Add("8MB", "19:00-07:00")
	f.Add("0", "")
	f.Add("1e3", "7:00-7:00")
	f.Fuzz(func(t *testing.T, speed, hours string) {
		l, err := readLimits(speed, hours)
		if err != nil {
			return
		}
		const day = 24 * time.Hour
		if b := l.BytesPerSecond; b != 0 && (b < slowest || b > fastest) {
			t.Errorf("%q is %d bytes a second", speed, b)
		}
		if l.From < 0 || l.From >= day || l.Until < 0 || l.Until >= day || hours != "" && l.From == l.Until {
			t.Errorf("%q is %v to %v", hours, l.From, l.Until)
		}
	})
}
