package prefs

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"darwin-uploader/gui/lang"
)

// Bounds of a speed limit, in bytes per second. Below the lower one a transfer
// looks as if it stood still.
const (
	slowest = 10_000
	fastest = 1_000_000_000_000
)

// parseSpeed reads bytes per second as people write them: "8", "8 MB per
// second", "500 kB/s", "20 Mbit/s". A bare number is in MB.
func parseSpeed(text string) (bytesPerSecond int64, ok bool) {
	number, unit := splitNumber(text)
	n, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", "."), 64)
	if err != nil {
		return 0, false
	}
	factors := map[string]float64{
		"": 1e6, "kb": 1e3, "mb": 1e6, "gb": 1e9,
		"ko": 1e3, "mo": 1e6, "go": 1e9, // octets
		"kbit": 1e3 / 8, "mbit": 1e6 / 8, "gbit": 1e9 / 8, "kbps": 1e3 / 8, "mbps": 1e6 / 8, "gbps": 1e9 / 8,
	}
	factor, known := factors[unit]
	if n *= factor; !known || n < slowest || n > fastest {
		return 0, false
	}
	return int64(math.Round(n)), true
}

// splitNumber gives the number that text begins with, and the letters of its
// first word after that, small.
func splitNumber(text string) (number, unit string) {
	text = strings.TrimSpace(width.Narrow.String(text)) // Japanese keyboards write digits of twice the width, too
	end := strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	if end < 0 {
		return text, ""
	}
	rest := strings.ToLower(strings.TrimSpace(text[end:]))
	stop := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if stop < 0 {
		stop = len(rest)
	}
	return text[:end], rest[:stop]
}

// speedText is what parseSpeed reads, as short as it is exact to three digits.
func speedText(bytesPerSecond int64) string {
	switch n := float64(bytesPerSecond); {
	case n >= 999.5e6:
		return lang.L("%s GB per second", short(n/1e9))
	case n >= 999.5e3:
		return lang.L("%s MB per second", short(n/1e6))
	default:
		return lang.L("%s kB per second", short(n/1e3))
	}
}

// short writes the three digits of a number that matter.
func short(n float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 3, 64), 64)
	if err != nil {
		rounded = n
	}
	return lang.Decimal(rounded)
}

// parseClock reads a time of the day as people write it ("19:00", "7", "7.30",
// "7 pm", "19 Uhr", "19時30分") as minutes after midnight.
func parseClock(text string) (minutes int, ok bool) {
	text = strings.ToLower(strings.TrimSpace(width.Narrow.String(text)))
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "uhr"), "分")) // not shown
	half, afternoon := "", false
	for _, suffix := range []string{"am", "pm", "a.m.", "p.m."} {
		if before, found := strings.CutSuffix(text, suffix); found {
			text, half, afternoon = strings.TrimSpace(before), suffix, suffix[0] == 'p'
		}
	}
	hours, rest, cut := strings.Cut(strings.NewReplacer(".", ":", " ", ":", "h", ":", "時", ":").Replace(text), ":")
	h, err := strconv.Atoi(hours)
	m := 0
	if err == nil && cut && rest != "" {
		m, err = strconv.Atoi(rest)
	}
	if err != nil || h < 0 || m < 0 || m > 59 || len(rest) > 2 || len(hours) > 2 {
		return 0, false
	}
	if half != "" {
		if h < 1 || h > 12 {
			return 0, false
		}
		h %= 12
		if afternoon {
			h += 12
		}
	}
	if h > 23 {
		return 0, false
	}
	return 60*h + m, true
}

// clockText is what parseClock reads.
func clockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60%24, minutes%60) }
