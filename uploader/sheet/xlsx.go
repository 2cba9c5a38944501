package sheet

import (
	"errors"
	"io"

	"github.com/xuri/excelize/v2"

	"darwin-uploader/uploader/fault"
)

// onDisk is the size from which on a part of an XLSX file is unpacked to the
// disk instead of into memory.
const onDisk = 16 << 20

type xlsxRows struct {
	book   *excelize.File
	rows   *excelize.Rows
	line   int
	places []int
	cells  []string
}

func (s *Sheet) openXLSX(r io.Reader) (err error) {
	x := &xlsxRows{cells: make([]string, len(s.columns))}
	defer func() {
		if broken := recover(); broken != nil { // a file made to break the library
			err = notXLSX("the workbook cannot be read")
		}
		if err != nil {
			_ = x.close()
		}
	}()
	x.book, err = excelize.OpenReader(io.LimitReader(r, MaxXLSX), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: 16 * MaxXLSX, UnzipXMLSizeLimit: onDisk,
	})
	if err != nil {
		return notXLSX(err.Error())
	}
	x.rows, err = x.book.Rows(firstVisible(x.book))
	if err != nil {
		return notXLSX(err.Error())
	}
	header, err := x.read()
	if errors.Is(err, io.EOF) {
		return usage("The sheet is empty.", "Let its first line name the columns.")
	}
	if err != nil {
		return err
	}
	x.places, err = s.place(header)
	s.rows = x
	return err
}

func firstVisible(book *excelize.File) string {
	names := book.GetSheetList()
	for _, name := range names {
		if visible, err := book.GetSheetVisible(name); err == nil && visible {
			return name
		}
	}
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

func (x *xlsxRows) next() (line int, cells []string, problem *fault.Error, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = notXLSX("a row cannot be read")
		}
	}()
	found, err := x.read()
	if err != nil {
		return 0, nil, nil, err
	}
	size := 0
	for _, cell := range found {
		size += len(cell)
	}
	if size > MaxRow {
		return x.line, nil, tooLong(), nil
	}
	return x.line, x.cells, arrange(x.cells, x.places, found), nil
}

func (x *xlsxRows) read() ([]string, error) {
	if !x.rows.Next() {
		if err := x.rows.Error(); err != nil {
			return nil, notXLSX(err.Error())
		}
		return nil, io.EOF
	}
	x.line++
	cells, err := x.rows.Columns()
	if err != nil {
		return nil, notXLSX(err.Error())
	}
	return cells, nil
}

func (x *xlsxRows) close() error {
	var err error
	if x.rows != nil {
		err = x.rows.Close()
	}
	if x.book != nil {
		err = errors.Join(err, x.book.Close())
	}
	return err
}

func notXLSX(detail string) error {
	return &fault.Error{
		Kind: fault.Usage, What: "The XLSX sheet cannot be read.", Safe: "Nothing was sent.",
		Do: "Open it in a spreadsheet program and save it anew, or as CSV.", Detail: detail,
	}
}
