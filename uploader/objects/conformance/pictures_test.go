package conformance

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// noisy is a picture that does not compress well, so that its file is large.
func noisy(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	x := uint32(1)
	for i := range m.Pix {
		x = x*1664525 + 1013904223
		m.Pix[i] = byte(x >> 24)
	}
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255
	}
	m.Set(0, 0, color.White)
	return m
}

// webp is a lossless WebP of one colour: each of its five codes has a single
// symbol, so that its pixels take no bits.
func webp(w, h int) []byte {
	var bits []bool
	put := func(value, n int) {
		for i := range n {
			bits = append(bits, value>>i&1 == 1)
		}
	}
	put(0x2f, 8)
	put(w-1, 14)
	put(h-1, 14)
	put(0, 1+3+3) // no alpha, version 0, no transform, no cache of colours, no further codes
	for _, symbol := range []int{120, 200, 40, 255} {
		put(0b101, 3) // a simple code of one symbol of 8 bits
		put(symbol, 8)
	}
	put(0b001, 3)
	put(0, 1)
	data := make([]byte, (len(bits)+7)/8)
	for i, bit := range bits {
		if bit {
			data[i/8] |= 1 << (i % 8)
		}
	}
	if len(data)%2 == 1 {
		data = append(data, 0)
	}
	size := func(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
	return slices.Concat([]byte("RIFF"), size(12+len(data)), []byte("WEBPVP8L"), size(len(data)), data)
}

// turned is a JPEG whose EXIF says that its camera lay on its side, after a
// note of the maker's of some KB, as cameras write it.
func turned(picture []byte) []byte {
	exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08" + // big-endian, the directory at 8
		"\x00\x01" + // one entry
		"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" + // orientation, a short number: 6
		"\x00\x00\x00\x00")
	segment := func(marker byte, data []byte) []byte {
		return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2)), data...)
	}
	return slices.Concat(picture[:2], segment(0xe1, exif), segment(0xed, make([]byte, 3000)), picture[2:])
}

func encoded(t *testing.T, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, m, nil) })
}

// sizes are those that the shots are to be registered with.
var sizes = map[string][2]int{
	"upright.jpg": {900, 675}, "turned.jpg": {675, 900}, "b.png": {900, 675}, "c.tif": {900, 675}, "d.webp": {33, 17}, "e.bmp": {900, 675},
}

// shots are real files of all sorts, and a film with 60 frames beside them.
func shots(t *testing.T) map[string][]byte {
	t.Helper()
	picture := noisy(900, 675)
	upright := jpegOf(t, picture)
	files := map[string][]byte{
		"shots/upright.jpg": upright,
		"shots/turned.jpg":  turned(upright),
		"shots/b.png":       encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, picture) }),
		"shots/c.tif":       encoded(t, func(b *bytes.Buffer) error { return tiff.Encode(b, picture, nil) }),
		"shots/d.webp":      webp(33, 17),
		"shots/e.bmp":       encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, picture) }),
		"shots/f.mp4":       []byte("the video itself is not looked at"),
		"shots/notes.txt":   []byte("not meant"),
	}
	frame := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, noisy(320, 180)) })
	for i := range 60 {
		files[fmt.Sprintf("frames/f/%03d.png", i+1)] = frame
	}
	return files
}
