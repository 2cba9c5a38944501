package queue

import (
	"strings"
	"testing"
	"time"
)

func TestTimesAreToldAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct {
		left, elapsed time.Duration
		want          string
	}{
		{4 * time.Minute, 9 * time.Second, "Working out the time"},
		{0, time.Hour, "Working out the time"},
		{59 * time.Second, time.Minute, "Less than a minute left"},
		{60 * time.Second, time.Minute, "About 1 minute left"},
		{89 * time.Second, time.Minute, "About 1 minute left"},
		{91 * time.Second, time.Minute, "About 2 minutes left"},
		{4*time.Minute + 20*time.Second, time.Minute, "About 4 minutes left"},
		{59*time.Minute + 40*time.Second, time.Minute, "About 1 hour left"},
		{84 * time.Minute, time.Minute, "About 1 hour 20 minutes left"},
		{119 * time.Minute, time.Minute, "About 2 hours left"},
		{13*time.Hour + 40*time.Minute, time.Minute, "About 14 hours left"},
		{71 * time.Hour, time.Minute, "About 3 days left"},
	} {
		if got := timeLeft(c.left, c.elapsed); got != c.want {
			t.Errorf("timeLeft(%v, %v) = %q, want %q", c.left, c.elapsed, got, c.want)
		}
	}
}

func TestSizesSayTheirUnitOnce(t *testing.T) {
	for _, c := range []struct {
		n, of int64
		want  string
	}{
		{2_600_000_000, 5_100_000_000, "2.6 of 5.1 GB"},
		{900_000_000, 5_100_000_000, "900 MB of 5.1 GB"},
		{0, 5_100_000_000, "0 B of 5.1 GB"},
	} {
		if got := sizeOf(c.n, c.of); got != c.want {
			t.Errorf("sizeOf(%d, %d) = %q, want %q", c.n, c.of, got, c.want)
		}
	}
}

func TestAFileIsNeverAtAHundredPercentBeforeItArrived(t *testing.T) {
	for _, c := range []struct {
		sent, size int64
		want       int
	}{{0, 0, 0}, {0, 10, 0}, {5, 10, 50}, {10, 10, 99}, {20, 10, 99}} {
		if got := percent(c.sent, c.size); got != c.want {
			t.Errorf("percent(%d, %d) = %d, want %d", c.sent, c.size, got, c.want)
		}
	}
}

func TestTheNoticeTellsWhatCameAndWhatDidNot(t *testing.T) {
	for _, c := range []struct {
		added       Added
		short       bool
		words, link string
	}{
		{Added{Files: 412, LeftOut: 4, Types: true}, false, "412 files added. 4 others are not images or videos.", "Show the 4"},
		{Added{Files: 412, LeftOut: 4, Types: true}, true, "412 files added. 4 left out.", "Show the 4"},
		{Added{Files: 1, LeftOut: 1}, false, "1 file added. 1 other was left out.", "Show the 1"},
		{Added{Files: 3, Litter: 2}, false, "3 files added. 2 system files left out.", "Show"},
		{Added{Already: 7}, false, "7 were here already.", ""},
		{Added{}, false, "Drop more files whenever you like.", ""},
		{Added{Types: true}, false, "No files were added.", ""},
		{Added{Types: true, Sheets: 1}, false, "Drop more files whenever you like.", ""},
		{Added{Types: true, Sheets: 1, Already: 2}, false, "2 were here already.", ""},
		{Added{Types: true, Sheets: 1, LeftOut: 2}, true, "2 left out.", "Show the 2"},
		{Added{Types: true, Sheets: 1, Files: 2}, true, "2 files added.", ""},
		{Added{Running: true}, false, "Looking through the folders.", "Stop looking"},
		{Added{Files: 1204, Running: true, LeftOut: 3}, true, "1,204 files added. 3 left out.", "Stop looking"},
		{Added{Files: 1204, Stopped: true}, false, "1,204 files added. You stopped looking, so there may be more.", ""},
	} {
		if got := AddedWords(c.added, c.short); got != c.words {
			t.Errorf("%+v says %q, want %q", c.added, got, c.words)
		}
		if got := ShowWords(c.added); got != c.link {
			t.Errorf("%+v has the link %q, want %q", c.added, got, c.link)
		}
	}
}

func TestCopiedFilesAreReadOffTheClipboard(t *testing.T) {
	for _, c := range []struct {
		name    string
		text    string
		windows bool
		want    string
	}{
		{"addresses", "file:///home/ada/a%20b.jpg\r\nfile:///home/ada/c\r\n", false, "/home/ada/a b.jpg|/home/ada/c"},
		{"GNOME", "x-special/nautilus-clipboard\ncopy\nfile:///a\n", false, "/a"},
		{"plain paths", "/a/b.jpg\n/c", false, "/a/b.jpg|/c"},
		{"another computer", "file://server/a", false, ""},
		{"some text", "Dear Ada,\n/a", false, ""},
		{"relative", "a.jpg", false, ""},
		{"hidden control character", "file:///a%00b", false, ""},
		{"Windows address", "file:///C:/a%20b.jpg", true, "C:/a b.jpg"},
		{"Windows path in quotes", "\"C:\\a b.jpg\"", true, "C:/a b.jpg"},
		{"Windows share", `\\server\share\x`, true, "//server/share/x"},
		{"a drive's own folder", "C:a.jpg", true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.ReplaceAll(strings.Join(parseClipboard(c.text, c.windows), "|"), `\`, "/")
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzParseClipboard(f *testing.F) {
	for _, seed := range []string{"file:///a%20b\n/c", "copy\nfile:///x", "\"C:\\x\"", "//server/x", "file:%zz", "\x00"} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, windows bool) {
		for _, p := range parseClipboard(text, windows) {
			if strings.ContainsAny(p, "\x00\n\r") {
				t.Errorf("the path %q holds a control character", p)
			}
			if !windows && !strings.HasPrefix(p, "/") {
				t.Errorf("the path %q is not absolute", p)
			}
		}
	})
}
