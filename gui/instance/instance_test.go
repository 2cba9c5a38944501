package instance

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const patience = 20 * time.Second

// serving is a first program; what it is handed comes out of the channel.
func serving(t *testing.T, dir string) (*First, <-chan []string) {
	t.Helper()
	first, handed, err := Open(dir, nil, patience)
	if first == nil || handed || err != nil {
		t.Fatalf("Open = %v, %v, %v", first, handed, err)
	}
	got := make(chan []string, 100)
	served := make(chan struct{})
	go func() {
		defer close(served)
		first.Serve(func(paths []string) bool { got <- paths; return true })
	}()
	t.Cleanup(func() {
		if err := first.Close(); err != nil && !errors.Is(err, os.ErrClosed) && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
		<-served
	})
	return first, got
}

func TestALaterProgramHandsItsPathsOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	_, got := serving(t, dir)
	odd := filepath.Join(t.TempDir(), "a b\nß \xff.jpg") // no text, as file names may be
	for _, paths := range [][]string{{odd, t.TempDir()}, nil} {
		first, handed, err := Open(dir, paths, patience)
		if first != nil || !handed || err != nil {
			t.Fatalf("Open = %v, %v, %v", first, handed, err)
		}
		if taken := <-got; !slices.Equal(taken, paths) {
			t.Errorf("it took %q, want %q", taken, paths)
		}
	}
}

func TestOnceTheFirstHasEndedTheNextIsTheFirst(t *testing.T) {
	dir := t.TempDir()
	first, _, err := Open(dir, nil, patience)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, placeName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its address is still there: %v", err)
	}
	serving(t, dir)
}

func TestWhatACrashLeftBehindLeadsNowhere(t *testing.T) {
	dir := t.TempDir()
	stranger, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	old, _ := json.Marshal(place{Address: stranger.Addr().String(), Token: "old"})
	for name, content := range map[string][]byte{placeName: old, lockName: nil} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, got := serving(t, dir)
	if _, handed, err := Open(dir, []string{dir}, patience); !handed || err != nil {
		t.Fatalf("handed = %v, %v", handed, err)
	}
	<-got
}

func TestAFirstThatDoesNotAnswerIsNotWaitedForLong(t *testing.T) {
	dir := t.TempDir()
	first, _, err := Open(dir, nil, patience) // it never serves
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	began := time.Now()
	second, handed, err := Open(dir, []string{dir}, 200*time.Millisecond)
	if second != nil || handed || !errors.Is(err, ErrSilent) {
		t.Errorf("Open = %v, %v, %v", second, handed, err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestManyStartsAtOnceMakeOneFirstAndNoneLosesItsPaths(t *testing.T) {
	dir, starts := t.TempDir(), 12
	var mu sync.Mutex
	var firsts []*First
	got := make(chan []string, starts)
	var all, servers sync.WaitGroup
	for i := range starts {
		all.Go(func() {
			own := []string{filepath.Join(dir, string(rune('a'+i)))}
			first, handed, err := Open(dir, own, patience)
			switch {
			case first != nil:
				mu.Lock()
				firsts = append(firsts, first)
				mu.Unlock()
				got <- own
				servers.Go(func() { first.Serve(func(p []string) bool { got <- p; return true }) })
			case !handed:
				t.Errorf("start %d: %v", i, err)
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for range starts {
		seen[(<-got)[0]] = true
	}
	if len(firsts) != 1 || len(seen) != starts {
		t.Errorf("%d firsts, %d paths", len(firsts), len(seen))
	}
	for _, f := range firsts {
		_ = f.Close()
	}
	servers.Wait()
}

func TestAStartWhileTheFirstIsEndingBecomesTheNextFirst(t *testing.T) {
	type outcome struct {
		first  *First
		handed bool
		err    error
	}
	for name, visitFirst := range map[string]bool{"it has left its place": false, "it can take nothing more": true} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			ending, _, err := Open(dir, nil, patience)
			if err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			visited := make(chan struct{}, 1000)
			all.Go(func() { ending.Serve(func([]string) bool { visited <- struct{}{}; return false }) })
			began := make(chan outcome, 1)
			start := func() {
				first, handed, err := Open(dir, []string{dir}, patience)
				began <- outcome{first, handed, err}
			}
			if visitFirst {
				all.Go(start)
				<-visited
			}
			if err := ending.Leave(); err != nil {
				t.Error(err)
			}
			if !visitFirst {
				all.Go(start)
			}
			if err := ending.Close(); err != nil {
				t.Error(err)
			}
			all.Wait()
			next := <-began
			if next.first == nil || next.handed || next.err != nil {
				t.Fatalf("Open = %+v", next)
			}
			if err := next.first.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWhoDoesNotKnowTheTokenGetsNothing(t *testing.T) {
	dir := t.TempDir()
	first, got := serving(t, dir)
	p, err := find(dir)
	if err != nil {
		t.Fatal(err)
	}
	wrong, _ := write("x"+p.Token[1:], []string{dir})
	for _, data := range [][]byte{wrong, []byte("GET / HTTP/1.1\r\n\r\n"), nil, []byte(`{"format":1}`)} {
		if err := send(p.Address, data, time.Now().Add(patience)); err == nil {
			t.Errorf("%q was answered", data)
		}
	}
	if len(got) > 0 {
		t.Errorf("it took %q", <-got)
	}
	if host, _, _ := net.SplitHostPort(first.listener.Addr().String()); !net.ParseIP(host).IsLoopback() {
		t.Errorf("it listens on %s", host)
	}
	if info, err := os.Stat(filepath.Join(dir, placeName)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file with the token: %v, %v", info, err)
	}
}

func TestAnAddressElsewhereIsNotTalkedTo(t *testing.T) {
	dir := t.TempDir()
	for _, content := range []string{`{"address":"192.0.2.1:80","token":"x"}`, `{"address":"example.org:80"}`, `{`, ``, strings.Repeat(" ", maxPlace) + `{}`} {
		if err := os.WriteFile(filepath.Join(dir, placeName), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if p, err := find(dir); err == nil {
			t.Errorf("%q gives %+v", content, p)
		}
	}
}

func TestAFolderThatCannotBeUsedIsTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if first, handed, err := Open(file, nil, patience); first != nil || handed || err == nil || errors.Is(err, ErrSilent) {
		t.Errorf("Open = %v, %v, %v", first, handed, err)
	}
}

func FuzzAMessageGivesAbsolutePathsOrNothing(f *testing.F) {
	const token = "secret"
	good, _ := write(token, []string{"/a", "/b c"})
	f.Add(good)
	for _, seed := range []string{``, `null`, `{"format":1,"token":"secret","paths":["L2E="]}`, `{"format":1,"token":"secret","paths":["YQ=="]}`,
		`{"format":2,"token":"secret"}`, `{"format":1,"token":"secret","paths":null}x`, `{"format":1,"token":"secret","paths":["L2EA"]}`, `[1]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := read(data, ""); err == nil {
			t.Error("without a token anything goes")
		}
		paths, err := read(data, token)
		if err != nil {
			return
		}
		for _, p := range paths {
			if !filepath.IsAbs(p) || strings.ContainsRune(p, 0) || len(p) > maxPath {
				t.Errorf("%q gave the path %q", data, p)
			}
		}
		again, err := write(token, paths)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := read(again, token); err != nil || !slices.Equal(back, paths) {
			t.Errorf("%q came back as %q, %v", paths, back, err)
		}
	})
}

func TestAMessageBeyondTheBoundsIsRefused(t *testing.T) {
	many := make([]string, maxPaths+1)
	for i := range many {
		many[i] = "/"
	}
	for name, paths := range map[string][]string{"too many": many, "too long": {"/" + strings.Repeat("x", maxPath)}, "relative": {"x"}} {
		data, err := write("t", paths)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := read(data, "t"); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
	if _, err := read(make([]byte, maxMessage+1), "t"); err == nil {
		t.Error("too large: it is taken")
	}
}

// short is a listener of a computer that is short of something: it turns the
// first visitors away.
type short struct {
	net.Listener
	left   int // visitors that are turned away
	turned chan struct{}
}

func (s *short) Accept() (net.Conn, error) {
	if s.left == 0 {
		return s.Listener.Accept()
	}
	s.left--
	s.turned <- struct{}{}
	return nil, &net.OpError{Op: "accept", Net: "tcp", Err: syscall.EMFILE}
}

func TestAComputerThatIsShortOfSomethingForAMomentStillLetsLaterProgramsIn(t *testing.T) {
	dir := t.TempDir()
	first, _, err := Open(dir, nil, patience)
	if err != nil {
		t.Fatal(err)
	}
	first.listener = &short{Listener: first.listener, left: 3, turned: make(chan struct{}, 3)}
	got, served := make(chan []string, 1), make(chan struct{})
	go func() {
		defer close(served)
		first.Serve(func(paths []string) bool { got <- paths; return true })
	}()
	if _, handed, err := Open(dir, []string{dir}, patience); !handed || err != nil {
		t.Errorf("Open = %v, %v", handed, err)
	}
	if taken := <-got; !slices.Equal(taken, []string{dir}) {
		t.Errorf("it took %q", taken)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	<-served
}

func TestCloseEndsServingWhileVisitorsAreTurnedAway(t *testing.T) {
	first, _, err := Open(t.TempDir(), nil, patience)
	if err != nil {
		t.Fatal(err)
	}
	s := &short{Listener: first.listener, left: 1 << 30, turned: make(chan struct{}, 1)}
	first.listener = s
	served := make(chan struct{})
	go func() {
		defer close(served)
		first.Serve(func([]string) bool { return true })
	}()
	<-s.turned
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	for {
		select {
		case <-s.turned:
		case <-served:
			return
		case <-time.After(patience):
			t.Fatal("it still serves")
		}
	}
}
