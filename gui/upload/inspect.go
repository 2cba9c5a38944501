package upload

import (
	"errors"

	"darwin-uploader/gui/inspector"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// subject is what the inspector speaks of: the selected files, or all of them
// while nothing is selected.
func (p *Place) subject() []queue.ID {
	if ids := p.model.Selected(); len(ids) > 0 {
		return ids
	}
	return p.model.IDs()
}

// showSelection tells the inspector what is selected now.
func (p *Place) showSelection() {
	all := p.model.SelectedCount() == 0
	var about queue.About
	var uses []queue.TagUse
	var video *darwin.Video
	var differ bool
	if all {
		// Asked for with each chunk of a scan: nothing here looks at each file.
		about, uses = p.model.AboutAll(), p.model.AllTags()
		video, differ = p.model.VideoOfAll()
	} else {
		ids := p.model.Selected()
		about, uses = p.model.About(ids), p.model.Tags(ids)
		video, differ = p.model.VideoOf(ids)
	}
	s := inspector.Selection{
		All: all, Video: video, VideosDiffer: differ,
		Files: about.Files, Bytes: about.Bytes,
		Images: about.Kinds[intake.Image], Videos: about.Kinds[intake.Video],
		Documents: about.Kinds[intake.Document], Medical: about.Kinds[intake.Medical],
		Folder: about.Folder, FoldersDiffer: about.Folder == "",
		InFolders: about.InFolders,
	}
	if s.All {
		s.Folder, s.FoldersDiffer, s.BaseFolder = p.model.Base(), false, true
	}
	if about.Files == 1 {
		s.Name = about.First.Name
	}
	for _, use := range uses {
		s.Tags = append(s.Tags, inspector.TagUse{Class: use.Class, On: use.On, Text: use.Text, TextsDiffer: use.Differ})
	}
	p.inspector.SetSelection(s)
}

// setFolder puts the selected files into one folder, or, while nothing is
// selected, everything below another base.
func (p *Place) setFolder(folder string) error {
	var refused []queue.Refused
	if p.model.SelectedCount() > 0 {
		_, refused = p.model.SetFolder(p.model.Selected(), folder)
	} else {
		_, refused = p.model.SetBase(folder)
	}
	p.showSelection()
	if len(refused) > 0 {
		return errors.New(refused[0].Sentence)
	}
	return nil
}
