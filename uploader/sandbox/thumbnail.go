package sandbox

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	_ "image/gif" // one of the formats that a thumbnail is made of
	"image/jpeg"
	_ "image/png"
	"io"
	"path"
	"strings"
	"sync"
)

const (
	thumbWidth  = 360
	thumbHeight = 240
	// What is bigger gets no thumbnail: a demo need not decode everything,
	// and a file that is made to blow up must not.
	thumbMaxBytes  = 64 << 20
	thumbMaxPixels = 60e6
	thumbMaxKept   = 500 // thumbnails in memory, about 10 KiB each
	thumbAtOnce    = 2
)

var errNoThumbnail = errors.New("sandbox: no thumbnail for this file")

// thumbnails makes small pictures, a few at a time, and keeps them.
type thumbnails struct {
	turn chan struct{} // holds one value for each picture that is being made

	mu    sync.Mutex
	kept  map[string][]byte // by object; nil: it cannot be made
	order []string
}

func newThumbnails() *thumbnails {
	return &thumbnails{turn: make(chan struct{}, thumbAtOnce), kept: map[string][]byte{}}
}

func hasThumbnail(fileName string) bool {
	switch strings.ToLower(path.Ext(fileName)) {
	case ".png", ".jpg", ".jpeg", ".jfif", ".gif":
		return true
	}
	return false
}

func (s *Sandbox) thumbnail(x *exchange) {
	s.state.mu.Lock()
	sl := s.state.uploads[x.path("upload")]
	s.state.mu.Unlock()
	if sl == nil {
		x.notFound()
		return
	}
	picture := s.thumbs.get(sl.object, func() (io.ReadCloser, error) {
		if o, ok := s.objects.Object(sl.object); !ok || o.Size > thumbMaxBytes {
			return nil, errNoThumbnail
		}
		return s.objects.Open(sl.object)
	})
	kind := "image/jpeg"
	if picture == nil { // a file that only looks like a picture
		picture, kind = []byte(noPicture), "image/svg+xml"
	}
	pageHeader(x.w.Header(), kind)
	x.w.Header().Set("Cache-Control", "private, max-age=60")
	_, _ = x.w.Write(picture)
}

const noPicture = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160" viewBox="-108 -68 240 160" fill="none" ` +
	`stroke="#7c8698" stroke-width="1.6" stroke-linejoin="round"><rect x="3" y="4" width="18" height="16" rx="2"/>` +
	`<circle cx="9" cy="10" r="1.7"/><path d="M4 18l5-4 3 2 4-4 5 5"/></svg>`

// get gives the thumbnail of an object, nil if none can be made.
func (t *thumbnails) get(object string, open func() (io.ReadCloser, error)) []byte {
	if picture, ok := t.find(object); ok {
		return picture
	}
	t.turn <- struct{}{}
	defer func() { <-t.turn }()
	if picture, ok := t.find(object); ok { // made while we waited
		return picture
	}
	body, err := open()
	if err != nil {
		return nil
	}
	picture, err := thumbnailOf(body)
	if closeErr := body.Close(); err != nil || closeErr != nil {
		picture = nil
	}
	t.keep(object, picture)
	return picture
}

func (t *thumbnails) find(object string) ([]byte, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	picture, ok := t.kept[object]
	return picture, ok
}

func (t *thumbnails) keep(object string, picture []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.order) >= thumbMaxKept {
		delete(t.kept, t.order[0])
		t.order = t.order[1:]
	}
	t.kept[object] = picture
	t.order = append(t.order, object)
}

// thumbnailOf decodes a picture, unless its head announces too many pixels,
// and gives a small JPEG of it.
func thumbnailOf(body io.Reader) ([]byte, error) {
	var head bytes.Buffer
	cfg, _, err := image.DecodeConfig(io.TeeReader(body, &head))
	if err != nil {
		return nil, err
	}
	if cfg.Width < 1 || cfg.Height < 1 || float64(cfg.Width)*float64(cfg.Height) > thumbMaxPixels {
		return nil, errNoThumbnail
	}
	picture, _, err := image.Decode(io.LimitReader(io.MultiReader(&head, body), thumbMaxBytes))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, scaledDown(picture), &jpeg.Options{Quality: 80}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// scaledDown fits a picture into the thumbnail's size, on white, each pixel
// the mean of a few evenly spread samples of the area that it stands for.
func scaledDown(src image.Image) *image.RGBA {
	b := src.Bounds()
	scale := min(1, float64(thumbWidth)/float64(b.Dx()), float64(thumbHeight)/float64(b.Dy()))
	w, h := max(1, int(float64(b.Dx())*scale)), max(1, int(float64(b.Dy())*scale))
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		top, bottom := b.Min.Y+y*b.Dy()/h, b.Min.Y+(y+1)*b.Dy()/h
		for x := range w {
			left, right := b.Min.X+x*b.Dx()/w, b.Min.X+(x+1)*b.Dx()/w
			dst.SetRGBA(x, y, mean(src, image.Rect(left, top, max(right, left+1), max(bottom, top+1))))
		}
	}
	return dst
}

func mean(src image.Image, area image.Rectangle) color.RGBA {
	const samples = 4
	stepX, stepY := max(1, area.Dx()/samples), max(1, area.Dy()/samples)
	var r, g, b, n uint64
	for y := area.Min.Y; y < area.Max.Y; y += stepY {
		for x := area.Min.X; x < area.Max.X; x += stepX {
			cr, cg, cb, ca := src.At(x, y).RGBA() // premultiplied
			white := 0xffff - ca
			r, g, b, n = r+uint64(cr+white), g+uint64(cg+white), b+uint64(cb+white), n+1
		}
	}
	return color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(b / n >> 8), 0xff}
}
