//go:build linux || freebsd || openbsd || netbsd

package awake

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	saver     = "org.freedesktop.ScreenSaver"
	saverPath = "/org/freedesktop/ScreenSaver"
	// patience is how long the bus may take for one answer.
	patience = 5 * time.Second
)

// Keeper keeps the computer awake while it is on.
type Keeper struct {
	name, why string
	log       *slog.Logger

	mu     sync.Mutex
	wanted bool
	closed bool
	busy   bool // a goroutine is bringing the desktop in line
	ended  sync.WaitGroup

	conn *dbus.Conn // the goroutine's: holds the wish; nil while there is none
}

// New makes a Keeper that is off. name and why are what the desktop may show.
func New(name, why string, log *slog.Logger) *Keeper {
	return &Keeper{name: name, why: why, log: log}
}

// Set says whether the computer is to stay awake.
func (k *Keeper) Set(on bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed || k.wanted == on {
		return
	}
	k.wanted = on
	k.begin()
}

// Close lets the computer sleep.
func (k *Keeper) Close() {
	k.mu.Lock()
	if !k.closed && k.wanted {
		k.wanted = false
		k.begin()
	}
	k.closed = true
	k.mu.Unlock()
}

// begin starts the goroutine if none runs. k.mu is held.
func (k *Keeper) begin() {
	if !k.busy {
		k.busy = true
		k.ended.Go(k.follow)
	}
}

// follow brings the desktop in line with the latest wish.
func (k *Keeper) follow() {
	tried := false // whether the present wish was tried in vain
	for {
		k.mu.Lock()
		wanted := k.wanted
		if wanted == (k.conn != nil) || wanted && tried {
			k.busy = false
			k.mu.Unlock()
			return
		}
		k.mu.Unlock()
		if !wanted {
			// The desktop forgets the wishes of whoever leaves the bus.
			_ = k.conn.Close()
			k.conn, tried = nil, false
			continue
		}
		if err := k.ask(); err != nil {
			tried = true
			k.log.Info("the computer may fall asleep while files are sent", "detail", err.Error())
		}
	}
}

// ask tells the desktop that the computer is to stay awake.
func (k *Keeper) ask() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := dbus.SessionBusPrivateNoAutoStartup() // a bus that is started for this has no desktop on it
	if err != nil {
		return err
	}
	if err := errors.Join(conn.Auth(nil), conn.Hello()); err != nil {
		_ = conn.Close()
		return err
	}
	var cookie uint32
	err = conn.Object(saver, saverPath).CallWithContext(ctx, saver+".Inhibit", 0, k.name, k.why).Store(&cookie)
	if err != nil {
		_ = conn.Close()
		return err
	}
	k.conn = conn
	return nil
}
