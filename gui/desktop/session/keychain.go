package session

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// busConfig is a message bus that starts no service by itself: what runs in the session is what the session started.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

func (s *Session) startBus() {
	s.t.Helper()
	address := "unix:path=" + filepath.Join(s.Home, "run", "bus")
	config := filepath.Join(s.Home, "bus.xml")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, address), 0o600); err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command("dbus-daemon", "--nofork", "--nosyslog", "--config-file="+config)
	cmd.Env, cmd.Dir = s.env(), s.Home
	daemon := spawn(s.t, cmd)
	s.bus = address
	daemon.await(startUp, "the message bus answers", func() bool { return s.owned("org.freedesktop.DBus") })
}

// startKeychain starts gnome-keyring with a login collection that is open. The password may not be empty: then no collection
// would be made.
func (s *Session) startKeychain() {
	s.t.Helper()
	cmd := exec.Command("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	cmd.Env, cmd.Dir, cmd.Stdin = s.env(), s.Home, strings.NewReader("password")
	daemon := spawn(s.t, cmd)
	daemon.await(startUp, "the keychain is on the bus", func() bool { return s.owned("org.freedesktop.secrets") })
}

// owned says whether a service is on the bus.
func (s *Session) owned(name string) bool {
	out, err := s.run(nil, "dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus",
		"/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", "string:"+name)
	return err == nil && strings.Contains(out, "true")
}

// Secret looks a secret up in the session's keychain from outside, by the attributes that name it: pairs of attribute and value.
func (s *Session) Secret(attributes ...string) (string, bool) {
	out, err := s.run(nil, "secret-tool", append([]string{"lookup"}, attributes...)...)
	return out, err == nil && out != ""
}

// KeepSecret puts a secret into the session's keychain from outside, under the attributes that name it.
func (s *Session) KeepSecret(secret string, attributes ...string) {
	s.t.Helper()
	if _, err := s.run(strings.NewReader(secret), "secret-tool", append([]string{"store", "--label=kept by a test"}, attributes...)...); err != nil {
		s.t.Fatalf("keeping a secret: %v", err) // not what it is
	}
}

// Secrets lists all secrets with these attributes, as secret-tool prints them.
func (s *Session) Secrets(attributes ...string) string {
	cmd := exec.Command("secret-tool", append([]string{"search", "--all"}, attributes...)...)
	cmd.Env, cmd.Dir = s.env(), s.Home
	out, _ := cmd.CombinedOutput() // nothing found is an exit code too
	return string(out)
}
