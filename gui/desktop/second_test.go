package desktop

import (
	"bytes"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

func TestSecondStartHandsItsFilesToTheWindowThatIsOpen(t *testing.T) {
	d := newDesk(t, session.Options{})
	p, w := d.open()
	d.connect(w)
	m := newMaterial(t, d.Home).put("Waldrand/a.jpg").put("Waldrand/Nacht/b.png")
	second := d.Run(program(t), d.env(), "Waldrand") // below the folder that it is started in
	d.until("the second program ends", func() bool { return ended(second) })
	if code := second.ExitCode(); code != 0 || second.Output() != "" || second.Errors() != "" {
		t.Errorf("it ended with code %d and said %q, %q", code, second.Output(), second.Errors())
	}
	w.Still(patience)
	d.choose(w, "nest")
	d.shows(w, "its files are ready in the first window", filled, 150, 40)
	w.Still(patience)
	picture(t, w, "second-handed")
	if n := d.asked(sandbox.TokenInfo); n != 1 {
		t.Errorf("Darwin was asked %d times whose the key is", n)
	}
	w.Key("ctrl+Return")
	d.arrived("nest-boxes", m, map[string]string{})
	d.shows(w, "the end is shown", success, 40, 40)

	// A window that does not answer is not waited for.
	if err := syscall.Kill(p.Pid(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	third := d.Run(program(t), d.env())
	d.until("the third says why there are two windows", func() bool { return len(third.Errors()) > 0 })
	third.End()
	if err := syscall.Kill(p.Pid(), syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })
}

func TestAWindowThatIsClosedSendsOnAndTheNextStartBringsItBack(t *testing.T) {
	d := newDesk(t, session.Options{})
	p, w := d.open()
	d.connect(w)
	m := newMaterial(t, d.Home)
	for _, name := range []string{"walk/1.mp4", "walk/2.mp4", "walk/3.mp4"} {
		m.putBytes(name, bytes.Repeat([]byte(name), 80_000)) // minutes at this speed
	}
	d.darwin.Inject(sandbox.Fault{Call: sandbox.Store, TotalBytesPerSecond: 10_000})
	w.Drop(m.at("walk"))
	d.choose(w, "nest")
	d.shows(w, "the upload button can be pressed", filled, 150, 40)
	w.Key("ctrl+Return")
	d.shows(w, "it is sending", track, 300, 4)

	d.question(w)
	picture(t, w, "close-or-send-on")
	w.Key("shift+Tab", "shift+Tab", "Return")
	d.until("the window goes", func() bool { return !d.visible() })
	if ended(p) {
		t.Fatal("the program ended")
	}
	second := d.Run(program(t), d.env())
	d.until("the window is back", func() bool { return d.visible() })
	d.until("the second program ends", func() bool { return ended(second) })
	d.shows(w, "it is still sending", track, 300, 4)
}

// visible says whether any window of the program is on the screen.
func (d *desk) visible() bool {
	search := exec.CommandContext(d.t.Context(), "xdotool", "search", "--onlyvisible", "--name", "Darwin Uploader$")
	search.Env = append(os.Environ(), "DISPLAY="+d.Display)
	return search.Run() == nil
}
