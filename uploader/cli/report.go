package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// report is what became of every file, in the shape that --json prints.
type report struct {
	Dataset  string        `json:"dataset"`
	Files    int           `json:"files"`
	Uploaded int           `json:"uploaded"`
	Skipped  []skippedFile `json:"skipped"`
	Failed   []failedFile  `json:"failed"`
	Bytes    int64         `json:"bytes"`
	Seconds  float64       `json:"seconds"`

	minor   int          // system files left out: told, but no file of the person's
	problem *fault.Error // what stopped the batch
}

// skippedFile is a file that was left out or that Darwin did not take. Reason
// is Darwin's own word, or a word in the same style for what was found here;
// Message says it in sentences.
type skippedFile struct {
	File    string `json:"file"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

type failedFile struct {
	File  string `json:"file"`
	Stage string `json:"stage"`
	Error string `json:"error"`
}

func newReport(d darwin.Dataset, found intake.Found) *report {
	r := &report{Dataset: d.TeamSlug + "/" + d.Slug, Files: len(found.Files), Skipped: []skippedFile{}, Failed: []failedFile{}}
	for _, out := range found.LeftOut {
		if out.Minor {
			r.minor++
			continue
		}
		r.Files++
		r.Skipped = append(r.Skipped, skippedFile{
			File:    out.Path,
			Reason:  strings.ToUpper(strings.ReplaceAll(out.Reason.String(), " ", "_")),
			Message: out.Fault.Error(),
		})
	}
	return r
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
			r.Skipped = append(r.Skipped, skippedFile{File: item.Path, Reason: string(s.Reason), Message: s.Problem.Error()})
		case uploader.Failed:
			r.Failed = append(r.Failed, failedFile{File: item.Path, Stage: s.Stage.String(), Error: s.Problem.Error()})
		default:
			r.Failed = append(r.Failed, failedFile{File: item.Path, Stage: "stopped", Error: "The upload was stopped before this file was in Darwin."})
		}
	}
	end := b.Snapshot()
	r.Seconds = end.Elapsed.Round(time.Millisecond).Seconds()
	r.problem = end.Problem
}

// tell prints the report and gives the exit code.
func (e Env) tell(r *report, asJSON bool) int {
	code := ExitDone
	if r.Uploaded < r.Files || r.Files == 0 {
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

func (r *report) print(w io.Writer) {
	if r.problem != nil {
		fmt.Fprintln(w, r.problem.Error())
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(w, "left out  %s: %s\n", s.File, s.Message)
	}
	for _, f := range r.Failed {
		fmt.Fprintf(w, "failed    %s: %s\n", f.File, f.Error)
	}
	if r.minor > 0 {
		fmt.Fprintf(w, "%s of the system's own (such as Thumbs.db) were not looked at.\n", humanize.Comma(int64(r.minor)))
	}
	if r.Files == 0 {
		fmt.Fprintln(w, "There was no file to upload.")
		return
	}
	fmt.Fprintf(w, "%s of %s are in Darwin, in %s: %s in %s.\n",
		humanize.Comma(int64(r.Uploaded)), humanize.Comma(int64(r.Files)), r.Dataset,
		humanize.Bytes(uint64(r.Bytes)), time.Duration(r.Seconds*float64(time.Second)).Round(100*time.Millisecond))
}
