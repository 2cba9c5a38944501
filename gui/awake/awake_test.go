//go:build linux

package awake

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// desktop is a message bus of the test's own with something on it that notes
// who wants the computer awake, as a desktop does.
type desktop struct {
	conn *dbus.Conn
	mu   sync.Mutex
	by   map[string]string // the wish by the name of whoever is on the bus
	seen chan struct{}
}

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// newBus starts a message bus and makes it the one of this process.
func newBus(t *testing.T) string {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("needs dbus-daemon")
	}
	dir, err := os.MkdirTemp("", "bus") // short: a socket's path may have 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config, socket := filepath.Join(dir, "bus.xml"), filepath.Join(dir, "bus")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, socket), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(daemon, "--nofork", "--nosyslog", "--config-file="+config)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address := "unix:path=" + socket
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if conn, err := dbus.Connect(address); err == nil {
			_ = conn.Close()
			return address
		}
		if time.Now().After(end) {
			t.Fatal("the bus does not answer")
		}
	}
}

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	conn, err := dbus.Connect(newBus(t))
	if err != nil {
		t.Fatal(err)
	}
	d := &desktop{conn: conn, by: map[string]string{}, seen: make(chan struct{}, 100)}
	signals := make(chan *dbus.Signal, 100)
	conn.Signal(signals)
	if err := conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged")); err != nil {
		t.Fatal(err)
	}
	left := make(chan struct{})
	go func() {
		defer close(left)
		for s := range signals {
			if s.Name == "org.freedesktop.DBus.NameOwnerChanged" && s.Body[2] == "" {
				d.mu.Lock()
				delete(d.by, s.Body[0].(string))
				d.mu.Unlock()
				d.seen <- struct{}{}
			}
		}
	}()
	if err := conn.Export(d, saverPath, saver); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(saver, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		<-left
	})
	return d
}

// Inhibit is what desktops offer.
func (d *desktop) Inhibit(sender dbus.Sender, name, why string) (uint32, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.by[string(sender)] = name + ": " + why
	d.seen <- struct{}{}
	return 7, nil
}

func (d *desktop) wishes() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, w := range d.by {
		all = append(all, w)
	}
	return all
}

// until waits for a number of wishes.
func (d *desktop) until(t *testing.T, n int) {
	t.Helper()
	late := time.After(20 * time.Second)
	for len(d.wishes()) != n {
		select {
		case <-d.seen:
		case <-late:
			t.Fatalf("the desktop knows the wishes %q, want %d", d.wishes(), n)
		}
	}
}

func TestTheDesktopIsAskedWhileItIsOnAndForgetsItAfterwards(t *testing.T) {
	d := newDesktop(t)
	var log bytes.Buffer
	k := New("Darwin Uploader", "Files are being sent", slog.New(slog.NewTextHandler(&log, nil)))
	for range 2 {
		k.Set(true)
		k.Set(true)
		k.ended.Wait()
		d.until(t, 1)
		if w := d.wishes(); w[0] != "Darwin Uploader: Files are being sent" {
			t.Errorf("the desktop is told %q", w)
		}
		k.Set(false)
		k.ended.Wait()
		d.until(t, 0)
	}
	k.Set(true)
	k.Close()
	k.ended.Wait()
	d.until(t, 0)
	k.Set(true)
	k.ended.Wait()
	d.until(t, 0)
	if log.Len() > 0 {
		t.Errorf("it complained: %s", log.String())
	}
}

func TestWithoutADesktopTheLogSaysSoOnceAndNothingElseHappens(t *testing.T) {
	for name, address := range map[string]string{"no bus": "unix:path=/no/such/bus", "a bus without a desktop": ""} {
		t.Run(name, func(t *testing.T) {
			if address == "" {
				newBus(t)
			} else {
				t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
			}
			var log bytes.Buffer
			k := New("x", "y", slog.New(slog.NewTextHandler(&log, nil)))
			k.Set(true)
			k.ended.Wait()
			k.Set(true)
			k.ended.Wait()
			k.Set(false)
			k.Close()
			k.ended.Wait()
			if n := strings.Count(log.String(), "\n"); n != 1 {
				t.Errorf("the log has %d lines: %s", n, log.String())
			}
		})
	}
}
