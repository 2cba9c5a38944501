package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"time"

	"darwin-uploader/uploader/cli"
)

const (
	// figuresEnv names the file for the figures; with it, this program is the
	// upload that is watched.
	figuresEnv = "DARWIN_UPLOADER_SOAK_FIGURES"
	homeEnv    = "DARWIN_UPLOADER_HOME"
)

// figures are what one upload took. Uploaded comes from its own result.
type figures struct {
	Code       int    `json:"code"`
	Memory     uint64 `json:"memory"` // at most, in bytes
	Goroutines int    `json:"goroutines"`
	AtTheEnd   int    `json:"at_the_end"`
	Samples    int    `json:"samples"`
	Uploaded   int    `json:"uploaded,omitempty"`
}

// watched uploads and writes down what that took.
func watched(args []string) int {
	var f figures
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			f.sample()
			select {
			case <-over:
				return
			case <-tick.C:
			}
		}
	}()
	f.Code = cli.Upload(context.Background(), cli.Env{
		Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, JournalDir: os.Getenv(homeEnv), Version: "soak",
	}, args)
	close(over)
	<-done
	f.AtTheEnd = runtime.NumGoroutine()
	if peak := peakOfProcess(); peak > 0 {
		f.Memory = peak
	}
	text, err := json.Marshal(f)
	if err == nil {
		err = os.WriteFile(os.Getenv(figuresEnv), text, 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 70
	}
	return f.Code
}

func (f *figures) sample() {
	of := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(of)
	f.Samples++
	f.Goroutines = max(f.Goroutines, runtime.NumGoroutine())
	f.Memory = max(f.Memory, of[0].Value.Uint64()-of[1].Value.Uint64())
}

// peakOfProcess is the most memory that this process ever had resident, 0
// where the system does not tell; Go's own count then stands for it.
func peakOfProcess() uint64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		rest, ok := bytes.CutPrefix(line, []byte("VmHWM:"))
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(rest), []byte("kB")))), 10, 64)
		if err != nil {
			return 0
		}
		return n << 10
	}
	return 0
}
