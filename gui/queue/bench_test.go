package queue_test

import (
	"fmt"
	"testing"

	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// large is a queue of 100,000 files in 100 folders, added as intake does.
func large() *queue.Model {
	m := queue.New()
	m.StartAdding()
	for folder := range 100 {
		var f intake.Found
		for n := range 1000 {
			f.Files = append(f.Files, file(fmt.Sprintf("/May 2026/Trap %d/IMG_%04d.jpg", folder, n)))
		}
		m.Add(f)
	}
	m.EndAdding()
	for i := m.Rows() - 1; i >= 0; i-- {
		m.SetOpen(i, true)
	}
	return m
}

func BenchmarkAddingAHundredThousand(b *testing.B) {
	for b.Loop() {
		large()
	}
}

func BenchmarkStatusesOfAHundredThousand(b *testing.B) {
	m := large()
	m.Begin(m.Unsent())
	statuses := make([]uploader.Status, 100_000)
	n := 0
	for b.Loop() {
		for range 50 { // what a fast batch moves in a tenth of a second
			statuses[n%len(statuses)].State = uploader.State(1 + (n/len(statuses))%6)
			n++
		}
		m.ApplyStatuses(statuses)
	}
}

func BenchmarkStatusesUnderAFilter(b *testing.B) {
	m := large()
	m.Begin(m.Unsent())
	m.SetFilter(queue.Ready)
	statuses := make([]uploader.Status, 100_000)
	n := 0
	for b.Loop() {
		statuses[n%len(statuses)].State = uploader.State(4 + (n/len(statuses))%3)
		n++
		m.ApplyStatuses(statuses)
	}
}

func BenchmarkRebuildOfAHundredThousand(b *testing.B) {
	m := large()
	for b.Loop() {
		m.SetOpen(0, false)
		m.SetOpen(0, true)
	}
}

func BenchmarkSortingAHundredThousand(b *testing.B) {
	m := large()
	for name, key := range map[string]queue.SortKey{"name": queue.ByName, "size": queue.BySize, "state": queue.ByState} {
		b.Run(name, func(b *testing.B) {
			down := false
			for b.Loop() {
				down = !down
				m.SetSort(key, down)
			}
		})
	}
}

func BenchmarkFilteringAHundredThousand(b *testing.B) {
	m := large()
	for b.Loop() {
		m.SetFilter(queue.Ready)
		m.SetFilter(queue.All)
	}
}

// One folder with everything in it, open, as a card with no folders is.
func BenchmarkAddingAHundredThousandToOneFolder(b *testing.B) {
	for b.Loop() {
		m := queue.New()
		m.StartAdding()
		for chunk := range 400 {
			var f intake.Found
			for n := range 250 {
				f.Files = append(f.Files, file(fmt.Sprintf("/Card/IMG_%06d.jpg", chunk*250+n)))
			}
			m.Add(f)
		}
		m.EndAdding()
	}
}

func BenchmarkQuestionsAboutAHundredThousand(b *testing.B) {
	m := large()
	m.Begin(m.Unsent())
	statuses := make([]uploader.Status, 100_000)
	for i := range statuses {
		statuses[i] = uploader.Status{State: uploader.Failed, Problem: &fault.Error{Kind: fault.Vanished}}
	}
	m.ApplyStatuses(statuses)
	for b.Loop() {
		cause.Groups(m.Questions(), nil)
	}
}

func BenchmarkSearchInAHundredThousand(b *testing.B) {
	m := large()
	for b.Loop() {
		m.SetSearch("img_07")
		m.SetSearch("")
	}
}

func BenchmarkTagsOfAHundredThousand(b *testing.B) {
	m := large()
	m.AddTag(m.IDs(), darwin.Tag{Class: "deer"})
	m.SelectAll()
	for b.Loop() {
		m.Tags(m.Selected())
	}
}
