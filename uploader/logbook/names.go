package logbook

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// saltName is the file that makes the marks of one computer its own: without
// it, nobody can try names until a mark fits.
const saltName = "marks.salt"

// names turns names of files and folders into short marks. Safe for concurrent
// use.
type names struct {
	dir  string
	once sync.Once
	salt []byte
}

// key reads the folder's salt or makes one. If it cannot be kept, marks are the
// same within this run only.
func (n *names) key() []byte {
	n.once.Do(func() {
		n.salt = make([]byte, 16)
		_, _ = rand.Read(n.salt) // never fails
		if n.dir == "" {
			return
		}
		path := filepath.Join(n.dir, saltName)
		if kept, err := os.ReadFile(path); err == nil && len(kept) == len(n.salt) {
			n.salt = kept
			return
		}
		_ = os.WriteFile(path, n.salt, 0o600) // see above
	})
	return n.salt
}

// mark is what stands for a name: short, and the same each time.
func (n *names) mark(name string) string {
	h := hmac.New(sha256.New, n.key())
	_, _ = h.Write([]byte(name))
	return "(name " + hex.EncodeToString(h.Sum(nil)[:4]) + ")"
}

// aPath finds where a path begins in a text: at the root of a Unix system, a
// drive or a network share of Windows, or the home folder, neither within a
// word nor in an address.
var aPath = regexp.MustCompile(`(?:^|[\s"'(=,\[])(/[^/\s"':]|[A-Za-z]:[\\/]|\\\\[^\\\s]|~[\\/])`)

// pathEnd finds where a path ends that stands unquoted in a text: before the
// colon of what the system says about it, or at the end of the line. Spaces do
// not end it, since they are in many names.
var pathEnd = regexp.MustCompile(`: |[\n"']|$`)

// aSource is a place in the program's own source, as crashes name it.
var aSource = regexp.MustCompile(`^[^\s]+\.(?:go|s):\d+`)

// without gives a text with marks for the paths in it.
func (n *names) without(text string) string {
	var b strings.Builder
	for {
		at := aPath.FindStringSubmatchIndex(text)
		if at == nil {
			b.WriteString(text)
			return b.String()
		}
		begin := at[2]
		b.WriteString(text[:begin])
		text = text[begin:]
		if source := aSource.FindString(text); source != "" {
			b.WriteString(source)
			text = text[len(source):]
			continue
		}
		end := pathEnd.FindStringIndex(text)[0]
		b.WriteString(n.mark(text[:end]))
		text = text[end:]
	}
}
