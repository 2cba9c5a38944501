package tray

import (
	"bytes"
	"encoding/binary"
	"runtime"
)

// iconOf is a PNG in the form that the system takes: Windows wants an icon file,
// which may hold a PNG.
func iconOf(png []byte) []byte {
	if runtime.GOOS != "windows" {
		return png
	}
	return ico(png)
}

// ico is an icon file with one picture.
func ico(png []byte) []byte {
	const header = 6 + 16
	head := struct {
		Reserved, Type, Count        uint16
		Width, Height, Colours, Zero uint8 // 0 is 256, or what the picture says itself
		Planes, Bits                 uint16
		Bytes, Offset                uint32
	}{Type: 1, Count: 1, Planes: 1, Bits: 32, Bytes: uint32(len(png)), Offset: header}
	var file bytes.Buffer
	_ = binary.Write(&file, binary.LittleEndian, head) // a buffer takes everything
	file.Write(png)
	return file.Bytes()
}
