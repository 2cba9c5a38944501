package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// many makes n small files with a picture's name in folders of a thousand.
func many(b *testing.B, n int) string {
	b.Helper()
	root := b.TempDir()
	for i := range n {
		dir := filepath.Join(root, fmt.Sprintf("folder %d", i/1000))
		if i%1000 == 0 {
			must(b, os.Mkdir(dir, 0o700))
		}
		must(b, os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%d.JPG", i)), []byte("x"), 0o644))
	}
	return root
}

// BenchmarkScan walks 100,000 files in 100 folders. "checked" are files that
// only their owner may read, so that each is opened once; the difference is
// what opening costs on a local disk.
func BenchmarkScan(b *testing.B) {
	const files = 100_000
	root := many(b, files)
	for _, c := range []struct {
		name string
		perm os.FileMode
	}{{"plain", 0o644}, {"checked", 0o600}} {
		paths, err := filepath.Glob(filepath.Join(root, "*", "*"))
		must(b, err)
		for _, p := range paths {
			must(b, os.Chmod(p, c.perm))
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				must(b, Scan(b.Context(), []string{root}, Options{}, func(f Found) { n += len(f.Files) }))
				if n != files {
					b.Fatalf("found %d files", n)
				}
			}
			b.ReportMetric(float64(files*b.N)/b.Elapsed().Seconds(), "files/s")
		})
	}
}

// BenchmarkScanNamed takes 100,000 files that were named one by one, as a drop
// of a big selection is.
func BenchmarkScanNamed(b *testing.B) {
	root := many(b, 100_000)
	paths, err := filepath.Glob(filepath.Join(root, "*", "*"))
	must(b, err)
	for b.Loop() {
		must(b, Scan(b.Context(), paths, Options{Flat: true}, func(Found) {}))
	}
}
