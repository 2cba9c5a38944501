package queue

import (
	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// ID names an entry of one Model. IDs are handed out in the order of adding
// and are never given twice.
type ID int32

// NoBatch is the batch number of an entry that no batch holds.
const NoBatch = -1

// Entry is one file of the queue and what is to become of it. The slice and
// the pointer are shared: read them, never write through them.
type Entry struct {
	ID     ID
	File   intake.File
	Name   string // of the item in Darwin
	Folder string // in Darwin, "/" or "/a/b"
	Tags   []darwin.Tag
	Video  *darwin.Video // nil: as Darwin does it by itself
	Status uploader.Status
	Batch  int // number in the latest batch, NoBatch before
	// Processed: Darwin says that the item is ready. What is only confirmed
	// may still be refused.
	Processed bool
}

// Item is the entry as the engine takes it. It goes on from where an earlier
// batch left it.
func (e Entry) Item() uploader.Item {
	item := uploader.ItemOf(e.File)
	item.Name, item.Folder, item.Tags = e.Name, e.Folder, e.Tags
	if e.Video != nil {
		item.Video = e.Video
	}
	item.Reached = e.Status.Reached // what an earlier batch did need not be done again
	return item
}

// Group is where an entry stands, as the filter chips sort them.
type Group uint8

// The groups. All is only a filter: no entry is in it.
const (
	All Group = iota
	Ready
	NeedsYou
	Sending
	Done
	groups
)

// String is the group's name in English; its filter chip has it in the person's language.
func (g Group) String() string {
	return [...]string{All: lang.Mark("All"), Ready: lang.Mark("Ready"), NeedsYou: lang.Mark("Needs you"), Sending: lang.Mark("Sending"), Done: lang.Mark("Done")}[g]
}

// GroupOf says in which group a state belongs. A file that is only announced
// to Darwin has not moved yet: it is Ready. So is one that was stopped.
func GroupOf(s uploader.State) Group {
	switch s {
	case uploader.Signing, uploader.Sending, uploader.Confirming:
		return Sending
	case uploader.InDarwin, uploader.Skipped:
		return Done
	case uploader.Blocked, uploader.Failed:
		return NeedsYou
	default:
		return Ready
	}
}

// place is what makes two files the same item: Darwin knows an item of a
// dataset by folder and name.
type place struct{ folder, name string }

// entry is an Entry with what the model keeps about it.
type entry struct {
	Entry
	node     *node
	group    Group
	gone     bool // taken out; undo may bring it back
	shown    bool // by filter and search
	selected bool
	joins    bool // the batch that runs is about to take it
	settled  bool // the person knows that the dataset had it already
}

func (e *entry) place() place { return place{e.Folder, e.Name} }
