package intake

import (
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"darwin-uploader/uploader/fault"
)

// CleanFolder turns what a person types as a Darwin folder into Darwin's form:
// "/" for the root, otherwise "/a/b" in NFC. "\" counts as "/", spaces around a
// part and empty parts are dropped. "." and "..", control characters and broken
// text are refused with a *fault.Error of kind Usage.
func CleanFolder(s string) (string, error) {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ReplaceAll(s, `\`, "/"), "/") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
			continue
		case part == "." || part == "..":
			return "", &fault.Error{
				Kind: fault.Usage,
				What: `A Darwin folder cannot be called "` + part + `".`,
				Do:   `Write the folder from the top, for example /cats/young.`,
			}
		case !cleanText(part):
			return "", &fault.Error{
				Kind: fault.Usage,
				What: "The Darwin folder's name holds a character that cannot be shown, for example a line break.",
				Do:   "Type the name anew.",
			}
		}
		b.WriteByte('/')
		b.WriteString(norm.NFC.String(part))
	}
	if b.Len() == 0 {
		return "/", nil
	}
	return b.String(), nil
}

// cleanText reports whether s can stand in a name that other systems show: valid
// UTF-8 without control characters and line or paragraph separators. Joiners and
// direction marks (category Cf) stay, emoji and many scripts need them.
func cleanText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

// CleanName gives a name on disk the form that it has in Darwin: unchanged, but
// NFC. It refuses names that would not survive the way there: control characters
// and broken text, and the slashes of either system, which Darwin reads as
// folders.
func CleanName(onDisk string) (string, bool) {
	if onDisk == "" || onDisk == "." || onDisk == ".." || strings.ContainsAny(onDisk, `/\`) || !cleanText(onDisk) {
		return "", false
	}
	return norm.NFC.String(onDisk), true
}

// below is the Darwin folder called name inside parent. Both are clean already.
func below(parent, name string) string {
	if parent == "/" {
		return "/" + name
	}
	return parent + "/" + name
}

// rootName is the folder name of a path that a person named. A drive has no name
// of its own, so that its letter or the name of the network share stands in; the
// root of a Unix system has none at all.
func rootName(abs string) string {
	name := filepath.Base(abs)
	if !strings.ContainsAny(name, `/\`) && name != "." {
		return name
	}
	return volumeName(filepath.VolumeName(abs))
}

// volumeName names a Windows volume: "D" for "D:", "scans" for `\\server\scans`.
func volumeName(volume string) string {
	volume = strings.TrimRight(volume, `/\:`)
	return volume[strings.LastIndexAny(volume, `/\`)+1:]
}
