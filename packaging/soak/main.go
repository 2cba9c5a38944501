package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"darwin-uploader/uploader/sandbox"
)

// The bounds of a soak. The memory is what the system says that the process
// had at most, in bytes; it grows with the number of files by less than 2 KB
// for each.
const (
	maxMemory     = 160 << 20
	maxGoroutines = 400
)

// weather is what goes wrong, each with its share of the calls.
func weather(seed uint64) []sandbox.Fault {
	all := []sandbox.Fault{
		{Call: sandbox.Any, Status: 503, Probability: 0.02},
		{Call: sandbox.Store, Cut: true, CutAfter: 400, Probability: 0.02},
		{Call: sandbox.Sign, Status: 500, Probability: 0.02},
		{Call: sandbox.Sign, Expire: true, Probability: 0.02},
		{Call: sandbox.Store, LoseReply: true, Probability: 0.02},
		{Call: sandbox.Confirm, LoseReply: true, Probability: 0.02},
		{Call: sandbox.Register, LoseReply: true, Probability: 0.1},
		// Rare, because all requests wait after the one and half a minute goes
		// by in the other.
		{Call: sandbox.Any, Status: 429, RetryAfter: "1", Probability: 0.0002},
		{Call: sandbox.Store, Stall: true, StallAfter: 100, Probability: 0.0005},
	}
	for i := range all {
		all[i].Seed = seed*100 + uint64(i)
	}
	return all
}

func main() {
	if os.Getenv(figuresEnv) != "" {
		os.Exit(watched(os.Args[1:]))
	}
	files := flag.Int("files", 20_000, "how many files")
	seed := flag.Uint64("seed", 1, "of everything that is left to chance")
	dataset := flag.String("dataset", "camera-traps-2026", "camera-traps-2026 (version 2) or old-archive (version 1)")
	workers := flag.Int("workers", 0, "how many files at once, 0 for automatic")
	limit := flag.Duration("limit", 10*time.Minute, "how long it may take at most")
	flag.Parse()
	if err := soak(*files, *seed, *workers, *dataset, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

// soak does one, and says what it took.
func soak(files int, seed uint64, workers int, dataset string, limit time.Duration) (err error) {
	dir, err := os.MkdirTemp("", "soak-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	sums, err := makeFiles(filepath.Join(dir, "season"), files, seed)
	if err != nil {
		return err
	}
	s, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		return err
	}
	defer func() {
		if closing := s.Close(); err == nil {
			err = closing
		}
	}()
	for _, f := range weather(seed) {
		s.Inject(f)
	}
	began := time.Now()
	got, err := run(s, dir, workers, dataset, limit)
	took := time.Since(began)
	if err != nil {
		return err
	}
	fmt.Printf("%d files in %.0f s: %.0f files a second, %d requests\n", files, took.Seconds(), float64(files)/took.Seconds(), len(s.Requests()))
	fmt.Printf("memory at most %.0f MiB (%.0f allowed), goroutines at most %d (%d allowed), %d at the end, %d samples\n",
		float64(got.Memory)/(1<<20), float64(maxMemory)/(1<<20), got.Goroutines, maxGoroutines, got.AtTheEnd, got.Samples)
	switch {
	case got.Code != 0 || got.Uploaded != files:
		return fmt.Errorf("it ended with %d and says that %d of %d files arrived", got.Code, got.Uploaded, files)
	case got.Memory > maxMemory:
		return fmt.Errorf("it took %d MiB of memory", got.Memory>>20)
	case got.Goroutines > maxGoroutines:
		return fmt.Errorf("it had %d goroutines", got.Goroutines)
	case took > limit:
		return fmt.Errorf("it took %v", took)
	}
	return exactlyOnce(s.Items(dataset), sums)
}

// makeFiles writes files of up to 4 KB, all different, and gives their SHA-256
// by place in Darwin.
func makeFiles(dir string, files int, seed uint64) (map[string]string, error) {
	sums := make(map[string]string, files)
	dice := rand.New(rand.NewPCG(seed, 1))
	for i := range files {
		folder := fmt.Sprintf("trap %02d", i%40)
		if i < 40 {
			if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
				return nil, err
			}
		}
		content := make([]byte, 1+dice.IntN(4000))
		for j := range content {
			content[j] = byte(dice.Uint32())
		}
		content = fmt.Appendf(content, "%d", i)
		name := fmt.Sprintf("%05d.jpg", i)
		if err := os.WriteFile(filepath.Join(dir, folder, name), content, 0o600); err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		sums["/season/"+folder+"/"+name] = hex.EncodeToString(sum[:])
	}
	return sums, nil
}

// run uploads with a process of its own, and gives what that took.
func run(s *sandbox.Sandbox, dir string, workers int, dataset string, limit time.Duration) (figures, error) {
	self, err := os.Executable()
	if err != nil {
		return figures{}, err
	}
	into := filepath.Join(dir, "figures.json")
	args := []string{"--json", "--no-wait", "--no-direct", "-d", dataset, filepath.Join(dir, "season")}
	if workers > 0 {
		args = append(args, "--workers", strconv.Itoa(workers))
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), figuresEnv+"="+into, "DARWIN_BASE_URL="+s.URL(), "DARWIN_API_KEY="+s.Key(), homeEnv+"="+filepath.Join(dir, "home"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return figures{}, err
	}
	if err := cmd.Start(); err != nil {
		return figures{}, err
	}
	late := time.AfterFunc(2*limit, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	result, err := io.ReadAll(bufio.NewReader(out))
	if err != nil {
		return figures{}, err
	}
	_ = cmd.Wait() // its code is in the figures
	text, err := os.ReadFile(into)
	if err != nil {
		return figures{}, fmt.Errorf("it did not end well: %w", err)
	}
	var got figures
	if err := json.Unmarshal(text, &got); err != nil {
		return figures{}, err
	}
	return got, json.Unmarshal(result, &got)
}

// exactlyOnce checks what is in the dataset against what was sent.
func exactlyOnce(items []sandbox.Item, sums map[string]string) error {
	if len(items) != len(sums) {
		return fmt.Errorf("%d items for %d files", len(items), len(sums))
	}
	for _, item := range items {
		place := item.Folder + "/" + item.Name
		if sums[place] != item.SHA256 || item.Confirms == 0 || item.Files != 1 {
			return fmt.Errorf("%s is not there once and whole: %+v", place, item)
		}
		delete(sums, place)
	}
	fmt.Println("every file is there once and whole")
	return nil
}
