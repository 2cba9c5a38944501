package sandbox

import (
	"maps"
	"time"
)

// Item is one item as a test wants to see it: what is known of it and how
// often each step was done.
type Item struct {
	ID           string // UUID, or V1's number as text
	Name, Folder string // Folder begins with "/"
	Status       string // uploading, processing, complete or error; new instead of complete in V1
	Failure      string // why the processing failed, "" if it did not
	Size         int64  // bytes stored, of all its files
	SHA256       string // hex, of the first file; "" until it is stored
	MD5          string // hex, as SHA256
	Type         string // image, video, pdf or dicom, of the first file
	FPS          string // as sent for the first file: "", "native" or a number
	AsFrames     bool
	Tags         map[string]string // class to text; of the item and all its files
	Files        int               // slots

	Registrations int // registrations that named it, blocked ones included
	Signs         int
	Stores        int // bodies stored, over all files
	Confirms      int // confirmations accepted, over all files

	Registered time.Time

	// Of an object in a storage of the team's own; Storage is "" otherwise.
	Storage, Key, Thumbnail string
	Width, Height, Frames   int
}

// Items gives the items of a dataset in the order of their registration, nil
// if there is no such dataset.
func (s *Sandbox) Items(datasetSlug string) []Item {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	d := s.state.dataset(datasetSlug)
	if d == nil {
		return nil
	}
	now := s.cfg.Clock()
	out := make([]Item, 0, len(d.items))
	for _, it := range d.items {
		out = append(out, s.describe(it, now))
	}
	return out
}

// describe needs the lock.
func (s *Sandbox) describe(it *item, now time.Time) Item {
	head := it.slots[0]
	out := Item{
		ID: it.id, Name: it.place.name, Folder: it.place.folder, Status: it.state(now, s.cfg.ProcessAfter),
		Type: head.kind, FPS: head.fps, AsFrames: head.asFrames, Tags: map[string]string{}, Files: len(it.slots),
		Registrations: it.registrations, Registered: it.registered,
	}
	if it.dataset.version == 1 {
		out.Status = status(out.Status)
	}
	if o := head.external; o != nil {
		out.Storage, out.Key, out.Thumbnail = o.storage, o.key, o.thumbnail
		out.Width, out.Height, out.Frames = o.width, o.height, o.frames
	}
	maps.Copy(out.Tags, it.tags)
	for i, sl := range it.slots {
		maps.Copy(out.Tags, sl.tags)
		if out.Status == failed && out.Failure == "" {
			out.Failure = sl.failure
		}
		out.Signs += sl.signs
		out.Confirms += sl.confirms
		o, ok := s.objects.Object(sl.object)
		if !ok {
			continue
		}
		out.Size += o.Size
		out.Stores += o.Puts
		if i == 0 {
			out.SHA256, out.MD5 = o.SHA256, o.MD5
		}
	}
	return out
}
