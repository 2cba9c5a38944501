//go:build unix

package intake

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestLinksInsideAFolderAreNotFollowedAndNamedOnesAre(t *testing.T) {
	outside := tree(t, map[string]string{"real/x.jpg": "x", "y.jpg": "y"})
	root := tree(t, map[string]string{"cats/a.jpg": "x"})
	cats := filepath.Join(root, "cats")
	must(t, os.Symlink(filepath.Join(outside, "real"), filepath.Join(cats, "linked")))
	must(t, os.Symlink(filepath.Join(outside, "y.jpg"), filepath.Join(cats, "y.jpg")))
	must(t, os.Symlink(cats, filepath.Join(cats, "loop")))
	must(t, os.Symlink(filepath.Join(outside, "gone"), filepath.Join(cats, "dead.jpg")))

	found := scan(t, Options{}, cats)
	if got := landed(found); !reflect.DeepEqual(got, []string{"/cats/a.jpg"}) {
		t.Errorf("taken %q", got)
	}
	want := map[string]Reason{"linked": Link, "y.jpg": Link, "loop": Link, "dead.jpg": Link}
	if got := reasons(t, cats, found); !maps.Equal(got, want) {
		t.Errorf("left out %v", got)
	}

	found = scan(t, Options{}, filepath.Join(cats, "linked"), filepath.Join(cats, "y.jpg"), filepath.Join(cats, "dead.jpg"))
	if got := landed(found); !reflect.DeepEqual(got, []string{"/linked/x.jpg", "/y.jpg"}) {
		t.Errorf("named links give %q", got)
	}
	if got := reasons(t, cats, found); got["dead.jpg"] != Vanished {
		t.Errorf("left out %v", got)
	}
}

func TestOneFileReachedOnTwoWaysCountsOnce(t *testing.T) {
	root := tree(t, map[string]string{"real/x.jpg": "x"})
	must(t, os.Symlink(filepath.Join(root, "real"), filepath.Join(root, "other")))
	must(t, os.Symlink(filepath.Join(root, "real", "x.jpg"), filepath.Join(root, "z.jpg")))
	found := scan(t, Options{}, filepath.Join(root, "real"), filepath.Join(root, "other"),
		filepath.Join(root, "other", "x.jpg"), filepath.Join(root, "z.jpg"))
	if got := landed(found); !reflect.DeepEqual(got, []string{"/real/x.jpg"}) || found.Again != 3 {
		t.Errorf("taken %q, again %d", got, found.Again)
	}
}

func TestPipesSocketsAndDevicesAreNeverOpened(t *testing.T) {
	root := tree(t, map[string]string{"a.jpg": "x"})
	for _, name := range []string{"pipe.jpg", "pipe", "._pipe"} {
		must(t, syscall.Mkfifo(filepath.Join(root, name), 0o600))
	}
	done := make(chan Found, 1)
	go func() { done <- scan(t, Options{Flat: true}, root, filepath.Join(root, "pipe"), os.DevNull) }()
	select {
	case found := <-done:
		got := map[string]Reason{}
		for _, l := range found.LeftOut {
			got[filepath.Base(l.Path)] = l.Reason
		}
		want := map[string]Reason{"pipe.jpg": Special, "pipe": Special, "._pipe": Special, "null": Special}
		if !maps.Equal(got, want) || len(found.Files) != 1 {
			t.Errorf("left out %v, taken %q", got, landed(found))
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the scan hangs on a pipe")
	}
}

func TestNamesThatDarwinCannotKeepAreLeftOutWithTheirFolder(t *testing.T) {
	root := tree(t, map[string]string{
		"new\nline.jpg": "x", `back\slash.jpg`: "x", "broken\xff.jpg": "x", "tab\there/a.jpg": "x", "ok.jpg": "x", "Icon\r": "x",
		"dot.": strings.Repeat("x", 200),
	})
	found := scan(t, Options{Flat: false}, root)
	want := map[string]Reason{"new\nline.jpg": BadName, `back\slash.jpg`: BadName, "broken\xff.jpg": BadName, "tab\there": BadName, "Icon\r": Litter, "dot.": Unsupported}
	if got := reasons(t, root, found); !maps.Equal(got, want) || len(found.Files) != 1 {
		t.Errorf("left out %q, taken %q", got, landed(found))
	}
}

func TestWhatMayNotBeReadIsSaid(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("the administrator may read everything")
	}
	root := tree(t, map[string]string{"a.jpg": "x", "b.jpg": "x", "IM1": dicomFile(), "locked/c.jpg": "x"})
	must(t, os.Chmod(filepath.Join(root, "a.jpg"), 0))
	must(t, os.Chmod(filepath.Join(root, "IM1"), 0))
	must(t, os.Chmod(filepath.Join(root, "locked"), 0))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "locked"), 0o700) })
	want := map[string]Reason{"a.jpg": Unreadable, "IM1": Unreadable, "locked": Unreadable}
	if got := reasons(t, root, scan(t, Options{}, root)); !maps.Equal(got, want) {
		t.Errorf("left out %v", got)
	}
}
