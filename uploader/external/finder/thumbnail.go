package finder

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	_ "golang.org/x/image/tiff" // to make thumbnails of; its header is read otherwise

	"darwin-uploader/uploader/fault"
)

// The size that a thumbnail fits into, in pixels, as V7 advises it, and its
// quality as a JPEG.
const (
	thumbWidth   = 356
	thumbHeight  = 200
	thumbQuality = 85
)

// The largest picture that a thumbnail is made of.
const (
	MaxOriginal = 256 << 20   // bytes
	MaxPixels   = 100_000_000 // pixels
)

// Thumbnail makes a small JPEG of a picture, upright and at most 356x200.
func Thumbnail(ctx context.Context, r Reader, key string) ([]byte, error) {
	data, err := r.Read(ctx, key, 0, MaxOriginal+1)
	if err != nil {
		return nil, err
	}
	if len(data) > MaxOriginal {
		return nil, unthumbed(key, fmt.Sprintf("it is larger than %d MB", MaxOriginal>>20))
	}
	small, why := shrink(data)
	if why != "" {
		return nil, unthumbed(key, why)
	}
	return small, nil
}

func unthumbed(key, why string) error {
	return &fault.Error{
		Kind: fault.Unsupported, What: fmt.Sprintf("No thumbnail could be made of %q: %s.", key, why),
		Do: "Put one into the bucket, and write its key into the sheet.",
	}
}

// shrink gives a JPEG, or why there is none.
func shrink(data []byte) (small []byte, why string) {
	defer func() {
		if broken := recover(); broken != nil { // a picture made to break a decoder
			small, why = nil, "it is damaged"
		}
	}()
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, "it is not a JPEG, PNG, TIFF, WebP or BMP"
	case config.Width < 1 || config.Height < 1 || config.Width > MaxPixels/config.Height:
		return nil, fmt.Sprintf("it has more than %d million pixels", MaxPixels/1_000_000)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, "it is damaged"
	}
	turned := 1
	if format == "jpeg" {
		turned = orientation(data)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, fit(picture, turned), &jpeg.Options{Quality: thumbQuality}); err != nil {
		return nil, "it could not be written as a JPEG"
	}
	return b.Bytes(), ""
}

// fit scales a picture down into the thumbnail's size and turns it upright. What
// is transparent becomes white.
func fit(picture image.Image, turned int) image.Image {
	from := picture.Bounds()
	w, h := float64(from.Dx()), float64(from.Dy())
	if turned >= 5 {
		w, h = h, w
	}
	scale := min(thumbWidth/w, thumbHeight/h, 1)
	to := image.NewRGBA(image.Rect(0, 0, max(int(w*scale+0.5), 1), max(int(h*scale+0.5), 1)))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	sx, sy := float64(to.Bounds().Dx())/w, float64(to.Bounds().Dy())/h
	draw.ApproxBiLinear.Transform(to, matrix(turned, float64(from.Dx()), float64(from.Dy()), sx, sy, from.Min), picture, from, draw.Over, nil)
	return to
}

// matrix maps the picture's points to the thumbnail's: turned upright, then
// scaled.
func matrix(turned int, w, h, sx, sy float64, origin image.Point) f64.Aff3 {
	var a, b, c, d, e, f float64 // x' = ax+by+c, y' = dx+ey+f
	switch turned {
	case 2:
		a, c, e = -1, w, 1
	case 3:
		a, c, e, f = -1, w, -1, h
	case 4:
		a, e, f = 1, -1, h
	case 5:
		b, d = 1, 1
	case 6:
		b, c, d = -1, h, 1
	case 7:
		b, c, d, f = -1, h, -1, w
	case 8:
		b, d, f = 1, -1, w
	default:
		a, e = 1, 1
	}
	ox, oy := float64(origin.X), float64(origin.Y)
	return f64.Aff3{sx * a, sx * b, sx * (c - a*ox - b*oy), sy * d, sy * e, sy * (f - d*ox - e*oy)}
}
