package sheet

import (
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"darwin-uploader/uploader/fault"
)

// The limits of what is read.
const (
	MaxRow     = 1 << 20   // bytes of one row, and of one line of JSON
	MaxColumns = 1000      // columns
	MaxXLSX    = 256 << 20 // bytes of an XLSX file
)

// maxUnknown is how many unknown columns are remembered by name.
const maxUnknown = 20

// Format is how a sheet is written.
type Format uint8

// The formats.
const (
	CSV Format = iota
	XLSX
	JSONLines
)

// FormatOf tells the format by the ending of a file's name, in any case.
func FormatOf(name string) (Format, bool) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt":
		return CSV, true
	case ".xlsx", ".xlsm":
		return XLSX, true
	case ".jsonl", ".ndjson", ".json":
		return JSONLines, true
	}
	return 0, false
}

// Row is one row. Line counts from 1 and is what the person's program shows
// beside it; in CSV it is the line that the row begins on.
type Row struct {
	Line int
	// Problem says why nothing of this row can be used, nil if it can.
	Problem *fault.Error

	columns []string
	cells   []string
}

// Text is the cell of a column as it is written, "" where there is none.
func (r Row) Text(column string) string {
	if i := slices.Index(r.columns, column); i >= 0 && i < len(r.cells) {
		return r.cells[i]
	}
	return ""
}

// source is a sheet of one format. next gives io.EOF after the last row; cells
// stand in the order of columns, and are good until the next call.
type source interface {
	next() (line int, cells []string, problem *fault.Error, err error)
	close() error
}

// Sheet is an open sheet.
type Sheet struct {
	columns []string
	rows    source
	file    io.Closer
	unknown *[]string
	named   []string // known columns that the sheet has; nil for JSON lines
}

// Open opens a sheet of the format that its name tells. columns are the names
// that are known, in lower case with underscores. A file that is no sheet, or
// whose first line names none of the columns, is a fault of kind Usage; one
// that cannot be read is of kind Unreadable or Vanished.
func Open(path string, columns ...string) (*Sheet, error) {
	format, ok := FormatOf(path)
	if !ok {
		return nil, notASheet(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = unreadable(err)
	case !info.Mode().IsRegular():
		err = notASheet(path)
	case format == XLSX && info.Size() > MaxXLSX:
		err = usage(fmt.Sprintf("The sheet is larger than the %d MB that an XLSX file may have.", MaxXLSX>>20), "Save it as CSV.")
	}
	var s *Sheet
	if err == nil {
		s, err = New(f, format, columns...)
	}
	if err != nil {
		_ = f.Close() // it was only read
		return nil, err
	}
	s.file = f
	return s, nil
}

// New reads a sheet from r, which stays the caller's.
func New(r io.Reader, format Format, columns ...string) (*Sheet, error) {
	s := &Sheet{columns: columns, unknown: new([]string)}
	var err error
	switch format {
	case XLSX:
		err = s.openXLSX(r)
	case JSONLines:
		s.openJSON(r)
	default:
		err = s.openCSV(r)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Close closes the file.
func (s *Sheet) Close() error {
	err := s.rows.close()
	if s.file == nil {
		return err
	}
	if e := s.file.Close(); err == nil {
		err = e
	}
	return err
}

// Has says whether the sheet has a column. Of JSON lines it is true for all
// known ones: each line names its own.
func (s *Sheet) Has(column string) bool {
	return slices.Contains(s.columns, column) && (s.named == nil || slices.Contains(s.named, column))
}

// Unknown names columns that are left out, at most 20 of them, in the sheet's
// order. Of JSON lines these are the ones that were met so far.
func (s *Sheet) Unknown() []string { return slices.Clone(*s.unknown) }

// Next gives the next row that is not empty, and io.EOF after the last. Any
// other error ends the reading.
func (s *Sheet) Next() (Row, error) {
	for {
		line, cells, problem, err := s.rows.next()
		if err != nil {
			return Row{}, err
		}
		row := Row{Line: line, Problem: problem, columns: s.columns, cells: cells}
		if problem != nil {
			return row, nil
		}
		empty := true
		for _, cell := range cells {
			empty = empty && strings.TrimSpace(cell) == ""
			if !utf8.ValidString(cell) {
				row.Problem = &fault.Error{
					Kind: fault.Usage, What: "The line is not in UTF-8, so that its letters cannot be told for certain.",
					Do: "Save the sheet as CSV UTF-8.",
				}
				return row, nil
			}
		}
		if !empty {
			return row, nil
		}
	}
}

// Rows gives the rows that are left, up to the first error.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			row, err := s.Next()
			if err == io.EOF {
				return
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// place says which cell of the sheet belongs to which column: places[i] is the
// known column's number of the sheet's column i, or -1.
func (s *Sheet) place(header []string) ([]int, error) {
	if len(header) > MaxColumns {
		return nil, usage(fmt.Sprintf("The sheet has more than %d columns.", MaxColumns), "Delete those that are not needed.")
	}
	places := make([]int, len(header))
	s.named = []string{}
	for i, name := range header {
		places[i] = slices.Index(s.columns, spell(name))
		if places[i] < 0 {
			s.strange(name)
			continue
		}
		if slices.Contains(s.named, spell(name)) {
			return nil, usage(fmt.Sprintf("The sheet has two columns %q.", spell(name)), "Delete or rename one of them.")
		}
		s.named = append(s.named, spell(name))
	}
	if len(s.named) == 0 {
		return nil, usage("The first line of the sheet names no column that is known.",
			"Let the first line name them: "+strings.Join(s.columns, ", ")+".")
	}
	return places, nil
}

func (s *Sheet) strange(name string) {
	name = strings.TrimSpace(name)
	if name != "" && len(*s.unknown) < maxUnknown && !slices.Contains(*s.unknown, name) {
		*s.unknown = append(*s.unknown, strings.ToValidUTF8(name, "\ufffd"))
	}
}

// spell is a column's name in the spelling of the known ones.
func spell(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	return strings.NewReplacer(" ", "_", "-", "_").Replace(name)
}

// arrange puts the cells of a row in the order of the known columns. A cell
// beyond the last column that holds something belongs nowhere.
func arrange(into []string, places []int, cells []string) *fault.Error {
	clear(into)
	for i, cell := range cells {
		switch {
		case i >= len(places):
			if strings.TrimSpace(cell) != "" {
				return &fault.Error{
					Kind: fault.Usage, What: "The line has more cells than the first line names columns.",
					Do: "Put text that holds the separator between quotation marks.",
				}
			}
		case places[i] >= 0:
			into[places[i]] = cell
		}
	}
	return nil
}

func notASheet(path string) error {
	return usage(fmt.Sprintf("%q is not a sheet that can be read here.", filepath.Base(path)), "Save it as CSV, XLSX or JSON lines.")
}

func usage(what, do string) *fault.Error {
	return &fault.Error{Kind: fault.Usage, What: what, Safe: "Nothing was sent.", Do: do}
}

func unreadable(err error) error {
	if os.IsNotExist(err) {
		return &fault.Error{Kind: fault.Vanished, What: "The sheet is not there.", Safe: "Nothing was sent.", Do: "Check its name.", Err: err}
	}
	return &fault.Error{
		Kind: fault.Unreadable, What: "The sheet cannot be read.", Safe: "Nothing was sent.",
		Do: "Check that you may open it, and that its disk is connected.", Detail: err.Error(), Err: err,
	}
}
