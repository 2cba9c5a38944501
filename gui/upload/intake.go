package upload

import (
	"context"

	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/uploader/assign"
	"darwin-uploader/uploader/intake"
)

// Add takes paths into the queue: a drop, a choice in a dialog, a paste and
// the command line all end here. It returns at once; the rows come while the
// folders are being walked.
func (p *Place) Add(paths []string) {
	if len(paths) == 0 || p.closed.Load() {
		return
	}
	p.newQueue()
	p.scans++
	if p.scans == 1 {
		p.model.StartAdding()
	}
	p.showState()
	gesture := p.gesture
	scan, stop := tasks.Stoppable(func(looking, ctx context.Context) {
		// What a stopped scan still brings is not meant any more.
		post := func(f func()) {
			p.post(ctx, func() {
				if p.gesture == gesture {
					f()
				}
			})
		}
		var sheets []assign.Table
		err := intake.Scan(looking, paths, intake.Options{}, func(found intake.Found) {
			sheets = append(sheets, takeSheets(looking, &found)...)
			post(func() { p.model.Add(found) })
		})
		post(func() {
			p.sheets = append(p.sheets, sheets...)
			p.model.AddSheets(len(sheets))
			p.scanned(err)
		})
	})
	p.stopScans = append(p.stopScans, stop)
	p.tasks.Go(scan)
}

// StopLooking ends the scans that run; what they have found so far stays. A scan
// that hangs in a dead drive is left behind: nothing waits for it any more.
func (p *Place) StopLooking() {
	if p.scans == 0 {
		return
	}
	for _, stop := range p.stopScans {
		stop()
	}
	p.gesture++
	p.scans, p.stopScans = 0, nil
	p.model.StopAdding()
	p.tell()
	p.showState()
	p.fitSheet()
}

// scanned is the end of a scan.
func (p *Place) scanned(err error) {
	if p.scans--; p.scans == 0 {
		p.stopScans = nil
		p.model.EndAdding()
	}
	if err != nil {
		p.deps.Log.Warn("scan", "error", err)
	}
	p.tell()
	p.showState()
	p.fitSheet()
}

// Paste takes copied files off the clipboard's text. Text that names no files
// was not meant for the queue.
func (p *Place) Paste(text string) { p.Add(queue.ParseClipboard(text)) }

// BrowseFiles lets the person choose files.
func (p *Place) BrowseFiles() { p.browse(p.deps.PickFiles) }

// BrowseFolder lets the person choose a folder.
func (p *Place) BrowseFolder() { p.browse(p.deps.PickFolder) }

// browse asks with a dialog, one at a time.
func (p *Place) browse(pick Picker) {
	if p.picking {
		return
	}
	p.picking = true
	pick(func(paths []string) {
		p.picking = false
		p.Add(paths)
	})
}
