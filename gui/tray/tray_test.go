//go:build linux

package tray

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patient is how long a test waits for something that takes milliseconds.
const patient = 20 * time.Second

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// newBus starts a message bus, makes it the one of this process and joins it.
func newBus(t *testing.T) *dbus.Conn {
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
	cmd := exec.Command(daemon, "--nofork", "--nosyslog", "--print-address", "--config-file="+config)
	ready, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if _, err := ready.Read(make([]byte, 1)); err != nil { // it tells its address once it listens
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+socket)
	conn, err := dbus.Connect("unix:path=" + socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// desktop shows signs, as the panel of a desktop does.
type desktop struct {
	*testing.T
	conn *dbus.Conn
	came chan dbus.Sender
}

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	d := &desktop{T: t, conn: newBus(t), came: make(chan dbus.Sender, 1)}
	if err := d.conn.Export(panel{d}, "/StatusNotifierWatcher", watcher); err != nil {
		t.Fatal(err)
	}
	if _, err := d.conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return d
}

type panel struct{ *desktop }

// RegisterStatusNotifierItem is called by a program that has a sign.
func (p panel) RegisterStatusNotifierItem(_ string, from dbus.Sender) *dbus.Error {
	p.came <- from
	return nil
}

// layout is a part of a menu as it comes over the bus.
type layout struct {
	ID       int32
	Props    map[string]dbus.Variant
	Children []dbus.Variant
}

// menu reads the lines of a sign's menu, and their numbers.
func (d *desktop) menu(of string) (lines []string, ids []int32) {
	d.Helper()
	var revision uint32
	var root layout
	call := d.conn.Object(of, "/StatusNotifierItem/menu").Call("com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(-1), []string{})
	if err := call.Store(&revision, &root); err != nil {
		d.Fatal(err)
	}
	for _, child := range root.Children {
		var l layout
		if err := dbus.Store([]any{child.Value()}, &l); err != nil {
			d.Fatal(err)
		}
		line, _ := l.Props["label"].Value().(string)
		if enabled, ok := l.Props["enabled"].Value().(bool); ok && !enabled {
			line += " (off)"
		}
		lines, ids = append(lines, line), append(ids, l.ID)
	}
	return lines, ids
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheSignHasAMenuThatTellsHowFarItIsAndDoesWhatIsPressed(t *testing.T) {
	d := newDesktop(t)
	posted := make(chan func(), 1)
	tray := New(Config{Name: "Uploader", Icon: func() []byte { return picture(t) }, Post: func(f func()) { posted <- f }, Log: slog.New(slog.DiscardHandler)})
	shown := false
	lines := func(progress string) []Line {
		return []Line{{Words: "Show the window", Do: func() { shown = true }}, {Words: progress}}
	}
	tray.Show(lines("1 of 3 is sent")...)
	var sign string
	select {
	case s := <-d.came:
		sign = string(s)
	case <-time.After(patient):
		t.Fatal("no sign came")
	}
	got, ids := d.menu(sign)
	if want := "Show the window\n1 of 3 is sent (off)"; strings.Join(got, "\n") != want {
		t.Fatalf("the menu is %q", got)
	}
	if err := d.conn.Object(sign, "/StatusNotifierItem/menu").Call("com.canonical.dbusmenu.Event", 0, ids[0], "clicked", dbus.MakeVariant(""), uint32(0)).Err; err != nil {
		t.Fatal(err)
	}
	select {
	case f := <-posted:
		f()
	case <-time.After(patient):
		t.Fatal("nothing happens when a line is pressed")
	}
	if !shown {
		t.Error("another line was done")
	}

	changed := make(chan *dbus.Signal, 10)
	d.conn.Signal(changed)
	if err := d.conn.AddMatchSignal(dbus.WithMatchInterface("com.canonical.dbusmenu")); err != nil {
		t.Fatal(err)
	}
	tray.Show(lines("2 of 3 are sent")...)
	for late := time.After(patient); ; {
		if got, _ = d.menu(sign); got[1] == "2 of 3 are sent (off)" {
			break
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("the menu is still %q", got)
		}
	}

	tray.Close()
	var there bool
	if err := d.conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, sign).Store(&there); err != nil || there {
		t.Errorf("the sign stays: %v", err)
	}
}

func TestWhereNothingShowsSignsOneLineInTheLogSaysSo(t *testing.T) {
	for name, prepare := range map[string]func(t *testing.T){
		"a bus without a panel": func(t *testing.T) { newBus(t) },
		"no bus": func(t *testing.T) {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			prepare(t)
			var log bytes.Buffer
			tray := New(Config{Name: "Uploader", Icon: func() []byte { return picture(t) }, Post: func(f func()) { f() }, Log: slog.New(slog.NewTextHandler(&log, nil))})
			tray.Show(Line{Words: "a"})
			tray.Show(Line{Words: "b"})
			tray.ended.Wait()
			tray.Close()
			if n := strings.Count(log.String(), "\n"); n != 1 {
				t.Errorf("the log has %d lines:\n%s", n, log.String())
			}
		})
	}
}

func TestATrayThatWasNeverShownCloses(t *testing.T) { New(Config{}).Close() }

func TestAnIconOfWindowsHoldsThePicture(t *testing.T) {
	file := ico(picture(t))
	if !bytes.HasPrefix(file, []byte{0, 0, 1, 0, 1, 0}) || !bytes.Equal(file[22:], picture(t)) {
		t.Errorf("the file begins with % x", file[:22])
	}
}
