package tray

import (
	"log/slog"
	"runtime"
	"sync"
	"time"

	"fyne.io/systray"
)

// Line is one line of the menu.
type Line struct {
	Words string
	Do    func() // nil: the line is only read
}

// Config is what a Tray needs.
type Config struct {
	Name string        // of the program
	Icon func() []byte // draws it as PNG, once it is needed; called by the first Show
	Post func(func())  // runs a function on the main thread
	Log  *slog.Logger
}

// Tray is the sign beside the clock. The zero Tray shows nothing.
type Tray struct {
	cfg   Config
	begun bool
	icon  []byte
	done  chan struct{} // closed by Close
	ended sync.WaitGroup
	wake  chan struct{}

	mu     sync.Mutex
	lines  []Line
	stop   func() // not nil once the sign is shown
	closed bool
}

// closePatience is how long Close waits for a desktop that does not answer.
const closePatience = time.Second

// New makes a tray that shows nothing yet.
func New(cfg Config) *Tray {
	return &Tray{cfg: cfg, done: make(chan struct{}), wake: make(chan struct{}, 1)}
}

// Show shows the sign with these lines in its menu. Their number is that of the
// first call.
func (t *Tray) Show(lines ...Line) {
	t.mu.Lock()
	t.lines = lines
	t.mu.Unlock()
	if !t.begun {
		t.begun, t.icon = true, t.cfg.Icon()
		t.ended.Go(t.begin)
		return
	}
	select {
	case t.wake <- struct{}{}:
	default: // it looks soon
	}
}

// Close takes the sign away. The Tray cannot be used again.
func (t *Tray) Close() {
	t.mu.Lock()
	close(t.done)
	t.closed = true
	stop := t.stop
	t.mu.Unlock()
	if stop != nil {
		stop()
	}
	gone := make(chan struct{})
	go func() {
		t.ended.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-time.After(closePatience):
	}
}

// begin puts the sign up, if something can show it.
func (t *Tray) begin() {
	if err := hosted(); err != nil {
		t.cfg.Log.Info("no sign beside the clock", "detail", err.Error())
		return
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.cfg.Post(t.start) // their signs belong to the thread that has the window
		return
	}
	t.start()
}

func (t *Tray) start() {
	select {
	case <-t.done:
		return
	default:
	}
	start, stop := systray.RunWithExternalLoop(t.ready, nil)
	start()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		stop()
		return
	}
	t.stop = stop
}

// ready fills the sign. The desktop waits for its return before it reads the
// menu.
func (t *Tray) ready() {
	systray.SetIcon(iconOf(t.icon))
	systray.SetTooltip(t.cfg.Name)
	if runtime.GOOS != "darwin" { // there it would stand beside the icon
		systray.SetTitle(t.cfg.Name)
	}
	shown := t.now()
	items := make([]*systray.MenuItem, len(shown))
	for i, l := range shown {
		items[i] = systray.AddMenuItem(l.Words, "")
		if l.Do == nil {
			items[i].Disable()
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed { // nobody waits for goroutines any more
		return
	}
	for i, item := range items {
		t.ended.Go(func() { t.hear(i, item.ClickedCh) })
	}
	t.ended.Go(func() { t.follow(items, shown) })
}

func (t *Tray) now() []Line {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lines
}

// follow brings the menu in line with the latest lines.
func (t *Tray) follow(items []*systray.MenuItem, shown []Line) {
	for {
		select {
		case <-t.done:
			return
		case <-t.wake:
		}
		lines := t.now()
		for i := range min(len(items), len(lines)) {
			if lines[i].Words != shown[i].Words {
				items[i].SetTitle(lines[i].Words)
			}
		}
		shown = lines
	}
}

// hear does what a line says when it is pressed.
func (t *Tray) hear(i int, pressed <-chan struct{}) {
	for {
		select {
		case <-t.done:
			return
		case _, ok := <-pressed:
			if !ok {
				return
			}
			if lines := t.now(); i < len(lines) && lines[i].Do != nil {
				t.cfg.Post(lines[i].Do)
			}
		}
	}
}
