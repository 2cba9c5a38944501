package sheet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"

	"darwin-uploader/uploader/fault"
)

type jsonRows struct {
	sheet *Sheet
	lines *bufio.Reader
	line  int
	cells []string
}

func (s *Sheet) openJSON(r io.Reader) {
	s.rows = &jsonRows{sheet: s, lines: bufio.NewReaderSize(withoutMark(r), 64<<10), cells: make([]string, len(s.columns))}
}

func (j *jsonRows) close() error { return nil }

func (j *jsonRows) next() (int, []string, *fault.Error, error) {
	text, err := j.read()
	switch {
	case errors.Is(err, errRowTooLong):
		return j.line, nil, tooLong(), nil
	case err == io.EOF:
		return 0, nil, nil, io.EOF
	case err != nil:
		return 0, nil, nil, unreadable(err)
	}
	clear(j.cells)
	if len(text) == 0 {
		return j.line, j.cells, nil, nil
	}
	if j.line == 1 && text[0] == '[' {
		return 0, nil, nil, usage("The file is one list of JSON, not JSON lines.", "Write one object on each line, without a list around them.")
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(text, &object) != nil || object == nil {
		return j.line, nil, &fault.Error{Kind: fault.Usage, What: "The line is not an object of JSON.", Do: `Write it as in {"key":"cats/1.jpg"}.`}, nil
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		at := slices.Index(j.sheet.columns, spell(name))
		if at < 0 {
			j.sheet.strange(name)
			continue
		}
		cell, ok := cellOf(object[name])
		if !ok {
			return j.line, nil, &fault.Error{
				Kind: fault.Usage, What: "The value of " + spell(name) + " is of a kind that it cannot be.",
				Do: "Write a text or a number, and tags as a list of names.",
			}, nil
		}
		j.cells[at] = cell
	}
	return j.line, j.cells, nil, nil
}

// read gives the next line without white space around it.
func (j *jsonRows) read() ([]byte, error) {
	j.line++
	var all []byte
	size := 0
	for {
		part, err := j.lines.ReadSlice('\n')
		size += len(part)
		if size <= MaxRow+1 {
			all = append(all, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && size > 0:
		case err != nil:
			return nil, err
		}
		if size > MaxRow+1 {
			return nil, errRowTooLong
		}
		return bytes.TrimSpace(all), nil
	}
}

// cellOf is a value as a cell would hold it; a list of tags in the form that
// Tags reads.
func cellOf(raw json.RawMessage) (string, bool) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return "", false
	}
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	case []any:
		return tagCell(v)
	}
	return "", false
}
