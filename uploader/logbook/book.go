package logbook

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"gopkg.in/natefinch/lumberjack.v2"

	"darwin-uploader/uploader/fault"
)

// The log is one file that is written and four older ones, of 2 MiB each.
const (
	logName     = "darwin-uploader.log"
	maxMegabyte = 2
	maxOlder    = 4
)

// Off is the level at which nothing is logged.
const Off = slog.Level(math.MaxInt32)

// Levels are the words for the levels, the most talkative first.
func Levels() []string { return []string{"debug", "info", "warn", "error", "off"} }

// ParseLevel reads one of Levels; the error is a fault of kind Usage.
func ParseLevel(word string) (slog.Level, error) {
	levels := []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError, Off}
	if i := slices.Index(Levels(), strings.ToLower(word)); i >= 0 {
		return levels[i], nil
	}
	return 0, &fault.Error{
		Kind: fault.Usage,
		What: fmt.Sprintf("%q is no level of the log.", word),
		Do:   "Choose one of " + strings.Join(Levels(), ", ") + ".",
	}
}

// FolderIn is the log's folder in the program's own folder.
func FolderIn(home string) string { return filepath.Join(home, "logs") }

// Book is one program's log and what belongs to it.
type Book struct {
	dir   string
	level slog.LevelVar
	sink  *sink
	log   *slog.Logger
	names names

	mu     sync.Mutex
	hidden []string
	crash  *Crash
	dump   *os.File // where a crash is written, nil if nowhere
}

// Open begins a log in a folder and makes the folder if need be. It never
// fails: a log that cannot be kept is no reason not to work, and Problem tells
// about it. An empty dir keeps nothing.
func Open(dir string, level slog.Level) *Book {
	b := &Book{dir: dir, names: names{dir: dir}}
	b.level.Set(level)
	var to io.WriteCloser = nowhere{}
	var problem error
	if dir != "" {
		problem = os.MkdirAll(dir, 0o700)
		to = &lumberjack.Logger{Filename: filepath.Join(dir, logName), MaxSize: maxMegabyte, MaxBackups: maxOlder}
	}
	b.sink = newSink(to, problem)
	handler := slog.NewJSONHandler(b.sink, &slog.HandlerOptions{Level: &b.level})
	b.log = slog.New(handler).With("pid", os.Getpid())
	return b
}

// Log is where to log.
func (b *Book) Log() *slog.Logger { return b.log }

// Dir is the folder of the log, "" if none is kept.
func (b *Book) Dir() string { return b.dir }

// SetLevel changes what is logged from now on.
func (b *Book) SetLevel(level slog.Level) { b.level.Set(level) }

// Hide makes secrets that the program knows vanish from everything that is
// written or shown from now on, however they are written: as they are, as
// addresses write them, in JSON, in base64. Of a key with a dot, the second
// part alone vanishes, too. What is shorter than 6 bytes is passed over: it
// would tear holes into ordinary words.
func (b *Book) Hide(secrets ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range secrets {
		for _, form := range formsOf(strings.TrimSpace(s)) {
			if !slices.Contains(b.hidden, form) {
				b.hidden = append(b.hidden, form)
			}
		}
	}
	// The longest first, so that none is cut apart by one that is part of it.
	slices.SortFunc(b.hidden, func(a, c string) int { return len(c) - len(a) })
	b.sink.setHidden(b.hidden)
}

// Redact gives text as it may be written and shown.
func (b *Book) Redact(text string) string { return b.sink.redact(text) }

// Problem says why lines are being dropped, nil if none is.
func (b *Book) Problem() *fault.Error {
	err := b.sink.problem()
	if err == nil {
		return nil
	}
	err = errors.New(b.names.without(err.Error())) // the library tells paths in its texts
	return &fault.Error{
		Kind: fault.Disk,
		What: "The log cannot be written on this computer.",
		Safe: "Uploads go on all the same.",
		Do:   "Look whether the disk is full, or the folder of the settings is write-protected.",

		Detail: err.Error(), Err: err,
	}
}

// Close ends the log. What is logged afterwards goes nowhere.
func (b *Book) Close() error {
	b.forgetCrashes()
	return b.sink.close()
}

// nowhere is the file of a log that is not kept.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) Close() error                { return nil }
