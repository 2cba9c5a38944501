package thumbs

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // decoder
	_ "image/jpeg" // decoder
	_ "image/png"  // decoder
	"io"
	"os"
	"path/filepath"
	"strings"

	_ "golang.org/x/image/bmp" // decoder
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff" // decoder
	_ "golang.org/x/image/webp" // decoder
)

// What a thumbnail may cost at most.
const (
	MaxPixels = 60_000_000 // 60 MP decode to 240 MB at worst
	MaxFile   = 200 << 20  // bytes
	headBytes = 256 << 10  // where EXIF is looked for
)

var (
	errTooLarge = errors.New("thumbs: the picture is too large for a thumbnail")
	errNotAFile = errors.New("thumbs: not a regular file")
)

// Decodable says whether a file of this name may have a thumbnail.
func Decodable(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jpg", ".jpeg", ".jfif", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp":
		return true
	}
	return false
}

// Decode makes the thumbnail of a file: upright as its EXIF block says, cut to
// the ratio of Width and Height, Width by Height pixels.
func Decode(ctx context.Context, path string) (image.Image, error) {
	return DecodeTo(ctx, path, image.Pt(Width, Height))
}

// DecodeTo is Decode for another size in pixels. The camera's own thumbnail is
// used only where it is large enough.
func DecodeTo(ctx context.Context, path string, size image.Point) (image.Image, error) {
	// Only regular files: opening a pipe could wait for ever.
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errNotAFile
	} else if info.Size() > MaxFile {
		return nil, errTooLarge
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()

	head := make([]byte, headBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	exif := parseEXIF(head[:n])
	rest := func() (io.Reader, error) {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		return bufio.NewReaderSize(reader{ctx, f}, 64<<10), nil
	}

	r, err := rest()
	if err != nil {
		return nil, err
	}
	config, _, err := image.DecodeConfig(r)
	if err != nil {
		return nil, err
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > MaxPixels/config.Height {
		return nil, fmt.Errorf("%w: %d by %d", errTooLarge, config.Width, config.Height)
	}
	if own := exif.picture(size, config); own != nil {
		return fit(own, exif.orientation, size), nil
	}
	if r, err = rest(); err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(r)
	if err != nil {
		return nil, err
	}
	return fit(picture, exif.orientation, size), nil
}

// picture is the camera's own thumbnail, nil if there is none that serves. It
// is cut to the ratio of the whole picture, as cameras put black bars around it.
func (e exif) picture(size image.Point, whole image.Config) image.Image {
	if len(e.thumbnail) == 0 {
		return nil
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(e.thumbnail))
	if err != nil || config.Width > 1024 || config.Height > 1024 {
		return nil
	}
	if max(config.Width, config.Height) < max(size.X, size.Y) {
		return nil
	}
	small, _, err := image.Decode(bytes.NewReader(e.thumbnail))
	if err != nil {
		return nil
	}
	if sub, ok := small.(interface {
		SubImage(image.Rectangle) image.Image
	}); ok {
		return sub.SubImage(middle(small.Bounds(), whole.Width, whole.Height))
	}
	return small
}

// fit cuts the middle out of a picture, scales it and turns it upright.
func fit(src image.Image, orientation int, size image.Point) image.Image {
	if orientation >= 5 { // lies on its side
		size = image.Pt(size.Y, size.X)
	}
	small := image.NewRGBA(image.Rectangle{Max: size})
	draw.BiLinear.Scale(small, small.Bounds(), src, middle(src.Bounds(), size.X, size.Y), draw.Src, nil)
	return upright(small, orientation)
}

// middle is the largest rectangle of the ratio w to h in the middle of r.
func middle(r image.Rectangle, w, h int) image.Rectangle {
	width, height := r.Dx(), r.Dy()
	if width*h > height*w {
		width = max(1, height*w/h)
	} else {
		height = max(1, width*h/w)
	}
	corner := r.Min.Add(image.Pt((r.Dx()-width)/2, (r.Dy()-height)/2))
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(width, height))}
}

// upright turns and mirrors a picture as EXIF's orientation 1 to 8 asks.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dw, dh := w, h
	if orientation >= 5 {
		dw, dh = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, dw, dh))
	for y := range dh {
		for x := range dw {
			sx, sy := x, y
			switch orientation {
			case 2: // mirrored
				sx = w - 1 - x
			case 3: // upside down
				sx, sy = w-1-x, h-1-y
			case 4: // upside down and mirrored
				sy = h - 1 - y
			case 5: // mirrored along the diagonal
				sx, sy = y, x
			case 6: // the top is on the right
				sx, sy = y, h-1-x
			case 7: // mirrored along the other diagonal
				sx, sy = w-1-y, h-1-x
			case 8: // the top is on the left
				sx, sy = w-1-y, x
			}
			dst.SetRGBA(x, y, src.RGBAAt(sx, sy))
		}
	}
	return dst
}

// reader ends a decode whose result nobody waits for any more.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
