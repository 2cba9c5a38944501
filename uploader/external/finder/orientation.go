package finder

import (
	"bytes"
	"encoding/binary"
)

// orientation is the EXIF orientation of a JPEG's beginning, 1 to 8; 1, which
// is upright, where there is none.
func orientation(head []byte) int {
	for at := 2; at+4 <= len(head) && head[at] == 0xff; {
		marker, length := head[at+1], int(binary.BigEndian.Uint16(head[at+2:]))
		if marker == 0xda || length < 2 || at+2+length > len(head) {
			break
		}
		if marker == 0xe1 {
			if exif, ok := bytes.CutPrefix(head[at+4:at+2+length], []byte("Exif\x00\x00")); ok {
				return exifOrientation(exif)
			}
		}
		at += 2 + length
	}
	return 1
}

const tagOrientation = 0x0112

func exifOrientation(exif []byte) int {
	order := byteOrder(exif)
	if order == nil {
		return 1
	}
	at := uint64(order.Uint32(exif[4:]))
	if at+2 > uint64(len(exif)) {
		return 1
	}
	entries := exif[at+2:]
	for range order.Uint16(exif[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == tagOrientation {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			break
		}
		entries = entries[12:]
	}
	return 1
}
