//go:build unix

package process

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/unicode/norm"

	"darwin-uploader/uploader/sandbox"
)

func sum(content []byte) string {
	h := sha256.Sum256(content)
	return hex.EncodeToString(h[:])
}

// collection is files of all formats and of all sorts of names, by path below
// its folder.
func collection(t *testing.T) map[string][]byte {
	t.Helper()
	formats := []struct {
		ending  string
		content []byte
	}{
		{".jpg", jpegFile(t)}, {".JPEG", jpegFile(t)}, {".png", pngFile(t)}, {".tiff", tiffFile(t)}, {".tif", tiffFile(t)},
		{".bmp", bmpFile(t)}, {".webp", webpFile(t)}, {".mp4", mp4File(t)}, {".pdf", pdfFile(t)}, {".dcm", dicomFile(t)},
		{"", dicomFile(t)},
	}
	names := []string{
		"plain", "with space", "schön", "cafe\u0301", "日本語", "emoji 😀", "100%", "%2e%2f", "a#b", `"quoted" it's`, ".hidden",
		"semi;colon&amp=1+1", "question?", "a=b", "-dash", "ﷺ وثيقة", "tab less  two spaces",
	}
	all := map[string][]byte{"one byte.jpg": {'x'}}
	for i, name := range names {
		for j, f := range formats {
			if f.ending == "" && name == ".hidden" {
				continue // what follows the dot is then its ending, and none of Darwin's
			}
			folder := []string{"", "ö 日本語 😀 % #/deep", "Alder Creek"}[(i+j)%3]
			// Each file is its own, so that none can pass for another. What
			// follows a format's end is ignored by those who read it.
			all[filepath.Join(folder, name+f.ending)] = fmt.Appendf(f.content[:len(f.content):len(f.content)], "\n%d %d", i, j)
		}
	}
	return all
}

func TestEveryFormatAndNameArrivesByteForByteInBothVersions(t *testing.T) {
	files := collection(t)
	dir := filepath.Join(t.TempDir(), "May 2026")
	total := int64(0)
	for name, content := range files {
		write(t, filepath.Join(dir, name), content)
		total += int64(len(content))
	}
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			s := startDarwin(t, sandbox.Config{})
			end := launch(t, uploadTo(s, "--json", "--dataset", slug, "--path", "base", "--tag", "deer", "--tag", "observer=Ö. Fox", dir)).wait()
			r := end.result(t)
			if end.code != 0 || r.Files != len(files) || r.Uploaded != len(files) || r.Bytes != total || end.err != "" {
				t.Fatalf("exit %d, %+v\n%s", end.code, r, end.err)
			}
			got := map[string]sandbox.Item{}
			for _, item := range s.Items(slug) {
				got[item.Folder+"/"+item.Name] = item
			}
			if len(got) != len(files) {
				t.Errorf("the dataset has %d items, want %d", len(got), len(files))
			}
			for name, content := range files {
				place := norm.NFC.String("/base/May 2026/" + filepath.ToSlash(name))
				item := got[place]
				if item.SHA256 != sum(content) || item.Size != int64(len(content)) {
					t.Errorf("%s arrived with %d bytes as %q, want %d as %q", place, item.Size, item.SHA256, len(content), sum(content))
				}
				if item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 || item.Tags["observer"] != "Ö. Fox" {
					t.Errorf("%s: %+v", place, item)
				}
				if want := typeOf(filepath.Ext(item.Name)); want != "" && item.Type != want {
					t.Errorf("%s is of type %q, want %q", place, item.Type, want)
				}
			}
		})
	}
}

// typeOf is the type that Darwin tells from an ending.
func typeOf(ending string) string {
	switch ending {
	case ".jpg", ".JPEG", ".png", ".tif", ".tiff", ".bmp", ".webp":
		return "image"
	case ".mp4":
		return "video"
	case ".pdf":
		return "pdf"
	case ".dcm", "":
		return "dicom"
	}
	return ""
}

// large writes a file of a size with a few blocks of noise in it, the rest is
// a hole, and gives its SHA-256.
func large(t *testing.T, path string, size int64) string {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	must(t, 0, f.Truncate(size))
	noise := rand.NewChaCha8([32]byte{1})
	block := make([]byte, 64<<10)
	for _, at := range []int64{0, size / 3, size/2 + 12345, size - int64(len(block))} {
		must(t, 0, second(noise.Read(block)))
		must(t, 0, second(f.WriteAt(block, at)))
	}
	h := sha256.New()
	must(t, 0, second(f.Seek(0, io.SeekStart)))
	must(t, 0, second(io.Copy(h, f)))
	return hex.EncodeToString(h.Sum(nil))
}

func second[T any](_ T, err error) error { return err }
