package welcome

import (
	"context"
	"strings"
	"unicode"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// Connection is an account as this screen knows it.
type Connection struct {
	Server string // as darwin.ParseServer gives it
	Key    string
	Team   string // the team that the key belongs to
}

// String leaves out the key.
func (c Connection) String() string { return c.Team + " at " + c.Server } // not shown

// GoString leaves out the key.
func (c Connection) GoString() string { return c.String() }

// Config is what the screen needs from outside. All but OnCancel
// are required.
type Config struct {
	// Server is the address that is tried unless the person names another.
	Server string

	// Test asks the server whose the key is. It runs in a goroutine of its own
	// and returns soon once ctx has ended.
	Test func(ctx context.Context, server, key string) (team string, err error)

	// Save keeps the key. stored tells whether it is in the system's keychain;
	// if not it is kept until the program ends. An error means that
	// it is not kept at all. It runs as Test does.
	Save func(ctx context.Context, c Connection) (stored bool, err error)

	// Post runs a function on the main thread; fyne.Do in the program.
	Post func(func())

	// OnConnected is called on the main thread when the person goes on.
	OnConnected func(Connection)

	// OnDemo is called on the main thread when the demo is asked for.
	OnDemo func()

	// Bringer is needed where View.SetFound is called.
	Bringer

	// OnCancel leaves the screen without a new account, and gives it a Back
	// button. Nil on the first run, where there is nothing to go back to.
	OnCancel func()
}

// stage is where the screen stands.
type stage uint8

const (
	asking  stage = iota // no key, or one that was not tried yet
	trying               // asking the server
	failed               // the server, or the form, said no
	works                // the key is good
	saving               // keeping it
	unsaved              // good, but the keychain does not take it
	gone                 // the person went on, or the screen was closed
)

// Presenter decides what the welcome screen does. It belongs to the main thread.
type Presenter struct {
	cfg     Config
	ctx     context.Context // ends with the screen
	end     context.CancelFunc
	stop    context.CancelFunc // ends what runs now
	attempt int                // which attempt an outcome belongs to

	stage   stage
	server  string // as typed
	key     string // trimmed
	tried   Connection
	problem *fault.Error
	again   func() // tries once more what has failed; nil if it is the key's test
	bring   bringer

	// OnChange is called on the main thread after each change.
	OnChange func()
}

// NewPresenter starts a screen that asks for a key.
func NewPresenter(cfg Config) *Presenter {
	ctx, end := context.WithCancel(context.Background())
	return &Presenter{cfg: cfg, ctx: ctx, end: end, stop: func() {}, server: cfg.Server}
}

// Close ends what still runs. The view is not told of anything any more.
func (p *Presenter) Close() {
	p.stage = gone
	p.attempt++
	p.end()
}

// SetKey is for each change of the key field. Another key ends the test of the
// one before it.
func (p *Presenter) SetKey(text string) {
	key := cleanKey(text)
	if key == p.key {
		return
	}
	p.key = key
	p.askAgain()
}

// SetServer is for each change of the server field.
func (p *Presenter) SetServer(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		text = p.cfg.Server
	}
	if text == p.server {
		return
	}
	p.server = text
	p.askAgain()
}

func (p *Presenter) askAgain() {
	if p.stage == gone {
		return
	}
	p.stop()
	p.attempt++
	p.stage, p.problem, p.again, p.tried = asking, nil, nil, Connection{}
	p.changed()
}

// Submit is Enter in the key field: it tries the key, and goes on once it works.
func (p *Presenter) Submit() {
	if p.CanContinue() {
		p.Continue()
		return
	}
	p.Test()
}

// CanTest tells whether there is something to try and nothing under way.
func (p *Presenter) CanTest() bool {
	return p.key != "" && p.stage != trying && p.stage != saving && p.stage != gone
}

// CanContinue tells whether the key is known to be good.
func (p *Presenter) CanContinue() bool { return p.stage == works || p.stage == unsaved }

// Test tries the key on the server.
func (p *Presenter) Test() {
	if !p.CanTest() {
		return
	}
	server, err := darwin.ParseServer(p.server)
	if err != nil {
		p.fail(err)
		return
	}
	c := Connection{Server: server.String(), Key: p.key}
	var team string
	p.run(trying, func(ctx context.Context) (err error) {
		team, err = p.cfg.Test(ctx, c.Server, c.Key)
		return err
	}, func() {
		c.Team = team
		p.tried, p.stage = c, works
	})
}

// Continue keeps the key and goes on. If the keychain does not take it,
// the screen says so first and stays; the next Continue goes on.
func (p *Presenter) Continue() {
	switch p.stage {
	case unsaved:
		p.goOn()
	case works:
		var stored bool
		c := p.tried
		p.run(saving, func(ctx context.Context) (err error) {
			stored, err = p.cfg.Save(ctx, c)
			return err
		}, func() {
			if !stored {
				p.stage = unsaved
				return
			}
			p.goOn()
		})
	}
}

// Demo leaves for the demo.
func (p *Presenter) Demo() {
	if p.stage != gone {
		p.Close()
		p.cfg.OnDemo()
	}
}

// Cancel leaves without a new account.
func (p *Presenter) Cancel() {
	if p.stage != gone && p.cfg.OnCancel != nil {
		p.Close()
		p.cfg.OnCancel()
	}
}

func (p *Presenter) goOn() {
	c := p.tried
	p.Close()
	p.cfg.OnConnected(c)
}

// run does work in a goroutine while the screen is in stage during. Its
// outcome counts only if nothing else has happened meanwhile.
func (p *Presenter) run(during stage, work func(context.Context) error, done func()) {
	p.stop()
	ctx, stop := context.WithCancel(p.ctx)
	p.stop = stop
	p.attempt++
	attempt := p.attempt
	p.stage, p.problem, p.again = during, nil, nil
	p.changed()
	go func() {
		err := work(ctx)
		stop()
		p.cfg.Post(func() {
			if p.attempt != attempt || p.stage == gone {
				return
			}
			if err != nil {
				p.fail(err)
				return
			}
			done()
			p.changed()
		})
	}()
}

// Say shows what kept the program from working with an account that it knows.
// again, if not nil, tries that once more.
func (p *Presenter) Say(err error, again func()) {
	if p.stage != gone {
		p.again = again
		p.fail(err)
	}
}

func (p *Presenter) fail(err error) {
	p.stage, p.problem = failed, fault.Of(err)
	p.changed()
}

func (p *Presenter) changed() {
	if p.OnChange != nil && p.stage != gone {
		p.OnChange()
	}
}

// cleanKey takes away what comes along with a pasted key: white space around
// and inside it (a mail client's line break) and marks that cannot be seen.
func cleanKey(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
}

// serverRefused tells whether it is the address that cannot be used.
func (p *Presenter) serverRefused() bool {
	_, err := darwin.ParseServer(p.server)
	return p.stage == failed && err != nil
}
