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
	ids := p.subject()
	about := p.model.About(ids)
	s := inspector.Selection{
		All:   p.model.SelectedCount() == 0,
		Files: about.Files, Bytes: about.Bytes,
		Images: about.Kinds[intake.Image], Videos: about.Kinds[intake.Video],
		Documents: about.Kinds[intake.Document], Medical: about.Kinds[intake.Medical],
		Folder: about.Folder, FoldersDiffer: about.Folder == "",
	}
	if s.All {
		s.Folder, s.FoldersDiffer, s.BaseFolder = p.model.Base(), false, true
	}
	if about.Files == 1 {
		s.Name = about.First.Name
	}
	s.Video, s.VideosDiffer = p.videoOf(ids)
	for _, use := range p.model.Tags(ids) {
		s.Tags = append(s.Tags, inspector.TagUse{Class: use.Class, On: use.On, Text: use.Text, TextsDiffer: use.Differ})
	}
	p.inspector.SetSelection(s)
}

// videoOf is how the videos among ids are read, and whether they differ.
func (p *Place) videoOf(ids []queue.ID) (common *darwin.Video, differ bool) {
	first := true
	for _, id := range ids {
		e, ok := p.model.Entry(id)
		if !ok || e.File.Kind != intake.Video {
			continue
		}
		video := e.Video
		if video == nil {
			video = &darwin.Video{}
		}
		if first {
			common, first = video, false
		} else if *video != *common {
			return nil, true
		}
	}
	return common, false
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
