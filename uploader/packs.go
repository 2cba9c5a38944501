package uploader

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"darwin-uploader/uploader/darwin"
)

// Small files go in packs, where Darwin takes them: one request registers,
// stores and confirms a whole pack (Direct), where the standard way takes two
// requests a file, and Darwin allows 1,000 a minute for a key. The rule:
//
// A pack pays only if there is more than a handful of files. The first one is a
// trial with a few of them: only if its answer is what the API's contract says,
// and Darwin's list then has those items with their bytes, do others follow.
// While the trial is under way, and for no longer than trialWait, the other
// small files are held back. Whatever else comes of it, or of a later pack
// (but for a few refusals that one item may be the cause of), ends packs for
// the dataset as long as the engine lives; the files go the standard way, and
// nobody need know.
//
// A pack whose answer is lost is looked up before anything is sent again: its
// items that are there with their bytes, and that were registered while the
// request was under way, are ours (see lookup.go). The journal knows
// beforehand that a pack was asked for, so the same holds after a crash.
const (
	// The largest file of a pack, in bytes: most and least, and what it is while
	// the speed is not known. See packs.largest.
	mostOfFile, leastOfFile, usualFile = 256 << 10, 16 << 10, 64 << 10
	// standardRate is how many files a second go the standard way within
	// Darwin's limit of requests.
	standardRate = 8
	// packBytes and packItems bound a pack: each of the senders keeps that much
	// in memory, and Darwin stores all of it before it answers.
	packBytes = 2 << 20
	packItems = 100
	// worthwhile is how many files packs are begun for, and few how many of them
	// make a pack once it is known that Darwin takes packs.
	worthwhile = 24
	few        = 4
	trialItems = 4
	maxTrials  = 3 // that end without an answer of their own
	// maxRefusedPacks is how many packs in a row Darwin may refuse as they are,
	// which may be because of one item, after it took the first one.
	maxRefusedPacks = 3
	trialWait       = 10 * time.Second
	// packSenders is how many packs are under way at once: one is read and
	// taken in by Darwin while another's bytes leave.
	packSenders = 3
)

// DirectDarwin is what a Darwin may have beside Uploads: direct uploads.
type DirectDarwin interface {
	Direct(darwin.Dataset) darwin.Direct
}

// trust is what an engine knows of direct uploads to one dataset.
type trust uint8

const (
	untried trust = iota
	proven
	refused
)

// experience keeps that for all datasets, by their ids. Safe for concurrent
// use.
type experience struct {
	mu    sync.Mutex
	trust map[int64]trust
}

func (e *experience) of(dataset int64) trust {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.trust[dataset]
}

// learn keeps what was found out. Who refused once is not asked again.
func (e *experience) learn(dataset int64, t trust) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.trust[dataset] == refused {
		return
	}
	if e.trust == nil {
		e.trust = map[int64]trust{}
	}
	e.trust[dataset] = t
}

// packs makes packs of a batch's small files. The registrar alone calls its
// methods, but for those that say so.
type packs struct {
	direct     darwin.Direct  // nil: this batch has none
	speed      func() float64 // of the batch, in bytes per second; 0 if it is not known
	experience *experience
	dataset    int64
	out        chan pack // to the senders

	// crowded: the dataset had files of the latest packs already. Then the next
	// one is looked up before its bytes leave for nothing.
	crowded atomic.Bool
	// refusals is how many packs Darwin refused since it took one.
	refusals atomic.Int64

	held  []*record // small files that wait for their pack
	bytes int64     // of them

	mu     sync.Mutex
	trials int       // that were begun
	ended  int       // of them
	tried  time.Time // when the last one began
	spill  int       // how many of those held are to go the standard way
	back   []*record // that are to go the standard way
}

// pack is some small files that go in one request.
type pack struct {
	records []*record
	trial   bool
}

func (p pack) size() (bytes int64) {
	for _, r := range p.records {
		bytes += r.item.Size
	}
	return bytes
}

func newPacks(e *Engine, d darwin.Dataset, b *Batch) *packs {
	p := &packs{speed: b.speed, experience: &e.direct, dataset: d.ID, out: make(chan pack)}
	from, ok := e.cfg.Darwin.(DirectDarwin)
	if ok && d.Version >= 2 && !e.cfg.NoDirect && e.direct.of(d.ID) != refused {
		p.direct = from.Direct(d)
	}
	return p
}

// largest is the size up to which a file is better off in a pack, which sends a
// third more bytes for it: as many of its size as the standard way sends in a
// second would be no more than what leaves in a second. Any goroutine may call
// it.
func (p *packs) largest() int64 {
	speed := p.speed()
	if speed == 0 {
		return usualFile
	}
	return min(max(int64(speed/standardRate), leastOfFile), mostOfFile)
}

// keep holds back the small files among records and gives the others.
func (p *packs) keep(records []*record) (others []*record) {
	if p.direct == nil || p.experience.of(p.dataset) == refused {
		return records
	}
	largest := p.largest()
	for _, r := range records {
		if r.item.Size > largest || r.item.Size == 0 || r.reached.packed() {
			others = append(others, r)
			continue
		}
		p.held = append(p.held, r)
		p.bytes += r.item.Size
	}
	return others
}

// standard gives up to n records that are to go the standard way after all.
// last says that no further ones are there at the moment.
func (p *packs) standard(n int, last bool) []*record {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch known := p.experience.of(p.dataset); {
	case known == refused,
		p.spill > 0,
		p.trying() && time.Since(p.tried) >= trialWait,
		last && len(p.held) < p.least(known):
		some := p.held[:min(n, len(p.held))]
		p.back = append(p.back, some...)
		p.held = p.held[len(some):]
		p.spill = max(0, p.spill-len(some))
		for _, r := range some {
			p.bytes -= r.item.Size
		}
	}
	n = min(n, len(p.back))
	some := p.back[:n:n]
	p.back = p.back[n:]
	return some
}

// least is how many files a pack is made for.
func (p *packs) least(known trust) int {
	if known == proven {
		return few
	}
	return worthwhile
}

// trying needs the lock.
func (p *packs) trying() bool { return p.trials > p.ended }

// due gives the pack that is next, and where to send it; nil if there is none.
func (p *packs) due(last bool) (next pack, out chan<- pack) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.experience.of(p.dataset)
	if p.direct == nil || known == refused || p.trying() || p.spill > 0 && known == untried {
		return pack{}, nil
	}
	if known == untried {
		if len(p.held) < worthwhile {
			return pack{}, nil
		}
		return pack{p.held[:trialItems:trialItems], true}, p.out
	}
	full := p.bytes >= packBytes || len(p.held) >= packItems
	if !full && !last || len(p.held) < few {
		return pack{}, nil
	}
	n, bytes := 0, int64(0)
	for n < min(len(p.held), packItems) && bytes+p.held[n].item.Size <= packBytes {
		bytes += p.held[n].item.Size
		n++
	}
	return pack{records: p.held[:n:n]}, p.out
}

// offer hands the pack that is due to a sender, if one is free. Unless busy, it
// waits for that, or for anything else that the registrar may have to do.
func (l *line) offer(ctx context.Context, busy, last bool) {
	p := l.packs
	next, out := p.due(last)
	if busy {
		select {
		case out <- next:
			p.gone(next)
		default:
		}
		return
	}
	late := time.NewTimer(p.patience())
	defer late.Stop()
	select {
	case <-ctx.Done():
	case <-l.batch.work:
	case <-late.C:
	case out <- next:
		p.gone(next)
	}
}

// patience is how long a trial that is under way may hold other files back.
func (p *packs) patience() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if left := trialWait - time.Since(p.tried); p.trying() && left > 0 {
		return left
	}
	return time.Hour // there is nothing to be late for
}

// gone takes note that a sender has taken a pack.
func (p *packs) gone(next pack) {
	p.held = p.held[len(next.records):]
	p.bytes -= next.size()
	if next.trial {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.trials++
		p.tried = time.Now()
	}
}

// tell takes note of what came of a pack: whether packs are to go on. A trial
// that ended without an answer of its own (untried) may be repeated. Any
// goroutine may call it, and wakes the registrar then.
func (p *packs) tell(of pack, t trust) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch crowded := p.crowded.Load(); {
	case !of.trial:
	case t == untried && crowded:
		// Its neighbours are probably there as well. Registering finds that out
		// by the hundred.
		p.trials--
		p.spill = darwin.MaxRegister
	case t == untried && p.ended+1 >= maxTrials:
		t = refused
		p.ended++
	default:
		p.ended++
	}
	if t != untried {
		p.experience.learn(p.dataset, t)
	}
}

// give puts records back that are to go the standard way. Any goroutine may
// call it, and wakes the registrar then.
func (p *packs) give(records ...*record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.back = append(p.back, records...)
}
