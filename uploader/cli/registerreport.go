package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
)

// mostRows is how many rows --json names that are not in Darwin; a receipt has
// them all.
const mostRows = 1000

// registration is what became of an import, in the shape that --json prints.
type registration struct {
	Dataset    string    `json:"dataset"`
	Storage    string    `json:"storage"`
	Rows       int       `json:"rows"`
	Registered int       `json:"registered"` // Darwin has an item of it, whatever became of that
	InDarwin   int       `json:"in_darwin"`
	Processing int       `json:"processing"`
	Exists     int       `json:"exists"`
	Refused    int       `json:"refused"` // could not be processed, or is missing
	Failed     int       `json:"failed"`
	Skipped    int       `json:"skipped"` // rows that lack something
	Waiting    int       `json:"waiting"` // not registered yet
	Left       []leftRow `json:"left"`
	Seconds    float64   `json:"seconds"`
	Problem    string    `json:"problem,omitempty"`

	detail    string
	idle      string
	goOn      string
	unwritten bool // the receipt could not be
}

// leftRow is a row that is not in Darwin.
type leftRow struct {
	Line   int    `json:"line"`
	Key    string `json:"key"`
	State  string `json:"state"` // skipped, exists, failed, refused
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

var leftWords = map[ledger.State]string{
	ledger.Unfit: "skipped", ledger.Exists: "exists", ledger.Blocked: "failed", ledger.Failed: "failed",
	ledger.Refused: "refused", ledger.Missing: "refused",
}

// fill reads the result from the ledger.
func (r *registration) fill(ctx context.Context, book *ledger.Ledger, id int64) error {
	c, err := book.Count(ctx, id)
	if err != nil {
		return err
	}
	r.Rows, r.Registered, r.InDarwin, r.Processing = c.Total(), c.InDarwin(), c[ledger.Ready], c[ledger.Registered]
	r.Exists, r.Refused, r.Failed = c[ledger.Exists], c[ledger.Refused]+c[ledger.Missing], c[ledger.Blocked]+c[ledger.Failed]
	r.Skipped, r.Waiting = c[ledger.Unfit], c.Open()
	rows, err := book.Rows(ctx, id, -1, mostRows, ledger.Unfit, ledger.Exists, ledger.Blocked, ledger.Failed, ledger.Refused, ledger.Missing)
	if err != nil {
		return err
	}
	for _, row := range rows {
		var item external.Item
		_ = json.Unmarshal([]byte(row.Content), &item) // its key stays empty
		r.Left = append(r.Left, leftRow{Line: row.Line, Key: item.Key, State: leftWords[row.State], Reason: row.Reason, Detail: row.Detail})
	}
	return nil
}

// refuseUnfit says which rows cannot be registered, each reason once.
func refuseUnfit(ctx context.Context, book *ledger.Ledger, plan external.Import) error {
	n := plan.Counts[ledger.Unfit]
	rows, err := book.Rows(ctx, plan.ID, -1, mostRows, ledger.Unfit)
	if err != nil {
		return err
	}
	var reasons []string
	lines := map[string][]string{}
	for _, row := range rows {
		if lines[row.Reason] == nil {
			reasons = append(reasons, row.Reason)
		}
		var item external.Item
		_ = json.Unmarshal([]byte(row.Content), &item) // its key stays empty
		lines[row.Reason] = append(lines[row.Reason], fmt.Sprintf("line %d, %s", row.Line, shown(item.Key)))
	}
	var b strings.Builder
	for i, reason := range reasons {
		if i == mostNames {
			fmt.Fprintf(&b, "\n  and %d reasons more", len(reasons)-i)
			break
		}
		fmt.Fprintf(&b, "\n  %s", shown(reason))
		list := lines[reason]
		for _, line := range list[:min(len(list), mostNames)] {
			fmt.Fprintf(&b, "\n    %s", line)
		}
		if more := len(list) - mostNames; more > 0 {
			fmt.Fprintf(&b, "\n    and %s more", humanize.Comma(int64(more)))
		}
	}
	if n > len(rows) {
		fmt.Fprintf(&b, "\n  These are the first %s of them.", humanize.Comma(int64(len(rows))))
	}
	return usage(fmt.Sprintf("%s of %s rows cannot be registered.", humanize.Comma(int64(n)), humanize.Comma(int64(plan.Counts.Total()))),
		"Correct them, or add --skip-bad-rows to register the rest."+b.String())
}

// tellRegistration prints the result and gives the exit code.
func (e Env) tellRegistration(r *registration, asJSON bool) int {
	code := ExitDone
	if r.InDarwin+r.Processing < r.Rows || r.Rows == 0 && r.idle == "" || r.unwritten {
		code = ExitSome
	}
	if asJSON {
		out := json.NewEncoder(e.Stdout)
		out.SetEscapeHTML(false)
		if err := out.Encode(r); err != nil {
			fmt.Fprintln(e.Stderr, "The result could not be written:", err)
			return ExitSome
		}
		return code
	}
	r.print(e.Stdout)
	return code
}

func (r *registration) print(w io.Writer) {
	if r.Problem != "" {
		fmt.Fprintln(w, r.Problem)
		if r.detail != "" {
			fmt.Fprintln(w, "Details:", shown(r.detail))
		}
	}
	for _, group := range []struct {
		state, one, many string
		n                int
	}{
		{"skipped", "1 row was left out:", "rows were left out:", r.Skipped},
		{"exists", "1 item is in the dataset already:", "items are in the dataset already:", r.Exists},
		{"failed", "1 row was not registered:", "rows were not registered:", r.Failed},
		{"refused", "1 item could not be processed:", "items could not be processed:", r.Refused},
	} {
		if group.n == 0 {
			continue
		}
		head := group.one
		if group.n > 1 {
			head = humanize.Comma(int64(group.n)) + " " + group.many
		}
		fmt.Fprintln(w, head)
		told := 0
		for _, left := range r.Left {
			if left.State == group.state && told < mostNames {
				fmt.Fprintf(w, "  Line %d, %s: %s\n", left.Line, shown(left.Key), shown(left.Reason))
				told++
			}
		}
		if more := group.n - told; more > 0 {
			fmt.Fprintf(w, "  and %s more\n", humanize.Comma(int64(more)))
		}
	}
	switch {
	case r.Rows > 0:
		fmt.Fprintln(w, r.sum())
	case r.idle != "":
		fmt.Fprintln(w, r.idle)
	}
	if r.goOn != "" {
		fmt.Fprintln(w, "To go on with the rest:", r.goOn)
	}
}

// sum is the last line.
func (r *registration) sum() string {
	line := fmt.Sprintf("%s of %s are registered in %s, in %s",
		humanize.Comma(int64(r.Registered)), humanize.Comma(int64(r.Rows)), shown(r.Dataset), took(r.Seconds))
	var more []string
	if r.InDarwin > 0 {
		is := " are in Darwin"
		if r.InDarwin == 1 {
			is = " is in Darwin"
		}
		more = append(more, humanize.Comma(int64(r.InDarwin))+is)
	}
	if r.Processing > 0 {
		more = append(more, "Darwin is processing "+humanize.Comma(int64(r.Processing)))
	}
	if len(more) > 0 {
		line += ": " + strings.Join(more, ", ")
	}
	return line + "."
}

// importDisplay is what the person sees of an import under way.
func (e Env) importDisplay() importShow { return importShow{e.showing()} }

type importShow struct{ display }

// reading shows how many rows were read.
func (s importShow) reading(n int) {
	if p, ok := s.display.(*paintedLine); ok {
		p.paint(fitting(p.columns(), []string{humanize.Comma(int64(n)) + " rows checked"}))
	}
}

func (s importShow) settling(c ledger.Counts) {
	if p, ok := s.display.(*paintedLine); ok {
		p.paint(fitting(p.columns(), []string{
			fmt.Sprintf("%s of %s in Darwin", humanize.Comma(int64(c[ledger.Ready])), humanize.Comma(int64(c.Total()))),
			fmt.Sprintf("Darwin is processing %s", humanize.Comma(int64(c[ledger.Registered]))),
		}))
	}
}

// watchImport waits for the end of a run and shows how far it is.
func (e Env) watchImport(run *external.Run) {
	tick := time.NewTicker(repaint)
	defer tick.Stop()
	show := e.importDisplay()
	var told time.Time
	for {
		s := run.Snapshot()
		if p, ok := show.display.(*paintedLine); ok {
			p.paint(importLine(s, p.columns()))
		} else if s.Waiting != nil && s.Waiting.Since.After(told) {
			told = s.Waiting.Since
			show.say(fmt.Sprintf("There has been no network since %s. It goes on by itself.", told.Format("15:04:05")))
		}
		select {
		case <-run.Done():
			show.wipe()
			return
		case <-tick.C:
		}
	}
}

func importLine(s external.Snapshot, columns int) string {
	parts := []string{fmt.Sprintf("%s of %s registered", humanize.Comma(int64(s.Counts.InDarwin())), humanize.Comma(int64(s.Counts.Total())))}
	if s.Waiting != nil {
		parts = append(parts, "waiting for the network")
	}
	if n := s.Counts[ledger.Exists] + s.Counts[ledger.Blocked] + s.Counts[ledger.Failed] + s.Counts[ledger.Unfit]; n > 0 {
		parts = append(parts, humanize.Comma(int64(n))+" left out")
	}
	if s.Left > 0 && s.Elapsed > 10*time.Second {
		parts = append(parts, timeLeft(s.Left))
	}
	return fitting(columns, parts)
}
