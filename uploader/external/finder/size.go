package finder

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // the formats whose headers are read
	_ "image/png"
	"io"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"darwin-uploader/uploader/fault"
)

// MaxHeader is how many bytes of a picture are read at most to find its size.
const MaxHeader = 4 << 20

// firstRead is how many bytes are read at first.
const firstRead = 4 << 10

// most is the largest width and height, in pixels, that is taken for real.
const most = 1_000_000

// Reader is what the finder needs to read; objects.Store is one.
type Reader interface {
	Read(ctx context.Context, key string, offset, length int64) ([]byte, error)
}

// Size finds the width and height of a picture, in pixels, by as little of it
// as it takes. A picture that it cannot read is a fault of kind Unsupported.
func Size(ctx context.Context, r Reader, key string) (width, height int, err error) {
	length := int64(firstRead)
	var head []byte
	for {
		more, err := r.Read(ctx, key, int64(len(head)), length-int64(len(head)))
		if err != nil {
			return 0, 0, err
		}
		head = append(head, more...)
		whole := int64(len(head)) < length
		if len(head) == 0 {
			return 0, 0, unsized(key, "The object is empty.")
		}
		if order := byteOrder(head); order != nil {
			width, height, err = tiffSize(ctx, r, key, head, order)
		} else {
			width, height, err = headerSize(head)
		}
		switch {
		case err == nil && (width < 1 || height < 1 || width > most || height > most):
			return 0, 0, unsized(key, fmt.Sprintf("Its header says %d x %d pixels, which cannot be.", width, height))
		case err == nil:
			return width, height, nil
		case errors.Is(err, image.ErrFormat):
			return 0, 0, unsized(key, "It is not a JPEG, PNG, TIFF, WebP or BMP.")
		case fault.KindOf(err) != fault.Unknown || ctx.Err() != nil:
			return 0, 0, err
		case whole || length >= MaxHeader || !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF):
			return 0, 0, unsized(key, "Its header is damaged.")
		}
		length *= 8
		length = min(length, MaxHeader)
	}
}

func unsized(key, why string) error {
	return &fault.Error{
		Kind: fault.Unsupported, What: fmt.Sprintf("The size of %q could not be found: %s", key, why),
		Do: "Write width and height into the sheet.",
	}
}

// headerSize reads the beginning of a picture; io.EOF or io.ErrUnexpectedEOF
// say that it takes more of it.
func headerSize(head []byte) (width, height int, err error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(head))
	if err != nil {
		return 0, 0, err
	}
	if format == "jpeg" && orientation(head) >= 5 { // lies on its side
		return config.Height, config.Width, nil
	}
	return config.Width, config.Height, nil
}

// byteOrder tells a TIFF, nil for anything else.
func byteOrder(head []byte) binary.ByteOrder {
	if len(head) < 8 {
		return nil
	}
	switch string(head[:2]) {
	case "II":
		if head[3] == 0 && (head[2] == 42 || head[2] == 43) {
			return binary.LittleEndian
		}
	case "MM":
		if head[2] == 0 && (head[3] == 42 || head[3] == 43) {
			return binary.BigEndian
		}
	}
	return nil
}

// The tags of a TIFF's directory that hold its size.
const (
	tagWidth  = 256
	tagHeight = 257
)

// maxEntries is the most entries of a directory that are looked at.
const maxEntries = 4096

// tiffSize reads the first directory of a TIFF or BigTIFF, wherever it lies.
func tiffSize(ctx context.Context, r Reader, key string, head []byte, order binary.ByteOrder) (width, height int, err error) {
	big := order.Uint16(head[2:]) == 43
	countSize, entrySize := int64(2), int64(12)
	at := int64(order.Uint32(head[4:]))
	if big {
		countSize, entrySize = 8, 20
		if len(head) < 16 {
			return 0, 0, errDirectory
		}
		at = int64(order.Uint64(head[8:]))
	}
	if at < 8 {
		return 0, 0, errDirectory
	}
	read := func(offset, length int64) ([]byte, error) {
		if offset >= 0 && offset+length <= int64(len(head)) {
			return head[offset : offset+length], nil
		}
		data, err := r.Read(ctx, key, offset, length)
		if err == nil && int64(len(data)) < length {
			err = errDirectory
		}
		return data, err
	}
	text, err := read(at, countSize)
	if err != nil {
		return 0, 0, err
	}
	entries := int64(order.Uint16(text))
	if big {
		entries = int64(order.Uint64(text))
	}
	if entries < 1 || entries > maxEntries {
		return 0, 0, errDirectory
	}
	directory, err := read(at+countSize, entries*entrySize)
	if err != nil {
		return 0, 0, err
	}
	for i := range entries {
		entry := directory[i*entrySize : (i+1)*entrySize]
		value := entry[entrySize-4:]
		if big {
			value = entry[12:]
		}
		n := int64(order.Uint32(value[:4]))
		if order.Uint16(entry[2:]) == 3 { // a short number
			n = int64(order.Uint16(value))
		} else if big && order.Uint16(entry[2:]) == 16 { // a long one of 8 bytes
			n = int64(order.Uint64(value))
		}
		switch n = min(n, most+1); order.Uint16(entry) {
		case tagWidth:
			width = int(n)
		case tagHeight:
			height = int(n)
		}
	}
	if width == 0 || height == 0 {
		return 0, 0, errDirectory
	}
	return width, height, nil
}

var errDirectory = errors.New("finder: no directory")
