package gui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/ncruces/zenity"

	"darwin-uploader/gui/lang"
)

// pickFiles asks for files with the system's own dialog, which takes several
// at once.
func (w *window) pickFiles(chosen func([]string)) {
	w.pick(chosen,
		func(ctx context.Context) ([]string, error) {
			return zenity.SelectFileMultiple(zenity.Context(ctx), zenity.Title(lang.L("Add files")))
		},
		func() { w.ownFileDialog(chosen) })
}

// ownFileDialog is Fyne's dialog, which takes one file.
func (w *window) ownFileDialog(chosen func([]string)) {
	dialog.ShowFileOpen(func(f fyne.URIReadCloser, err error) {
		if f == nil || err != nil {
			chosen(nil)
			return
		}
		path := f.URI().Path()
		_ = f.Close() // it was opened for reading and is not read
		chosen([]string{path})
	}, w.win)
}

// pickFile asks for one file with the system's own dialog.
func (w *window) pickFile(title string, chosen func([]string)) {
	w.pick(chosen, func(ctx context.Context) ([]string, error) {
		file, err := zenity.SelectFile(zenity.Context(ctx), zenity.Title(title))
		return []string{file}, err
	}, func() { w.ownFileDialog(chosen) })
}

func (w *window) pickFolder(chosen func([]string)) {
	w.pick(chosen,
		func(ctx context.Context) ([]string, error) {
			folder, err := zenity.SelectFile(zenity.Context(ctx), zenity.Title(lang.L("Add folder")), zenity.Directory())
			return []string{folder}, err
		},
		func() {
			dialog.ShowFolderOpen(func(f fyne.ListableURI, err error) {
				if f == nil || err != nil {
					chosen(nil)
					return
				}
				chosen([]string{f.Path()})
			}, w.win)
		})
}

// pick tries the system's dialog and falls back on Fyne's where the system has
// none, as a Linux without zenity or its like.
func (w *window) pick(chosen func([]string), native func(context.Context) ([]string, error), own func()) {
	w.tasks.Go(func(ctx context.Context) {
		paths, err := native(ctx)
		w.post(func() {
			switch {
			case err == nil:
				chosen(paths)
			case errors.Is(err, zenity.ErrCanceled) || ctx.Err() != nil:
				chosen(nil)
			default:
				own()
			}
		})
	})
}

// fileAddress is a folder of this computer as the address of a web page.
func fileAddress(folder string) string { return storage.NewFileURI(folder).String() }
