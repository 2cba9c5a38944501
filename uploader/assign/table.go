package assign

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/sheet"
)

// MaxRows is how many lines a sheet about files may have: as many as a queue
// can be expected to hold.
const MaxRows = 500_000

var columns = []string{"file", "folder", "tags", "name", "fps"}

// Columns are the names of the columns, for people to copy.
func Columns() []string { return append([]string(nil), columns...) }

// Row is what one line says about one file.
type Row struct {
	Line   int
	File   string       // as it is written, with "/" between folders, in NFC
	Folder string       // "" changes nothing
	Name   string       // "" changes nothing
	Tags   []darwin.Tag // to add
	Video  *darwin.Video
}

// Mismatch is a line that could not be used as a whole or in part.
type Mismatch struct {
	Line int
	File string // as the line names it
	Why  string // a sentence
}

// Table is a sheet that has been read.
type Table struct {
	Path    string // of the sheet, absolute
	Rows    []Row
	Bad     []Mismatch // lines that are wrong in themselves
	Unknown []string   // columns that are left out
}

// Read reads a sheet. A file that is no sheet, or has no column "file", is a
// fault of kind Usage; one that cannot be read is of kind Unreadable or
// Vanished.
func Read(ctx context.Context, path string) (Table, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Table{}, err
	}
	s, err := sheet.Open(path, columns...)
	if err != nil {
		return Table{}, err
	}
	t := Table{Path: path}
	err = t.fill(ctx, s)
	_ = s.Close() // it was only read
	t.Unknown = s.Unknown()
	if err != nil {
		return Table{}, err
	}
	return t, nil
}

func (t *Table) fill(ctx context.Context, s *sheet.Sheet) error {
	if !s.Has("file") {
		return &fault.Error{
			Kind: fault.Usage,
			What: "The sheet has no column \"file\", so nobody can tell which file a line is about.",
			Do:   "Name one of its columns \"file\" in the first line.",
		}
	}
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if len(t.Rows)+len(t.Bad) == MaxRows {
			return &fault.Error{
				Kind: fault.Usage,
				What: fmt.Sprintf("The sheet has more than %d lines.", MaxRows),
				Do:   "Cut it in two.",
			}
		}
		r, why := rowOf(row)
		if why != "" {
			t.Bad = append(t.Bad, Mismatch{Line: row.Line, File: r.File, Why: why})
			continue
		}
		t.Rows = append(t.Rows, r)
	}
	return nil
}

// rowOf reads one line; why says what is wrong with it.
func rowOf(in sheet.Row) (r Row, why string) {
	r.Line = in.Line
	if in.Problem != nil {
		return r, in.Problem.Error()
	}
	r.File = norm.NFC.String(strings.ReplaceAll(strings.TrimSpace(in.Text("file")), `\`, "/"))
	if r.File == "" {
		return r, "The line names no file."
	}
	var err error
	if cell := strings.TrimSpace(in.Text("folder")); cell != "" {
		if r.Folder, err = intake.CleanFolder(cell); err != nil {
			return r, fault.Of(err).Error()
		}
	}
	if r.Tags, err = sheet.Tags(in.Text("tags")); err != nil {
		return r, fault.Of(err).Error()
	}
	if cell := strings.TrimSpace(in.Text("name")); cell != "" {
		var clean bool
		if r.Name, clean = intake.CleanName(cell); !clean {
			return r, "A name in Darwin holds neither slashes nor line breaks. Put folders into the column \"folder\"."
		}
	}
	if cell := strings.TrimSpace(in.Text("fps")); cell != "" {
		v, ok := rate(cell)
		if !ok {
			return r, fmt.Sprintf("%q is no frame rate. Write \"native\" or a number, such as 10 or 29.97.", cell)
		}
		r.Video = &v
	}
	return r, ""
}

// maxRate is far above what a camera gives; more is a slip.
const maxRate = 1000

// rate reads a frame rate. A comma may stand for the point, as it does where
// the sheet was written in another language.
func rate(cell string) (darwin.Video, bool) {
	if strings.EqualFold(cell, "native") {
		return darwin.Video{}, true
	}
	fps, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	if err != nil || !(fps > 0 && fps <= maxRate) {
		return darwin.Video{}, false
	}
	return darwin.Video{FPS: fps}, true
}
