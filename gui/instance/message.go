package instance

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"path/filepath"
)

// Bounds of a message. A command line holds 2 MiB at most on Linux, and 64 KiB
// on Windows.
const (
	maxMessage = 16 << 20 // bytes
	maxPaths   = 100_000
	maxPath    = 32 << 10 // bytes; what Windows takes at most
)

// format is the version of the message. Programs of another one are not
// understood, and open a window of their own.
const format = 1

// taken is what the first program answers.
const taken = "taken\n"

var errMessage = errors.New("not a message of this program")

// message is what a later program sends. Paths are bytes, since on Linux they
// need not be text.
type message struct {
	Format int      `json:"format"`
	Token  string   `json:"token"`
	Paths  [][]byte `json:"paths"`
}

// write makes a message.
func write(token string, paths []string) ([]byte, error) {
	m := message{Format: format, Token: token, Paths: make([][]byte, len(paths))}
	for i, p := range paths {
		m.Paths[i] = []byte(p)
	}
	return json.Marshal(m)
}

// read takes a message apart and gives its paths, all absolute. It refuses what
// does not hold the token.
func read(data []byte, token string) ([]string, error) {
	if len(data) > maxMessage {
		return nil, errMessage
	}
	var m message
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, errMessage // its text repeats what was sent
	}
	if m.Format != format || token == "" || subtle.ConstantTimeCompare([]byte(m.Token), []byte(token)) != 1 || len(m.Paths) > maxPaths {
		return nil, errMessage
	}
	paths := make([]string, len(m.Paths))
	for i, p := range m.Paths {
		if len(p) > maxPath || bytes.IndexByte(p, 0) >= 0 || !filepath.IsAbs(string(p)) {
			return nil, errMessage
		}
		paths[i] = string(p)
	}
	return paths, nil
}
