package queue

import (
	"strings"
	"time"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

// sizeOf is "2.6 of 5.1 GB"; the first unit is said only where it differs.
func sizeOf(n, of int64) string {
	part, whole := lang.Size(n), lang.Size(of)
	if number, unit, ok := strings.Cut(part, " "); ok && strings.HasSuffix(whole, " "+unit) {
		part = number
	}
	return lang.L("%s of %s", part, whole)
}

// working is how long a batch runs before its speed says anything.
const working = 10 * time.Second

// timeLeft says how long it will take, as people say it. Left is 0 while
// nobody knows.
func timeLeft(left, elapsed time.Duration) string {
	if left <= 0 || elapsed < working {
		return lang.L("Working out the time")
	}
	if left < time.Minute {
		return lang.L("Less than a minute left")
	}
	return lang.L("About %s left", span(left))
}

// tookWords says how long something took: "9 minutes".
func tookWords(d time.Duration) string {
	if d < time.Minute {
		return lang.L("less than a minute")
	}
	return span(d)
}

func span(d time.Duration) string {
	minutes := int((d + 30*time.Second) / time.Minute)
	switch {
	case minutes < 60:
		return minuteWords(minutes)
	case minutes < 10*60:
		tens := (minutes + 5) / 10 * 10
		if tens%60 == 0 {
			return hourWords(tens / 60)
		}
		return lang.L("%s %s", hourWords(tens/60), minuteWords(tens%60))
	case minutes < 48*60:
		return hourWords((minutes + 30) / 60)
	default:
		return lang.N("%s day", "%s days", (minutes+12*60)/(24*60))
	}
}

func minuteWords(n int) string { return lang.N("%s minute", "%s minutes", n) }
func hourWords(n int) string   { return lang.N("%s hour", "%s hours", n) }

// fileWords is "1 file", "412 files".
func fileWords(n int) string { return lang.N("%s file", "%s files", n) }

// speedWords is "9.8 MB per second".
func speedWords(bytesPerSecond float64) string {
	return lang.L("%s per second", lang.Size(int64(bytesPerSecond)))
}

// percent is what of a file has left. It stays below 100 until Darwin has
// confirmed: only then is it there.
func percent(sent, size int64) int {
	if size <= 0 {
		return 0
	}
	return int(min(99, max(0, sent*100/size)))
}

// stateWords is the state of a file in its row: short, and never shortened. A
// file that Darwin has confirmed is sent; it is in Darwin once Darwin has
// processed it, see Entry.Processed.
func stateWords(st uploader.Status) string {
	switch st.State {
	case uploader.Signing, uploader.Sending, uploader.Confirming:
		return lang.L("Sending")
	case uploader.InDarwin:
		return lang.L("Sent")
	case uploader.Skipped:
		return lang.L("Skipped")
	case uploader.Blocked, uploader.Failed:
		return lang.L("Needs you")
	case uploader.Stopped:
		return lang.L("Stopped")
	default:
		return lang.L("Ready")
	}
}

// stateSentence is the whole truth about a file's state, for the line below
// the table.
func stateSentence(st uploader.Status) string {
	switch st.State {
	case uploader.Skipped:
		return lang.L("Skipped: there already. %s",
			problemText(st.Problem, lang.L("The dataset has an item with this name and folder. Nothing in Darwin was changed.")))
	case uploader.Blocked, uploader.Failed:
		return lang.L("Needs you: %s", problemText(st.Problem, lang.L("It did not arrive.")))
	case uploader.Stopped:
		return lang.L("Stopped before it was done. %s",
			problemText(st.Problem, lang.L("The file is unchanged on this computer. Press Upload to send it.")))
	case uploader.InDarwin:
		return lang.L("Sent: Darwin has confirmed it.")
	case uploader.Signing, uploader.Sending, uploader.Confirming:
		return lang.L("It is being sent.")
	default:
		return ""
	}
}

func problemText(p *fault.Error, otherwise string) string {
	if p == nil {
		return otherwise
	}
	return lang.Fault(p)
}

// named puts a name, or a count, before what is told about it.
func named(name, words string) string { return lang.L("%s: %s", name, words) }

// AddedWords tells what a gesture brought, in the line above the table. Short
// is for a narrow window.
func AddedWords(a Added, short bool) string {
	if a == (Added{}) { // it is over, or what is here came otherwise
		return lang.L("Drop more files whenever you like.")
	}
	var parts []string
	switch {
	case a.Files > 0:
		parts = append(parts, lang.N("%s file added.", "%s files added.", a.Files))
	case a.Running:
		parts = append(parts, lang.L("Looking through the folders."))
	case a.Already == 0 && a.Sheets == 0:
		parts = append(parts, lang.L("No files were added."))
	}
	if a.Already > 0 {
		parts = append(parts, lang.N("%s was here already.", "%s were here already.", a.Already))
	}
	switch {
	case a.LeftOut > 0 && short:
		parts = append(parts, lang.N("%s left out.", "%s left out.", a.LeftOut))
	case a.LeftOut > 0 && a.Types:
		parts = append(parts, lang.N("%s other is not an image or a video.", "%s others are not images or videos.", a.LeftOut))
	case a.LeftOut > 0:
		parts = append(parts, lang.N("%s other was left out.", "%s others were left out.", a.LeftOut))
	case a.Litter > 0 && !short:
		parts = append(parts, lang.N("%s system file left out.", "%s system files left out.", a.Litter))
	}
	if a.Stopped {
		parts = append(parts, lang.L("You stopped looking, so there may be more."))
	}
	if len(parts) == 0 { // only a sheet came, which is asked about elsewhere
		return AddedWords(Added{}, short)
	}
	return lang.Sentences(parts...)
}

// ShowWords is the link beside AddedWords, "" where there is nothing to show. As
// long as intake looks, it ends that: a drive that does not answer may hold it up
// for ever.
func ShowWords(a Added) string {
	if a.Running {
		return lang.L("Stop looking")
	}
	if n := a.LeftOut + a.Litter; a.LeftOut > 0 {
		return lang.L("Show the %s", lang.Number(a.LeftOut))
	} else if n > 0 {
		return lang.L("Show")
	}
	return ""
}

// shortReason is why a file needs the person, in the few words that a row has.
// All of them fit the state column beside "Needs you"; longer truths are in
// stateSentence.
func shortReason(p *fault.Error) string {
	if p == nil {
		return ""
	}
	if all := shortReasons(); int(p.Kind) < len(all) {
		return lang.L(all[p.Kind])
	}
	return ""
}

// shortReasons are the few words by the kind of a fault, "" where there are none.
func shortReasons() []string {
	return []string{
		fault.UnknownTag: lang.Mark("tag is new"), fault.TagText: lang.Mark("tag text"), fault.Vanished: lang.Mark("it is gone"),
		fault.Changed: lang.Mark("it changed"), fault.Unreadable: lang.Mark("unreadable"), fault.TooLarge: lang.Mark("too large"),
		fault.ItemLimit: lang.Mark("plan is full"), fault.Quota: lang.Mark("plan is full"),
		fault.Network: lang.Mark("no network"), fault.Stalled: lang.Mark("no network"),
	}
}
