package inspector

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// mockup is the selection of the drawing.
func mockup() Selection {
	return Selection{Files: 3, Bytes: 171_000_000, Images: 2, Videos: 1, Folder: "/Old Quarry",
		Tags: []TagUse{{Class: "dawn", On: 3}, {Class: "fox", On: 1}, {Class: "weather", On: 3, Text: "light rain"}}}
}

func teamClasses() []darwin.TagClass {
	return []darwin.TagClass{
		{Name: "dawn"}, {Name: "fox"}, {Name: "marten", Color: "rgba(180,101,45,1.0)"},
		{Name: "pine marten", Color: "rgba(120,88,184,1.0)"}, {Name: "weather", TakesText: true}, {Name: "observer", TakesText: true},
	}
}

func TestEveryStateFitsInBothLooksAndSizes(t *testing.T) {
	looktest.Gallery[*View]{
		Name:  "inspector",
		Sizes: []fyne.Size{{Width: 328, Height: 620}, {Width: 296, Height: 468}},
		New: func(t *testing.T, size fyne.Size) (*View, fyne.CanvasObject) {
			v := New(func(f func()) { f() })
			v.SetNarrow(size.Width < 300)
			v.SetClasses(teamClasses())
			v.SetSelection(mockup())
			return v, container.NewStack(v)
		},
		States: map[string]func(*View){
			"mockup": func(v *View) { v.FocusTags(); v.entry.field.SetText("mar") },
			"plain":  func(*View) {},
			"all": func(v *View) {
				v.SetSelection(Selection{All: true, Files: 412, Bytes: 5_100_000_000, Images: 380, Videos: 32, Folder: "/",
					BaseFolder: true, VideosDiffer: true, Tags: []TagUse{{Class: "weather", On: 40, TextsDiffer: true}}})
			},
			"differ": func(v *View) {
				s := mockup()
				s.FoldersDiffer = true
				s.Video = &darwin.Video{FPS: 5, AsFrames: true}
				s.Tags = append(s.Tags, TagUse{Class: "ibex", On: 3}, TagUse{Class: "a tag with a very long name that never ends", On: 2})
				v.SetSelection(s)
			},
			"badfolder": func(v *View) { widgets.Focus(v, v.folder.field); v.folder.field.SetText("../up") },
			"loading":   func(v *View) { v.SetClassesLoading() },
			"failed": func(v *View) {
				v.OnReloadClasses = func() {}
				v.SetClassesFailed(&fault.Error{What: "Darwin did not answer.", Do: "Look at the network connection."})
			},
			"creating": func(v *View) {
				v.OnCreateTag = func(string, bool, func(error)) {}
				v.entry.field.SetText("mar")
				v.entry.startCreating("mar")
			},
			"notcreated": func(v *View) {
				v.entry.field.SetText("mar")
				v.editor.creating = "mar"
				v.editor.created(&fault.Error{What: "This key may not make tags."})
				v.entry.refresh()
			},
			"likes": func(v *View) {
				v.SetChoices([]string{"marten"}, []string{"fox", "observer", "pine marten"})
				s := mockup()
				s.Documents, s.Medical, s.Images, s.Videos = 1200, 345, 23_456, 789
				s.Tags[2].Text = "{\n  \"rain\": \"light\",\n  \"wind\" 3\n}"
				v.SetSelection(s)
			},
			"rules": func(v *View) {
				v.OnRules = func() []Rule {
					return []Rule{{Label: "Tags from their own folder: “Alder Creek” and 3 more", Preview: func() ([]string, string) {
						return []string{"164 files get the tag “North Ridge”.", "128 files get the tag “Alder Creek”.", "24 files get the tag “Old Quarry”.", "2 tags are new to your team."}, "Create 2 tags, tag 412 files"
					}}}
				}
				v.SetSelection(Selection{All: true, Files: 412, Bytes: 5_100_000_000, Images: 412, Folder: "/", BaseFolder: true, InFolders: true})
				v.rules.unfold()
			},
			"stars": func(v *View) {
				v.SetChoices([]string{"pine marten"}, []string{"fox"})
				v.FocusTags()
				v.entry.field.SetText("mar")
			},
			"locked": func(v *View) { v.SetLocked(true) },
		},
	}.Draw(t)
}
