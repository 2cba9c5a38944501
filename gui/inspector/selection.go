package inspector

import (
	"strings"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/darwin"
)

// Selection is what the inspector speaks of: the selected files of the queue,
// or all of them while nothing is selected. The inspector never sees the files
// themselves, so that 100,000 of them cost it nothing.
type Selection struct {
	All   bool // nothing is selected: everything in the queue
	Files int
	Bytes int64

	// How many of the files are of which kind.
	Images, Videos, Documents, Medical int

	// Name is the file's name where there is exactly one, "" otherwise.
	Name string

	// Folder is the Darwin folder of all the files ("/" is the dataset's root).
	// It has no meaning while FoldersDiffer.
	Folder        string
	FoldersDiffer bool
	// InFolders says that at least one of the files is in a folder.
	InFolders bool
	// BaseFolder says that Folder is the place under which the files keep
	// their own folders, not the folder of each.
	BaseFolder bool

	// Video is how the videos are read; nil is every frame. It has no meaning
	// while VideosDiffer.
	Video        *darwin.Video
	VideosDiffer bool

	// Tags in the order in which they are shown, each class once.
	Tags []TagUse
}

// TagUse is one tag class on the files of a selection.
type TagUse struct {
	Class string
	// On is how many of the files carry it, at least 1.
	On int
	// Text is the text on all of the On files; without meaning while TextsDiffer.
	Text        string
	TextsDiffer bool
}

// title says how many files are spoken of.
func (s Selection) title() string {
	if s.All {
		return lang.N("%s file", "All %s files", s.Files)
	}
	return lang.N("%s selected", "%s selected", s.Files)
}

// facts says what the files are and how large: "2 images and 1 video, 171 MB".
func (s Selection) facts() string {
	size := strings.ReplaceAll(lang.Size(s.Bytes), " ", "\u00a0") // number and unit stay in one line
	if s.Name != "" {
		return lang.L("%s, %s", s.Name, size)
	}
	var kinds []string
	add := func(n int, words string) {
		if n > 0 {
			kinds = append(kinds, words)
		}
	}
	add(s.Images, lang.N("%s image", "%s images", s.Images))
	add(s.Videos, lang.N("%s video", "%s videos", s.Videos))
	add(s.Documents, lang.N("%s document", "%s documents", s.Documents))
	add(s.Medical, lang.N("%s medical file", "%s medical files", s.Medical))
	if len(kinds) == 0 {
		return size
	}
	last := len(kinds) - 1
	words := kinds[last]
	if last > 0 {
		before := kinds[0]
		for _, kind := range kinds[1:last] {
			before = lang.L("%s, %s", before, kind)
		}
		words = lang.L("%s and %s", before, words)
	}
	return lang.L("%s, %s", words, size)
}

// whom says for whom the tags are: "for all 3 files".
func (s Selection) whom() string {
	switch {
	case s.Files == 1:
		return lang.L("for this file")
	case s.Files == 2:
		return lang.L("for both files")
	default:
		return lang.N("for %s file", "for all %s files", s.Files)
	}
}

// folderHint says what the folder field does to the files below it.
func (s Selection) folderHint() string {
	switch {
	case s.BaseFolder:
		return lang.L("Everything lands here. Folders inside are kept.")
	case s.FoldersDiffer:
		return lang.N("A folder typed here takes %s file.", "A folder typed here takes all %s files.", s.Files)
	default:
		return ""
	}
}

// partly is the note of a tag that not all files carry: "on 1 of 3".
func (s Selection) partly(u TagUse) string {
	return lang.L("on %s of %s", lang.Number(u.On), lang.Number(s.Files))
}

// everywhere tells whether all files of the selection carry the tag.
func (s Selection) everywhere(u TagUse) bool { return u.On >= s.Files }
