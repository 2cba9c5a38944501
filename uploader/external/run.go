package external

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// How a run registers unless it is told otherwise.
const (
	defaultInFlight   = 4
	defaultTries      = 10
	defaultFirstPause = time.Second
	defaultMaxPause   = time.Minute
)

// stubborn is how long Darwin may refuse all requests as too many before the run
// ends.
const stubborn = 15 * time.Minute

// weighty is how many bytes a request may have; Darwin states a limit of 30 MB
// for another call, and none for this one.
const weighty = 8 << 20

// Config says how a run registers.
type Config struct {
	Ledger *ledger.Ledger
	API    darwin.External // of the import's dataset and storage

	PerRequest int // items, 1 to darwin.MaxExternal; 0: darwin.DefaultExternal
	InFlight   int // requests at once; 0: 4

	// Tries is how often in a row a request may fail with an answer of Darwin's
	// before the run ends; 0: 10. The pauses between tries double from
	// FirstPause (0: 1 s) to MaxPause (0: 1 min), unless Darwin asks for more.
	Tries                int
	FirstPause, MaxPause time.Duration

	Clock Clock        // nil: this computer's
	Log   *slog.Logger // nil: nothing is logged
}

// Waiting is a run's waiting for the network.
type Waiting struct {
	Since   time.Time    // of the first request that got no answer
	Problem *fault.Error // why the last one got none
}

// Snapshot is a run at one moment.
type Snapshot struct {
	Counts  ledger.Counts
	Elapsed time.Duration
	Left    time.Duration // until all is registered, 0 if unknown
	Waiting *Waiting      // not nil while it waits for the network
	Paused  bool          // the person paused it
	Ended   bool
	Problem *fault.Error // what ended it early, nil if nothing did
}

// Run is the registering of one import.
type Run struct {
	cfg   Config
	id    int64
	done  chan struct{}
	began time.Time

	mu       sync.Mutex
	counts   ledger.Counts
	first    int // rows that were open at the beginning
	lastly   time.Time
	refusal  time.Time // the first of the latest refusals in a row; zero: the last request was not refused
	waiting  *Waiting
	problem  *fault.Error
	stopping context.CancelFunc
	paused   chan struct{} // closed when the pause ends; nil without one
}

// Start begins to register what waits in the ledger. Its error is about the
// ledger; nothing was sent then. One import is to be run once at a time.
func Start(ctx context.Context, cfg Config, id int64) (*Run, error) {
	cfg = withDefaults(cfg)
	counts, err := cfg.Ledger.Count(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &Run{cfg: cfg, id: id, done: make(chan struct{}), began: cfg.Clock.Now(), counts: counts, first: counts.Open()}
	ctx, r.stopping = context.WithCancel(ctx)
	go r.run(ctx)
	return r, nil
}

func withDefaults(cfg Config) Config {
	cfg.PerRequest = min(cmp.Or(max(cfg.PerRequest, 0), darwin.DefaultExternal), darwin.MaxExternal)
	cfg.InFlight = cmp.Or(max(cfg.InFlight, 0), defaultInFlight)
	cfg.Tries = cmp.Or(max(cfg.Tries, 0), defaultTries)
	cfg.FirstPause = cmp.Or(max(cfg.FirstPause, 0), defaultFirstPause)
	cfg.MaxPause = max(cmp.Or(max(cfg.MaxPause, 0), defaultMaxPause), cfg.FirstPause)
	if cfg.Clock == nil {
		cfg.Clock = realClock{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return cfg
}

// Done is closed when the run has ended.
func (r *Run) Done() <-chan struct{} { return r.done }

// Stop ends the run; what is not registered waits for another one.
func (r *Run) Stop() { r.stopping() }

// Pause holds back requests that have not left, until it is called with false.
// What is on its way gets its answer.
func (r *Run) Pause(paused bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refusal = time.Time{}
	switch {
	case paused && r.paused == nil:
		r.paused = make(chan struct{})
	case !paused && r.paused != nil:
		close(r.paused)
		r.paused = nil
	}
}

// Snapshot is the run as of now.
func (r *Run) Snapshot() Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := Snapshot{Counts: r.counts, Waiting: r.waiting, Problem: r.problem, Paused: r.paused != nil}
	now := r.cfg.Clock.Now()
	select {
	case <-r.done:
		s.Ended, now = true, r.lastly
	default:
	}
	s.Elapsed = now.Sub(r.began)
	if done := r.first - r.counts.Open(); done > 0 && !s.Ended && !s.Paused && s.Waiting == nil {
		s.Left = time.Duration(float64(s.Elapsed) / float64(done) * float64(r.counts.Open()))
	}
	return s
}

// run feeds the workers until nothing is left or something ends it.
func (r *Run) run(ctx context.Context) {
	defer close(r.done)
	defer r.stopping()
	jobs := make(chan []*work)
	var workers sync.WaitGroup
	for range r.cfg.InFlight {
		workers.Go(func() {
			for job := range jobs {
				if err := r.deliver(ctx, job); err != nil {
					r.halt(ctx, err)
				}
			}
		})
	}
	err := r.feed(ctx, jobs)
	close(jobs)
	workers.Wait()
	if err != nil {
		r.halt(ctx, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lastly = r.cfg.Clock.Now()
	if r.problem == nil && r.counts.Open() == 0 {
		if err := r.cfg.Ledger.End(context.WithoutCancel(ctx), r.id, time.Now()); err != nil {
			r.problem = fault.Of(err)
		}
	}
}

// halt ends the run for a problem that concerns all that is left.
func (r *Run) halt(ctx context.Context, err error) {
	if ctx.Err() != nil { // stopped by the person, or by an earlier problem
		return
	}
	r.mu.Lock()
	if r.problem == nil {
		r.problem = fault.Of(err)
	}
	r.mu.Unlock()
	r.cfg.Log.Warn("import", "kind", fault.KindOf(err).String(), "detail", fault.Of(err).Detail)
	r.stopping()
}

// feed reads the ledger: first what was asked for and not answered, then what
// waits. What the run itself asks for lies behind the place of the reading.
func (r *Run) feed(ctx context.Context, jobs chan<- []*work) error {
	for _, state := range []ledger.State{ledger.Asked, ledger.Waiting} {
		for after := -1; ; {
			rows, err := r.cfg.Ledger.Rows(ctx, r.id, after, r.cfg.PerRequest, state)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			if err := r.hand(ctx, jobs, rows); err != nil {
				return err
			}
			after = rows[len(rows)-1].Place
		}
	}
	return nil
}

// hand gives rows to the workers, in requests that are not too large.
func (r *Run) hand(ctx context.Context, jobs chan<- []*work, rows []ledger.Row) error {
	var job []*work
	weight := 0
	send := func() error {
		if len(job) == 0 {
			return nil
		}
		select {
		case jobs <- job:
			job, weight = nil, 0
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for _, row := range rows {
		w, err := workOf(row)
		if err != nil {
			return err
		}
		if weight+w.weight > weighty {
			if err := send(); err != nil {
				return err
			}
		}
		job, weight = append(job, w), weight+w.weight
	}
	return send()
}

// record writes verdicts and counts them.
func (r *Run) record(ctx context.Context, from ledger.State, verdicts []ledger.Verdict) error {
	if len(verdicts) == 0 {
		return nil
	}
	for i := range verdicts {
		verdicts[i].At = r.cfg.Clock.Now()
	}
	// What Darwin said must not be lost because the person stopped the run.
	if err := r.cfg.Ledger.Record(context.WithoutCancel(ctx), r.id, verdicts); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, v := range verdicts {
		r.counts[from]--
		r.counts[v.State]++
	}
	return nil
}

// ask writes that these rows are being asked for.
func (r *Run) ask(ctx context.Context, all []*work) error {
	now, known := r.cfg.API.Now()
	if !known {
		now = r.cfg.Clock.Now()
	}
	var places []int
	for _, w := range all {
		if !w.asked {
			places = append(places, w.row.Place)
		}
	}
	if len(places) == 0 {
		return nil
	}
	if err := r.cfg.Ledger.Ask(ctx, r.id, places, now); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, w := range all {
		if !w.asked {
			w.asked, w.row.Asked = true, now
			r.counts[ledger.Waiting]--
			r.counts[ledger.Asked]++
		}
	}
	return nil
}
