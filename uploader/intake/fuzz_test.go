package intake

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Whatever files and folders are called, each file is taken or left out with a
// reason, none is both, and no two land in one place.
func FuzzEveryNameOnDiskLandsOnceOrIsLeftOut(f *testing.F) {
	f.Add("a", "b.jpg", "B.JPG", false)
	f.Add("cafe\u0301", "caf\u00e9.png", "cafe\u0301.png", false)
	f.Add("ö 日本語 😀", ".hidden", "no ending", true)
	f.Add(`a\b`, "a\nb.jpg", "a\xffb.jpg", false)
	f.Add("..a", "...jpg", ".jpg", true)
	f.Add("Thumbs.db", "x.tif", "x.tiff", true)
	f.Add("%2e%2e", " lead.jpg", "trail.jpg ", false)
	f.Fuzz(func(t *testing.T, folder, one, two string, flat bool) {
		root := filepath.Join(t.TempDir(), "root")
		must(t, os.Mkdir(root, 0o700))
		made := map[string]bool{}
		for _, parts := range [][]string{{one}, {two}, {folder, one}, {folder, two}, {folder, folder, one}} {
			at := filepath.Join(append([]string{root}, parts...)...)
			if !strings.HasPrefix(at, root+string(filepath.Separator)) || strings.ContainsRune(at, 0) {
				return // no name of a file
			}
			if os.MkdirAll(filepath.Dir(at), 0o700) != nil || os.WriteFile(at, []byte("x"), 0o600) != nil {
				return // this disk does not take such a name
			}
			made[at] = true
		}
		found := scan(t, Options{Base: "/base", Flat: flat}, root)
		places := map[string]bool{}
		for _, file := range found.Files {
			place := path.Join(file.Folder, file.Name)
			if places[place] || !made[file.Path] {
				t.Errorf("%q lands twice, or is none of ours: %q", place, file.Path)
			}
			places[place] = true
			delete(made, file.Path)
			if !norm.NFC.IsNormalString(place) || strings.ContainsAny(file.Name, `/\`) || !strings.HasPrefix(place, "/base/") || flat && file.Folder != "/base" {
				t.Errorf("%q lands at %q", file.Path, place)
			}
		}
		for _, out := range found.LeftOut {
			if out.Reason == 0 && !out.Minor && out.Fault == nil {
				t.Errorf("%q is left out without a reason", out.Path)
			}
			for at := range made { // a folder is left out with all that is in it
				if at == out.Path || strings.HasPrefix(at, out.Path+string(filepath.Separator)) {
					delete(made, at)
				}
			}
		}
		if len(made) > 0 {
			t.Errorf("neither taken nor left out: %v", made)
		}
	})
}
