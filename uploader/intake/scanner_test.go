package intake

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/fault"
)

func newScanner(t testing.TB, o Options) *Scanner {
	t.Helper()
	s, err := NewScanner(o)
	must(t, err)
	return s
}

func TestAScannerRemembersEarlierDrops(t *testing.T) {
	root := tree(t, map[string]string{"one/a.jpg": "x", "two/a.jpg": "x"})
	first, second := filepath.Join(root, "one", "a.jpg"), filepath.Join(root, "two", "a.jpg")
	s := newScanner(t, Options{})
	one := collect(t, s.Scan, first)

	if got := collect(t, s.Scan, first); got.Again != 1 || len(got.Files)+len(got.LeftOut) != 0 {
		t.Errorf("the same file again: %+v", got)
	}
	if got := collect(t, s.Scan, second); len(got.LeftOut) != 1 || got.LeftOut[0].Reason != SameName {
		t.Errorf("a second file of that name: %+v", got)
	}
	s.Forget(one.Files...)
	if got := collect(t, s.Scan, second); len(got.Files) != 1 {
		t.Errorf("after the first was taken out: %+v", got)
	}
	s.Forget(one.Files...) // not known any more, and its name is another's now
	if got := collect(t, s.Scan, first); len(got.LeftOut) != 1 || got.LeftOut[0].Reason != SameName {
		t.Errorf("forgetting an unknown file freed the other's name: %+v", got)
	}
}

func TestMovingAFileFreesAndTakesNames(t *testing.T) {
	root := tree(t, map[string]string{"one/a.jpg": "x", "two/a.jpg": "x", "three/a.jpg": "x"})
	s := newScanner(t, Options{})
	found := collect(t, s.Scan, filepath.Join(root, "one"), filepath.Join(root, "two"))
	a, b := found.Files[0], found.Files[1]

	if _, err := s.Move(a, "/two"); fault.KindOf(err) != fault.SameName || !strings.Contains(err.Error(), b.Path) {
		t.Errorf("moving onto another: %v", err)
	}
	if _, err := s.Move(a, "a/../b"); fault.KindOf(err) != fault.Usage {
		t.Errorf("moving to a bad folder: %v", err)
	}
	moved, err := s.Move(a, `three\`)
	if err != nil || moved.Folder != "/three" {
		t.Fatalf("got %+v, %v", moved, err)
	}
	if again, err := s.Move(moved, "three"); err != nil || again != moved {
		t.Errorf("moving to where it is: %+v, %v", again, err)
	}
	if got := collect(t, s.Scan, filepath.Join(root, "three")); len(got.LeftOut) != 1 || got.LeftOut[0].Reason != SameName {
		t.Errorf("the moved file's new name is free: %+v", got)
	}
	if _, err := s.Move(b, "/one"); err != nil {
		t.Errorf("the moved file's old name is not free: %v", err)
	}
	s.Forget(moved)
	if got := collect(t, s.Scan, filepath.Join(root, "three")); len(got.Files) != 1 {
		t.Errorf("after Forget the moved file's name is not free: %+v", got)
	}
}

func TestPortionsComeWhileTheWalkGoesOn(t *testing.T) {
	files := map[string]string{}
	for i := range 1203 {
		files[fmt.Sprintf("d/%d.jpg", i)] = "x"
	}
	root := tree(t, files)
	var sizes []int
	var names []string
	s := newScanner(t, Options{Flat: true})
	stopped := time.Now()
	s.now = func() time.Time { return stopped }
	must(t, s.Scan(t.Context(), []string{root}, func(f Found) {
		sizes = append(sizes, len(f.Files))
		names = append(names, landed(f)...)
	}))
	if !reflect.DeepEqual(sizes, []int{500, 500, 203}) {
		t.Errorf("portions of %v", sizes)
	}
	for i, n := range names {
		if n != fmt.Sprintf("/%d.jpg", i) {
			t.Fatalf("file %d is %s", i, n)
		}
	}

	s = newScanner(t, Options{Flat: true})
	tick := time.Time{}
	s.now = func() time.Time { tick = tick.Add(10 * time.Millisecond); return tick }
	most := 0
	must(t, s.Scan(t.Context(), []string{root}, func(f Found) { most = max(most, len(f.Files)) }))
	if most > 11 {
		t.Errorf("a slow walk emits %d files at once", most)
	}
}

func TestCancellingEndsAScanAndEmitsWhatWasFound(t *testing.T) {
	files := map[string]string{}
	for i := range 700 {
		files[fmt.Sprintf("%d.jpg", i)] = "x"
	}
	root := tree(t, files)
	ctx, cancel := context.WithCancel(t.Context())
	s := newScanner(t, Options{})
	s.now = func() time.Time { return time.Time{} }
	var all Found
	err := s.Scan(ctx, []string{root}, func(f Found) { all.add(f); cancel() })
	if !errors.Is(err, context.Canceled) || len(all.Files) != 500 {
		t.Fatalf("got %v and %d files", err, len(all.Files))
	}
	rest := collect(t, s.Scan, root)
	if len(rest.Files) != 200 || rest.Again != 500 {
		t.Errorf("going on gives %d files, %d again", len(rest.Files), rest.Again)
	}
	if err := s.Scan(ctx, []string{root}, func(Found) { t.Error("emitted") }); !errors.Is(err, context.Canceled) {
		t.Errorf("a scan with a cancelled context gives %v", err)
	}
}

func TestScansOfOneScannerTakeTurnsAndForgetNeedNotWait(t *testing.T) {
	root := tree(t, map[string]string{"a.jpg": "x", "b.jpg": "x"})
	synctest.Test(t, func(t *testing.T) {
		s := newScanner(t, Options{})
		hold, held := make(chan struct{}), make(chan File, 1)
		go func() {
			_ = s.Scan(context.Background(), []string{filepath.Join(root, "a.jpg")}, func(f Found) { held <- f.Files[0]; <-hold })
		}()
		a := <-held
		s.Forget(a)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := s.Scan(ctx, []string{root}, func(Found) {}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a second scan did not wait: %v", err)
		}
		close(hold)
		var got Found
		if err := s.Scan(t.Context(), []string{root}, got.add); err != nil || len(got.Files) != 2 {
			t.Errorf("then: %v, %d files", err, len(got.Files))
		}
	})
}
