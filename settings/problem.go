package settings

import "strings"

// FileError says that the settings could not be read or kept on disk.
type FileError struct {
	What, Safe, Do string // one sentence each, or empty
	Err            error  // the cause
}

// Error gives the sentences.
func (e *FileError) Error() string { return sentences(e.What, e.Safe, e.Do) }

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// KeychainError says that the system's keychain did not do what it was asked.
type KeychainError struct {
	Why            Why
	What, Safe, Do string // one sentence each, or empty
	Err            error  // the cause, without any key; may be nil
}

// Error gives the sentences.
func (e *KeychainError) Error() string { return sentences(e.What, e.Safe, e.Do) }

// Unwrap gives the cause.
func (e *KeychainError) Unwrap() error { return e.Err }

func sentences(all ...string) string {
	var told []string
	for _, s := range all {
		if s != "" {
			told = append(told, s)
		}
	}
	return strings.Join(told, " ")
}
