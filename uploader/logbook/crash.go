package logbook

import (
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"
)

const (
	dumpName    = "crash.txt"   // what the runtime writes into when the program dies
	keptPattern = "crash-*.txt" // what is kept of that
	keptLayout  = "crash-20060102-150405.txt"
	maxKept     = 3
	maxDump     = 1 << 20 // bytes; the goroutine that crashed comes first
)

// Crash is what an earlier run left behind when it crashed.
type Crash struct {
	At   time.Time
	File string // in the log's folder
	Text string // redacted; the paths in it are those of the program's source
}

// CatchCrashes makes the runtime write into the log's folder, too, what it
// says when the program crashes, and looks whether an earlier run has crashed:
// LastCrash then tells. A crash is written as it comes, for a program that dies
// cannot redact any more; it is redacted here, before anybody is shown it.
// Crashes that the folder does not take go to the standard error only.
func (b *Book) CatchCrashes() {
	if b.dir == "" {
		return
	}
	path := filepath.Join(b.dir, dumpName)
	// Several programs may have the file open; what they append does not mix
	// with what was there.
	dump, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		b.log.Warn("crashes cannot be kept", "detail", b.names.without(err.Error()))
		return
	}
	last := b.collect(dump)
	if err := debug.SetCrashOutput(dump, debug.CrashOptions{}); err != nil {
		b.log.Warn("crashes cannot be kept", "detail", b.names.without(err.Error()))
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.crash, b.dump = last, dump
}

// collect takes what a crash left in the file out of it and keeps it redacted.
func (b *Book) collect(dump *os.File) *Crash {
	info, err := dump.Stat()
	if err != nil || info.Size() == 0 {
		return nil
	}
	raw, err := io.ReadAll(io.NewSectionReader(dump, 0, maxDump))
	if err != nil {
		b.log.Warn("a crash cannot be read", "detail", b.names.without(err.Error()))
		return nil
	}
	crash := &Crash{At: info.ModTime(), Text: b.names.without(b.Redact(string(raw)))}
	crash.File = filepath.Join(b.dir, crash.At.Format(keptLayout))
	if err := os.WriteFile(crash.File, []byte(crash.Text), 0o600); err != nil {
		crash.File = ""
		b.log.Warn("a crash cannot be kept", "detail", b.names.without(err.Error()))
	}
	if err := dump.Truncate(0); err != nil {
		b.log.Warn("a crash cannot be tidied away", "detail", b.names.without(err.Error()))
	}
	b.log.Error("the last run crashed", "at", crash.At)
	b.thin()
	return crash
}

// thin removes all but the newest crashes.
func (b *Book) thin() {
	kept, _ := filepath.Glob(filepath.Join(b.dir, keptPattern)) // the pattern is well-formed
	slices.Sort(kept)
	for len(kept) > maxKept {
		_ = os.Remove(kept[0]) // one more that is kept does no harm
		kept = kept[1:]
	}
}

// LastCrash is the crash that CatchCrashes found, false if there was none.
func (b *Book) LastCrash() (Crash, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.crash == nil {
		return Crash{}, false
	}
	return *b.crash, true
}

// forgetCrashes ends CatchCrashes.
func (b *Book) forgetCrashes() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.dump == nil {
		return
	}
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{}) // fails with a file only
	_ = b.dump.Close()
	b.dump = nil
}
