package upload

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// crowd is a place on the screen with 100,000 files in 100 folders, as they
// come from a scan, all of them tagged.
func crowd(b *testing.B) *rig {
	b.Helper()
	r := newRig(b)
	for folder := range 100 {
		var f intake.Found
		for n := range 1000 {
			f.Files = append(f.Files, intake.File{
				Path: fmt.Sprintf("/cards/%d/%d.jpg", folder, n), Name: fmt.Sprintf("IMG_%04d.jpg", n),
				Folder: fmt.Sprintf("/May 2026/Trap %d", folder), Size: 1000,
			})
		}
		r.model.Add(f)
	}
	r.model.AddTag(r.model.IDs(), darwin.Tag{Class: "deer"})
	body := container.NewBorder(r.Header(), r.Bar(), nil, r.Inspector(), r.Body())
	looktest.Window(b, body, fyne.NewSize(1180, 760))
	return r
}

// A tick is all that the main thread does ten times a second, but for painting.
func BenchmarkTickOfAHundredThousand(b *testing.B) {
	for name, filter := range map[string]queue.Group{"all": queue.All, "filtered": queue.Ready} {
		b.Run(name, func(b *testing.B) {
			r := crowd(b)
			items := r.model.Begin(r.model.Unsent())
			r.run.halt = func() {}
			r.showState()
			r.model.SetFilter(filter)
			statuses := make([]uploader.Status, len(items))
			shot := before(items)
			n := 0
			for b.Loop() {
				for range 50 { // what a fast batch moves in a tenth of a second
					st := &statuses[n%len(statuses)]
					st.State = uploader.State(1 + (n/len(statuses))%6)
					shot.Sent += 10
					n++
				}
				r.model.ApplyStatuses(statuses)
				r.queue.SetSnapshot(shot)
			}
		})
	}
}

// What one chunk of a scan costs on top of a large queue, inspector included.
func BenchmarkOneMoreChunk(b *testing.B) {
	r := crowd(b)
	n := 0
	for b.Loop() {
		r.model.Add(intake.Found{Files: []intake.File{{Path: fmt.Sprint("/", n), Name: fmt.Sprint(n, ".jpg"), Size: 1}}})
		n++
	}
}

// A drop of 100,000 paths: how long its handler keeps the main thread.
func BenchmarkDroppingAHundredThousandPaths(b *testing.B) {
	r := newRig(b)
	paths := make([]string, 100_000)
	for i := range paths {
		paths[i] = fmt.Sprintf("/nowhere/IMG_%06d.jpg", i)
	}
	for b.Loop() {
		r.Add(paths)
		b.StopTimer()
		r.untilScanned()
		r.model.Clear()
		b.StartTimer()
	}
}

// What the panel of the rules costs with its preview, for all files.
func BenchmarkFolderRulesOfAHundredThousand(b *testing.B) {
	r := crowd(b)
	for b.Loop() {
		r.rules()[0].Preview()
	}
}

func BenchmarkSelectingOneOfAHundredThousand(b *testing.B) {
	r := crowd(b)
	n := 0
	for b.Loop() {
		r.model.Select(n % 2)
		n++
	}
}
