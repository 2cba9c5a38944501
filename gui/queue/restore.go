package queue

import (
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/intake"
)

// Restore brings the items of an earlier upload into an empty queue, as they
// were and as far as they came, and gives their IDs in the same order. Two
// items of one batch never share folder and name, so each gets its entry.
func (m *Model) Restore(items []uploader.Item) []ID {
	ids := make([]ID, 0, len(items))
	for _, item := range items {
		e := &entry{Entry: Entry{
			ID: ID(len(m.entries)),
			File: intake.File{
				Path: item.Path, Name: item.Name, Folder: item.Folder, Size: item.Size, ModTime: item.ModTime,
				Kind: item.Kind, Type: item.Type,
			},
			Name: item.Name, Folder: item.Folder, Tags: item.Tags, Video: item.Video,
			Status: uploader.Status{State: uploader.Ready, Reached: item.Reached}, Batch: NoBatch,
		}, group: Ready}
		m.entries = append(m.entries, e)
		m.places[e.place()] = e
		m.tree.put(e)
		ids = append(ids, e.ID)
	}
	m.counted, m.watched = false, false
	m.rebuild()
	m.changed(Structure | Values)
	return ids
}
