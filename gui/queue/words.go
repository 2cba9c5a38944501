package queue

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

// Number writes a count with thousands apart: "1,204".
func Number(n int) string { return humanize.Comma(int64(n)) }

// Count is a number and its word: "1 file", "412 files".
func Count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return Number(n) + " " + word + "s"
}

// Size writes bytes as people read them: "7.9 MB".
func Size(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }

// SizeOf is "2.6 of 5.1 GB"; the first unit is said only where it differs.
func SizeOf(n, of int64) string {
	part, whole := Size(n), Size(of)
	if number, unit, ok := strings.Cut(part, " "); ok && strings.HasSuffix(whole, " "+unit) {
		part = number
	}
	return part + " of " + whole
}

// working is how long a batch runs before its speed says anything.
const working = 10 * time.Second

// TimeLeft says how long it will take, as people say it. Left is 0 while
// nobody knows.
func TimeLeft(left, elapsed time.Duration) string {
	if left <= 0 || elapsed < working {
		return "Working out the time"
	}
	if left < time.Minute {
		return "Less than a minute left"
	}
	return "About " + span(left) + " left"
}

// Took says how long something took: "9 minutes".
func Took(d time.Duration) string {
	if d < time.Minute {
		return "less than a minute"
	}
	return span(d)
}

func span(d time.Duration) string {
	minutes := int((d + 30*time.Second) / time.Minute)
	switch {
	case minutes < 60:
		return Count(minutes, "minute")
	case minutes < 10*60:
		tens := (minutes + 5) / 10 * 10
		if tens%60 == 0 {
			return Count(tens/60, "hour")
		}
		return Count(tens/60, "hour") + " " + Count(tens%60, "minute")
	case minutes < 48*60:
		return Count((minutes+30)/60, "hour")
	default:
		return Count((minutes+12*60)/(24*60), "day")
	}
}

// Speed is "9.8 MB per second".
func Speed(bytesPerSecond float64) string {
	return Size(int64(bytesPerSecond)) + " per second"
}

// percent is what of a file has left. It stays below 100 until Darwin has
// confirmed: only then is it there.
func percent(sent, size int64) int {
	if size <= 0 {
		return 0
	}
	return int(min(99, max(0, sent*100/size)))
}

// StateWords is the state of a file in its row: short, and never shortened. A
// file that Darwin has confirmed is sent; it is in Darwin once Darwin has
// processed it, see Entry.Processed.
func StateWords(st uploader.Status) string {
	switch st.State {
	case uploader.Signing, uploader.Sending, uploader.Confirming:
		return "Sending"
	case uploader.InDarwin:
		return "Sent"
	case uploader.Skipped:
		return "Skipped"
	case uploader.Blocked, uploader.Failed:
		return "Needs you"
	case uploader.Stopped:
		return "Stopped"
	default:
		return "Ready"
	}
}

// StateSentence is the whole truth about a file's state, for the line below
// the table.
func StateSentence(st uploader.Status) string {
	switch st.State {
	case uploader.Skipped:
		return "Skipped: there already. " + problemText(st.Problem, "The dataset has an item with this name and folder. Nothing in Darwin was changed.")
	case uploader.Blocked, uploader.Failed:
		return "Needs you: " + problemText(st.Problem, "It did not arrive.")
	case uploader.Stopped:
		return "Stopped before it was done. " + problemText(st.Problem, "The file is unchanged on this computer. Press Upload to send it.")
	case uploader.InDarwin:
		return "Sent: Darwin has confirmed it."
	case uploader.Signing, uploader.Sending, uploader.Confirming:
		return "It is being sent."
	default:
		return ""
	}
}

func problemText(p *fault.Error, otherwise string) string {
	if p == nil {
		return otherwise
	}
	return p.Error()
}

// AddedWords tells what a gesture brought, in the line above the table. Short
// is for a narrow window.
func AddedWords(a Added, short bool) string {
	if a == (Added{}) { // it is over, or what is here came otherwise
		return "Drop more files whenever you like."
	}
	var parts []string
	switch {
	case a.Files > 0:
		parts = append(parts, Count(a.Files, "file")+" added.")
	case a.Running:
		parts = append(parts, "Looking through the folders.")
	case a.Already == 0:
		parts = append(parts, "No files were added.")
	}
	if a.Already == 1 {
		parts = append(parts, "1 was here already.")
	} else if a.Already > 1 {
		parts = append(parts, Number(a.Already)+" were here already.")
	}
	switch {
	case a.LeftOut > 0 && short:
		parts = append(parts, Number(a.LeftOut)+" left out.")
	case a.LeftOut == 1 && a.Types:
		parts = append(parts, "1 other is not an image or a video.")
	case a.LeftOut > 1 && a.Types:
		parts = append(parts, Number(a.LeftOut)+" others are not images or videos.")
	case a.LeftOut == 1:
		parts = append(parts, "1 other was left out.")
	case a.LeftOut > 1:
		parts = append(parts, Number(a.LeftOut)+" others were left out.")
	case a.Litter > 0 && !short:
		parts = append(parts, Count(a.Litter, "system file")+" left out.")
	}
	if a.Stopped {
		parts = append(parts, "You stopped looking, so there may be more.")
	}
	return strings.Join(parts, " ")
}

// ShowWords is the link beside AddedWords, "" where there is nothing to show. As
// long as intake looks, it ends that: a drive that does not answer may hold it up
// for ever.
func ShowWords(a Added) string {
	if a.Running {
		return "Stop looking"
	}
	if n := a.LeftOut + a.Litter; a.LeftOut > 0 {
		return fmt.Sprintf("Show the %s", Number(a.LeftOut))
	} else if n > 0 {
		return "Show"
	}
	return ""
}

// shortReason is why a file needs the person, in the few words that a row has.
// All of them fit the state column beside "Needs you"; longer truths are in
// StateSentence.
func shortReason(p *fault.Error) string {
	if p == nil {
		return ""
	}
	switch p.Kind {
	case fault.UnknownTag:
		return "tag is new"
	case fault.TagText:
		return "tag text"
	case fault.Vanished:
		return "it is gone"
	case fault.Changed:
		return "it changed"
	case fault.Unreadable:
		return "unreadable"
	case fault.TooLarge:
		return "too large"
	case fault.ItemLimit, fault.Quota:
		return "plan is full"
	case fault.Network, fault.Stalled:
		return "no network"
	default:
		return ""
	}
}
