package gui

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"github.com/ncruces/zenity"

	"darwin-uploader/gui/history"
	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// saveReceipt asks where a receipt goes and writes it there. done is told the
// file's name, "" if the person thought better of it; from any goroutine.
func (w *window) saveReceipt(s receipt.Summary, f history.Format, done func(name string, err error)) {
	past := w.past()
	w.pickSave(lang.L("Save the receipt"), receiptName(s, f), func(path string) {
		if path == "" {
			done("", nil)
			return
		}
		path = withEnding(path, f)
		w.tasks.Go(func(ctx context.Context) { done(filepath.Base(path), writeReceipt(ctx, path, s.ID, f, past)) })
	})
}

// past is where the receipts of all uploads and imports are.
func (w *window) past() history.Both {
	return history.Both{Uploads: w.place.Receipts(), Imports: w.shell.cloud.Book}
}

// saveLatest is saveReceipt for the screen after an upload, which has the
// strip below the header to say what came of it.
func (w *window) saveLatest(id int64) {
	receipts, place := w.place.Receipts(), w.place
	tell := func(words string) {
		w.post(func() {
			if w.place == place {
				place.Tell(words)
			}
		})
	}
	w.tasks.Go(func(ctx context.Context) {
		s, err := receipts.Receipt(ctx, id)
		if err != nil {
			tell(lang.Fault(fault.Of(err)))
			return
		}
		w.post(func() {
			if w.place != place {
				return
			}
			w.saveReceipt(s, history.CSV, func(name string, err error) {
				if err != nil {
					tell(lang.Fault(fault.Of(err)))
				} else if name != "" {
					tell(lang.L("The receipt was saved as %s.", name))
				}
			})
		})
	})
}

// pickSave asks with the system's own dialog where a new file goes.
func (w *window) pickSave(title, name string, chosen func(path string)) {
	first := func(paths []string) {
		if len(paths) == 0 {
			chosen("")
			return
		}
		chosen(paths[0])
	}
	w.pick(first, func(ctx context.Context) ([]string, error) {
		path, err := zenity.SelectFileSave(zenity.Context(ctx), zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite())
		return []string{path}, err
	}, func() {
		d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
			if f == nil || err != nil {
				chosen("")
				return
			}
			path := f.URI().Path()
			_ = f.Close() // it is written anew
			chosen(path)
		}, w.win)
		d.SetFileName(name)
		d.Show()
	})
}

// receiptName is a name for a receipt that every file system takes:
// "Camera traps 2026, 2026-05-14.csv".
func receiptName(s receipt.Summary, f history.Format) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, s.Dataset.Name)
	return strings.Trim(name, " .") + ", " + s.Began.Format("2006-01-02") + endingOf(f)
}

func endingOf(f history.Format) string { return "." + strings.ToLower(f.String()) }

// withEnding gives a path the format's ending, unless it has one of its own.
func withEnding(path string, f history.Format) string {
	if filepath.Ext(path) == "" {
		return path + endingOf(f)
	}
	return path
}

// writeReceipt writes a receipt beside the file that it is to be, and then in
// its place, so that a full disk leaves an older one whole.
func writeReceipt(ctx context.Context, path string, id int64, f history.Format, from history.Both) error {
	s, lines, err := from.Whole(ctx, id)
	if err != nil {
		return err
	}
	write := receipt.WriteCSV
	if f == history.JSON {
		write = receipt.WriteJSON
	}
	if err := replaceFile(path, func(w io.Writer) error { return write(w, s, lines) }); err != nil {
		if _, told := errors.AsType[*fault.Error](err); told || ctx.Err() != nil {
			return err
		}
		return &fault.Error{
			Kind: fault.Disk, What: lang.L("The receipt could not be saved as %s.", filepath.Base(path)), Safe: lang.L("The history still has it."),
			Do: lang.L("Choose another place, or close the file if another program has it open."), Detail: err.Error(), Err: err,
		}
	}
	return nil
}

func replaceFile(path string, write func(io.Writer) error) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	err = write(part)
	if err == nil {
		err = part.Sync()
	}
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}
