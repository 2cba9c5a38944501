package darwin

import (
	"context"
	"time"
)

// MaxRegister is the most items that one call of Register takes. Darwin's own
// client sends as many; the server's limit is not published (inferred).
const MaxRegister = 500

// Tag is a tag class on an item, by the class's name. Text is for classes that
// take text; "" is a plain tag.
type Tag struct{ Class, Text string }

// Video says how Darwin cuts a video. FPS is in frames per second; 0 (and
// anything that is no positive number) is the video's own rate. AsFrames makes
// separate images of the frames.
type Video struct {
	FPS      float64
	AsFrames bool
}

// NewItem is a file as Darwin is to list it. Name must not be empty and holds
// no "/". Folder is "/" or "/a/b"; Darwin creates folders by their being used.
// Video is nil for everything but videos. Type is one of Darwin's types
// ("image", "video", "pdf", "dicom"), or "" to let Darwin infer it from the
// extension.
type NewItem struct {
	Name, Folder string
	Tags         []Tag
	Video        *Video
	Type         string
}

// Uploads is one dataset's way of uploading: Register, then for each item Sign,
// store the bytes at the Destination, and Confirm. There are two, for datasets
// of version 1 and 2; both may be used from several goroutines at once.
//
// Errors are *fault.Error, or the context's own error as it is.
type Uploads interface {
	// Register announces at most MaxRegister items. They appear in Darwin at
	// once, tagged and in their folders, and wait for their bytes. Every index
	// of items comes back exactly once in the Registration. The call is not
	// idempotent: after a lost answer, a second try finds the items there and
	// has them blocked as ReasonAlreadyExists (inferred).
	Register(ctx context.Context, items []NewItem) (Registration, error)

	// Sign asks where to store the bytes. The answer is good for a limited
	// time that only version 1 states (24 hours); ask just before sending.
	Sign(ctx context.Context, u Upload) (Destination, error)

	// Confirm tells Darwin that the bytes are stored; Darwin then processes
	// the item. Whether a second Confirm of the same upload is taken is not
	// documented; where it is not, Find tells whether the first was done.
	Confirm(ctx context.Context, u Upload) error

	// Find looks up what the dataset has at these places: at most one item for
	// each, sorted by index; a place that is missing has none that could be
	// found. It takes as many requests as the names need; the first that fails
	// ends it. A list may lag behind a registration (inferred).
	Find(ctx context.Context, places []Place) ([]Found, error)

	// Now is what Darwin's own clock shows, reckoned from the Date of its
	// latest answer; the same for all Uploads of a Client. It is false as long
	// as no answer had one. See Client.Now.
	Now() (time.Time, bool)
}

// Upload names one registered item and its upload. With version 1 both hold
// the item's integer id as text, with version 2 they are UUIDs.
type Upload struct{ ItemID, UploadID string }

// Registration is Darwin's answer about each item, sorted by index. Unanswered
// holds the indexes about which Darwin said nothing usable; whether those items
// exist in Darwin is unknown.
type Registration struct {
	Registered []Registered
	Blocked    []Blocked
	Unanswered []int
}

// Registered is an item that waits for its bytes. Index counts the items that
// were passed to Register, from 0.
type Registered struct {
	Index  int
	Upload Upload
}

// Blocked is an item that Darwin did not take. Index counts the items that were
// passed to Register, from 0. ItemID may be "": with ReasonAlreadyExists it is
// usually the id of the item that is there.
type Blocked struct {
	Index  int
	ItemID string
	Reason Reason
}

// Uploads gives the way of uploading that d's version asks for. The team is
// d.TeamSlug; where that is empty, the key's own team is asked for and used.
func (c *Client) Uploads(d Dataset) Uploads {
	if d.Version >= 2 {
		return &uploadsV2{client: c, dataset: d}
	}
	return &uploadsV1{client: c, dataset: d}
}
