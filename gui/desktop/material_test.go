package desktop

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// material is what a test drops: real files in a real folder, and what has to become of them.
type material struct {
	t    *testing.T
	root string
	want map[string]string // "/folder/name" in Darwin to the SHA-256 of the file
	left []string          // paths of what has to be left out
	seed int
}

func newMaterial(t *testing.T, root string) *material {
	return &material{t: t, root: root, want: map[string]string{}}
}

// put writes a file at a path below the root, with pixels or bytes that its ending promises, and expects it in Darwin.
func (m *material) put(below string) *material {
	m.t.Helper()
	return m.putBytes(below, m.content(filepath.Ext(below)))
}

// putBytes is put with content of the test's own.
func (m *material) putBytes(below string, data []byte) *material {
	m.t.Helper()
	m.write(below, data)
	sum := sha256.Sum256(data)
	m.want["/"+norm.NFC.String(below)] = hex.EncodeToString(sum[:])
	return m
}

// leave writes a file that has to be left out.
func (m *material) leave(below, content string) *material {
	m.t.Helper()
	m.write(below, []byte(content))
	m.left = append(m.left, m.at(below))
	return m
}

func (m *material) write(below string, data []byte) {
	m.t.Helper()
	at := m.at(below)
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(at, data, 0o600); err != nil {
		m.t.Fatal(err)
	}
}

func (m *material) at(below string) string { return filepath.Join(m.root, filepath.FromSlash(below)) }

// content makes each file another one.
func (m *material) content(ending string) []byte {
	m.t.Helper()
	m.seed++
	var data bytes.Buffer
	var err error
	switch strings.ToLower(ending) {
	case ".jpg", ".jpeg":
		err = jpeg.Encode(&data, landscape(640, 480, m.seed), &jpeg.Options{Quality: 85})
	case ".png":
		err = png.Encode(&data, landscape(320, 240, m.seed))
	default:
		data.WriteString("only the ending says what this is: " + ending + " ")
		data.Write(bytes.Repeat([]byte{byte(m.seed)}, 3000+m.seed))
	}
	if err != nil {
		m.t.Fatal(err)
	}
	return data.Bytes()
}

// landscape paints hills under a sky, other ones for each seed.
func landscape(width, height, seed int) image.Image {
	hues := [...]struct{ sky, far, near color.RGBA }{
		{color.RGBA{205, 226, 236, 255}, color.RGBA{134, 170, 150, 255}, color.RGBA{63, 104, 78, 255}},
		{color.RGBA{244, 205, 168, 255}, color.RGBA{176, 132, 128, 255}, color.RGBA{84, 66, 82, 255}},
		{color.RGBA{222, 232, 214, 255}, color.RGBA{168, 190, 120, 255}, color.RGBA{96, 134, 70, 255}},
		{color.RGBA{66, 78, 104, 255}, color.RGBA{46, 56, 78, 255}, color.RGBA{24, 30, 46, 255}},
		{color.RGBA{236, 228, 206, 255}, color.RGBA{204, 178, 126, 255}, color.RGBA{142, 106, 62, 255}},
	}
	hue := hues[seed*2654435761>>16%len(hues)]
	shift := float64(seed) * 1.7
	ridge := func(x, base, size, wave float64) float64 {
		return base + size*math.Sin(x*wave+shift) + size/3*math.Sin(x*wave*2.7+2*shift)
	}
	sunX, sunY := 0.2+0.6*math.Abs(math.Sin(shift)), 0.22
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			fx, fy := float64(x)/float64(width), float64(y)/float64(height)
			c := mix(hue.sky, color.RGBA{255, 255, 255, 255}, fy*0.7)
			if math.Hypot((fx-sunX)*float64(width)/float64(height), fy-sunY) < 0.07 {
				c = color.RGBA{255, 246, 214, 255}
			}
			if fy > ridge(fx, 0.52, 0.09, 7) {
				c = mix(hue.far, hue.sky, 0.25)
			}
			if fy > ridge(fx, 0.68, 0.06, 11) {
				c = mix(hue.near, color.RGBA{0, 0, 0, 255}, (fy-0.6)*0.5)
			}
			picture.SetRGBA(x, y, c)
		}
	}
	return picture
}

func mix(a, b color.RGBA, part float64) color.RGBA {
	of := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*part) }
	return color.RGBA{of(a.R, b.R), of(a.G, b.G), of(a.B, b.B), 255}
}
