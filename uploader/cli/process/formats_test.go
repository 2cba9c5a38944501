//go:build unix

package process

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/gabriel-vasile/mimetype"
	"github.com/suyashkumar/dicom"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	_ "golang.org/x/image/webp" // to decode it
)

// The formats that Darwin takes, each as a small file that other programs open.

func must[T any](t *testing.T, x T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * 7)
	}
	m.Set(3, 4, color.White)
	return m
}

func jpegFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, 0, jpeg.Encode(&b, picture(), nil))
	return b.Bytes()
}

func pngFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, 0, png.Encode(&b, picture()))
	return b.Bytes()
}

func tiffFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, 0, tiff.Encode(&b, picture(), &tiff.Options{Compression: tiff.Deflate}))
	return b.Bytes()
}

func bmpFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, 0, bmp.Encode(&b, picture()))
	return b.Bytes()
}

// webpFile is one pixel; Go has no encoder.
func webpFile(t *testing.T) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	return must(t, b, err)
}

// box is an ISO base media box around its parts.
func box(kind string, parts ...[]byte) []byte {
	content := bytes.Join(parts, nil)
	b := binary.BigEndian.AppendUint32(nil, uint32(8+len(content)))
	return append(append(b, kind...), content...)
}

// full is a box with a version (0) and flags.
func full(kind string, flags uint32, parts ...[]byte) []byte {
	return box(kind, append([][]byte{u32(flags)}, parts...)...)
}

func u16(values ...uint16) (b []byte) {
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}

func u32(values ...uint32) (b []byte) {
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// mp4File is a video of one frame, which is a JPEG, shown for a second.
func mp4File(t *testing.T) []byte {
	t.Helper()
	const width, height, timescale = 48, 32, 1000
	frame := jpegFile(t)
	matrix := u32(1<<16, 0, 0, 0, 1<<16, 0, 0, 0, 1<<30)
	head := box("ftyp", []byte("isom"), u32(0x200), []byte("isommp41"))
	moov := func(offset uint32) []byte {
		sample := box("jpeg", make([]byte, 6), u16(1), make([]byte, 16), u16(width, height), u32(72<<16, 72<<16, 0),
			u16(1), make([]byte, 32), u16(24, 0xffff))
		table := box("stbl",
			full("stsd", 0, u32(1), sample), full("stts", 0, u32(1, 1, timescale)), full("stsc", 0, u32(1, 1, 1, 1)),
			full("stsz", 0, u32(0, 1, uint32(len(frame)))), full("stco", 0, u32(1, offset)))
		media := box("minf", full("vmhd", 1, make([]byte, 8)), box("dinf", full("dref", 0, u32(1), full("url ", 1))), table)
		return box("moov",
			full("mvhd", 0, u32(0, 0, timescale, timescale, 1<<16), u16(0x100), make([]byte, 10), matrix, make([]byte, 24), u32(2)),
			box("trak",
				full("tkhd", 3, u32(0, 0, 1, 0, timescale, 0, 0), u16(0, 0, 0, 0), matrix, u32(width<<16, height<<16)),
				box("mdia",
					full("mdhd", 0, u32(0, 0, timescale, timescale), u16(0x55c4, 0)),
					full("hdlr", 0, u32(0), []byte("vide"), make([]byte, 12), []byte("video\x00")),
					media)))
	}
	offset := len(head) + len(moov(0)) + 8
	return bytes.Join([][]byte{head, moov(uint32(offset)), box("mdat", frame)}, nil)
}

// pdfFile is one empty page.
func pdfFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// element is a DICOM element with a short length, explicit VR, little endian.
func element(group, number uint16, vr string, value []byte) []byte {
	if len(value)%2 == 1 {
		pad := byte(' ')
		if vr == "UI" {
			pad = 0
		}
		value = append(value[:len(value):len(value)], pad)
	}
	b := binary.LittleEndian.AppendUint16(nil, group)
	b = binary.LittleEndian.AppendUint16(b, number)
	b = append(b, vr...)
	if vr == "OB" || vr == "OW" {
		b = binary.LittleEndian.AppendUint32(append(b, 0, 0), uint32(len(value)))
	} else {
		b = binary.LittleEndian.AppendUint16(b, uint16(len(value)))
	}
	return append(b, value...)
}

// dicomFile is a secondary capture of 4 by 4 grey pixels, part 10.
func dicomFile(t *testing.T) []byte {
	t.Helper()
	const capture, instance, explicitLittle = "1.2.840.10008.5.1.4.1.1.7", "1.2.826.0.1.3680043.10.999.1", "1.2.840.10008.1.2.1"
	us := func(v uint16) []byte { return binary.LittleEndian.AppendUint16(nil, v) }
	meta := bytes.Join([][]byte{
		element(2, 0x01, "OB", []byte{0, 1}), element(2, 0x02, "UI", []byte(capture)), element(2, 0x03, "UI", []byte(instance)),
		element(2, 0x10, "UI", []byte(explicitLittle)), element(2, 0x12, "UI", []byte("1.2.826.0.1.3680043.10.999")),
	}, nil)
	return bytes.Join([][]byte{
		make([]byte, 128), []byte("DICM"), element(2, 0x00, "UL", binary.LittleEndian.AppendUint32(nil, uint32(len(meta)))), meta,
		element(0x08, 0x16, "UI", []byte(capture)), element(0x08, 0x18, "UI", []byte(instance)), element(0x08, 0x60, "CS", []byte("OT")),
		element(0x10, 0x10, "PN", []byte("Alder^Fox")),
		element(0x28, 0x02, "US", us(1)), element(0x28, 0x04, "CS", []byte("MONOCHROME2")),
		element(0x28, 0x10, "US", us(4)), element(0x28, 0x11, "US", us(4)),
		element(0x28, 0x100, "US", us(8)), element(0x28, 0x101, "US", us(8)), element(0x28, 0x102, "US", us(7)), element(0x28, 0x103, "US", us(0)),
		element(0x7fe0, 0x10, "OW", []byte("abcdefghijklmnop")),
	}, nil)
}

func TestTheFilesOfTheseTestsAreWhatTheyClaimToBe(t *testing.T) {
	for want, content := range map[string][]byte{
		"image/jpeg": jpegFile(t), "image/png": pngFile(t), "image/tiff": tiffFile(t), "image/bmp": bmpFile(t),
		"image/webp": webpFile(t), "video/mp4": mp4File(t), "application/pdf": pdfFile(t), "application/dicom": dicomFile(t),
	} {
		if got := mimetype.Detect(content); !got.Is(want) {
			t.Errorf("the file for %s is %s", want, got)
		}
	}
	for name, content := range map[string][]byte{
		"jpeg": jpegFile(t), "png": pngFile(t), "tiff": tiffFile(t), "bmp": bmpFile(t), "webp": webpFile(t),
	} {
		if _, got, err := image.Decode(bytes.NewReader(content)); got != name {
			t.Errorf("the %s file decodes as %q: %v", name, got, err)
		}
	}
	content := dicomFile(t)
	if _, err := dicom.Parse(bytes.NewReader(content), int64(len(content)), nil); err != nil {
		t.Errorf("the DICOM file does not parse: %v", err)
	}
}
