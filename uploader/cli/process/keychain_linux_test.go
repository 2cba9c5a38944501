package process

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/sandbox"
)

// sessionEnv is set where a Secret Service of the tests' own runs, by
// packaging/keyring-session.sh.
const sessionEnv = "DARWIN_UPLOADER_KEYRING_TEST"

// saved writes the settings that the window leaves behind when a key was
// entered there, and gives their folder and the account's id.
func saved(t *testing.T, s *sandbox.Sandbox) (home, id string) {
	t.Helper()
	home, id = t.TempDir(), s.URL()+"/alder-valley-wildlife"
	settings, err := json.Marshal(map[string]any{
		"version": 1, "server": s.URL(), "current": id,
		"accounts": []map[string]any{{
			"id": id, "server": s.URL(), "team_slug": "alder-valley-wildlife", "team_name": "Alder Valley Wildlife",
		}},
	})
	must(t, 0, err)
	write(t, filepath.Join(home, "settings.json"), settings)
	return home, id
}

// withoutKey is the start of an upload that finds no key in its environment,
// and no server but that of the settings.
func withoutKey(home, bus, file string, args ...string) start {
	return start{
		args: append([]string{"upload", "-d", v2, file}, args...),
		env:  []string{"DARWIN_UPLOADER_HOME=" + home, "DBUS_SESSION_BUS_ADDRESS=" + bus},
	}
}

func TestTheKeyThatTheWindowSavedIsFoundInTheKeychain(t *testing.T) {
	if os.Getenv(sessionEnv) != "1" {
		t.Skip("needs a keychain of its own: " + sessionEnv + "=1 packaging/keyring-session.sh go test -run Keychain ./uploader/cli/process")
	}
	s := startDarwin(t, sandbox.Config{Key: "KEYCHAI.nabcdefghijklmnopqrstuvwxyz01234"})
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), jpegFile(t))
	home, id := saved(t, s)
	bus := os.Getenv("DBUS_SESSION_BUS_ADDRESS")

	end := launch(t, withoutKey(home, bus, file)).wait()
	if end.code != cli.ExitWrong || !strings.HasPrefix(end.err, "There is no key for this Darwin on this computer.") {
		t.Errorf("before a key was saved: exit %d, %q", end.code, end.err)
	}
	// The same place as the window's, by a program that shares none of its code.
	store := exec.CommandContext(t.Context(), "secret-tool", "store", "--label=Darwin Uploader", "service", "darwin-uploader", "username", id)
	store.Stdin = strings.NewReader(s.Key())
	if out, err := store.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	end = launch(t, withoutKey(home, bus, file, "--json")).wait()
	if r := end.result(t); end.code != cli.ExitDone || r.Uploaded != 1 || end.err != "" {
		t.Errorf("exit %d, %+v\n%s", end.code, r, end.err)
	}
	noSecrets(t, end, s.Key())

	end = launch(t, withoutKey(home, bus, file, "-d", "other-team/"+v2)).wait()
	if end.code != cli.ExitWrong || !strings.HasPrefix(end.err, "There is no key for this Darwin on this computer.") {
		t.Errorf("for another team: exit %d, %q", end.code, end.err)
	}
}

func TestAMissingKeychainIsSaidAndWhatToDoInstead(t *testing.T) {
	s := startDarwin(t, sandbox.Config{})
	home, _ := saved(t, s)
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), jpegFile(t))
	end := launch(t, withoutKey(home, "unix:path=/nonexistent", file)).wait()
	const want = "This computer has no keychain that works. Nothing was sent. Set DARWIN_API_KEY to the key.\n"
	if end.code != cli.ExitWrong || end.err != want || end.out != "" {
		t.Errorf("exit %d, %q, %q, want %q", end.code, end.out, end.err, want)
	}
	instead := withoutKey(home, "unix:path=/nonexistent", file)
	instead.env = append(instead.env, "DARWIN_API_KEY="+s.Key())
	if end := launch(t, instead).wait(); end.code != cli.ExitDone {
		t.Errorf("with DARWIN_API_KEY: exit %d, %q", end.code, end.err)
	}
}
