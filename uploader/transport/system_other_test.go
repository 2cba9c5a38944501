//go:build !windows && !darwin

package transport

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheDesktopsProxyIsReadOnADesktopOnly(t *testing.T) {
	dir := t.TempDir()
	script := "#!/bin/sh\ncat <<'END'\n" + gnome + "END\n"
	if err := os.WriteFile(filepath.Join(dir, "gsettings"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("DISPLAY", "")
	if p := setProxies(); p != nil {
		t.Errorf("without a desktop: %+v", p)
	}
	t.Setenv("DISPLAY", ":0")
	if p := setProxies(); p == nil || p.https.Host != "proxy.office:3128" {
		t.Errorf("on a desktop: %+v", p)
	}
	t.Setenv("PATH", t.TempDir())
	if p := setProxies(); p != nil {
		t.Errorf("without gsettings: %+v", p)
	}
}
