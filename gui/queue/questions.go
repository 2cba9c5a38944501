package queue

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// Questions gives the files about which the person is asked something: those
// that need them, and those that were skipped because the dataset had them, as
// long as LeaveSkipped was not told that this is all right.
func (m *Model) Questions() []cause.File {
	total := m.Total()
	if total.Count(NeedsYou)+total.Skipped == 0 {
		return nil
	}
	files := make([]cause.File, 0, total.Count(NeedsYou)+total.Skipped)
	m.each(func(e *entry) {
		problem := e.Status.Problem
		switch {
		case e.group == NeedsYou:
		case e.Status.State == uploader.Skipped && !e.settled:
			problem = &fault.Error{Kind: fault.Exists}
			if e.Status.Problem != nil {
				problem.Detail = e.Status.Problem.Detail
			}
		default:
			return
		}
		files = append(files, cause.File{
			ID: int32(e.ID), Name: e.Name, Size: e.File.Size, Kind: e.File.Kind, Tags: e.Tags, Problem: problem,
		})
	})
	return files
}

// unsettled is the number of files that were skipped and that nobody has said is
// all right.
func (m *Model) unsettled() int {
	if m.Total().Skipped == 0 {
		return 0
	}
	if m.skips.asked != m.asked {
		m.skips.asked, m.skips.n = m.asked, 0
		m.each(func(e *entry) {
			if e.Status.State == uploader.Skipped && !e.settled {
				m.skips.n++
			}
		})
	}
	return m.skips.n
}

// LeaveSkipped says that files that were skipped may stay so: nobody is asked
// about them again.
func (m *Model) LeaveSkipped(ids []ID) {
	for _, id := range ids {
		if e := m.get(id); e != nil && e.Status.State == uploader.Skipped {
			e.settled = true
		}
	}
	m.asked++
	m.changed(Values)
}

// Rename gives entries another name in Darwin that nothing in the queue has:
// "a.jpg" becomes "a (2).jpg". It forgets what Darwin knows of the old name.
// It says how many got one; files that are on their way or have arrived do not.
func (m *Model) Rename(ids []ID) int {
	ids = m.Detach(ids)
	taken := map[place]bool{} // Darwin has the old names
	for _, id := range ids {
		taken[m.entries[id].place()] = true
	}
	return m.edit(lang.N("Rename %s file", "Rename %s files", len(ids)), "", ids, m.removable, func(p props, e *entry) props {
		e.Status.Reached = uploader.Reached{}
		for n := 2; ; n++ {
			at := place{p.folder, numbered(p.name, n)}
			if m.places[at] == nil && !taken[at] {
				taken[at] = true
				p.name = at.name
				return p
			}
		}
	})
}

var hasNumber = regexp.MustCompile(`^(.+) \(\d+\)$`)

// numbered puts a number before the ending of a name, in the place of one that
// is there. ".nii.gz" is one ending.
func numbered(name string, n int) string {
	ending := path.Ext(name)
	if strings.HasSuffix(strings.ToLower(name), ".nii.gz") {
		ending = name[len(name)-len(".nii.gz"):]
	}
	stem := strings.TrimSuffix(name, ending)
	if stem == "" { // ".hidden"
		stem, ending = name, ""
	}
	if parts := hasNumber.FindStringSubmatch(stem); parts != nil {
		stem = parts[1]
	}
	return stem + " (" + strconv.Itoa(n) + ")" + ending
}

// VideoOfAll is VideoOf for the whole queue; like AllTags it is kept until an edit.
func (m *Model) VideoOfAll() (common *darwin.Video, differ bool) {
	videos := m.tree.root.all.kinds[intake.Video]
	if !m.watched || m.videos.files != videos {
		m.videos.common, m.videos.differ = m.VideoOf(m.IDs())
		m.videos.files, m.watched = videos, true
	}
	return m.videos.common, m.videos.differ
}

// videos is how the videos of the whole queue are read.
type videos struct {
	files  int
	common *darwin.Video
	differ bool
}

// VideoOf is how the videos among ids are read, nil if there is none or they
// are not read alike, which differ says.
func (m *Model) VideoOf(ids []ID) (common *darwin.Video, differ bool) {
	for _, id := range ids {
		e := m.get(id)
		if e == nil || e.File.Kind != intake.Video {
			continue
		}
		video := e.Video
		if video == nil {
			video = &darwin.Video{}
		}
		if common == nil {
			common = video
		} else if *video != *common {
			return nil, true
		}
	}
	return common, false
}
