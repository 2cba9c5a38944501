package external

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/sandbox"
	"darwin-uploader/uploader/sheet"
)

// Words of the environment that make this test program the importing process.
const (
	childWord  = "EXTERNAL_TEST_CHILD" // the sandbox's address
	childKey   = "EXTERNAL_TEST_KEY"
	childDir   = "EXTERNAL_TEST_DIR" // with the sheet, and for the ledger
	childBegan = "EXTERNAL_TEST_BEGAN"
)

// millionWord set to 1 registers a million rows instead of 20,000 (with the race
// detector, under which SQLite is a hundred times slower, 3,000); it takes some
// minutes.
const millionWord = "DARWIN_UPLOADER_MILLION"

// Rows of the quick and of the full test, how many requests' time passes in
// one, and what an import may hold in memory whatever its size.
const (
	quickRows  = 20_000
	raceRows   = 3_000
	fullRows   = 1_000_000
	speedup    = 60
	peakMemory = 100 << 20
)

// child imports the sheet, or goes on with the import, and tells its peak of
// memory in bytes.
func child() int {
	err := importSheet(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("peak", peak("self"))
	return 0
}

func importSheet(ctx context.Context) (err error) {
	address, err := url.Parse(os.Getenv(childWord))
	if err != nil {
		return err
	}
	client, err := darwin.New(darwin.Config{Server: address, Key: os.Getenv(childKey)})
	if err != nil {
		return err
	}
	book, err := ledger.Open(os.Getenv(childDir))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	datasets, err := client.Datasets(ctx)
	if err != nil {
		return err
	}
	storages, err := client.Storages(ctx, "")
	if err != nil {
		return err
	}
	to, from := datasets[0], storages[0]
	list, err := List(ctx, book)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		s, err := sheet.Open(filepath.Join(os.Getenv(childDir), "rows.csv"), Columns()...)
		if err != nil {
			return err
		}
		defer func() { _ = s.Close() }()
		i, err := Plan(ctx, book, About{Dataset: to, Storage: from}, Rules{Root: Root{Storage: from}, Version: to.Version}, Entries(s), nil, nil)
		if err != nil {
			return err
		}
		list = []Import{i}
	}
	began, err := strconv.ParseInt(os.Getenv(childBegan), 10, 64)
	if err != nil {
		return err
	}
	run, err := Start(ctx, Config{
		Ledger: book, API: client.External(to, from), PerRequest: darwin.MaxExternal, Clock: fast{time.Unix(0, began), speedup},
	}, list[0].ID)
	if err != nil {
		return err
	}
	<-run.Done()
	if end := run.Snapshot(); end.Problem != nil {
		return end.Problem
	}
	return nil
}

// peak is the most memory that a process had, 0 where the system does not tell.
func peak(process string) int64 {
	status, err := os.ReadFile("/proc/" + process + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "VmHWM:" {
			kb, _ := strconv.ParseInt(fields[1], 10, 64)
			return kb << 10
		}
	}
	return 0
}

func TestAnImportOfAnySizeIsKilledAndResumedWithEachRowOnceAndFlatMemory(t *testing.T) {
	rows := quickRows
	if raceDetector {
		rows = raceRows
	}
	if os.Getenv(millionWord) == "1" {
		rows = fullRows
	}
	began := time.Now()
	s, err := sandbox.Start("127.0.0.1:0", sandbox.Config{Bare: true, Clock: fast{began, speedup}.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	slug := s.AddDataset("Many", 2)
	s.AddStorage(sandbox.Storage{Name: "many", Provider: "aws", Bucket: "b", Default: true})
	dir := t.TempDir()
	writeRows(t, filepath.Join(dir, "rows.csv"), rows)

	start := func() *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childWord+"="+s.URL(), childKey+"="+s.Key(), childDir+"="+dir, fmt.Sprint(childBegan, "=", began.UnixNano()))
		cmd.Stderr = os.Stderr
		return cmd
	}
	var most int64
	for _, share := range []int{rows / 3, rows * 2 / 3} {
		cmd := start()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		tick := time.NewTicker(5 * time.Millisecond)
		for s.Count(slug) < share {
			<-tick.C
		}
		tick.Stop()
		most = max(most, peak(strconv.Itoa(cmd.Process.Pid)))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		t.Logf("killed with %d of %d rows registered after %v", s.Count(slug), rows, time.Since(began).Round(time.Second))
	}
	out, err := start().Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var bytes int64
	if _, err := fmt.Sscan(strings.TrimPrefix(string(out), "peak "), &bytes); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	bytes = max(bytes, most)
	t.Logf("%d rows in %v, peak memory %d MB", rows, time.Since(began).Round(time.Second), bytes>>20)
	if bytes > peakMemory && !raceDetector {
		t.Errorf("an import of %d rows took %d MB", rows, bytes>>20)
	}
	items := s.Items(slug)
	if len(items) != rows {
		t.Errorf("the dataset has %d items, want %d", len(items), rows)
	}
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		if item.Registrations != 1 || seen[item.Key] {
			t.Fatalf("%s was registered %d times", item.Key, item.Registrations)
		}
		seen[item.Key] = true
	}
}

func writeRows(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	_, _ = w.WriteString("key,width,height,folder\n")
	for i := range n {
		_, _ = fmt.Fprintf(w, "archive/2026/%03d/shot_%07d.jpg,4000,3000,\n", i%1000, i)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
}
