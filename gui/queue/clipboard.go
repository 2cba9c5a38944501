package queue

import (
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"
)

// ParseClipboard reads copied files off the text that a file manager leaves on
// the clipboard: file:// addresses or absolute paths, one a line, also with
// the "copy" line of GNOME and the quotes of Windows. Text that is anything
// else gives nothing, as it was not meant for us. Whether the paths exist is
// not looked at.
func ParseClipboard(text string) []string { return parseClipboard(text, runtime.GOOS == "windows") }

func parseClipboard(text string, windows bool) []string {
	var paths []string
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r\x00")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case i < 2 && (line == "copy" || line == "cut" || line == "x-special/nautilus-clipboard" || line == "x-special/gnome-copied-files"):
			continue
		}
		p, ok := clipboardPath(line, windows)
		if !ok {
			return nil
		}
		paths = append(paths, p)
	}
	return paths
}

func clipboardPath(line string, windows bool) (string, bool) {
	p := line
	if strings.HasPrefix(strings.ToLower(line), "file:") {
		u, err := url.Parse(line)
		if err != nil || u.Opaque != "" {
			return "", false
		}
		p = u.Path
		switch {
		case windows && u.Host != "" && u.Host != "localhost":
			p = "//" + u.Host + p
		case windows:
			p = strings.TrimPrefix(p, "/")
		case u.Host != "" && u.Host != "localhost":
			return "", false
		}
	} else if len(line) > 2 && line[0] == '"' && line[len(line)-1] == '"' {
		p = line[1 : len(line)-1]
	}
	if strings.ContainsFunc(p, unicode.IsControl) {
		return "", false
	}
	if windows {
		p = strings.ReplaceAll(p, `\`, "/")
		if !windowsAbsolute(p) {
			return "", false
		}
		return filepath.FromSlash(p), true
	}
	if !path.IsAbs(p) {
		return "", false
	}
	return path.Clean(p), true
}

// windowsAbsolute knows "C:/x" and "//server/share".
func windowsAbsolute(p string) bool {
	if strings.HasPrefix(p, "//") {
		return len(p) > 2 && p[2] != '/'
	}
	return len(p) > 2 && p[1] == ':' && p[2] == '/' && unicode.IsLetter(rune(p[0]))
}
