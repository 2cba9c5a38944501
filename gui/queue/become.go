package queue

import "darwin-uploader/uploader"

// Become gives entries the name, folder, tags and video of an item, as one edit
// of that label, and says how many it changed. An entry whose place another one
// has meanwhile, or that can no longer be edited, stays as it is.
func (m *Model) Become(label string, items map[ID]uploader.Item) int {
	return m.edit(label, "", inOrder(items), m.editable, func(p props, e *entry) props {
		item := items[e.ID]
		p.name, p.folder, p.tags = item.Name, item.Folder, item.Tags
		if item.Video != nil {
			p.video = item.Video
		}
		return p
	})
}
