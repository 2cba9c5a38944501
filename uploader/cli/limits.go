package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
)

// The bounds of --speed-limit in bytes a second. At less than the lower one,
// storage would take a transfer for one that stands still.
const (
	slowest = 1000
	fastest = 1 << 40
)

// readWorkers reads --workers: a number, or auto, which is 0.
func readWorkers(text string) (int, error) {
	if text == "auto" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > uploader.MaxWorkers {
		return 0, usage(
			fmt.Sprintf("%s is not a number of workers.", text),
			fmt.Sprintf("Choose one from 1 to %d, or auto.", uploader.MaxWorkers))
	}
	return n, nil
}

// readLimits reads --speed-limit and --hours, "" for none.
func readLimits(speed, hours string) (l uploader.Limits, err error) {
	if l.BytesPerSecond, err = readSpeed(speed); err != nil || hours == "" {
		return l, err
	}
	from, until, ok := strings.Cut(hours, "-")
	var wrong [2]error
	l.From, wrong[0] = readTimeOfDay(from)
	l.Until, wrong[1] = readTimeOfDay(until)
	if !ok || wrong != [2]error{} || l.From == l.Until {
		return uploader.Limits{}, usage(fmt.Sprintf("%q are no hours.", hours), "Write them as in 19:00-07:00.")
	}
	return l, nil
}

// readSpeed reads an amount of bytes a second; 0 is no limit.
func readSpeed(text string) (int64, error) {
	n, err := humanize.ParseBytes(strings.TrimSuffix(text, "/s"))
	if err != nil || n > fastest || n > 0 && n < slowest {
		return 0, usage(fmt.Sprintf("%q is not a speed.", text), "Write it as in 8MB or 500KB; 1KB is the lowest one, and 0 is no limit.")
	}
	return int64(n), nil
}

func readTimeOfDay(text string) (time.Duration, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(text))
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, err
}
