package inspector

import (
	"hash/fnv"
	"image/color"
	"math"
	"strconv"
	"strings"

	"darwin-uploader/uploader/darwin"
)

// dots are the colours of classes whose own colour Darwin keeps to itself
// ("auto") or says in a way that is not understood. All are readable on both
// the light and the dark surface.
var dots = [...]color.NRGBA{
	{0xB4, 0x65, 0x2D, 0xFF}, {0x78, 0x58, 0xB8, 0xFF}, {0x2E, 0x8B, 0x7A, 0xFF}, {0xC2, 0x4E, 0x7C, 0xFF},
	{0x4A, 0x7F, 0xC9, 0xFF}, {0x8A, 0x8F, 0x2A, 0xFF}, {0xD0, 0x5B, 0x4A, 0xFF}, {0x5E, 0x93, 0x4A, 0xFF},
}

// dotColour is the colour of a class's dot.
func dotColour(c darwin.TagClass) color.Color {
	if parsed, ok := parseColour(c.Color); ok {
		return parsed
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(c.Name))
	return dots[h.Sum32()%uint32(len(dots))]
}

// parseColour reads "rgba(180,101,45,1.0)", "rgb(180,101,45)" and "#B4652D".
// The dot is always opaque: Darwin's alpha is meant for outlines on pictures.
func parseColour(s string) (color.NRGBA, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if hex, ok := strings.CutPrefix(s, "#"); ok && len(hex) == 6 {
		v, err := strconv.ParseUint(hex, 16, 32)
		return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}, err == nil
	}
	inner, ok := strings.CutPrefix(strings.TrimPrefix(s, "rgba"), "(")
	if !ok {
		inner, ok = strings.CutPrefix(s, "rgb(")
	}
	inner, closed := strings.CutSuffix(inner, ")")
	parts := strings.Split(inner, ",")
	if !ok || !closed || len(parts) < 3 || len(parts) > 4 {
		return color.NRGBA{}, false
	}
	var rgb [3]uint8
	for i := range rgb {
		v, err := strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
		if err != nil || v < 0 || v > 255 || math.IsNaN(v) {
			return color.NRGBA{}, false
		}
		rgb[i] = uint8(v)
	}
	return color.NRGBA{R: rgb[0], G: rgb[1], B: rgb[2], A: 0xFF}, true
}
