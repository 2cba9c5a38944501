package logbook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// maxTail is how much of the log's end is read for a report, in bytes, and
// maxCrashText how much of a crash goes into it.
const (
	maxTail      = 256 << 10
	maxCrashText = 16 << 10
)

// Fact is one line of a report: "Version: 1.2.3".
type Fact struct{ Name, Value string }

// Facts are what the caller knows for a report. None of it need be redacted.
type Facts struct {
	Version  string
	Settings []Fact // without keys; paths among them are marked like all others
	Counts   []Fact // what became of the files: "In Darwin: 412"
	Lines    int    // of the log, 200 if 0
	// Names keeps the names of files and folders, because the person chose so.
	Names bool
}

// Report is the text that a person copies for support. It is redacted, and
// unless Names is set, names of files and folders are marks in it.
func (b *Book) Report(f Facts) string {
	var t strings.Builder
	fmt.Fprintf(&t, "Darwin Uploader %s\n%s %s, %d processors, %s\n%s\n",
		f.Version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), time.Now().Format(time.RFC3339))
	b.facts(&t, "Settings", f.Settings, f.Names)
	b.facts(&t, "Files", f.Counts, f.Names)
	if p := b.Problem(); p != nil {
		fmt.Fprintf(&t, "\nThe log is not complete: %s\n", p.Detail)
	}
	if crash, ok := b.LastCrash(); ok {
		text := crash.Text
		if len(text) > maxCrashText {
			text = strings.ToValidUTF8(text[:maxCrashText], "") + "\n(shortened)\n"
		}
		fmt.Fprintf(&t, "\nCrash of %s\n%s\n", crash.At.Format(time.RFC3339), text)
	}
	if f.Lines == 0 {
		f.Lines = 200
	}
	t.WriteString("\nLog\n")
	for _, line := range b.tail(f.Lines) {
		if !f.Names {
			line = b.unnamed(line)
		}
		t.WriteString(line + "\n")
	}
	return b.Redact(t.String())
}

func (b *Book) facts(to io.Writer, title string, facts []Fact, withNames bool) {
	if len(facts) == 0 {
		return
	}
	fmt.Fprintf(to, "\n%s\n", title)
	for _, fact := range facts {
		shown := strings.ReplaceAll(fact.Value, "\n", " ")
		if !withNames {
			shown = b.names.without(shown)
		}
		fmt.Fprintf(to, "  %s: %s\n", fact.Name, shown)
	}
}

// tail is the last n lines of the log's file, fewer if they are long.
func (b *Book) tail(n int) []string {
	if b.dir == "" {
		return nil
	}
	f, err := os.Open(filepath.Join(b.dir, logName))
	if err != nil {
		return nil // no line was kept yet; Problem tells if that is wrong
	}
	defer func() { _ = f.Close() }()
	if size, err := f.Seek(0, io.SeekEnd); err == nil {
		_, _ = f.Seek(max(0, size-maxTail), io.SeekStart)
	}
	end, _ := io.ReadAll(io.LimitReader(f, maxTail))
	lines := strings.Split(strings.TrimSpace(string(end)), "\n")
	if len(end) == maxTail {
		lines = lines[1:] // cut in two
	}
	return lines[max(0, len(lines)-n):]
}

// nameKeys are the attributes whose values are names, see the package's
// documentation.
var nameKeys = []string{"path", "file", "name", "folder", "item", "root"}

// unnamed is a line of the log with marks for the names in it.
func (b *Book) unnamed(line string) string {
	var fields map[string]any
	decoder := json.NewDecoder(strings.NewReader(line))
	decoder.UseNumber()
	if decoder.Decode(&fields) != nil {
		return b.names.without(line)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(b.marked("", fields)) != nil {
		return b.names.without(line)
	}
	return strings.TrimSpace(out.String())
}

// marked is a JSON value with marks for the names in it; key is its own name.
func (b *Book) marked(key string, v any) any {
	switch v := v.(type) {
	case string:
		if v != "" && slices.Contains(nameKeys, strings.ToLower(key)) {
			return b.names.mark(v)
		}
		return b.names.without(v)
	case []any:
		for i := range v {
			v[i] = b.marked(key, v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = b.marked(k, v[k])
		}
	}
	return v
}
