package cloud

import (
	"bufio"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sheet"
)

// longestKey is how many bytes a line of a list may have; S3 takes keys of 1,024.
const longestKey = 64 << 10

// isKeyList tells a file with a key or an address on each line from a sheet: its
// first line is one, and names no columns.
func isKeyList(path string) bool {
	if format, ok := sheet.FormatOf(path); !ok || format != sheet.CSV {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false // the sheet tells why
	}
	defer func() { _ = f.Close() }() // it was only read
	lines := scanLines(f)
	for lines.Scan() {
		if line := keyIn(lines.Text()); line != "" {
			return !strings.ContainsAny(line, ";,\t\"") && darwin.TypeOf(line) != ""
		}
	}
	return false
}

// keyList gives the keys of a list, line by line, however long it is.
func keyList(path string) iter.Seq2[external.Entry, error] {
	return func(yield func(external.Entry, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(external.Entry{}, unreadable(path, err))
			return
		}
		defer func() { _ = f.Close() }() // it was only read
		lines := scanLines(f)
		for n := 1; lines.Scan(); n++ {
			if key := keyIn(lines.Text()); key != "" && !yield(external.Entry{Line: n, Key: key}, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(external.Entry{}, unreadable(path, err))
		}
	}
}

func scanLines(r io.Reader) *bufio.Scanner {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestKey)
	return lines
}

// keyIn is what a line says, without what editors put before the first one.
func keyIn(line string) string { return strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")) }

func unreadable(path string, err error) error {
	return &fault.Error{
		Kind: fault.Unreadable, What: lang.L("The list %s could not be read.", filepath.Base(path)),
		Do: lang.L("Check that it is there, that you may open it, and that it is a text file."), Detail: err.Error(), Err: err,
	}
}
