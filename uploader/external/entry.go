package external

import (
	"fmt"
	"iter"
	"strings"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sheet"
)

// Columns are the columns of a sheet that Entries knows. A video of a read-only
// storage needs frames or manifest: frames is a naming pattern such as
// clips/a/{n:6}.png, frames_low the same for smaller pictures, frame_count how
// many there are, counted from frame 1, or from first_frame; manifest is the
// path of a file on this computer that describes the compact form.
func Columns() []string {
	return []string{
		"key", "thumbnail_key", "width", "height", "folder", "tags", "name", "type", "fps", "as_frames",
		"frames", "frames_low", "frame_count", "first_frame", "manifest",
	}
}

// Entry is one object as a source names it: a row of a sheet, a line of a pasted
// list, an object of a listing. All fields are text as it was written, "" where
// there is none.
type Entry struct {
	// Line is the row's number in a sheet, the place in a list otherwise; from 1.
	Line int
	// Problem says why the source could not read it, nil if it could.
	Problem *fault.Error

	Key, Thumbnail, Width, Height    string
	Folder, Tags, Name, Type         string
	FPS, AsFrames                    string
	Frames, FramesLow                string
	FrameCount, FirstFrame, Manifest string
}

// Entries gives the rows of a sheet that was opened with Columns. A sheet
// without a column "key" is a fault.
func Entries(s *sheet.Sheet) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if !s.Has("key") {
			yield(Entry{}, &fault.Error{
				Kind: fault.Usage, What: `The sheet has no column "key".`, Safe: "Nothing was sent.",
				Do: "Name the column with the objects' keys so, in the first line.",
			})
			return
		}
		for row, err := range s.Rows() {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			e := Entry{
				Line: row.Line, Problem: row.Problem, Key: row.Text("key"), Thumbnail: row.Text("thumbnail_key"),
				Width: row.Text("width"), Height: row.Text("height"), Folder: row.Text("folder"), Tags: row.Text("tags"),
				Name: row.Text("name"), Type: row.Text("type"), FPS: row.Text("fps"), AsFrames: row.Text("as_frames"),
				Frames: row.Text("frames"), FramesLow: row.Text("frames_low"), FrameCount: row.Text("frame_count"),
				FirstFrame: row.Text("first_frame"), Manifest: row.Text("manifest"),
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Keys gives a list of keys or addresses, as a person types or pastes it.
func Keys(list []string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for i, key := range list {
			if !yield(Entry{Line: i + 1, Key: key}, nil) {
				return
			}
		}
	}
}

// Pasted gives the keys or addresses of a text, one on each line that is
// not empty. White space around a line is dropped.
func Pasted(text string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		n := 0
		for line := range strings.Lines(text) {
			n++
			if line = strings.TrimSpace(line); line != "" && !yield(Entry{Line: n, Key: line}, nil) {
				return
			}
		}
	}
}

// shortened is text for a sentence.
func shortened(text string) string {
	const most = 80
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "..."
	}
	return text
}

func wrong(format string, args ...any) *fault.Error {
	what, do, _ := strings.Cut(fmt.Sprintf(format, args...), "|")
	return &fault.Error{Kind: fault.Usage, What: what, Do: do}
}
