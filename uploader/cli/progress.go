package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/receipt"
)

// repaint is how often the line of progress is painted anew.
const repaint = 200 * time.Millisecond

// underWay is what watch needs of a batch.
type underWay interface {
	Snapshot() uploader.Snapshot
	Done() <-chan struct{}
	Finish()
	Stop()
}

// watch waits for the end of a batch, and lets it finish what is on its way
// when it is to end soon; then it stops it, for what Darwin was asked about other
// files may take minutes to be answered, and the next run finds out. On a
// terminal it paints one line of progress meanwhile, which is gone when it
// returns.
func (e Env) watch(b underWay) {
	tick := time.NewTicker(repaint)
	defer tick.Stop()
	show := e.showing()
	soon, ending := e.soon().Done(), false
	for {
		show.batch(b)
		select {
		case <-b.Done():
			show.wipe()
			return
		case <-soon:
			soon, ending = nil, true
			b.Finish()
			show.say(finishing(b.Snapshot()))
		case <-tick.C:
			if ending && onTheirWay(b.Snapshot()) == 0 {
				b.Stop()
			}
		}
	}
}

// finishing says what still happens after the batch was asked to end soon, ""
// if nothing does.
func finishing(s uploader.Snapshot) string {
	switch n := onTheirWay(s); n {
	case 0:
		return ""
	case 1:
		return "Finishing the 1 file on its way. Press Ctrl+C again to stop now."
	default:
		return fmt.Sprintf("Finishing the %s files on their way. Press Ctrl+C again to stop now.", humanize.Comma(int64(n)))
	}
}

// onTheirWay is how many files have left this computer, at least in part, and
// are not confirmed.
func onTheirWay(s uploader.Snapshot) int {
	return s.Counts[uploader.Sending] + s.Counts[uploader.Confirming]
}

// display is what the person sees of a batch under way.
type display interface {
	batch(underWay)
	settling(receipt.Summary)
	say(sentence string)
	wipe()
}

func (e Env) showing() display {
	if e.Columns == nil {
		return &plainLines{to: e.Stderr}
	}
	return &paintedLine{to: e.Stderr, columns: e.Columns}
}

// paintedLine is one line of a terminal that is painted over and over.
type paintedLine struct {
	to      io.Writer
	columns func() int
	width   int // of what stands there
}

func (p *paintedLine) batch(b underWay) { p.paint(progressLine(b.Snapshot(), p.columns())) }

func (p *paintedLine) settling(s receipt.Summary) { p.paint(settlingLine(s, p.columns())) }

func (p *paintedLine) paint(line string) {
	fmt.Fprint(p.to, "\r"+line+strings.Repeat(" ", max(0, p.width-len(line))))
	p.width = len(line)
}

func (p *paintedLine) say(sentence string) {
	if sentence != "" {
		p.wipe()
		fmt.Fprintln(p.to, sentence)
	}
}

func (p *paintedLine) wipe() {
	fmt.Fprint(p.to, "\r"+strings.Repeat(" ", p.width)+"\r")
	p.width = 0
}

// plainLines is for where no line can be painted over. All it tells by itself
// is that there is no network, or that it is outside the hours: somebody may
// wonder why nothing happens.
type plainLines struct {
	to    io.Writer
	since time.Time // of the outage that was told
	opens time.Time // of the hours that were told
}

func (p *plainLines) batch(b underWay) {
	s := b.Snapshot()
	if w := s.Waiting; w != nil && w.Since.After(p.since) {
		p.since = w.Since
		p.say(fmt.Sprintf("There has been no network since %s. It goes on by itself.", w.Since.Format("15:04:05")))
	}
	if s.Opens.After(p.opens) {
		p.opens = s.Opens
		p.say(fmt.Sprintf("Nothing is sent until %s. It goes on by itself.", s.Opens.Format("15:04")))
	}
}

func (p *plainLines) settling(receipt.Summary) {}

func (p *plainLines) say(sentence string) {
	if sentence != "" {
		fmt.Fprintln(p.to, sentence)
	}
}

func (p *plainLines) wipe() {}

// progressLine says as much as fits into one line of a terminal, the most
// important first. It is ASCII. A line as wide as the terminal would already
// move the cursor to the next one, and could not be painted over.
func progressLine(s uploader.Snapshot, columns int) string {
	parts := []string{
		fmt.Sprintf("%s of %s sent", humanize.Comma(int64(s.Counts[uploader.InDarwin])), humanize.Comma(int64(s.Files))),
		fmt.Sprintf("%s of %s", humanize.Bytes(uint64(s.Sent)), humanize.Bytes(uint64(s.Bytes))),
	}
	if s.Waiting != nil {
		parts = append(parts, "waiting for the network")
	} else if !s.Opens.IsZero() {
		parts = append(parts, "waiting until "+s.Opens.Format("15:04"))
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
	return fitting(columns, parts)
}

// settlingLine says how far Darwin is with what was sent.
func settlingLine(s receipt.Summary, columns int) string {
	return fitting(columns, []string{
		fmt.Sprintf("%s of %s in Darwin", humanize.Comma(int64(s.Counts[receipt.InDarwin])), humanize.Comma(int64(s.Files))),
		fmt.Sprintf("Darwin is processing %s", humanize.Comma(int64(s.Counts[receipt.Sent]))),
	})
}

// fitting joins as many parts as fit.
func fitting(columns int, parts []string) string {
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
