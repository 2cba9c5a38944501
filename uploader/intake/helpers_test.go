package intake

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree makes files below a fresh folder: names with "/" at the end are folders,
// the content of the others is given.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(path, 0o700))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, []byte(content), 0o644))
	}
	return root
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// collect scans and puts the portions together.
func collect(t testing.TB, scan func(context.Context, []string, func(Found)) error, paths ...string) Found {
	t.Helper()
	var all Found
	must(t, scan(t.Context(), paths, func(f Found) { all.add(f) }))
	return all
}

func (f *Found) add(more Found) {
	f.Files = append(f.Files, more.Files...)
	f.LeftOut = append(f.LeftOut, more.LeftOut...)
	f.Again += more.Again
}

// scan scans once with the options.
func scan(t testing.TB, o Options, paths ...string) Found {
	t.Helper()
	return collect(t, func(ctx context.Context, p []string, emit func(Found)) error { return Scan(ctx, p, o, emit) }, paths...)
}

// landed lists where files land, in the order of the scan.
func landed(f Found) []string {
	var all []string
	for _, file := range f.Files {
		all = append(all, below(file.Folder, file.Name))
	}
	return all
}

// reasons gives the reason of each path that was left out, relative to root.
func reasons(t testing.TB, root string, f Found) map[string]Reason {
	t.Helper()
	all := map[string]Reason{}
	for _, l := range f.LeftOut {
		rel, err := filepath.Rel(root, l.Path)
		must(t, err)
		rel = filepath.ToSlash(rel)
		if _, twice := all[rel]; twice {
			t.Errorf("%s is left out twice", rel)
		}
		all[rel] = l.Reason
		if l.Fault == nil || l.Fault.What == "" || l.Fault.Do == "" && !l.Minor && l.Reason != Special {
			t.Errorf("%s has no sentences: %+v", rel, l.Fault)
		}
		if l.Fault != nil {
			checkSentence(t, l.Fault.What)
			checkSentence(t, l.Fault.Do)
		}
	}
	return all
}

func checkSentence(t testing.TB, s string) {
	t.Helper()
	lower := strings.ToLower(s)
	if s != "" && (!strings.HasSuffix(s, ".") || strings.Contains(s, "!") || strings.Contains(lower, "please") || strings.Contains(lower, "error")) {
		t.Errorf("not a sentence for people: %q", s)
	}
}

// dicomFile is the least that has DICOM's mark.
func dicomFile() string { return strings.Repeat("\x00", 128) + "DICM" + "\x02\x00" }
