package intake

import (
	"time"

	"darwin-uploader/uploader/fault"
)

// MaxSize is the largest file, in bytes, that is taken: what object storage
// holds in one request (5 GiB). Darwin documents no smaller limit.
const MaxSize = 5 << 30

// File is one file that Darwin takes, with the name and folder that it gets.
type File struct {
	Path    string // absolute, as the computer names it
	Name    string // the item's name, NFC, without "/"
	Folder  string // Darwin folder, NFC, "/" or "/cats/young"
	Size    int64  // bytes, 1 to MaxSize
	ModTime time.Time
	Kind    Kind

	// Type is Darwin's word for the type where the name's ending does not tell
	// it ("dicom" for a DICOM file without ending), otherwise "".
	Type string
}

// LeftOut is one file or folder that will not be uploaded, and why.
type LeftOut struct {
	Path   string
	Reason Reason
	Fault  *fault.Error // the sentences; never nil

	// Minor is set for what systems leave lying about (Thumbs.db, .DS_Store):
	// worth telling, but nobody's loss.
	Minor bool
}

// Options say where found files land in Darwin.
type Options struct {
	// Base is the Darwin folder that everything lands in, in any form that
	// CleanFolder takes; "" is the root.
	Base string

	// Flat puts all files into Base, whatever folder they are in on the computer.
	Flat bool
}

// Found is one portion of a scan's result, in the order of the walk.
type Found struct {
	Files   []File
	LeftOut []LeftOut

	// Again counts files that an earlier path or an earlier scan of the same
	// Scanner has taken already. They are in no list a second time.
	Again int
}

// Reason says why a file or folder is left out.
type Reason uint8

// The reasons.
const (
	Empty        Reason = iota + 1 // no bytes
	TooLarge                       // over MaxSize
	Unsupported                    // not a type that Darwin takes
	Unreadable                     // this computer does not let it be read
	Vanished                       // nothing is at the path
	Link                           // a link inside a folder
	Special                        // a pipe, a socket, a device
	SameName                       // another file has its name and folder
	HiddenFolder                   // a folder with a leading dot inside a folder
	BadName                        // a control character, a backslash or broken text in its name
	Litter                         // the system's own: Thumbs.db, .DS_Store, ...
)

var reasonNames = [...]string{
	Empty: "empty", TooLarge: "too large", Unsupported: "unsupported", Unreadable: "unreadable",
	Vanished: "vanished", Link: "link", Special: "not a regular file", SameName: "same name",
	HiddenFolder: "hidden folder", BadName: "bad name", Litter: "system file",
}

// String is the reason in a word or two, for logs and lists.
func (r Reason) String() string {
	if r > 0 && int(r) < len(reasonNames) {
		return reasonNames[r]
	}
	return "unknown"
}
