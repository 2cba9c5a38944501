package thumbs

import (
	"container/list"
	"context"
	"image"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"
)

// The size of a thumbnail in pixels: twice what a row shows, for screens of
// high density. Pictures are cut to this ratio from their middle.
const (
	Width  = 144
	Height = 112
)

// keep is how many thumbnails stay: at 64 kB each about 30 MB.
const keep = 480

// Request names one file as it was when it was added. A file that changes
// gets another thumbnail.
type Request struct {
	Path    string
	ModTime time.Time
	Size    int64
}

// holds says whether the file is still the one that was meant.
func (r Request) holds() bool {
	info, err := os.Stat(r.Path)
	return err == nil && info.Size() == r.Size && info.ModTime().Equal(r.ModTime)
}

// Loader makes and keeps thumbnails.
type Loader struct {
	// OnReady is called on the main thread when new thumbnails can be got.
	OnReady func()
	// Unchanged makes none for a file that is another by now than the Request
	// says. Set it before the first Want.
	Unchanged bool

	post   func(func())
	decode func(context.Context, string) (image.Image, error)
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu      sync.Mutex
	wake    *sync.Cond
	ctx     context.Context
	line    []Request // wanted and not begun, the first next
	visible []Request // as Want was told last
	busy    map[Request]context.CancelFunc
	kept    map[Request]*list.Element // of *thumb, the failures too
	recent  *list.List                // the latest used in front
	failed  int                       // of those kept
	told    bool                      // OnReady is on its way
}

// thumb is one result; image is nil where none could be made.
type thumb struct {
	of    Request
	image image.Image
}

// New starts a loader with one worker less than there are processors, but at
// least one. Post runs a function on the main thread.
func New(post func(func())) *Loader {
	return newLoader(post, max(1, runtime.GOMAXPROCS(0)-1), Decode)
}

func newLoader(post func(func()), workers int, decode func(context.Context, string) (image.Image, error)) *Loader {
	ctx, cancel := context.WithCancel(context.Background())
	l := &Loader{
		post: post, decode: decode, ctx: ctx, cancel: cancel,
		busy: map[Request]context.CancelFunc{}, kept: map[Request]*list.Element{}, recent: list.New(),
	}
	l.wake = sync.NewCond(&l.mu)
	for range workers {
		l.done.Go(l.work)
	}
	return l
}

// Get gives the thumbnail of a file, and false while there is none: not yet,
// or never because the file is no picture that can be decoded here.
func (l *Loader) Get(path string, modified time.Time, size int64) (image.Image, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.kept[Request{path, modified, size}]
	if !ok {
		return nil, false
	}
	l.recent.MoveToFront(at)
	t := at.Value.(*thumb)
	return t.image, t.image != nil
}

// Want says what can be seen now, the most important first. It replaces what
// was wanted before, also what is being decoded already.
func (l *Loader) Want(visible []Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.line, l.visible = l.line[:0], visible
	l.letGo(visible)
	for _, r := range visible {
		if l.kept[r] == nil && l.busy[r] == nil && Decodable(r.Path) && r.Size <= MaxFile {
			l.line = append(l.line, r)
		}
	}
	if len(l.line) > 0 {
		l.wake.Broadcast()
	}
}

// letGo ends the work on what is out of sight, and lets what failed be tried
// anew when it is shown the next time: a drive may be back by then.
func (l *Loader) letGo(visible []Request) {
	if l.failed+len(l.busy) == 0 {
		return
	}
	seen := make(map[Request]bool, len(visible))
	for _, r := range visible {
		seen[r] = true
	}
	for r, cancel := range l.busy {
		if !seen[r] {
			cancel()
		}
	}
	if l.failed == 0 {
		return
	}
	for r, at := range l.kept {
		if at.Value.(*thumb).image == nil && !seen[r] {
			l.drop(at)
		}
	}
}

// drop forgets a result.
func (l *Loader) drop(at *list.Element) {
	t := at.Value.(*thumb)
	if t.image == nil {
		l.failed--
	}
	delete(l.kept, t.of)
	l.recent.Remove(at)
}

// Idle says whether nothing is wanted that is not there.
func (l *Loader) Idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.line) == 0 && len(l.busy) == 0
}

// Close ends the workers and waits for them.
func (l *Loader) Close() {
	l.cancel()
	l.mu.Lock()
	l.line = nil
	l.wake.Broadcast()
	l.mu.Unlock()
	l.done.Wait()
}

func (l *Loader) work() {
	for {
		ctx, r, ok := l.next()
		if !ok {
			return
		}
		picture := l.make(ctx, r)
		if l.ctx.Err() != nil {
			return
		}
		if l.put(r, picture, ctx.Err() != nil) {
			l.post(l.tell)
		}
	}
}

func (l *Loader) next() (context.Context, Request, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.line) == 0 && l.ctx.Err() == nil {
		l.wake.Wait()
	}
	if l.ctx.Err() != nil {
		return nil, Request{}, false
	}
	r := l.line[0]
	l.line = l.line[1:]
	ctx, cancel := context.WithCancel(l.ctx)
	l.busy[r] = cancel
	return ctx, r, true
}

// make decodes one picture; whatever a decoder does with a strange file, the
// worker lives on.
func (l *Loader) make(ctx context.Context, r Request) (picture image.Image) {
	defer func() {
		if recover() != nil {
			picture = nil
		}
	}()
	if l.Unchanged && !r.holds() {
		return nil
	}
	picture, err := l.decode(ctx, r.Path)
	if err != nil {
		return nil
	}
	return picture
}

// put keeps a result and says whether somebody has to be told. A decode that
// was given up has none; if its row is back in sight it begins anew.
func (l *Loader) put(r Request, picture image.Image, givenUp bool) (tell bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy[r]()
	delete(l.busy, r)
	if picture == nil && givenUp {
		if slices.Contains(l.visible, r) {
			l.line = append(l.line, r)
		}
		return false
	}
	l.kept[r] = l.recent.PushFront(&thumb{of: r, image: picture})
	if picture == nil {
		l.failed++
	}
	for l.recent.Len() > keep {
		l.drop(l.recent.Back())
	}
	if picture == nil || l.told || l.OnReady == nil {
		return false
	}
	l.told = true
	return true
}

func (l *Loader) tell() {
	l.mu.Lock()
	l.told = false
	l.mu.Unlock()
	if l.ctx.Err() == nil {
		l.OnReady()
	}
}
