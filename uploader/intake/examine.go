package intake

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
)

// examine decides whether the file is taken and fills in what it becomes.
// f.Path, f.Folder and f.Size are set already.
func examine(f *File, name string, info fs.FileInfo) (LeftOut, bool) {
	if what := litterFile(name); what != "" {
		return leaveLitter(f.Path, what), false
	}
	if !info.Mode().IsRegular() {
		return leaveSpecial(f.Path), false
	}
	clean, ok := CleanName(name)
	if !ok {
		return leaveBadName(f.Path, false), false
	}
	f.Name = clean
	if strings.HasPrefix(name, "._") && startsWith(f.Path, 0, appleDouble) {
		return leaveLitter(f.Path, appleDoubleSays), false
	}
	ending := endingOf(clean)
	if f.Kind, ok = kindOf(ending); ok {
		return weigh(f, info)
	}
	if !mayBeDICOM(ending) {
		return leaveUnsupported(f.Path, ending), false
	}
	return sniff(f, ending, info)
}

// weigh checks size and readability of a file whose type fits.
func weigh(f *File, info fs.FileInfo) (LeftOut, bool) {
	switch {
	case f.Size == 0:
		return leaveEmpty(f.Path), false
	case f.Size > MaxSize:
		return leaveTooLarge(f.Path, f.Size, f.Kind), false
	case info.Mode().Perm()&0o004 != 0:
		// Everybody may read it. Opening each file to be sure makes the walk
		// half as long again on a local disk (see BenchmarkScan), and on a
		// network drive costs a round trip or two for each file.
		return LeftOut{}, true
	}
	file, err := openRegular(f.Path)
	if err != nil {
		return leaveBroken(f.Path, err), false
	}
	_ = file.Close()
	return LeftOut{}, true
}

var (
	appleDouble = []byte{0x00, 0x05, 0x16, 0x07}
	dicom       = []byte("DICM")
)

// dicomOffset is the length of the preamble before the mark (DICOM part 10).
const dicomOffset = 128

// sniff looks for DICOM's mark in a file whose name does not tell its type.
func sniff(f *File, ending string, info fs.FileInfo) (LeftOut, bool) {
	if f.Size < dicomOffset+int64(len(dicom)) {
		return leaveUnsupported(f.Path, ending), false
	}
	got, err := readAt(f.Path, dicomOffset, len(dicom))
	if err != nil {
		return leaveBroken(f.Path, err), false
	}
	if !bytes.Equal(got, dicom) {
		return leaveUnsupported(f.Path, ending), false
	}
	f.Kind, f.Type = Medical, "dicom"
	return weigh(f, info)
}

// leaveBroken is for a file that was there a moment ago and does not open.
func leaveBroken(path string, err error) LeftOut {
	if isMissing(err) {
		return leaveVanished(path, err)
	}
	return leaveUnreadable(path, err)
}

// startsWith reports whether the file holds mark at the offset.
func startsWith(path string, offset int64, mark []byte) bool {
	got, err := readAt(path, offset, len(mark))
	return err == nil && bytes.Equal(got, mark)
}

// readAt reads up to n bytes of a regular file.
func readAt(path string, offset int64, n int) ([]byte, error) {
	file, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	b := make([]byte, n)
	got, err := file.ReadAt(b, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b[:got], nil
}

// openRegular opens a file that was a regular one a moment ago. Should a pipe
// have taken its place, opening it does not wait for a writer.
func openRegular(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|nonBlock, 0)
}
