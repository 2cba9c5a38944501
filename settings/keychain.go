package settings

import (
	"errors"
	"os/exec"
	"runtime"
	"strings"

	"github.com/zalando/go-keyring"
)

// Keychain keeps keys by account id. Its methods may block for good, and are
// called by Keys one at a time.
type Keychain interface {
	Get(id string) (string, error) // ErrNoKey in the chain if there is none
	Set(id, key string) error
	Delete(id string) error // ErrNoKey in the chain if there was none
}

// ErrNoKey says that no key is kept for an account.
var ErrNoKey = errors.New("no key is kept for this account")

// errTooLong says that a key does not fit into the keychain: 2,560 bytes on
// Windows, about 3,000 on macOS.
var errTooLong = errors.New("the key is too long for the keychain")

// service is the name that the system shows beside the keys.
const service = "darwin-uploader"

// System is the operating system's keychain: Secret Service (GNOME Keyring,
// KWallet), the macOS Keychain, or the Windows Credential Manager.
func System() Keychain { return systemKeychain{} }

type systemKeychain struct{}

func (systemKeychain) Get(id string) (string, error) {
	key, err := keyring.Get(service, id)
	return key, translate(err)
}

func (systemKeychain) Set(id, key string) error {
	return translate(keyring.Set(service, id, key))
}

func (systemKeychain) Delete(id string) error {
	return translate(keyring.Delete(service, id))
}

func translate(err error) error {
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNoKey
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return errTooLong
	}
	return err
}

// KeychainName is what this system calls its keychain.
func KeychainName() string {
	switch runtime.GOOS {
	case "windows":
		return "Credential Manager"
	case "darwin":
		return "Keychain Access"
	}
	return "GNOME Keyring or KWallet"
}

// Why says why the keychain did not do what it was asked.
type Why uint8

// The reasons. The three systems have no common codes: Locked and Refused are
// told apart as well as each of them allows.
const (
	Missing Why = iota + 1 // there is none, or it does not work
	Locked                 // it is locked and was not unlocked
	Silent                 // it did not answer in time
	Refused                // the person or the system said no
	TooLong                // the key does not fit
)

// exit codes of /usr/bin/security on macOS: the low byte of its OSStatus.
const (
	exitInteractionNotAllowed = 36  // errSecInteractionNotAllowed: locked, and nobody to ask
	exitAuthFailed            = 51  // errSecAuthFailed: wrong password, or "Deny"
	exitUserCanceled          = 128 // userCanceledErr
)

// whyOf classifies what a Keychain gave.
func whyOf(err error) Why {
	var exit *exec.ExitError
	switch text := strings.ToLower(err.Error()); {
	case errors.Is(err, errTooLong):
		return TooLong
	case errors.Is(err, errNotKept):
		return Refused
	case errors.As(err, &exit) && exit.ExitCode() == exitInteractionNotAllowed:
		return Locked
	case errors.As(err, &exit) && (exit.ExitCode() == exitAuthFailed || exit.ExitCode() == exitUserCanceled):
		return Refused
	case strings.Contains(text, "locked"), strings.Contains(text, "failed to unlock"):
		return Locked
	case strings.Contains(text, "dismissed"), strings.Contains(text, "denied"), strings.Contains(text, "cancel"):
		return Refused
	}
	return Missing
}

// what says it in a sentence.
func (w Why) what() string {
	switch w {
	case Locked:
		return "This computer's keychain is locked."
	case Silent:
		return "This computer's keychain does not answer."
	case Refused:
		return "This computer's keychain refused the key."
	case TooLong:
		return "The key is too long for this computer's keychain."
	default:
		return "This computer has no keychain that works."
	}
}

// do says what helps.
func (w Why) do() string {
	switch w {
	case Locked:
		return "Unlock it and add the key again to keep it for good."
	case Silent:
		return "Look whether it asks for a password in another window."
	case Refused:
		return "Allow Darwin Uploader to use it and add the key again to keep it for good."
	case TooLong:
		return "Look whether more than the key was pasted."
	default:
		return "Until there is one, the key has to be entered at each start."
	}
}

// doLoading says what helps where a key was to be read.
func (w Why) doLoading() string {
	switch w {
	case Locked:
		return "Unlock it and try again, or enter the key."
	case Silent:
		return "Look whether it asks for a password in another window, or enter the key."
	case Refused:
		return "Allow Darwin Uploader to use it and try again, or enter the key."
	default:
		return "Enter the key again."
	}
}
