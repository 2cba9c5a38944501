package cloud

import (
	"strconv"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

func number(n int) string { return humanize.Comma(int64(n)) }

// count is a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return number(n) + " " + thing + "s"
}

// verb is the form of a verb that goes with a number.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func these(n int) string { return verb(n, "this", "these") + " " + number(n) }

// resumeWords offer to continue an import.
func resumeWords(i external.Import) string {
	done := i.Counts.Total() - i.Counts.Open()
	return "The import of " + i.From + " to " + i.Dataset.Name + " was interrupted: " + number(done) + " of " + number(i.Counts.Total()) +
		" are done. What is in Darwin stays there."
}

// unfitWords introduce rows that cannot be registered.
func unfitWords(n, of int, w way) string {
	thing := "line"
	switch w {
	case bySheet:
		thing = "row"
	case byBrowsing:
		thing = "object"
	}
	return number(n) + " of " + count(of, thing) + " cannot be imported. Nothing was sent."
}

// happened is what the last column says of a row, with the state it stands for.
func happened(row ledger.Row) (widgets.StateKind, string) {
	switch row.State {
	case ledger.Waiting:
		return widgets.StateReady, "Ready"
	case ledger.Asked:
		return widgets.StateWaiting, "Waiting"
	case ledger.Registered:
		return widgets.StateSent, "Processing"
	case ledger.Ready:
		return widgets.StateInDarwin, "In Darwin"
	case ledger.Exists:
		return widgets.StateSkipped, "There already"
	case ledger.Refused:
		return widgets.StateNeedsYou, "Not processed"
	case ledger.Missing:
		return widgets.StateNeedsYou, "Missing"
	default:
		return widgets.StateNeedsYou, "Needs you"
	}
}

// sentence is the whole truth about one row.
func sentence(row ledger.Row, key string) string {
	text := "Line " + number(row.Line) + ", " + key + ": "
	switch {
	case row.Reason != "":
		return text + row.Reason
	case row.State == ledger.Registered:
		return text + "Registered. Darwin is processing it."
	case row.State == ledger.Ready:
		return text + "In Darwin, in the folder " + row.Folder + "."
	case row.State == ledger.Asked:
		return text + "Darwin was asked to register it, and its answer is not known. It is looked up before it is asked for again."
	default:
		return text + "It becomes " + row.Name + " in the folder " + row.Folder + "."
	}
}

// timeLeft says how long it takes, as people say it.
func timeLeft(d time.Duration) string {
	switch minutes := int(d.Minutes() + 0.5); {
	case d <= 0:
		return "Working out the time"
	case d < time.Minute:
		return "Less than a minute left"
	case minutes < 2:
		return "About a minute left"
	case minutes < 90:
		return "About " + number(minutes) + " minutes left"
	default:
		return "About " + count(int(d.Hours()+0.5), "hour") + " left"
	}
}

// failed is how many rows of an import need the person.
func failed(c ledger.Counts) int {
	return c[ledger.Blocked] + c[ledger.Failed] + c[ledger.Unfit] + c[ledger.Refused] + c[ledger.Missing]
}

// told is a problem as it is told to people.
func told(err error) string { return lang.Fault(fault.Of(err)) }

// pixelWords are the size of a picture.
func pixelWords(width, height int) string {
	return strconv.Itoa(width) + " × " + strconv.Itoa(height)
}
