package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"darwin-uploader/uploader/fault"
)

// maxHeader is how much of a CSV file is looked at to find its separator.
const maxHeader = 64 << 10

type csvRows struct {
	reader *csv.Reader
	guard  *guard
	first  int // lines before the first that reader sees
	places []int
	cells  []string
}

func (s *Sheet) openCSV(r io.Reader) error {
	text := bufio.NewReaderSize(withoutMark(r), maxHeader)
	head, err := text.Peek(maxHeader)
	if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
		return unreadable(err)
	}
	separator, skip, err := s.separator(string(head))
	if err != nil {
		return err
	}
	rows := &csvRows{first: strings.Count(string(head[:skip]), "\n")}
	if _, err := text.Discard(skip); err != nil {
		return unreadable(err)
	}
	rows.guard = &guard{r: text}
	rows.reader = csv.NewReader(rows.guard)
	rows.reader.Comma, rows.reader.FieldsPerRecord, rows.reader.ReuseRecord = separator, -1, true
	header, err := rows.reader.Read()
	if err == nil {
		rows.places, err = s.place(header)
	} else if errors.Is(err, io.EOF) {
		err = usage("The sheet is empty.", "Let its first line name the columns.")
	} else {
		_, _, err = rows.trouble(err)
	}
	rows.cells = make([]string, len(s.columns))
	s.rows = rows
	return err
}

// withoutMark reads UTF-16 that begins with a byte order mark as UTF-8, and
// takes the mark away.
func withoutMark(r io.Reader) io.Reader {
	return transform.NewReader(r, unicode.BOMOverride(transform.Nop))
}

// separator finds what stands between the cells: the sign with which the first
// line names the most known columns. skip is the length of a "sep=" line.
func (s *Sheet) separator(head string) (comma rune, skip int, err error) {
	if line, _, found := strings.Cut(head, "\n"); found {
		given := []rune(strings.TrimRight(line, "\r"))
		if len(given) == 5 && strings.EqualFold(string(given[:4]), "sep=") {
			if given[4] == '"' {
				return 0, 0, usage("The first line of the sheet names a separator that cannot be one.", "Use a comma, a semicolon or a tab.")
			}
			return given[4], len(line) + 1, nil
		}
	}
	best, most := ',', -1
	for _, candidate := range []rune{',', ';', '\t'} {
		reader := csv.NewReader(strings.NewReader(head))
		reader.Comma, reader.FieldsPerRecord = candidate, -1
		names, err := reader.Read()
		if err != nil {
			continue
		}
		known := 0
		for _, name := range names {
			if s.knows(name) {
				known++
			}
		}
		if points := known*MaxColumns + min(len(names), MaxColumns-1); points > most {
			best, most = candidate, points
		}
	}
	return best, 0, nil
}

func (s *Sheet) knows(name string) bool {
	name = spell(name)
	for _, column := range s.columns {
		if column == name {
			return true
		}
	}
	return false
}

func (c *csvRows) next() (int, []string, *fault.Error, error) {
	c.guard.reset()
	cells, err := c.reader.Read()
	if err == io.EOF {
		return 0, nil, nil, io.EOF
	}
	if err != nil {
		line, problem, err := c.trouble(err)
		return line, nil, problem, err
	}
	line, _ := c.reader.FieldPos(0)
	size := 0
	for _, cell := range cells {
		size += len(cell)
	}
	if size > MaxRow {
		return line + c.first, nil, tooLong(), nil
	}
	return line + c.first, c.cells, arrange(c.cells, c.places, cells), nil
}

// trouble tells a row that is wrong from a file that cannot be read on.
func (c *csvRows) trouble(err error) (line int, problem *fault.Error, fatal error) {
	wrong, ok := errors.AsType[*csv.ParseError](err)
	if ok {
		line = wrong.StartLine + c.first
	}
	switch {
	case errors.Is(err, errRowTooLong):
		if !ok {
			line, _ = c.reader.FieldPos(0)
			line += c.first + 1
		}
		return 0, nil, usage(fmt.Sprintf("Line %d of the sheet or one near it does not end within %d KB.", line, MaxRow>>10),
			"Look there for a quotation mark that is not closed.")
	case ok && errors.Is(err, csv.ErrQuote) && c.guard.over:
		return 0, nil, usage(fmt.Sprintf("A quotation mark in line %d of the sheet is not closed.", line), "Close it, or delete it.")
	case ok:
		return line, &fault.Error{
			Kind: fault.Usage, What: "The line has a quotation mark where none can be.",
			Do: "Write it twice inside text that is between quotation marks.",
		}, nil
	}
	return 0, nil, unreadable(err)
}

func (c *csvRows) close() error { return nil }

func tooLong() *fault.Error {
	return &fault.Error{Kind: fault.Usage, What: fmt.Sprintf("The line is longer than %d KB.", MaxRow>>10), Do: "Shorten it."}
}

var errRowTooLong = errors.New("sheet: row too long")

// guard keeps a row without an end from filling the memory.
type guard struct {
	r    io.Reader
	read int64
	over bool // the file has ended
}

func (g *guard) reset() { g.read = 0 }

func (g *guard) Read(p []byte) (int, error) {
	if g.read > 2*MaxRow {
		return 0, errRowTooLong
	}
	n, err := g.r.Read(p)
	g.read += int64(n)
	g.over = g.over || err == io.EOF
	return n, err
}
