package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/receipt"
)

// report is what became of every file, in the shape that --json prints.
type report struct {
	Dataset  string        `json:"dataset"` // TEAM/DATASET, or as it was typed if it was stopped before that was known
	Files    int           `json:"files"`
	Uploaded int           `json:"uploaded"`
	Skipped  []skippedFile `json:"skipped"`
	Failed   []failedFile  `json:"failed"`
	Bytes    int64         `json:"bytes"`
	Seconds  float64       `json:"seconds"`
	// Outcomes is how many files are in_darwin, sent (confirmed, and Darwin has
	// not said yet that they are ready), refused, missing, skipped, needs_you
	// and not_sent.
	Outcomes map[string]int `json:"outcomes"`
	Problem  string         `json:"problem,omitempty"` // what stopped the whole upload

	counts receipt.Counts // as Outcomes
	asked  bool           // Darwin has said what became of what was sent, or of some of it

	minor     int            // system files left out: told, but no file of the person's
	idle      string         // says that there was nothing to do, and that this is well
	leftOut   []receipt.Line // what a scan left out
	unwritten bool           // the receipt that was wanted could not be written

	goOn string // the command that goes on with what is left, "" if nothing is
}

// skippedFile is a file that was left out or that Darwin did not take. Reason
// is Darwin's own word, or a word in the same style for what was found here;
// Message says it in sentences.
type skippedFile struct {
	File    string `json:"file"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Detail  string `json:"detail,omitempty"`
}

// failedFile is a file that is not in Darwin although it might be. Stage is
// register, sign, send or confirm, stopped if its turn never came, process if
// Darwin could not process it, or missing if Darwin does not have it although
// it was confirmed.
type failedFile struct {
	File   string `json:"file"`
	Stage  string `json:"stage"`
	Error  string `json:"error"`
	Detail string `json:"detail,omitempty"`
}

const (
	stageStopped = "stopped"
	stageProcess = "process"
	stageMissing = "missing"
	saysStopped  = "The upload was stopped before this file was in Darwin."
)

func newReport(dataset string) *report {
	return &report{Dataset: dataset, Skipped: []skippedFile{}, Failed: []failedFile{}}
}

// into says which dataset it is about.
func (r *report) into(d darwin.Dataset) { r.Dataset = d.TeamSlug + "/" + d.Slug }

// find adds what a scan found; what becomes of the files that it takes is
// added by enter or halt.
func (r *report) find(found intake.Found) {
	r.Files += len(found.Files)
	for _, out := range found.LeftOut {
		if out.Minor {
			r.minor++
			continue
		}
		r.Files++
		r.counts[receipt.Skipped]++
		r.leftOut = append(r.leftOut, receipt.Line{Path: out.Path, Outcome: receipt.Skipped, Reason: out.Fault.Error()})
		r.Skipped = append(r.Skipped, skippedFile{
			File:    out.Path,
			Reason:  strings.ToUpper(strings.ReplaceAll(out.Reason.String(), " ", "_")),
			Message: out.Fault.Error(),
		})
	}
}

// enter adds the results of a batch that has ended.
func (r *report) enter(items []uploader.Item, b *uploader.Batch) {
	for i, s := range b.Statuses(nil) {
		item := items[i]
		switch s.State {
		case uploader.InDarwin:
			r.Uploaded++
			r.Bytes += item.Size
		case uploader.Skipped, uploader.Blocked:
			skipped := skippedFile{File: item.Path, Reason: string(s.Reason), Message: s.Problem.Error()}
			if s.State == uploader.Blocked {
				skipped.Detail = s.Problem.Detail
			}
			r.Skipped = append(r.Skipped, skipped)
		case uploader.Failed:
			r.Failed = append(r.Failed, failedFile{
				File: item.Path, Stage: s.Stage.String(), Error: s.Problem.Error(), Detail: s.Problem.Detail,
			})
		default:
			r.Failed = append(r.Failed, failedFile{File: item.Path, Stage: stageStopped, Error: saysStopped})
		}
	}
	end := b.Snapshot()
	r.Seconds = end.Elapsed.Round(time.Millisecond).Seconds()
	if end.Problem != nil {
		r.Problem = end.Problem.Error()
	}
}

// halt adds items whose batch never began because the person stopped it.
func (r *report) halt(items []uploader.Item) {
	r.counts[receipt.NotSent] += len(items)
	for _, item := range items {
		r.Failed = append(r.Failed, failedFile{File: item.Path, Stage: stageStopped, Error: saysStopped})
	}
}

// settle adds what Darwin said of the batch afterwards: its counts, and the
// files that it confirmed and does not have after all.
func (r *report) settle(counts receipt.Counts, lost []receipt.Line) {
	for o, n := range counts {
		r.counts[o] += n
	}
	for _, l := range lost {
		stage := stageProcess
		if l.Outcome == receipt.Missing {
			stage = stageMissing
		}
		r.Uploaded--
		r.Bytes -= l.Size
		r.Failed = append(r.Failed, failedFile{File: l.Path, Stage: stage, Error: l.Reason})
	}
}

// cutShort says whether the person stopped it before its end.
func (r *report) cutShort() bool {
	return slices.ContainsFunc(r.Failed, func(f failedFile) bool { return f.Stage == stageStopped })
}

// tell prints the report and gives the exit code.
func (e Env) tell(r *report, asJSON bool) int {
	code := ExitDone
	if r.Uploaded < r.Files || r.Files == 0 && r.idle == "" || r.unwritten {
		code = ExitSome
	}
	r.Outcomes = r.counts.Words()
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

func (r *report) print(w io.Writer) {
	if r.Problem != "" {
		fmt.Fprintln(w, r.Problem)
	}
	for _, g := range r.groups() {
		g.print(w)
	}
	switch r.minor {
	case 0:
	case 1:
		fmt.Fprintln(w, "1 file of the system's own (such as Thumbs.db) was not looked at.")
	default:
		fmt.Fprintf(w, "%s files of the system's own (such as Thumbs.db) were not looked at.\n", humanize.Comma(int64(r.minor)))
	}
	switch {
	case r.Files > 0:
		r.printSum(w)
	case r.idle != "":
		fmt.Fprintln(w, r.idle)
	case r.Problem == "":
		fmt.Fprintln(w, "There was no file to upload.")
	}
	if r.goOn != "" {
		fmt.Fprintln(w, "To go on with the rest:", r.goOn)
	}
}

// printSum says how much is in Darwin. It does not say so of what Darwin has
// not processed yet.
func (r *report) printSum(w io.Writer) {
	there, pending := r.Uploaded-r.counts[receipt.Sent], r.counts[receipt.Sent]
	are := "are in Darwin, in"
	if pending > 0 && !r.asked {
		there, are = r.Uploaded, "were sent to"
	}
	fmt.Fprintf(w, "%s of %s %s %s: %s in %s.\n",
		humanize.Comma(int64(there)), humanize.Comma(int64(r.Files)), are, shown(r.Dataset),
		humanize.Bytes(uint64(r.Bytes)), took(r.Seconds))
	switch {
	case pending == 0:
	case !r.asked:
		fmt.Fprintln(w, "What Darwin makes of them is not known yet.")
	default:
		fmt.Fprintf(w, "Darwin is still processing %s.\n", humanize.Comma(int64(pending)))
	}
}

// took says a duration as people do, as exactly as anybody wants to know it.
func took(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	switch {
	case d < time.Second:
		return "less than a second"
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		d = d.Round(time.Second)
		return fmt.Sprintf("%d min %d s", int(d/time.Minute), int(d%time.Minute/time.Second))
	default:
		d = d.Round(time.Minute)
		return fmt.Sprintf("%d h %d min", int(d/time.Hour), int(d%time.Hour/time.Minute))
	}
}

// mostNames is how many files of a group are named. --json names them all.
const mostNames = 10

// group is all files with the same fate for the same reason.
type group struct {
	fate   string // "left out", after "1 file was"
	detail string // of the first file that has one
	files  []untaken
}

type untaken struct{ file, message string }

// groups puts together what has the same reason, in the order in which the
// reasons first occur, so that 500 duplicates are one thing to read.
func (r *report) groups() []*group {
	var all []*group
	known := map[cause]*group{}
	sayings := r.sayings()
	add := func(c cause, detail string, u untaken) {
		if sayings[c] == 1 {
			c.message = "" // it speaks of this file alone; what its reason is counts
		}
		g := known[c]
		if g == nil {
			g = &group{fate: c.fate}
			known[c] = g
			all = append(all, g)
		}
		if g.detail == "" {
			g.detail = detail
		}
		g.files = append(g.files, u)
	}
	for _, s := range r.Skipped {
		add(s.cause(), s.Detail, untaken{s.File, s.Message})
	}
	for _, f := range r.Failed {
		add(f.cause(), f.Detail, untaken{f.File, f.Error})
	}
	return all
}

// cause is what files of one group have in common.
type cause struct{ fate, reason, message string }

func (s skippedFile) cause() cause { return cause{"left out", s.Reason, s.Message} }

func (f failedFile) cause() cause {
	switch f.Stage {
	case stageStopped:
		return cause{"not finished", stageStopped, f.Error}
	case stageProcess:
		return cause{"not processed", stageProcess, f.Error}
	case stageMissing:
		return cause{"lost in Darwin", stageMissing, f.Error}
	}
	return cause{"not uploaded", f.Stage, f.Error}
}

// sayings counts how many files each cause has.
func (r *report) sayings() map[cause]int {
	n := map[cause]int{}
	for _, s := range r.Skipped {
		n[s.cause()]++
	}
	for _, f := range r.Failed {
		n[f.cause()]++
	}
	return n
}

// oneMessage is what is said of every file of the group, "" if that differs.
func (g *group) oneMessage() string {
	for _, u := range g.files {
		if u.message != g.files[0].message {
			return ""
		}
	}
	return g.files[0].message
}

func (g *group) print(w io.Writer) {
	message := g.oneMessage()
	said := message
	if said != "" {
		said = " " + said
	}
	if len(g.files) == 1 {
		fmt.Fprintf(w, "1 file was %s:%s\n", g.fate, said)
	} else {
		fmt.Fprintf(w, "%s files were %s:%s\n", humanize.Comma(int64(len(g.files))), g.fate, said)
	}
	for _, u := range g.files[:min(len(g.files), mostNames)] {
		if message == "" {
			fmt.Fprintf(w, "  %s: %s\n", shown(u.file), u.message)
		} else {
			fmt.Fprintf(w, "  %s\n", shown(u.file))
		}
	}
	if more := len(g.files) - mostNames; more > 0 {
		fmt.Fprintf(w, "  and %s more\n", humanize.Comma(int64(more)))
	}
	if g.detail != "" {
		fmt.Fprintf(w, "  Details: %s\n", shown(g.detail))
	}
}

// shown is s as a terminal may have it. A file's name can hold anything, also
// what makes a terminal move its cursor or change its title.
func shown(s string) string {
	if strings.ContainsFunc(s, func(c rune) bool { return c == unicode.ReplacementChar || !unicode.IsGraphic(c) && c != '\u200d' }) {
		return strconv.Quote(s)
	}
	return s
}

// explain is a problem in its sentences and, where somebody may be asked for
// help about it, its details.
func explain(f *fault.Error) string {
	if f.Detail == "" || f.Kind == fault.Usage {
		return f.Error()
	}
	return f.Error() + "\nDetails: " + shown(f.Detail)
}
