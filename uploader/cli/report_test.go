package cli

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func (r *report) text() string {
	var b bytes.Buffer
	r.print(&b)
	return b.String()
}

func TestFilesWithOneReasonAreOneThingToRead(t *testing.T) {
	r := newReport("team/set")
	message := darwin.ReasonAlreadyExists.Fault().Error()
	for i := range 500 {
		r.Skipped = append(r.Skipped, skippedFile{File: fmt.Sprintf("/f/%03d.jpg", i), Reason: "ALREADY_EXISTS", Message: message})
	}
	r.Skipped = append(r.Skipped, skippedFile{File: "/f/notes.docx", Reason: "UNSUPPORTED", Message: "Darwin does not take DOCX documents."})
	r.Files = 501
	want := "500 files were left out: " + message + "\n"
	for i := range 10 {
		want += fmt.Sprintf("  /f/%03d.jpg\n", i)
	}
	want += "  and 490 more\n" +
		"1 file was left out: Darwin does not take DOCX documents.\n  /f/notes.docx\n" +
		"0 of 501 are in Darwin, in team/set: 0 B in less than a second.\n"
	if got := r.text(); got != want {
		t.Errorf("it prints\n%s\nwant\n%s", got, want)
	}
}

func TestWhatIsSaidOfEachFileAloneStaysBesideTheFile(t *testing.T) {
	r := newReport("team/set")
	for i := range 12 {
		r.Skipped = append(r.Skipped, skippedFile{
			File: fmt.Sprintf("/b/%d.jpg", i), Reason: "SAME_NAME", Message: fmt.Sprintf("Another file takes this name: /a/%d.jpg.", i),
		})
	}
	got := r.text()
	for _, want := range []string{"12 files were left out:\n", "  /b/9.jpg: Another file takes this name: /a/9.jpg.\n", "  and 2 more\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("it prints\n%s\nwithout %q", got, want)
		}
	}
	if strings.Contains(got, "/b/10.jpg") {
		t.Errorf("it names more than ten files:\n%s", got)
	}
}

func TestOneReasonWithTwoMeaningsIsTwoThingsToRead(t *testing.T) {
	r := newReport("team/set")
	for i := range 4 {
		r.Skipped = append(r.Skipped, skippedFile{
			File: fmt.Sprintf("%d.jpg", i), Reason: "ALREADY_EXISTS", Message: []string{"It is there.", "It is empty there."}[i%2],
		})
	}
	want := "2 files were left out: It is there.\n  0.jpg\n  2.jpg\n2 files were left out: It is empty there.\n  1.jpg\n  3.jpg\n"
	if got := r.text(); !strings.HasPrefix(got, want) {
		t.Errorf("it prints\n%s\nwant\n%s", got, want)
	}
}

func TestFailedAndStoppedFilesAreToldApartAndDetailsAreForSupport(t *testing.T) {
	r := newReport("team/set")
	r.Files, r.Problem = 4, "The upload was stopped."
	r.Failed = []failedFile{
		{File: "a.jpg", Stage: "send", Error: "Storage refused the file.", Detail: "HTTP 400, InvalidArgument"},
		{File: "b.jpg", Stage: stageStopped, Error: saysStopped},
		{File: "c.jpg", Stage: "send", Error: "Storage refused the file.", Detail: "HTTP 400, Other"},
		{File: "d.jpg", Stage: stageStopped, Error: saysStopped},
	}
	want := "The upload was stopped.\n" +
		"2 files were not uploaded: Storage refused the file.\n  a.jpg\n  c.jpg\n  Details: HTTP 400, InvalidArgument\n" +
		"2 files were not finished: " + saysStopped + "\n  b.jpg\n  d.jpg\n" +
		"0 of 4 are in Darwin, in team/set: 0 B in less than a second.\n"
	if got := r.text(); got != want {
		t.Errorf("it prints\n%s\nwant\n%s", got, want)
	}
}

func TestFileNamesCannotSteerTheTerminal(t *testing.T) {
	r := newReport("team/set")
	r.Skipped = []skippedFile{
		{File: "/f/\x1b]0;owned\a.jpg", Reason: "BAD_NAME", Message: "m"},
		{File: "/f/two\nlines.jpg", Reason: "BAD_NAME", Message: "m"},
		{File: "/f/\xff.jpg", Reason: "BAD_NAME", Message: "m"},
		{File: "/f/ö 日本語 👩‍🔬.jpg", Reason: "BAD_NAME", Message: "m"},
	}
	got := r.text()
	for _, want := range []string{`"/f/\x1b]0;owned\a.jpg"`, `"/f/two\nlines.jpg"`, `"/f/\xff.jpg"`, "  /f/ö 日本語 👩‍🔬.jpg\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("it prints\n%q\nwithout %q", got, want)
		}
	}
	if strings.ContainsAny(got, "\x1b\a") {
		t.Errorf("a control character reaches the terminal: %q", got)
	}
}

func TestDurationsAreSaidAsPeopleDo(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "less than a second", 0.999: "less than a second", 1.25: "1.2 s", 59.4: "59.4 s",
		61: "1 min 1 s", 3599.4: "59 min 59 s", 3600: "1 h 0 min", 9000: "2 h 30 min",
	} {
		if got := took(seconds); got != want {
			t.Errorf("took(%v) = %q, want %q", seconds, got, want)
		}
	}
}

func TestDetailsAreShownForSupportButNotForWrongWords(t *testing.T) {
	network := &fault.Error{Kind: fault.Network, What: "There is no connection to Darwin.", Detail: "token info: refused"}
	if got, want := explain(network), "There is no connection to Darwin.\nDetails: token info: refused"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	words := &fault.Error{Kind: fault.Usage, What: "No files are named.", Detail: "x"}
	if got := explain(words); got != words.What {
		t.Errorf("it says %q", got)
	}
}
