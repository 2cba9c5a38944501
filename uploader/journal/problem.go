package journal

import (
	"errors"
	"io/fs"

	"darwin-uploader/uploader/dbfile"
	"darwin-uploader/uploader/fault"
)

// errClosed says that a method was called after Close.
var errClosed = errors.New("the journal is closed")

// ErrInUse is in the chain of the error when another program has the journal
// open.
var ErrInUse = errors.New("another program has the journal open")

// unusable is the problem of a journal that cannot be opened.
func unusable(err error) *fault.Error {
	return &fault.Error{
		Kind:   fault.Disk,
		What:   "The journal, which lets an interrupted upload go on, cannot be kept on this computer: " + cause(err) + ".",
		Safe:   "Nothing was changed.",
		Do:     "Check that the settings folder can be written to.",
		Detail: dbfile.Detail(err), Err: err,
	}
}

// unwritten is the problem of a journal that could not be written.
func unwritten(err error) *fault.Error {
	return &fault.Error{
		Kind:   fault.Disk,
		What:   "The upload was stopped because its journal cannot be written: " + cause(err) + ".",
		Safe:   "What is in Darwin stays there, and all files are safe on this computer.",
		Do:     "Make room on the disk or mend it, and continue the upload.",
		Detail: dbfile.Detail(err), Err: err,
	}
}

// unread is the problem of a journal that could not be read.
func unread(err error) *fault.Error {
	return &fault.Error{
		Kind:   fault.Disk,
		What:   "The journal cannot be read: " + cause(err) + ".",
		Safe:   "What is in Darwin stays there, and all files are safe on this computer.",
		Do:     "Add the files once more; those that are in Darwin are not sent again.",
		Detail: dbfile.Detail(err), Err: err,
	}
}

// InUse is the problem of a second program; Open gives it too.
func InUse() *fault.Error {
	return &fault.Error{
		Kind: fault.Disk,
		What: "Another Darwin Uploader on this computer is using the journal.",
		Safe: "Its uploads go on undisturbed.",
		Do:   "Wait until it is done, or end it.",
		Err:  ErrInUse,
	}
}

// cause says in a few words what is wrong with the disk.
func cause(err error) string {
	switch {
	case dbfile.Full(err):
		return "the disk is full"
	case dbfile.Forbidden(err), errors.Is(err, fs.ErrPermission):
		return "writing is not allowed there"
	case dbfile.Damaged(err):
		return "it is damaged"
	}
	return "the disk does not do what it is told"
}
