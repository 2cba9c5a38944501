package history

import (
	"context"
	"slices"

	"darwin-uploader/uploader/receipt"
)

const (
	pageLines = 200 // lines in one page
	keptPages = 8   // at the same time: enough for the tallest window
)

// selection is which lines of which receipt are shown.
type selection struct {
	id    int64
	picks []pick
}

// pick is an outcome and how many lines have it.
type pick struct {
	outcome receipt.Outcome
	lines   int
}

func (s selection) total() int {
	n := 0
	for _, p := range s.picks {
		n += p.lines
	}
	return n
}

// pages holds the lines around those that can be seen. One page is read at a
// time, and always one that is wanted at that moment: who scrolls through all
// of it waits for none of what was passed.
type pages struct {
	source  Source
	run     func(func(ctx context.Context)) // in a goroutine
	post    func(func())                    // back on the main thread
	arrived func()                          // there are new lines
	failed  func(error)

	of     selection
	have   map[int][]receipt.Line
	stale  map[int]bool // may say what is no longer true
	used   []int        // the pages, the one seen last at the end
	asked  int          // grows with each selection, so that only answers to the latest count
	asking bool
	broken bool // the last answer was a problem; the next look at other pages tries again
}

// show turns to other lines. With the same lines, the pages stay until newer
// ones have come.
func (p *pages) show(s selection) {
	same := s.id == p.of.id && slices.EqualFunc(s.picks, p.of.picks, func(a, b pick) bool { return a.outcome == b.outcome })
	p.of = s
	p.asked++
	p.asking, p.broken = false, false
	if !same {
		p.have, p.stale, p.used = map[int][]receipt.Line{}, map[int]bool{}, nil
		return
	}
	for n := range p.have {
		p.stale[n] = true
	}
}

// line gives line i, if it is here.
func (p *pages) line(i int) (receipt.Line, bool) {
	page := p.have[i/pageLines]
	if at := i % pageLines; at < len(page) {
		return page[at], true
	}
	return receipt.Line{}, false
}

// want asks for what is missing of the lines from up to (not with) to.
func (p *pages) want(from, to int) {
	if from >= to || p.asking || p.broken {
		return
	}
	for n := from / pageLines; n <= (to-1)/pageLines; n++ {
		p.touch(n)
		if _, here := p.have[n]; !here || p.stale[n] {
			p.ask(n)
			return
		}
	}
}

// touch says that a page was seen.
func (p *pages) touch(n int) {
	if i := slices.Index(p.used, n); i >= 0 {
		p.used = slices.Delete(p.used, i, i+1)
	}
	p.used = append(p.used, n)
}

func (p *pages) ask(n int) {
	p.asking = true
	asked, of := p.asked, p.of
	p.run(func(ctx context.Context) {
		got, err := p.read(ctx, of, n*pageLines)
		p.post(func() {
			if asked != p.asked {
				return
			}
			p.asking = false
			if err != nil {
				p.broken = true
				p.failed(err)
				return
			}
			p.keep(n, got)
			p.arrived()
		})
	})
}

// read gives one page. Lines of several outcomes stand one outcome below the
// other.
func (p *pages) read(ctx context.Context, of selection, offset int) ([]receipt.Line, error) {
	var got []receipt.Line
	for _, pick := range of.picks {
		if offset >= pick.lines {
			offset -= pick.lines
			continue
		}
		more, err := p.source.Lines(ctx, of.id, pick.outcome, offset, min(pageLines-len(got), pick.lines-offset))
		if err != nil {
			return nil, err
		}
		got = append(got, more...)
		offset = 0
		if len(got) >= pageLines {
			break
		}
	}
	return got, nil
}

// keep takes a page in, and lets the one go that was seen longest ago.
func (p *pages) keep(n int, page []receipt.Line) {
	p.have[n] = page
	delete(p.stale, n)
	p.touch(n)
	for len(p.have) > keptPages {
		oldest := p.used[0]
		p.used = p.used[1:]
		delete(p.have, oldest)
		delete(p.stale, oldest)
	}
}

// retry asks again after a problem.
func (p *pages) retry() { p.broken = false }
