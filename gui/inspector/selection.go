package inspector

import (
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"

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
	switch {
	case s.All && s.Files == 1:
		return "1 file"
	case s.All:
		return "All " + humanize.Comma(int64(s.Files)) + " files"
	default:
		return humanize.Comma(int64(s.Files)) + " selected"
	}
}

// facts says what the files are and how large: "2 images and 1 video, 171 MB".
func (s Selection) facts() string {
	size := humanize.Bytes(uint64(max(s.Bytes, 0)))
	if s.Name != "" {
		return s.Name + ", " + size
	}
	kinds := make([]string, 0, 4)
	for _, k := range []struct {
		n         int
		one, many string
	}{
		{s.Images, "image", "images"},
		{s.Videos, "video", "videos"},
		{s.Documents, "document", "documents"},
		{s.Medical, "medical file", "medical files"},
	} {
		switch {
		case k.n == 1:
			kinds = append(kinds, "1 "+k.one)
		case k.n > 1:
			kinds = append(kinds, humanize.Comma(int64(k.n))+" "+k.many)
		}
	}
	switch len(kinds) {
	case 0:
		return size
	case 1:
		return kinds[0] + ", " + size
	default:
		last := len(kinds) - 1
		return strings.Join(kinds[:last], ", ") + " and " + kinds[last] + ", " + size
	}
}

// whom says for whom the tags are: "for all 3 files".
func (s Selection) whom() string {
	switch {
	case s.Files == 1:
		return "for this file"
	case s.Files == 2:
		return "for both files"
	default:
		return "for all " + humanize.Comma(int64(s.Files)) + " files"
	}
}

// folderHint says what the folder field does to the files below it.
func (s Selection) folderHint() string {
	switch {
	case s.BaseFolder:
		return "Everything lands here. Folders inside are kept."
	case s.FoldersDiffer:
		return fmt.Sprintf("A folder typed here takes all %s files.", humanize.Comma(int64(s.Files)))
	default:
		return ""
	}
}

// partly is the note of a tag that not all files carry: "on 1 of 3".
func (s Selection) partly(u TagUse) string {
	return fmt.Sprintf("on %s of %s", humanize.Comma(int64(u.On)), humanize.Comma(int64(s.Files)))
}

// everywhere tells whether all files of the selection carry the tag.
func (s Selection) everywhere(u TagUse) bool { return u.On >= s.Files }
