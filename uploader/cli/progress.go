package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
)

// repaint is how often the line of progress is painted anew.
const repaint = 200 * time.Millisecond

// underWay is what watch needs of a batch.
type underWay interface {
	Snapshot() uploader.Snapshot
	Done() <-chan struct{}
}

// watch waits for the end of a batch and, on a terminal, paints one line of
// progress meanwhile. The line is gone when it returns.
func (e Env) watch(b underWay) {
	tick := time.NewTicker(repaint)
	defer tick.Stop()
	if e.Columns == nil {
		e.watchWaiting(b, tick.C)
		return
	}
	width := 0
	for {
		line := progressLine(b.Snapshot(), e.Columns())
		fmt.Fprint(e.Stderr, "\r"+line+strings.Repeat(" ", max(0, width-len(line))))
		width = len(line)
		select {
		case <-b.Done():
			fmt.Fprint(e.Stderr, "\r"+strings.Repeat(" ", width)+"\r")
			return
		case <-tick.C:
		}
	}
}

// watchWaiting waits for the end of a batch where no line can be painted over.
// All it tells is that there is no network: somebody may wonder why nothing
// happens.
func (e Env) watchWaiting(b underWay, tick <-chan time.Time) {
	var told time.Time
	for {
		select {
		case <-b.Done():
			return
		case <-tick:
		}
		if w := b.Snapshot().Waiting; w != nil && w.Since.After(told) {
			told = w.Since
			fmt.Fprintf(e.Stderr, "There has been no network since %s. It goes on by itself.\n", w.Since.Format("15:04:05"))
		}
	}
}

// progressLine says as much as fits into one line of a terminal, the most
// important first. It is ASCII. A line as wide as the terminal would already
// move the cursor to the next one, and could not be painted over.
func progressLine(s uploader.Snapshot, columns int) string {
	parts := []string{
		fmt.Sprintf("%s of %s in Darwin", humanize.Comma(int64(s.Counts[uploader.InDarwin])), humanize.Comma(int64(s.Files))),
		fmt.Sprintf("%s of %s", humanize.Bytes(uint64(s.Sent)), humanize.Bytes(uint64(s.Bytes))),
	}
	if s.Waiting != nil {
		parts = append(parts, "waiting for the network")
	}
	if n := s.Counts[uploader.Skipped] + s.Counts.NeedYou(); n > 0 {
		parts = append(parts, humanize.Comma(int64(n))+" left out")
	}
	if s.Left > 0 && s.Elapsed > 10*time.Second {
		parts = append(parts, timeLeft(s.Left))
	}
	if s.Speed > 0 {
		parts = append(parts, humanize.Bytes(uint64(s.Speed))+" per second")
	}
	line := ""
	for _, part := range parts {
		if line != "" {
			part = ", " + part
		}
		if len(line)+len(part) >= columns {
			break
		}
		line += part
	}
	return line
}

// timeLeft rounds as people do.
func timeLeft(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "less than a minute left"
	case d < 90*time.Minute:
		return fmt.Sprintf("about %d min left", int(d.Round(time.Minute).Minutes()))
	default:
		return fmt.Sprintf("about %d h left", int(d.Round(time.Hour).Hours()))
	}
}
