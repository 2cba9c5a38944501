package uploader

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/pace"
	"darwin-uploader/uploader/storage"
)

// Darwin is what the engine needs of the Darwin API.
type Darwin interface {
	Uploads(darwin.Dataset) darwin.Uploads
}

// Storage is what the engine needs of object storage.
type Storage interface {
	Send(ctx context.Context, to storage.Target, body storage.Body, progress func(int64)) (storage.Stored, error)
}

// MaxWorkers is the most that Config.Workers may ask for, MaxAutomatic the most
// that are sent at once automatically.
const (
	MaxWorkers   = 256
	MaxAutomatic = pace.MaxAutomatic
)

// Config is what an Engine is made of.
type Config struct {
	Darwin  Darwin
	Storage Storage
	// Workers is how many files are sent at once; 0: as many as do the link
	// good, found out while they are sent.
	Workers int
	// Limits hold the sending back, see Engine.SetLimits.
	Limits Limits
	// Patience is how often and how patiently one step of one item is tried.
	Patience Patience
	// Journal is where batches are written down; nil keeps none.
	Journal Journal
	// NoDirect sends small files the standard way, too, instead of many of them
	// in one request where the Darwin can (DirectDarwin) and takes it.
	NoDirect bool
	// Log gets one line for each problem; nil discards them.
	Log *slog.Logger
}

// Patience bounds the tries of one step of one item. The zero value is the
// default: 6 tries, the first pause half a second, doubling up to 30 seconds,
// each varied by half.
type Patience struct {
	Tries      int
	FirstPause time.Duration
	MaxPause   time.Duration
}

func (p Patience) orDefault() Patience {
	if p.Tries <= 0 {
		p.Tries = 6
	}
	if p.FirstPause <= 0 {
		p.FirstPause = 500 * time.Millisecond
	}
	if p.MaxPause <= 0 {
		p.MaxPause = 30 * time.Second
	}
	return p
}

// Engine starts batches.
type Engine struct {
	cfg    Config
	direct experience

	throttle pace.Throttle

	mu      sync.Mutex
	limits  Limits
	running map[*Batch]bool
}

// New makes an engine. Workers outside 0..MaxWorkers are brought inside.
func New(cfg Config) *Engine {
	cfg.Workers = min(max(cfg.Workers, 0), MaxWorkers)
	cfg.Patience = cfg.Patience.orDefault()
	if cfg.Journal == nil {
		cfg.Journal = noJournal{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{cfg: cfg, running: map[*Batch]bool{}}
	e.SetLimits(cfg.Limits)
	return e
}

// Start begins a batch, or goes on with an earlier one, and returns at once. The batch ends by itself, when ctx
// is cancelled, or with Stop. A plan without items is refused with a fault of
// kind Usage.
func (e *Engine) Start(ctx context.Context, p Plan) (*Batch, error) {
	if len(p.Items) == 0 {
		return nil, &fault.Error{Kind: fault.Usage, What: "There is nothing to upload.", Do: "Add files first."}
	}
	ctx, cancel := context.WithCancel(ctx)
	b := newBatch(p.Items, cancel)
	e.enlist(b)
	go func() {
		e.work(ctx, p, b)
		e.discharge(b)
		b.end()
		cancel()
	}()
	return b, nil
}

// work sees a batch through, and keeps its page of the journal meanwhile.
func (e *Engine) work(ctx context.Context, p Plan, b *Batch) {
	page, err := e.cfg.Journal.Begin(p)
	if err != nil {
		b.stop(fault.Of(err))
		return
	}
	b.number.Store(page.Number())
	b.written(len(p.Items))
	newLine(e, e.cfg.Darwin.Uploads(p.Dataset), newPacks(e, p.Dataset, b), page, b).run(ctx)
	if err := page.Close(!b.unfinished()); err != nil {
		b.stop(fault.Of(err))
	}
}
