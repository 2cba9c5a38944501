package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
)

// watch waits for the end of a batch and, on a terminal, paints one line of
// progress meanwhile.
func (e Env) watch(b *uploader.Batch) {
	if !e.Terminal {
		<-b.Done()
		return
	}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	width := 0
	for {
		line := progressLine(b.Snapshot())
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

func progressLine(s uploader.Snapshot) string {
	line := fmt.Sprintf("%s of %s in Darwin, %s of %s",
		humanize.Comma(int64(s.Counts[uploader.InDarwin])), humanize.Comma(int64(s.Files)),
		humanize.Bytes(uint64(s.Sent)), humanize.Bytes(uint64(s.Bytes)))
	if s.Speed > 0 {
		line += fmt.Sprintf(", %s per second", humanize.Bytes(uint64(s.Speed)))
	}
	if s.Left > 0 && s.Elapsed > 10*time.Second {
		line += ", " + timeLeft(s.Left)
	}
	if n := s.Counts[uploader.Skipped] + s.Counts.NeedYou(); n > 0 {
		line += fmt.Sprintf(", %s left out", humanize.Comma(int64(n)))
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
