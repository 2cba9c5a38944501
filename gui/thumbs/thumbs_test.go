package thumbs

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
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// quarters is a picture whose four quarters differ: red, green / blue, white.
func quarters(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{A: 255}
			switch {
			case x < w/2 && y < h/2:
				c.R = 255
			case y < h/2:
				c.G = 255
			case x < w/2:
				c.B = 255
			default:
				c.R, c.G, c.B = 255, 255, 255
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

// cornerColours tells the colours of the four corners in reading order.
func cornerColours(p image.Image) string {
	b := p.Bounds()
	name := func(x, y int) string {
		r, g, bl, _ := p.At(x, y).RGBA()
		switch {
		case r > 0x8000 && g > 0x8000:
			return "w"
		case r > 0x8000:
			return "r"
		case g > 0x8000:
			return "g"
		case bl > 0x8000:
			return "b"
		}
		return "?"
	}
	l, r, t, d := b.Min.X+4, b.Max.X-5, b.Min.Y+4, b.Max.Y-5
	return name(l, t) + name(r, t) + name(l, d) + name(r, d)
}

func encoded(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts an EXIF block with an orientation and a thumbnail into a JPEG.
func withEXIF(whole []byte, orientation uint16, thumbnail []byte) []byte {
	order := binary.BigEndian
	tiff := []byte("MM\x00*\x00\x00\x00\x08")
	put := func(tag, kind uint16, value []byte) {
		tiff = order.AppendUint16(tiff, tag)
		tiff = order.AppendUint16(tiff, kind)
		tiff = order.AppendUint32(tiff, 1)
		tiff = append(tiff, value...)
	}
	tiff = order.AppendUint16(tiff, 1)
	put(tagOrientation, 3, []byte{byte(orientation >> 8), byte(orientation), 0, 0})
	tiff = order.AppendUint32(tiff, uint32(len(tiff)+4)) // the second directory follows
	tiff = order.AppendUint16(tiff, 2)
	start := uint32(len(tiff) + 2*12 + 4)
	put(tagThumbnailOffset, 4, order.AppendUint32(nil, start))
	put(tagThumbnailLength, 4, order.AppendUint32(nil, uint32(len(thumbnail))))
	tiff = order.AppendUint32(tiff, 0)
	tiff = append(tiff, thumbnail...)

	body := append([]byte("Exif\x00\x00"), tiff...)
	file := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, order.AppendUint16(nil, uint16(len(body)+2))...)
	file = append(file, body...)
	return append(file, whole[2:]...)
}

func saved(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAThumbnailIsUprightWhateverTheCameraHeld(t *testing.T) {
	for orientation, want := range map[uint16]string{
		0: "rgbw", 1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb",
	} {
		t.Run(fmt.Sprint(orientation), func(t *testing.T) {
			path := saved(t, "a.jpg", withEXIF(encoded(t, quarters(400, 300)), orientation, nil))
			p, err := Decode(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			if got := cornerColours(p); got != want {
				t.Errorf("corners are %s, want %s", got, want)
			}
			if p.Bounds().Size() != image.Pt(Width, Height) {
				t.Errorf("the size is %v", p.Bounds().Size())
			}
		})
	}
}

func TestTheCamerasOwnThumbnailIsTakenWhereItIsLargeEnough(t *testing.T) {
	white := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	whole := encoded(t, white)
	for _, c := range []struct {
		name string
		size image.Point
		want string
	}{{"large enough", image.Pt(160, 120), "rgbw"}, {"too small", image.Pt(80, 60), "wwww"}} {
		t.Run(c.name, func(t *testing.T) {
			small := encoded(t, quarters(c.size.X, c.size.Y))
			p, err := Decode(t.Context(), saved(t, "a.jpg", withEXIF(whole, 1, small)))
			if err != nil {
				t.Fatal(err)
			}
			if got := cornerColours(p); got != c.want {
				t.Errorf("corners are %s, want %s", got, c.want)
			}
		})
	}
}

func TestPicturesThatAreTooLargeAreNotDecoded(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	bomb := b.Bytes()
	binary.BigEndian.PutUint32(bomb[16:], 100_000) // the header's width and height
	binary.BigEndian.PutUint32(bomb[20:], 100_000)
	// The header's checksum is wrong now, which is as good a reason to give up.
	if _, err := Decode(t.Context(), saved(t, "bomb.png", bomb)); err == nil {
		t.Error("a picture of 10,000 megapixels was decoded")
	}
	huge := encoded(t, image.NewGray(image.Rect(0, 0, 16, 16)))
	at := bytes.Index(huge, []byte{0xFF, 0xC0})
	binary.BigEndian.PutUint16(huge[at+5:], 60_000)
	binary.BigEndian.PutUint16(huge[at+7:], 60_000)
	if _, err := Decode(t.Context(), saved(t, "bomb.jpg", huge)); !errors.Is(err, errTooLarge) {
		t.Errorf("a JPEG of 3,600 megapixels gave %v, want too large", err)
	}
}

func request(name string) Request { return Request{Path: name + ".png", Size: 1} }

func TestOnlyWhatIsSeenIsDecoded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var begun []string
		gate := make(chan struct{})
		l := newLoader(func(f func()) { f() }, 1, func(_ context.Context, path string) (image.Image, error) {
			begun = append(begun, path)
			<-gate
			return quarters(2, 2), nil
		})
		told := 0
		l.OnReady = func() { told++ }
		l.Want([]Request{request("a"), request("b"), request("c")})
		synctest.Wait()
		l.Want([]Request{request("d"), request("a")})
		close(gate)
		synctest.Wait()
		if fmt.Sprint(begun) != "[a.png d.png]" {
			t.Errorf("decoded %v, want the one that had begun and the one that is seen", begun)
		}
		if _, ok := l.Get("d.png", time.Time{}, 1); !ok || told != 2 {
			t.Errorf("d is there: %v, told %d times, want there and twice", ok, told)
		}
		l.Close()
	})
}

func TestADecoderThatPanicsCostsOneThumbnail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoader(func(f func()) { f() }, 1, func(_ context.Context, path string) (image.Image, error) {
			if path == "bad.png" {
				panic("index out of range")
			}
			return quarters(2, 2), nil
		})
		l.Want([]Request{request("bad"), request("good")})
		synctest.Wait()
		if _, ok := l.Get("bad.png", time.Time{}, 1); ok {
			t.Error("the bad one has a thumbnail")
		}
		if _, ok := l.Get("good.png", time.Time{}, 1); !ok {
			t.Error("the good one has none")
		}
		l.Close()
	})
}

func TestOnlyTheLatestUsedAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoader(func(f func()) { f() }, 1, func(context.Context, string) (image.Image, error) { return quarters(1, 1), nil })
		var all []Request
		for i := range keep + 10 {
			all = append(all, request(fmt.Sprint(i)))
		}
		l.Want(all)
		synctest.Wait()
		if _, ok := l.Get("0.png", time.Time{}, 1); ok {
			t.Error("the oldest is still there")
		}
		if _, ok := l.Get(fmt.Sprintf("%d.png", keep+9), time.Time{}, 1); !ok || l.recent.Len() != keep {
			t.Errorf("%d are kept, want %d with the newest", l.recent.Len(), keep)
		}
		l.Close()
	})
}

func FuzzEXIF(f *testing.F) {
	f.Add(withEXIF([]byte{0xFF, 0xD8}, 6, []byte("thumb")))
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte{0xFF, 0xD8, 0xFF, 0xFF, 0xFF, 0xDA})
	f.Fuzz(func(t *testing.T, head []byte) {
		if e := parseEXIF(head); e.orientation < 0 || e.orientation > 8 {
			t.Errorf("the orientation is %d", e.orientation)
		}
	})
}

func TestAThumbnailThatFailedIsTriedAgainWhenItIsShownLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone, tries := true, 0
		l := newLoader(func(f func()) { f() }, 1, func(context.Context, string) (image.Image, error) {
			tries++
			if gone {
				return nil, errNotAFile
			}
			return quarters(1, 1), nil
		})
		for range 3 { // as long as it stays in sight, once is enough
			l.Want([]Request{request("a")})
			synctest.Wait()
		}
		if tries != 1 {
			t.Errorf("it was tried %d times", tries)
		}
		gone = false
		l.Want([]Request{request("b")})
		synctest.Wait()
		l.Want([]Request{request("a")})
		synctest.Wait()
		if _, ok := l.Get("a.png", time.Time{}, 1); !ok {
			t.Error("it has no thumbnail although the drive is back")
		}
		l.Close()
	})
}

func TestADecodeIsGivenUpWhenItsRowIsOutOfSightAndBegunAnewWhenItIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := true
		l := newLoader(func(f func()) { f() }, 1, func(ctx context.Context, path string) (image.Image, error) {
			if slow && path == "a.png" {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return quarters(1, 1), nil
		})
		l.Want([]Request{request("a")})
		synctest.Wait()
		l.Want([]Request{request("b")})
		synctest.Wait()
		if _, ok := l.Get("b.png", time.Time{}, 1); !ok {
			t.Error("the row that is seen waits for the one that is not")
		}
		l.Want([]Request{request("a")})
		synctest.Wait()
		slow = false
		l.Want([]Request{request("b")}) // it is out of sight and
		l.Want([]Request{request("a")}) // back before the decoder has noticed
		synctest.Wait()
		if _, ok := l.Get("a.png", time.Time{}, 1); !ok {
			t.Error("it has no thumbnail when it is seen again")
		}
		l.Close()
	})
}

func TestAFileThatIsAnotherByNowHasNoThumbnailWhereThatIsAskedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jpg")
	if err := os.WriteFile(path, []byte("picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 9)
	l := newLoader(func(f func()) { f() }, 1, func(_ context.Context, path string) (image.Image, error) {
		done <- path
		return quarters(1, 1), nil
	})
	defer l.Close()
	l.Unchanged = true
	same := Request{Path: path, ModTime: info.ModTime(), Size: info.Size()}
	older, shorter, gone := same, same, same
	older.ModTime, shorter.Size, gone.Path = older.ModTime.Add(-time.Second), 3, path+".jpg"
	l.Want([]Request{older, shorter, gone, same})
	if at := <-done; at != path || len(done) > 0 {
		t.Errorf("it decodes %s, and %d more", at, len(done))
	}
}
