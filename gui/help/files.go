package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// chapter is a heading and what there is to say about it.
type chapter struct{ title, words string }

// Kept is where this computer keeps what the program remembers.
type Kept struct {
	Folder      string // of the journal and the settings
	Keychain    string // what the keychain of this system is called
	KeyThisRun  bool   // there is no keychain: the key ends with the program
	WithJournal bool   // an upload that breaks off can be gone on with
}

// NewFiles is the page "What happens to my files?".
func NewFiles(k Kept, onClose func()) *Page {
	return newPage(lang.L("What happens to my files?"), prose(fileChapters(k)), onClose)
}

func fileChapters(k Kept) []chapter {
	key := lang.L("Your API key is in the keychain of this computer (%s). It is sent to Darwin and to nobody else.", k.Keychain)
	if k.KeyThisRun {
		key = lang.L("This computer offers no keychain, so your API key is in the program's memory and goes when the program ends. It is sent to Darwin and to nobody else.")
	}
	others := lang.L("The proxy's password and the keys of buckets are kept in the same way, and each goes only where it belongs.")
	breaks := lang.L("Every step is written down on this computer. After a crash, a power cut or a closed window the next start offers to go on. What is in Darwin is not sent again.")
	if !k.WithJournal {
		breaks = lang.L("This time nothing is written down: what is left when the program ends has to be added once more. What is in Darwin already is then skipped.")
	}
	return []chapter{
		{lang.L("Before you press Upload"), lang.L("Nothing leaves this computer. The program looks at the files' names, sizes and kinds, and at small pictures of them.")},
		{lang.L("On the way"), lang.L("The program reads each file and sends it, encrypted, to the storage that Darwin names for your team. It never changes, moves or deletes a file of yours.")},
		{lang.L("In Darwin"), lang.L("Each file becomes one item of the dataset, in the folder and with the tags that the list shows. Nothing that is in Darwin already is replaced or deleted: a file whose name is taken in its folder is skipped, and the list says so. Only an item that Darwin could not process makes room for its file when you send that again.")},
		{lang.L("Patients, people and places"), lang.L("Files are sent as they are. What a DICOM file says of a patient, or a photograph of the place where it was taken, goes along. If that must not leave your house, take it out of the files first.")},
		{lang.L("If something breaks"), breaks},
		{lang.L("What stays on this computer"), lang.Sentences(key, others, lang.L("Names, sizes and states of the files that you sent are in %s, so that History can show them. The log holds neither keys nor pictures. The program reports to nobody how it is used.", k.Folder))},
	}
}

// proseWidth keeps lines at a length that reads well.
const proseWidth float32 = 560

// prose sets chapters below each other.
func prose(chapters []chapter) fyne.CanvasObject {
	column := arrange.Column(look.Space1)
	for i, c := range chapters {
		var gap float32
		if i > 0 {
			gap = look.Space4
		}
		column.Add(arrange.Inset(gap, 0, 0, 0, widgets.NewText(c.title, theme.SizeNameText, fyne.TextStyle{Bold: true})))
		column.Add(arrange.Prose(proseWidth, widgets.NewParagraph(c.words, theme.SizeNameText, fyne.TextStyle{})))
	}
	return column
}
