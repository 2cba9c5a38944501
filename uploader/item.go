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

// Plan is what a batch is to do.
type Plan struct {
	Dataset darwin.Dataset
	Items   []Item
}
