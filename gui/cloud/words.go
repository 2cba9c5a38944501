package cloud

import (
	"strconv"
	"time"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// sourceWords is what an import came from, as the record of imports calls it.
func sourceWords(name string) string {
	switch name {
	case chosenObjects:
		return lang.L("chosen objects")
	case pastedKeys:
		return lang.L("pasted keys")
	}
	return name
}

// resumeWords offer to continue an import.
func resumeWords(i external.Import) string {
	done := i.Counts.Total() - i.Counts.Open()
	return lang.N("The import of %s to %s was interrupted: %s of %s is done. What is in Darwin stays there.",
		"The import of %s to %s was interrupted: %s of %s are done. What is in Darwin stays there.", i.Counts.Total(),
		sourceWords(i.From), i.Dataset.Name, lang.Number(done), lang.Number(i.Counts.Total()))
}

// unfitWords introduce rows that cannot be registered.
func unfitWords(n, of int, w way) string {
	cannot, all := lang.Number(n), lang.Number(of)
	switch w {
	case bySheet:
		return lang.N("%s of %s row cannot be imported. Nothing was sent.", "%s of %s rows cannot be imported. Nothing was sent.", of, cannot, all)
	case byBrowsing:
		return lang.N("%s of %s object cannot be imported. Nothing was sent.", "%s of %s objects cannot be imported. Nothing was sent.", of, cannot, all)
	}
	return lang.N("%s of %s line cannot be imported. Nothing was sent.", "%s of %s lines cannot be imported. Nothing was sent.", of, cannot, all)
}

// happened is what the last column says of a row, with the state it stands for.
func happened(row ledger.Row) (widgets.StateKind, string) {
	switch row.State {
	case ledger.Waiting:
		return widgets.StateReady, lang.L("Ready")
	case ledger.Asked:
		return widgets.StateWaiting, lang.L("Waiting")
	case ledger.Registered:
		return widgets.StateSent, lang.L("Processing")
	case ledger.Ready:
		return widgets.StateInDarwin, lang.L("In Darwin")
	case ledger.Exists:
		return widgets.StateSkipped, lang.L("There already")
	case ledger.Refused:
		return widgets.StateNeedsYou, lang.L("Not processed")
	case ledger.Missing:
		return widgets.StateNeedsYou, lang.L("Missing")
	default:
		return widgets.StateNeedsYou, lang.L("Needs you")
	}
}

// sentence is the whole truth about one row.
func sentence(row ledger.Row, key string) string {
	return lang.L("Line %s, %s: %s", lang.Number(row.Line), key, truth(row))
}

func truth(row ledger.Row) string {
	switch {
	case row.Reason != "":
		return lang.S(row.Reason)
	case row.State == ledger.Registered:
		return lang.L("Registered. Darwin is processing it.")
	case row.State == ledger.Ready:
		return lang.L("In Darwin, in the folder %s.", row.Folder)
	case row.State == ledger.Asked:
		return lang.L("Darwin was asked to register it, and its answer is not known. It is looked up before it is asked for again.")
	}
	return lang.L("It becomes %s in the folder %s.", row.Name, row.Folder)
}

// timeLeft says how long it takes, as people say it.
func timeLeft(d time.Duration) string {
	switch minutes := int(d.Minutes() + 0.5); {
	case d <= 0:
		return lang.L("Working out the time")
	case d < time.Minute:
		return lang.L("Less than a minute left")
	case minutes < 2:
		return lang.L("About a minute left")
	case minutes < 90:
		return lang.N("About %s minute left", "About %s minutes left", minutes)
	}
	return lang.N("About %s hour left", "About %s hours left", int(d.Hours()+0.5))
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
