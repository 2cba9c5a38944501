// Darwin Uploader puts images, videos, DICOM files and folders into V7 Darwin
// datasets: with a window, or with `darwin-uploader upload` without one.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"darwin-uploader/gui"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/transport"
)

// version is set by release builds with -ldflags "-X main.version=1.2.3".
var version string

// keychainPatience leaves time to type the keychain's password; what answers
// later still counts.
const keychainPatience = 60 * time.Second

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	cli.AttachConsole()
	if len(args) > 0 {
		switch args[0] {
		case "upload":
			return command(cli.Upload, args[1:])
		case "register":
			return command(cli.Register, args[1:])
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program at once
	if len(args) > 0 && args[0] == "sandbox" {
		return cli.Sandbox(ctx, environment(), args[1:])
	}
	return window(ctx, args)
}

// environment is what the commands may use. Settings that cannot be read are
// no reason not to upload.
func environment() cli.Env {
	e := cli.Env{
		Stdout:  os.Stdout,
		Stderr:  os.Stderr,
		Getenv:  os.Getenv,
		Columns: columns(os.Stderr),
		Version: versionText(),
		Key:     func(context.Context, string, string) (string, error) { return "", nil },
	}
	if dir, err := settings.DefaultDir(); err == nil { // openSettings tells if not
		e.JournalDir = dir
	}
	store, err := openSettings()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return e
	}
	now := store.Get()
	e.Server = now.ServerAddress()
	if a, ok := now.CurrentAccount(); ok && e.Server == "" {
		e.Server = a.Server
	}
	keys := settings.NewKeys(settings.System(), keychainPatience)
	e.Way = func(ctx context.Context) transport.Config {
		network := store.Get().Network
		password := ""
		if network.Proxy == settings.ProxyManual && network.ProxyUser != "" {
			password, _ = keys.Load(ctx, settings.ProxyKeyID) // the proxy says so if it misses one
		}
		return gui.WayOf(network, password)
	}
	e.Key = func(ctx context.Context, server, team string) (string, error) {
		account, ok := store.Get().AccountFor(server, team)
		if !ok {
			return "", nil
		}
		key, err := keys.Load(ctx, account.ID)
		if errors.Is(err, settings.ErrNoKey) {
			return "", nil
		}
		if problem, ok := errors.AsType[*settings.KeychainError](err); ok {
			err = withoutWindow(problem)
		}
		return key, err
	}
	return e
}

// withoutWindow says what to do about the keychain where no window can ask for
// the key.
func withoutWindow(e *settings.KeychainError) *fault.Error {
	do := "Set DARWIN_API_KEY to the key."
	if e.Why == settings.Locked {
		do = "Unlock it, or set DARWIN_API_KEY to the key."
	}
	return &fault.Error{Kind: fault.Keychain, What: e.What, Safe: "Nothing was sent.", Do: do, Err: e}
}

// columns measures the terminal that f leads to, each time anew because people
// resize it; nil if it leads to none.
func columns(f *os.File) func() int {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	return func() int {
		width, _, err := term.GetSize(fd)
		if err != nil || width <= 0 {
			return 80
		}
		return width
	}
}

func openSettings() (*settings.Store, error) {
	dir, err := settings.DefaultDir()
	if err != nil {
		return nil, err
	}
	store, err := settings.Open(dir)
	if err != nil {
		return nil, err
	}
	if w := store.Warning(); w != "" {
		fmt.Fprintln(os.Stderr, w)
	}
	return store, nil
}

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}

func wrong(err error) int {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		err = f
	}
	fmt.Fprintln(os.Stderr, err)
	return cli.ExitWrong
}
