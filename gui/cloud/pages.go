package cloud

import (
	"context"
	"slices"

	"darwin-uploader/uploader/external/ledger"
)

const (
	pageRows  = 200 // rows in one page
	keptPages = 8   // at the same time: enough for the tallest window
)

// selection is which rows of which import are shown.
type selection struct {
	book   *ledger.Ledger
	id     int64
	states []ledger.State // none: all
	total  int
}

// pages holds the rows around those that can be seen. One page is read at a
// time, and always one that is wanted at that moment. A ledger finds rows by
// the place behind which they begin, so where each page of a choice of states
// begins is learnt on the way.
type pages struct {
	run     func(func(ctx context.Context)) // in a goroutine
	post    func(func())                    // back on the main thread
	arrived func()
	failed  func(error)

	of     selection
	begins []int // the place before page n, as far as known
	have   map[int][]ledger.Row
	used   []int // the pages, the one seen last at the end
	asked  int   // grows with each selection, so that only answers to the latest count
	asking bool
	broken bool // the last answer was a problem
}

// show turns to other rows.
func (p *pages) show(s selection) {
	p.of = s
	p.asked++
	p.asking, p.broken = false, false
	p.have, p.used, p.begins = map[int][]ledger.Row{}, nil, []int{-1}
}

// row gives row i, if it is here.
func (p *pages) row(i int) (ledger.Row, bool) {
	page := p.have[i/pageRows]
	if at := i % pageRows; at < len(page) {
		return page[at], true
	}
	return ledger.Row{}, false
}

// want asks for row i and those around it, unless they are here.
func (p *pages) want(i int) {
	n := i / pageRows
	p.touch(n)
	if _, here := p.have[n]; here || p.asking || p.broken || p.of.book == nil {
		return
	}
	p.asking = true
	asked, of, begins := p.asked, p.of, slices.Clone(p.begins)
	p.run(func(ctx context.Context) {
		page, begins, err := of.page(ctx, n, begins)
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
			p.begins = begins
			p.keep(n, page)
			p.arrived()
		})
	})
}

// page reads page n, and those before it as far as it is not known where n
// begins.
func (s selection) page(ctx context.Context, n int, begins []int) ([]ledger.Row, []int, error) {
	if len(s.states) == 0 { // places have no gaps
		rows, err := s.book.Rows(ctx, s.id, n*pageRows-1, pageRows)
		return rows, begins, err
	}
	for {
		at := min(n, len(begins)-1)
		rows, err := s.book.Rows(ctx, s.id, begins[at], pageRows, s.states...)
		if err != nil || at == n || len(rows) == 0 {
			return rows, begins, err
		}
		begins = append(begins, rows[len(rows)-1].Place)
	}
}

// touch says that a page was seen.
func (p *pages) touch(n int) {
	if i := slices.Index(p.used, n); i >= 0 {
		p.used = slices.Delete(p.used, i, i+1)
	}
	p.used = append(p.used, n)
	for len(p.used) > keptPages {
		delete(p.have, p.used[0])
		p.used = p.used[1:]
	}
}

func (p *pages) keep(n int, page []ledger.Row) {
	p.have[n] = page
	p.touch(n)
}
