package history

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// pictured is a place that has read all it can show, in the thread of the test.
func pictured(t *testing.T, b *books) *rig {
	r := &rig{TB: t, books: b, posted: make(chan func(), 10_000)}
	r.View = New(t.Context(), b, func(f func()) { r.posted <- f }, func() time.Time { return now })
	r.OnSave = func(receipt.Summary, Format, func(string, error)) {}
	r.OnSendAgain = func(receipt.Summary, []receipt.Outcome, func(error)) {}
	r.OnOpen, r.OnLook, r.OnUpload = func(receipt.Summary) {}, func(receipt.Summary) {}, func() {}
	t.Cleanup(r.Close)
	return r
}

func TestEveryStateFitsInBothLooksAndSizes(t *testing.T) {
	unsettled := func() *books {
		b := library()
		b.add(8, "Camera traps 2026", now.Add(-9*time.Minute), slices.Concat(times(400, receipt.InDarwin), times(12, receipt.Sent))...)
		return b
	}
	sizes := []fyne.Size{{Width: 1092, Height: 760}, {Width: 812, Height: 600}}
	if looktest.Folder() != "" {
		sizes = append(sizes, fyne.Size{Width: 1312, Height: 900})
	}
	for name, state := range map[string]struct {
		books func() *books
		then  func(*rig)
	}{
		"all":     {library, func(*rig) {}},
		"skipped": {library, func(r *rig) { r.list.step(r.batches.rowOf(5), 1) }},
		"failures": {library, func(r *rig) {
			r.list.step(r.batches.rowOf(6), 1)
			r.settled()
			r.detail.choose(needsYou)
			r.settled()
			r.detail.roll.step(1, 1)
		}},
		"stopped": {library, func(r *rig) { r.list.step(r.batches.rowOf(3), 1) }},
		"again": {func() *books {
			b := library()
			b.add(9, "Nest boxes", now.Add(-2*time.Hour), slices.Concat(times(389, receipt.InDarwin), times(23, receipt.SentAgain))...)
			return b
		}, func(r *rig) { r.list.step(r.batches.rowOf(9), 1) }},
		"unsettled": {unsettled, func(*rig) {}},
		"following": {unsettled, func(r *rig) { r.SetFollowing(8, true) }},
		"running":   {library, func(r *rig) { r.SetRunning(7) }},
		"saved":     {library, func(r *rig) { r.detail.say(widgets.NoticeSuccess, "Saved as Camera traps 2026.csv.") }},
		"nohit":     {library, func(r *rig) { r.search.SetText("zebra") }},
		"leftout": {func() *books {
			b := library()
			b.leave(7, "/cards/April 2026/notes.txt", "/cards/April 2026/Alder Creek/song.mp3", "/cards/April 2026/Thumbs.db")
			return b
		}, func(r *rig) {
			r.detail.choose(leftOut)
			r.settled()
			r.detail.roll.step(1, 1)
		}},
		"pictures": {func() *books {
			b := library()
			for i := range 9 {
				line := photo(t, i)
				line.Name, line.Folder, line.Ended = b.lines[7][i].Name, b.lines[7][i].Folder, b.lines[7][i].At
				b.lines[7][i] = line
			}
			return b
		}, func(r *rig) { r.until("the pictures", func() bool { return r.thumbs.Idle() && r.pictures() >= 5 }) }},
		"import": {func() *books {
			b := library()
			s := b.add(9, "River survey", now.Add(-3*time.Hour), slices.Concat(times(1876, receipt.InDarwin), times(12, receipt.Skipped), times(14, receipt.NeedsYou))...)
			s.Imported, s.Storage, s.From, s.Lacking = true, "field-archive", "archive.csv", 4
			return b
		}, func(r *rig) { r.list.step(r.batches.rowOf(9), 1) }},
		"long": {func() *books {
			b := library()
			s := b.add(9, "Everything that was seen near the river between 2019 and 2026", now.Add(-8*24*time.Hour), slices.Concat(times(9000, receipt.InDarwin), times(3000, receipt.Skipped),
				times(1234, receipt.NeedsYou), times(999, receipt.NotSent))...)
			s.From = "A folder with a name that is longer than anybody would read"
			return b
		}, func(r *rig) { r.list.step(r.batches.rowOf(9), 1) }},
		"empty": {func() *books { return &books{} }, func(*rig) {}},
		"unreadable": {func() *books {
			return &books{problem: &fault.Error{Kind: fault.Disk, What: "The journal of uploads cannot be read.", Safe: "What is in Darwin stays there.", Do: "Look whether the disk is full."}}
		}, func(*rig) {}},
		"focus": {library, func(r *rig) { r.window.Canvas().Focus(r.list) }},
		"line":  {library, func(r *rig) { r.window.Canvas().Focus(r.detail.roll); r.detail.roll.step(3, 1) }},
	} {
		looktest.Gallery[*rig]{
			Name:  "history",
			Sizes: sizes,
			New: func(t *testing.T, _ fyne.Size) (*rig, fyne.CanvasObject) {
				r := pictured(t, state.books())
				return r, r.View
			},
			States: map[string]func(*rig){name: func(r *rig) {
				all := fyne.CurrentApp().Driver().AllWindows()
				r.window = all[len(all)-1]
				r.open()
				state.then(r)
				r.settled()
			}},
		}.Draw(t)
	}
}

func TestEverythingFollowsAChangeOfTheTheme(t *testing.T) {
	looktest.FollowsTheTheme(t, fyne.Size{Width: 1092, Height: 760}, func() fyne.CanvasObject {
		r := pictured(t, library())
		r.View.Resize(fyne.NewSize(1092, 760))
		r.open()
		r.list.step(r.batches.rowOf(6), 1)
		r.settled()
		return r.View
	})
}
