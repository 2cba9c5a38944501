package finder

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bucket is a bucket in memory that counts what is read.
type bucket struct {
	mu    sync.Mutex
	files map[string][]byte
	read  int64
	err   error
}

func (b *bucket) Read(_ context.Context, key string, offset, length int64) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	data, ok := b.files[key]
	switch {
	case b.err != nil:
		return nil, b.err
	case !ok:
		return nil, missing(key)
	case offset >= int64(len(data)):
		return nil, nil
	}
	part := data[offset:min(offset+length, int64(len(data)))]
	b.read += int64(len(part))
	return part, nil
}

func missing(key string) error { return &fault.Error{Kind: fault.Missing, What: "No " + key + "."} }

func (b *bucket) Stat(_ context.Context, key string) (objects.Object, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err != nil {
		return objects.Object{}, b.err
	}
	if _, ok := b.files[key]; !ok {
		return objects.Object{}, missing(key)
	}
	return objects.Object{Key: key}, nil
}

func (b *bucket) List(_ context.Context, prefix string, _ bool) iter.Seq2[objects.Object, error] {
	return func(yield func(objects.Object, error) bool) {
		b.mu.Lock()
		keys := slices.Sorted(maps.Keys(b.files))
		b.mu.Unlock()
		for _, key := range keys {
			if strings.HasPrefix(key, prefix) && !yield(objects.Object{Key: key}, b.err) {
				return
			}
		}
	}
}

func (b *bucket) Write(_ context.Context, key, contentType string, body []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if contentType != "image/jpeg" {
		return errors.New(contentType)
	}
	b.files[key] = body
	return nil
}

// halves is a picture whose left half is red and whose right half is blue.
func halves(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, map[bool]color.RGBA{true: {R: 255, A: 255}, false: {B: 255, A: 255}}[x < w/2])
		}
	}
	return m
}

func encoded(t testing.TB, format string, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "jpg":
		err = jpeg.Encode(&b, m, nil)
	case "png":
		err = png.Encode(&b, m)
	case "bmp":
		err = bmp.Encode(&b, m)
	default:
		err = tiff.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment is a piece of a JPEG's header.
func segment(marker byte, content []byte) []byte {
	return append([]byte{0xff, marker, byte((len(content) + 2) >> 8), byte(len(content) + 2)}, content...)
}

// withSegments puts pieces behind the beginning of a JPEG.
func withSegments(jpg []byte, segments ...[]byte) []byte {
	return slices.Concat(jpg[:2], slices.Concat(segments...), jpg[2:])
}

// exif is the piece that says how a picture lies.
func exif(o uint16) []byte {
	b := binary.BigEndian
	x := append([]byte("Exif\x00\x00MM\x00\x2a"), 0, 0, 0, 8, 0, 1)
	x = b.AppendUint16(x, tagOrientation)
	x = b.AppendUint16(x, 3)
	x = b.AppendUint32(x, 1)
	return segment(0xe1, append(b.AppendUint16(x, o), 0, 0))
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

// bigTIFF is the beginning of one whose directory follows at once.
func bigTIFF(w, h uint32) []byte {
	o := binary.LittleEndian
	b := append([]byte("II\x2b\x00\x08\x00\x00\x00"), 16, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0)
	for _, e := range [][2]uint32{{tagWidth, w}, {tagHeight, h}} {
		b = o.AppendUint16(b, uint16(e[0]))
		b = o.AppendUint16(b, 4)
		b = o.AppendUint64(b, 1)
		b = o.AppendUint64(b, uint64(e[1]))
	}
	return b
}

func TestSizesComeFromAFewKilobytesOfTheHeader(t *testing.T) {
	noise := image.NewGray(image.Rect(0, 0, 1200, 791))
	for i := range noise.Pix {
		noise.Pix[i] = byte(i * i >> 3)
	}
	long := withSegments(encoded(t, "jpg", noise), segment(0xe2, make([]byte, 60_000)), segment(0xe2, make([]byte, 60_000)))
	for name, tc := range map[string]struct {
		data     []byte
		w, h     int
		mostRead int64
	}{
		"a.jpg":                    {encoded(t, "jpg", noise), 1200, 791, firstRead},
		"a.png":                    {encoded(t, "png", noise), 1200, 791, firstRead},
		"a.bmp":                    {encoded(t, "bmp", noise), 1200, 791, firstRead},
		"directory at the end.tif": {encoded(t, "tif", noise), 1200, 791, firstRead + 1000},
		"big.tif":                  {bigTIFF(70_000, 50_000), 70_000, 50_000, firstRead},
		"a.webp":                   {webp(33, 17), 33, 17, firstRead},
		"long profile.jpg":         {long, 1200, 791, 300 << 10},
		"upright.jpg":              {withSegments(encoded(t, "jpg", halves(20, 10)), exif(3)), 20, 10, firstRead},
		"on its side.jpg":          {withSegments(encoded(t, "jpg", halves(20, 10)), exif(6)), 10, 20, firstRead},
	} {
		b := &bucket{files: map[string][]byte{name: tc.data}}
		w, h, err := Size(t.Context(), b, name)
		read := b.read
		if _, problem := Thumbnail(t.Context(), b, name); problem != nil && name != "big.tif" {
			t.Errorf("%s has no thumbnail: %v", name, problem)
		}
		if err != nil || w != tc.w || h != tc.h || read > tc.mostRead {
			t.Errorf("%s: %d x %d, %v, after %d bytes", name, w, h, err, read)
		}
	}
}

func TestWhatHasNoSizeGetsItsSentence(t *testing.T) {
	huge := encoded(t, "png", halves(4, 4))
	binary.BigEndian.PutUint32(huge[16:], 2_000_000)
	for name, tc := range map[string]struct {
		data []byte
		says string
	}{
		"empty":      {[]byte{}, "The object is empty."},
		"text":       {[]byte(strings.Repeat("text ", 5000)), "It is not a JPEG, PNG, TIFF, WebP or BMP."},
		"cut.jpg":    {encoded(t, "jpg", halves(40, 40))[:80], "Its header is damaged."},
		"cut.tif":    {encoded(t, "tif", halves(40, 40))[:80], "Its header is damaged."},
		"loop.tif":   {[]byte("II\x2a\x00\x00\x00\x00\x00"), "Its header is damaged."},
		"huge.png":   {huge, "Its header"},
		"no end.jpg": {withSegments(encoded(t, "jpg", halves(4, 4)), slices.Repeat(segment(0xe2, make([]byte, 60_000)), 80)), "Its header is damaged."},
		"flat.tif":   {bigTIFF(0, 5), "Its header is damaged."},
	} {
		_, _, err := Size(t.Context(), &bucket{files: map[string][]byte{name: tc.data}}, name)
		if fault.KindOf(err) != fault.Unsupported || !strings.Contains(err.Error(), tc.says) || !strings.Contains(err.Error(), "Write width and height") {
			t.Errorf("%s: %v; want %q", name, err, tc.says)
		}
	}
	if _, _, err := Size(t.Context(), &bucket{}, "gone"); fault.KindOf(err) != fault.Missing {
		t.Errorf("an object that is not there: %v", err)
	}
}

func FuzzSizeNeverPanics(f *testing.F) {
	f.Add(encoded(f, "tif", halves(4, 4)))
	f.Add(bigTIFF(1, 2))
	f.Add(withSegments(encoded(f, "jpg", halves(4, 4)), exif(6)))
	f.Add(webp(3, 4))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, h, err := Size(t.Context(), &bucket{files: map[string][]byte{"x": data}}, "x")
		if err == nil && (w < 1 || h < 1 || w > most || h > most) {
			t.Errorf("%d x %d", w, h)
		}
	})
}

func TestThumbnailsFitAndStandUpright(t *testing.T) {
	for o := uint16(1); o <= 8; o++ {
		// Red is at the left of the stored picture; where is it when it is upright?
		data := withSegments(encoded(t, "jpg", halves(800, 400)), exif(o))
		small, err := Thumbnail(t.Context(), &bucket{files: map[string][]byte{"x": data}}, "x")
		if err != nil {
			t.Fatal(err)
		}
		m, format, err := image.Decode(bytes.NewReader(small))
		if err != nil || format != "jpeg" {
			t.Fatal(format, err)
		}
		w, h := m.Bounds().Dx(), m.Bounds().Dy()
		red := map[uint16]image.Point{1: {0, h / 2}, 2: {w - 1, h / 2}, 3: {w - 1, h / 2}, 4: {0, h / 2}, 5: {w / 2, 0}, 6: {w / 2, 0}, 7: {w / 2, h - 1}, 8: {w / 2, h - 1}}[o]
		r, _, b, _ := m.At(red.X, red.Y).RGBA()
		other, _, blue, _ := m.At(w-1-red.X, h-1-red.Y).RGBA()
		if w > thumbWidth || h > thumbHeight || w != thumbWidth && h != thumbHeight || r < b || other > blue {
			t.Errorf("orientation %d: %d x %d, red %d against %d, blue %d against %d", o, w, h, r, b, blue, other)
		}
	}
	small, err := Thumbnail(t.Context(), &bucket{files: map[string][]byte{"x": encoded(t, "png", halves(30, 20))}}, "x")
	if config, err2 := jpeg.DecodeConfig(bytes.NewReader(small)); err != nil || err2 != nil || config.Width != 30 || config.Height != 20 {
		t.Errorf("a small picture becomes %+v, %v, %v", config, err, err2)
	}
}

func TestPicturesThatHaveNoThumbnailGetTheirSentence(t *testing.T) {
	large := encoded(t, "bmp", halves(4, 4))
	binary.LittleEndian.PutUint32(large[18:], 20_000)
	binary.LittleEndian.PutUint32(large[22:], 20_000)
	for name, tc := range map[string]struct {
		data []byte
		says string
	}{
		"text":  {[]byte("text"), "it is not a JPEG"},
		"cut":   {encoded(t, "jpg", halves(400, 400))[:700], "it is damaged"},
		"large": {large, "more than 100 million pixels"},
	} {
		_, err := Thumbnail(t.Context(), &bucket{files: map[string][]byte{name: tc.data}}, name)
		if fault.KindOf(err) != fault.Unsupported || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v; want %q", name, err, tc.says)
		}
	}
}

func TestARuleNamesThumbnailsByTheirObjects(t *testing.T) {
	for template, want := range map[string]string{
		"thumbs/{rest}": "thumbs/cats/1.x.jpg", "{dir}t/{name}": "animals/cats/t/1.x.jpg", "t/{key}": "t/animals/cats/1.x.jpg", "{dir}{stem}_small.{ext}": "animals/cats/1.x_small.jpg",
	} {
		rule := Rule{Below: "animals/", Template: template}
		if got := rule.Key("animals/cats/1.x.jpg"); got != want || rule.Check() != nil {
			t.Errorf("%s gives %s, %v", template, got, rule.Check())
		}
	}
	for _, template := range []string{"one.jpg", "{key}", "{dir}{name}", "t.{ext}"} {
		if err := (Rule{Template: template}).Check(); fault.KindOf(err) != fault.Usage {
			t.Errorf("%s is taken: %v", template, err)
		}
	}
}

func sequence(n int) map[string][]byte {
	files := map[string][]byte{}
	for i := range n {
		files[fmt.Sprintf("v/frames/%06d.png", i+1)] = []byte("not looked at")
	}
	return files
}

func TestFindingCompletesItemsAndSaysWhatItCouldNotFind(t *testing.T) {
	b := &bucket{files: sequence(60)}
	var buf bytes.Buffer
	if err := png.Encode(&buf, halves(64, 48)); err != nil {
		t.Fatal(err)
	}
	b.files["v/frames/000001.png"] = buf.Bytes()
	b.files["a.jpg"], b.files["t/a.jpg"] = encoded(t, "jpg", halves(30, 20)), []byte("a thumbnail")
	b.files["b.jpg"] = encoded(t, "jpg", halves(30, 20))
	b.files["w/1.png"], b.files["w/3.png"] = buf.Bytes(), buf.Bytes()
	items := []*external.Item{
		{Key: "a.jpg", Name: "a.jpg"}, {Key: "b.jpg", Name: "b.jpg"}, {Key: "gone.jpg", Name: "gone.jpg"},
		{Key: "v.mp4", Name: "v.mp4", Pattern: "v/frames/{n}.png", Thumbnail: "own.jpg"},
		{Key: "w.mp4", Name: "w.mp4", Pattern: "w/{n}.png"}, {Key: "c.jpg", Name: "c.jpg", Width: 7, Height: 8, Thumbnail: "x.jpg"},
	}
	f := &Finder{Store: b, Rule: Rule{Template: "t/{key}"}}
	var says []string
	for _, problem := range f.Find(t.Context(), items) {
		if problem == nil {
			says = append(says, "")
		} else {
			says = append(says, problem.What)
		}
	}
	want := []string{"", `There is no thumbnail "t/b.jpg".`, "No gone.jpg.", "", `Frame 2 of "w/{n}.png" is missing.`, ""}
	if !slices.Equal(says, want) {
		t.Errorf("it says %q", says)
	}
	if a := items[0]; a.Width != 30 || a.Height != 20 || a.Thumbnail != "t/a.jpg" {
		t.Errorf("a.jpg is %+v", a)
	}
	if v := items[3]; v.Width != 64 || v.Height != 48 || v.Thumbnail != "own.jpg" || v.Sequence == nil || *v.Sequence != (external.Sequence{High: "v/frames/{n:6}.png", First: 1, Count: 60}) {
		t.Errorf("v.mp4 is %+v, %+v", v, v.Sequence)
	}
	if _, ok := b.files["t/b.jpg"]; ok {
		t.Error("a thumbnail was written that nobody consented to")
	}
	f.Make = true
	again := []*external.Item{{Key: "b.jpg", Name: "b.jpg"}, {Key: "v.mp4", Name: "v.mp4", Pattern: "v/frames/{n}.png"}}
	for i, problem := range f.Find(t.Context(), again) {
		if problem != nil || again[i].Thumbnail != "t/"+again[i].Key {
			t.Errorf("%+v, %v", again[i], problem)
		}
	}
	if config, err := jpeg.DecodeConfig(bytes.NewReader(b.files["t/v.mp4"])); err != nil || config.Width != 64 {
		t.Errorf("the video's thumbnail is %+v, %v", config, err)
	}
	preview, err := f.Preview(t.Context(), []string{"a.jpg", "c.jpg"})
	if err != nil || !slices.Equal(preview, []Match{{"a.jpg", "t/a.jpg", true}, {"c.jpg", "t/c.jpg", false}}) {
		t.Errorf("previewed %+v, %v", preview, err)
	}
	b.err = &fault.Error{Kind: fault.Permission}
	if _, err := f.Preview(t.Context(), []string{"a.jpg"}); fault.KindOf(err) != fault.Permission {
		t.Errorf("previewed without permission: %v", err)
	}
}
