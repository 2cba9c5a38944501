package thumbs

import (
	"bytes"
	"encoding/binary"
)

// exif is what a thumbnail needs of a picture's EXIF block.
type exif struct {
	orientation int    // 1 to 8, 0 if not told
	thumbnail   []byte // the camera's own JPEG, nil if there is none
}

// The tags, as EXIF 2.32 numbers them.
const (
	tagOrientation     = 0x0112
	tagThumbnailOffset = 0x0201
	tagThumbnailLength = 0x0202
)

// parseEXIF reads the EXIF block of a JPEG from the first bytes of the file.
// Whatever is odd about it ends the reading and leaves what was found so far.
func parseEXIF(head []byte) exif {
	if len(head) < 4 || head[0] != 0xFF || head[1] != 0xD8 {
		return exif{}
	}
	for at := 2; at+4 <= len(head); {
		if head[at] != 0xFF {
			return exif{}
		}
		marker := head[at+1]
		length := int(binary.BigEndian.Uint16(head[at+2:]))
		if marker == 0xFF { // filling
			at++
			continue
		}
		if length < 2 || marker == 0xDA { // the picture's data begins
			return exif{}
		}
		body := head[at+4 : max(at+4, min(at+2+length, len(head)))]
		if marker == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return parseTIFF(body[6:])
		}
		at += 2 + length
	}
	return exif{}
}

// parseTIFF reads the block's two directories: of the picture and of its
// thumbnail. All offsets count from the start of b.
func parseTIFF(b []byte) exif {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(b, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return exif{}
	}
	if len(b) < 8 {
		return exif{}
	}
	var e exif
	var offset, length uint32
	first := func(tag uint16, value uint32) {
		if tag == tagOrientation && value >= 1 && value <= 8 {
			e.orientation = int(value)
		}
	}
	second := func(tag uint16, value uint32) {
		switch tag {
		case tagThumbnailOffset:
			offset = value
		case tagThumbnailLength:
			length = value
		}
	}
	if next := directory(b, order, order.Uint32(b[4:]), first); next != 0 {
		directory(b, order, next, second)
	}
	if end := uint64(offset) + uint64(length); length > 0 && end <= uint64(len(b)) {
		e.thumbnail = b[offset:end]
	}
	return e
}

// directory visits the entries that hold one short or long number, and gives
// the offset of the next directory, 0 for none.
func directory(b []byte, order binary.ByteOrder, at uint32, visit func(tag uint16, value uint32)) (next uint32) {
	const entry = 12
	size := uint64(len(b))
	if uint64(at)+2 > size {
		return 0
	}
	n := uint64(order.Uint16(b[at:]))
	start := uint64(at) + 2
	for i := range n {
		p := start + i*entry
		if p+entry > size {
			return 0
		}
		tag, kind := order.Uint16(b[p:]), order.Uint16(b[p+2:])
		if order.Uint32(b[p+4:]) != 1 {
			continue
		}
		switch kind {
		case 3:
			visit(tag, uint32(order.Uint16(b[p+8:])))
		case 4:
			visit(tag, order.Uint32(b[p+8:]))
		}
	}
	if end := start + n*entry; end+4 <= size {
		return order.Uint32(b[end:])
	}
	return 0
}
