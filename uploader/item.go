package uploader

import (
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// Item is one local file and what it is to be in Darwin.
type Item struct {
	// The file, as it was when it was added.
	Path    string
	Size    int64
	ModTime time.Time
	Kind    intake.Kind
	Type    string // the API's type where the extension does not tell it

	// The item: its name and folder ("/" is the root), tags, video options.
	Name, Folder string
	Tags         []darwin.Tag
	Video        *darwin.Video

	// Reached is how far an earlier batch took it; zero for a new item.
	Reached Reached
}

// Reached is what of an item's way lies behind it. An item that is registered
// goes on under its old id; registering it again would make Darwin block it as
// a duplicate of itself.
type Reached struct {
	Upload darwin.Upload // zero: not registered, as far as is known
	// Stored: storage has every byte; only the confirm is missing. Beside Asked,
	// and without an Upload: the bytes were in a request whose answer is not
	// known, so that the item may be all there.
	Stored    bool
	Confirmed bool  // it is in Darwin; nothing is left to do
	Asked     Asked // a registration whose answer is not known; zero if there is none
}

// Asked is when requests to register an item were under way whose answers were
// lost, by Darwin's clock. Darwin may have registered the item then.
type Asked struct{ From, Until time.Time }

// packed says whether Darwin was asked for the item together with its bytes.
func (r Reached) packed() bool { return r.Stored && r.Upload == darwin.Upload{} && r.Asked != Asked{} }

// asking is r after one more request without a known answer.
func (r Reached) asking(a Asked) Reached {
	if !r.Asked.From.IsZero() && r.Asked.From.Before(a.From) {
		a.From = r.Asked.From
	}
	r.Asked = a
	return r
}

// ItemOf is the item that a file becomes if nobody changes anything. A video
// keeps its own frame rate.
func ItemOf(f intake.File) Item {
	item := Item{
		Path: f.Path, Size: f.Size, ModTime: f.ModTime, Kind: f.Kind, Type: f.Type,
		Name: f.Name, Folder: f.Folder,
	}
	if f.Kind == intake.Video {
		item.Video = &darwin.Video{}
	}
	return item
}

func (i Item) wire() darwin.NewItem {
	return darwin.NewItem{Name: i.Name, Folder: i.Folder, Tags: i.Tags, Video: i.Video, Type: i.Type}
}

func (i Item) place(id string) darwin.Place {
	return darwin.Place{Folder: i.Folder, Name: i.Name, ItemID: id}
}

// Plan is what a batch is to do.
type Plan struct {
	Dataset darwin.Dataset
	Items   []Item
	// From is what was dropped, such as a folder's name, for people to know the
	// batch by later; "" says nothing. A batch that goes on keeps the one that
	// it began with.
	From string
	// Batch is the journal's number of the batch that this one goes on with,
	// 0 for a new one. The items are then that batch's, in its order.
	Batch int64
}
