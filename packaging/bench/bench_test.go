package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/cli"
)

// uploadEnv makes this test's program the one that is measured, so that nothing
// has to be built.
const uploadEnv = "DARWIN_UPLOADER_BENCH_UPLOAD"

func TestMain(m *testing.M) {
	args := os.Args[1:]
	switch {
	case os.Getenv(costEnv) != "" || len(args) == 4 && args[0] == "bare":
		if err := dispatch(args); err != nil {
			os.Exit(1)
		}
	case os.Getenv(uploadEnv) != "" && len(args) > 0 && args[0] == "upload":
		os.Exit(cli.Upload(context.Background(), cli.Env{
			Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, JournalDir: os.Getenv("HOME"),
			Key: func(context.Context, string, string) (string, error) { return "", nil },
			Log: slog.New(slog.DiscardHandler),
		}, args[1:]))
	default:
		os.Exit(m.Run())
	}
}

func TestEachRowIsMeasured(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	b := &bench{quick: true, program: self, env: []string{uploadEnv + "=yes"}, out: &out}
	if err := b.run(); err != nil {
		t.Fatal(err)
	}
	for _, s := range scenes(true) {
		if !strings.Contains(out.String(), s.name) {
			t.Errorf("no row for %s in\n%s", s.name, &out)
		}
	}
	if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "Inf") {
		t.Errorf("a ratio of nothing in\n%s", &out)
	}
}

func TestTheRowsHoldWhatWasMeasured(t *testing.T) {
	var out bytes.Buffer
	s := scene{name: "a row", files: 10, size: 1e6, against: 64, ideal: 2 * time.Second, claim: "little"}
	newTable(&out).rows(s, []result{
		{cost: cost{Wall: 3 * time.Second, CPU: time.Second, Peak: 32 << 20}, conns: 12, requests: 40, refused: 2, storedTwice: 1},
		{workers: 64, cost: cost{Wall: 2 * time.Second, CPU: 500 * time.Millisecond}, requests: 30},
		{workers: 128, cost: cost{Wall: time.Second, CPU: time.Second}, requests: 30},
	})
	for _, want := range []string{"a row", "3.00", "1.50", "32.0", "5.0 % +1", "CPU 2.00 x bare of 64, 100.00 s a GB; little"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, &out)
		}
	}
}

func TestTheFiguresOfGoBenchmarksAreRead(t *testing.T) {
	got := figures(`goos: linux
BenchmarkScan/plain-2         	       3	 431234567 ns/op	    232000 files/s
BenchmarkTickOfAHundredThousand-16   	     100	  1500000.5 ns/op
BenchmarkBroken-2	1	x ns/op
PASS
`)
	want := []figure{{", plain", 431234567}, {"", 1500000.5}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestABusyServerRefusesWhatIsAboveItsNumber(t *testing.T) {
	s, err := startServer(world{api: 50 * time.Millisecond, atOnce: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	loop := &bareLoop{server: s.url, client: newBareClient(8)}
	done := make(chan error, 8)
	for range cap(done) {
		go func() { done <- loop.ask("GET", "/api/v2/teams/bench/items/uploads/1/sign", nil, nil) }()
	}
	for range cap(done) {
		<-done
	}
	if n := s.refused.Load(); n == 0 || n > 6 {
		t.Errorf("%d of 8 were refused", n)
	}
	loop.client.CloseIdleConnections()
}

func TestASlowLineTakesItsTimeAndChangesNoByte(t *testing.T) {
	s, err := startServer(world{bandwidth: 200_000, trip: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	b := &bench{scratch: t.TempDir(), out: io.Discard}
	folder, err := b.files(2, 50_000)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := bare(s.url, folder, 2); err != nil { // which compares hashes
		t.Fatal(err)
	}
	if took := time.Since(began); took < 400*time.Millisecond {
		t.Errorf("it took %v", took)
	}
	if n := s.arrived(50_000); n != 2 {
		t.Errorf("%d files arrived", n)
	}
}
