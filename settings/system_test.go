//go:build linux

package settings

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// needSession keeps tests out of the keychain of whoever runs them.
func needSession(t *testing.T) {
	t.Helper()
	if os.Getenv(sessionEnv) != "1" {
		t.Skip("needs a keychain of its own: " + sessionEnv + "=1 packaging/keyring-session.sh go test ./settings/...")
	}
}

// lookup asks the Secret Service without any of our code.
func lookup(t *testing.T, id string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "secret-tool", "lookup", "service", service, "username", id).Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestTheSystemsKeychainKeepsLoadsAndRemovesAKey(t *testing.T) {
	needSession(t)
	const id, key = "alder-valley@darwin.example", "1234567.0123456789abcdef0123456789abcdef"
	ctx, keys := t.Context(), NewKeys(System(), 20*time.Second)

	if _, err := keys.Load(ctx, id); !errors.Is(err, ErrNoKey) {
		t.Fatalf("before anything was saved, Load gives %v", err)
	}
	kept, err := keys.Save(ctx, id, key)
	if err != nil || !kept.InKeychain {
		t.Fatalf("Save = %+v, %v", kept, err)
	}
	if got := lookup(t, id); got != key {
		t.Fatalf("from outside the keychain holds %q", got)
	}
	next := NewKeys(System(), 20*time.Second)
	if got, err := next.Load(ctx, id); got != key || err != nil {
		t.Fatalf("Load = %q, %v", got, err)
	}
	if kept, err := next.Save(ctx, id, key+"2"); err != nil || !kept.InKeychain || lookup(t, id) != key+"2" {
		t.Errorf("replacing gives %+v, %v", kept, err)
	}
	if err := next.Remove(ctx, id); err != nil {
		t.Fatal(err)
	}
	if got := lookup(t, id); got != "" {
		t.Errorf("after Remove the keychain still holds %q", got)
	}
	if err := next.Remove(ctx, id); err != nil {
		t.Errorf("removing twice gives %v", err)
	}
}

func TestALockedKeychainCostsAtMostTheTimeoutAndTheKeyHoldsForThisRun(t *testing.T) {
	needSession(t)
	// secret-tool's own lock command crashes in some versions.
	lock := exec.CommandContext(t.Context(), "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
		"/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
		"array:objpath:/org/freedesktop/secrets/collection/login")
	if out, err := lock.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	keys, start := NewKeys(System(), 2*time.Second), time.Now()
	kept, err := keys.Save(t.Context(), "alder", "one")
	if err != nil || kept.InKeychain || kept.Reason == nil {
		t.Fatalf("Save = %+v, %v", kept, err)
	}
	t.Logf("a locked keychain: %v (%v)", kept.Reason, kept.Reason.Err)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	if key, err := keys.Load(t.Context(), "alder"); key != "one" || err != nil {
		t.Errorf("Load = %q, %v", key, err)
	}
}
