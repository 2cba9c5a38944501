package main

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// goBenchmark is a benchmark of a package, of which one figure is shown.
type goBenchmark struct {
	name, folder, pattern string
	claim                 string
}

var goBenchmarks = []goBenchmark{
	{"intake, 100,000 files", "./uploader/intake", "^BenchmarkScan$", "under 2 s"},
	{"window, 100,000 rows: a look", "./gui/upload", "^BenchmarkTickOfAHundredThousand$", "under 50 ms"},
	{"window, 100,000 rows: a paint", "./gui/queue", "^BenchmarkAPaintOfAHundredThousandRows$", "under 50 ms"},
}

// goBenchmarks runs the benchmarks that lie beside the code they are about.
func (b *bench) goBenchmarks(t table) error {
	if b.quick {
		return nil // they have a clock of their own, and the tests compile them
	}
	for _, g := range goBenchmarks {
		if !strings.Contains(g.name, b.only) {
			continue
		}
		out, err := exec.Command("go", "test", "-run", "^$", "-bench", g.pattern, g.folder).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", g.name, err, out)
		}
		for _, f := range figures(string(out)) {
			t.figure(g.name+f.part, fmt.Sprintf("%.1f ms", f.ns/1e6), g.claim)
		}
	}
	return nil
}

type figure struct {
	part string // of the name, after the slash
	ns   float64
}

// figures reads what go test -bench prints.
func figures(out string) (all []figure) {
	for line := range strings.Lines(out) {
		words := strings.Fields(line)
		if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") || words[3] != "ns/op" {
			continue
		}
		ns, err := strconv.ParseFloat(words[2], 64)
		if err != nil {
			continue
		}
		_, part, ok := strings.Cut(words[0], "/")
		if i := strings.LastIndexByte(part, '-'); i > 0 {
			part = part[:i]
		}
		if ok {
			part = ", " + part
		}
		all = append(all, figure{part, ns})
	}
	return all
}
