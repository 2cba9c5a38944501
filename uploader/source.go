package uploader

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/storage"
)

// source is an item's file on this computer.
type source struct{ Item }

func (s source) body() storage.Body {
	return storage.Body{Name: s.Name, Size: s.Size, Open: s.open}
}

// check says whether the file is still what it was when it was added.
func (s source) check() error {
	info, err := os.Stat(s.Path)
	if err != nil {
		return unreadable(err)
	}
	return s.same(info)
}

// open opens the file after it has seen that it is one: opening a pipe that
// took its place would wait for ever.
func (s source) open() (io.ReadCloser, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	f, err := os.Open(s.Path)
	if err != nil {
		return nil, unreadable(err)
	}
	info, err := f.Stat()
	if err == nil {
		err = s.same(info)
	} else {
		err = unreadable(err)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// read reads the whole file, if it is what it was when it was added, before and
// after.
func (s source) read(into []byte) error {
	f, err := s.open()
	if err != nil {
		return err
	}
	_, err = io.ReadFull(f, into)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return unreadable(err)
	}
	return s.check()
}

func (s source) same(info fs.FileInfo) error {
	if info.Mode().IsRegular() && info.Size() == s.Size && info.ModTime().Equal(s.ModTime) {
		return nil
	}
	return &fault.Error{
		Kind: fault.Changed,
		What: "The file changed after you added it.",
		Safe: "It was held back, so that no half-old file arrives.",
		Do:   "Add it again to send the new version.",
	}
}

func unreadable(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &fault.Error{
			Kind: fault.Vanished,
			What: "The file is no longer where it was.",
			Do:   "Plug the drive in or put the file back, and send it again.",
			Err:  withoutPath(err),
		}
	}
	e := &fault.Error{
		Kind: fault.Unreadable,
		What: "This computer cannot read the file.",
		Do:   "Check that you may open it, and send it again.",
		Err:  withoutPath(err),
	}
	e.Detail = e.Err.Error()
	return e
}

// withoutPath keeps names of folders, which may be names of patients, out of
// logs and reports.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
