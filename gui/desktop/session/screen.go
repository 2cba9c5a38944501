package session

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// startUp is how long a part of the session may take to come up on a machine that is busy with other tests.
const startUp = 30 * time.Second

// startScreen starts an X server on the first free display number, which the server itself picks and tells.
func (s *Session) startScreen(width, height int) {
	s.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height),
		"-nolisten", "tcp", "-noreset", "-dpi", "96")
	cmd.Env, cmd.ExtraFiles = s.env(), []*os.File{write}
	spawn(s.t, cmd)
	write.Close()
	defer read.Close()
	if err := read.SetReadDeadline(time.Now().Add(startUp)); err != nil {
		s.t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		s.t.Fatalf("the X server did not come up: %v", err)
	}
	s.Display = ":" + strings.TrimSpace(number)
}

// openboxConfig has no key bindings of its own, so that every chord reaches the program, and leaves windows bare at the top left,
// so that a picture of the screen is a picture of the program.
const openboxConfig = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <desktops><number>1</number></desktops>
  <applications>
    <application class="*"><decor>no</decor><focus>yes</focus><position force="yes"><x>0</x><y>0</y></position></application>
  </applications>
</openbox_config>
`

func (s *Session) startWindowManager() {
	s.t.Helper()
	config := filepath.Join(s.Home, "openbox.xml")
	if err := os.WriteFile(config, []byte(openboxConfig), 0o600); err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command("openbox", "--sm-disable", "--config-file", config)
	cmd.Env, cmd.Dir = s.env(), s.Home
	manager := spawn(s.t, cmd)
	manager.await(startUp, "the window manager announces itself", s.view.managed)
}
