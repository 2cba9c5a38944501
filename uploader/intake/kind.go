package intake

import (
	"slices"
	"strconv"
	"strings"
)

// Kind is what sort of item a file becomes.
type Kind uint8

// The kinds. They follow the file's ending, see Extensions.
const (
	Image Kind = iota
	Video
	Document
	Medical
	kinds = iota
)

var kindNames = [kinds]struct{ one, many string }{
	Image:    {"image", "images"},
	Video:    {"video", "videos"},
	Document: {"document", "documents"},
	Medical:  {"medical image", "medical images"},
}

// String is the kind in words for people: "image", "medical image".
func (k Kind) String() string {
	if int(k) < kinds {
		return kindNames[k].one
	}
	return "file"
}

// Counts says how many files there are of each kind.
type Counts [kinds]int

// Tally counts files by kind.
func Tally(files []File) Counts {
	var c Counts
	for _, f := range files {
		c.Add(f.Kind)
	}
	return c
}

// Add counts one more file.
func (c *Counts) Add(k Kind) {
	if int(k) < kinds {
		c[k]++
	}
}

// Total is the number of files of all kinds.
func (c Counts) Total() int {
	n := 0
	for _, of := range c {
		n += of
	}
	return n
}

// String is for a sentence: "2 images and 1 video", "no files".
func (c Counts) String() string {
	var parts []string
	for k, n := range c {
		switch {
		case n == 1:
			parts = append(parts, "1 "+kindNames[k].one)
		case n > 1:
			parts = append(parts, strconv.Itoa(n)+" "+kindNames[k].many)
		}
	}
	switch len(parts) {
	case 0:
		return "no files"
	case 1:
		return parts[0]
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// kindOf tells the kind of a lower-cased ending. The list is the one that
// Darwin's own client accepts.
func kindOf(ending string) (Kind, bool) {
	switch ending {
	case ".png", ".jpeg", ".jpg", ".jfif", ".tif", ".tiff", ".qtiff", ".bmp", ".svs", ".webp":
		return Image, true
	case ".mp4", ".mov", ".avi", ".mkv", ".hevc":
		return Video, true
	case ".pdf":
		return Document, true
	case ".dcm", ".nii", ".nii.gz", ".ndpi", ".rvg":
		return Medical, true
	}
	return 0, false
}

// Extensions lists the file endings that Darwin takes, in lower case with their
// dot (".jpg", ".nii.gz"), in alphabetical order. Files match in any case. The
// slice is the caller's own.
func Extensions() []string {
	all := []string{
		".png", ".jpeg", ".jpg", ".jfif", ".tif", ".tiff", ".qtiff", ".bmp", ".svs", ".webp",
		".mp4", ".mov", ".avi", ".mkv", ".hevc",
		".pdf",
		".dcm", ".nii", ".nii.gz", ".ndpi", ".rvg",
	}
	slices.Sort(all)
	return all
}
