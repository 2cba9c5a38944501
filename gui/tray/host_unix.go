//go:build linux || freebsd || openbsd || netbsd

package tray

import (
	"context"
	"errors"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	watcher = "org.kde.StatusNotifierWatcher"
	// patience is how long the bus may take for one answer.
	patience = 5 * time.Second
)

var errNoHost = errors.New("nothing on the message bus shows such signs")

// hosted says why there is nothing that could show the sign. It asks before
// systray does, which would start a bus where there is none.
func hosted() error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // it was only asked
	if err := errors.Join(conn.Auth(nil), conn.Hello()); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var has bool
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcher).Store(&has); err != nil {
		return err
	}
	if !has {
		return errNoHost
	}
	return nil
}
