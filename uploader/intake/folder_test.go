package intake

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"darwin-uploader/uploader/fault"
)

func TestCleanFolder(t *testing.T) {
	for in, want := range map[string]string{
		"": "/", "/": "/", "   ": "/", "cats": "/cats", "/cats": "/cats", "cats/": "/cats", "//cats//young//": "/cats/young",
		`cats\young`: "/cats/young", " cats / young ": "/cats/young", "wo\u0308lfe": "/wölfe", "日本語/猫": "/日本語/猫",
		".hidden": "/.hidden", "a..b": "/a..b", "...": "/...", "100% #1": "/100% #1",
	} {
		if got, err := CleanFolder(in); got != want || err != nil {
			t.Errorf("CleanFolder(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{".", "..", "a/../b", `a\.\b`, " .. ", "a\nb", "a\x00", "a\u2028b", "\xff"} {
		_, err := CleanFolder(in)
		if fault.KindOf(err) != fault.Usage {
			t.Errorf("CleanFolder(%q) gives %v", in, err)
			continue
		}
		checkSentence(t, fault.Of(err).What)
	}
}

func TestVolumesGetAName(t *testing.T) {
	for in, want := range map[string]string{"D:": "D", `\\server\scans`: "scans", `//server/scans`: "scans", `\\?\D:`: "D", "": ""} {
		if got := volumeName(in); got != want {
			t.Errorf("volumeName(%q) = %q, want %q", in, got, want)
		}
	}
	if got := rootName("/"); got != "" {
		t.Errorf(`rootName("/") = %q`, got)
	}
	if got := rootName("/a/b c"); got != "b c" {
		t.Errorf("rootName = %q", got)
	}
}

// checkFolder holds a Darwin folder to its form.
func checkFolder(t *testing.T, in, got string) {
	t.Helper()
	if !strings.HasPrefix(got, "/") || strings.Contains(got, "//") || strings.Contains(got, `\`) || !norm.NFC.IsNormalString(got) ||
		got != "/" && strings.HasSuffix(got, "/") || strings.ContainsFunc(got, unicode.IsControl) {
		t.Errorf("%q became %q", in, got)
	}
	for part := range strings.SplitSeq(got, "/") {
		if part == "." || part == ".." {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func FuzzCleanFolder(f *testing.F) {
	for _, s := range []string{"", "/", `a\b`, "a/../b", " a / b ", "wo\u0308lf", "\u0300", "a\u00a0", "\xff", "\u0340/\u0340"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := CleanFolder(in)
		if err != nil {
			return
		}
		checkFolder(t, in, got)
		if again, err := CleanFolder(got); err != nil || again != got {
			t.Errorf("%q became %q, then %q (%v)", in, got, again, err)
		}
	})
}

func FuzzFoldersOnDiskMapOneToOne(f *testing.F) {
	f.Add("a", "b", "a", "b")
	f.Add("a b", "..x", "a", " b")
	f.Add("wo\u0308lf", "x", "wölf", "x")
	f.Add(`a\b`, "c", "a", "b")
	f.Add("\u0338", "=", "≠", "=")
	f.Fuzz(func(t *testing.T, a1, a2, b1, b2 string) {
		a, okA := mapFolders("/", a1, a2)
		b, okB := mapFolders("/", b1, b2)
		if okA {
			checkFolder(t, a1+"/"+a2, a)
		}
		same := norm.NFC.String(a1) == norm.NFC.String(b1) && norm.NFC.String(a2) == norm.NFC.String(b2)
		if okA && okB && (a == b) != same {
			t.Errorf("%q/%q became %q and %q/%q became %q", a1, a2, a, b1, b2, b)
		}
	})
}

// mapFolders maps nested folders as the walk does.
func mapFolders(to string, names ...string) (string, bool) {
	for _, n := range names {
		clean, ok := CleanName(n)
		if !ok {
			return "", false
		}
		to = below(to, clean)
	}
	return to, true
}
