package look

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// draw renders a picture in a square of side pixels on a transparent ground.
func draw(res fyne.Resource, side float32) image.Image {
	picture := canvas.NewImageFromResource(res)
	picture.SetMinSize(fyne.NewSquareSize(side))
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(picture)
	return c.Capture()
}

// ink is how many pixels' worth of a picture is painted, and the bounds of what is.
func ink(img image.Image) (amount float64, painted image.Rectangle) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if _, _, _, a := img.At(x, y).RGBA(); a > 0 {
				amount += float64(a) / 0xFFFF
				painted = painted.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return amount, painted
}

func TestEveryIconDrawsInsideItsSquareAndInTheMiddle(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(Theme(Light))
	for _, name := range Icons() {
		if _, err := flatten(strokes(name)); err != nil || strokes(name) == "" {
			t.Errorf("%s cannot be read: %v", name, err)
			continue
		}
		amount, painted := ink(draw(Icon(name), 96))
		if amount < 40 {
			t.Errorf("%s is empty", name)
		}
		if painted.Min.X < 3 || painted.Min.Y < 3 || painted.Max.X > 93 || painted.Max.Y > 93 {
			t.Errorf("%s touches the edge: %v", name, painted)
		}
		if dx, dy := painted.Min.X+painted.Max.X-96, painted.Min.Y+painted.Max.Y-96; abs(dx) > 14 || abs(dy) > 14 {
			t.Errorf("%s is off the middle by %d, %d half pixels", name, dx, dy)
		}
	}
}

func TestIconsKeepTheirWeightAtAnySize(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(Theme(Light))
	for _, name := range []IconName{IconUpload, IconFolder, IconCheckCircle} {
		small, _ := ink(draw(Icon(name), 24))
		large, _ := ink(draw(Icon(name), 96))
		if share := large / small / 16; share < 0.9 || share > 1.1 {
			t.Errorf("%s: four times the side gives %.2f of the expected ink", name, share)
		}
	}
}

func TestPictureReadsItsColourFromTheThemeOfTheMoment(t *testing.T) {
	app := test.NewTempApp(t)
	icon := IconIn(IconTag, theme.ColorNamePrimary)
	app.Settings().SetTheme(Theme(Light))
	light, lightName := string(icon.Content()), icon.Name()
	app.Settings().SetTheme(Theme(Dark))
	dark, darkName := string(icon.Content()), icon.Name()
	if !strings.Contains(light, "#2a5bd7") || !strings.Contains(dark, "#8fb0ff") {
		t.Error("the picture does not follow the theme")
	}
	if lightName == darkName {
		t.Error("Fyne would keep showing the old drawing: both have the name", darkName)
	}
}

func TestRecolourChangesOnlyPicturesOfOneColour(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(Theme(Light))
	got := Recolour(Icon(IconTag), theme.ColorNameError)
	if !strings.Contains(string(got.Content()), "#b3261e") {
		t.Error("not recoloured")
	}
	if mark := Mark(); Recolour(mark, theme.ColorNameError) != mark {
		t.Error("the mark has two colours and keeps them")
	}
	foreign := fyne.NewStaticResource("a.png", []byte("x"))
	if Recolour(foreign, theme.ColorNameError) != fyne.Resource(foreign) {
		t.Error("a foreign resource is left alone")
	}
	if Recolour(nil, theme.ColorNameError) != nil {
		t.Error("nothing stays nothing")
	}
}

func TestCornersReachIntoTheirOwnCornerOnly(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(Theme(Light))
	inside := []image.Point{{40, 40}, {20, 40}, {20, 20}, {40, 20}}
	for quarters := range 4 {
		picture := draw(Corner(quarters, 60, theme.ColorNamePrimary), 60)
		p := inside[quarters]
		if _, _, _, a := picture.At(p.X, p.Y).RGBA(); a != 0 {
			t.Errorf("corner %d covers the content at %v", quarters, p)
		}
		if amount, painted := ink(picture); amount < 200 || painted.Dx() < 58 || painted.Dy() < 58 {
			t.Errorf("corner %d: ink %.0f in %v", quarters, amount, painted)
		}
	}
}

func TestIconFileIsTheMark(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(Theme(Light))
	file, err := os.Open(filepath.Join("..", "..", "Icon.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	want := draw(Mark(), 512)
	if got.Bounds() != want.Bounds() {
		t.Fatalf("Icon.png is %v", got.Bounds())
	}
	different := 0
	for y := range 512 {
		for x := range 512 {
			r1, g1, b1, a1 := got.At(x, y).RGBA()
			r2, g2, b2, a2 := want.At(x, y).RGBA()
			if abs(int(r1)-int(r2)) > 0x500 || abs(int(g1)-int(g2)) > 0x500 || abs(int(b1)-int(b2)) > 0x500 || abs(int(a1)-int(a2)) > 0x500 {
				different++
			}
		}
	}
	if different > 0 {
		t.Errorf("%d pixels of Icon.png are not those of the mark; run go generate ./gui/look", different)
	}
}

func TestUnreadableDrawingsAreRefused(t *testing.T) {
	for _, drawing := range []string{`<ellipse rx="1"/>`, `<path d="M1 1Q2 2 3 3"/>`, `<path d="M1 1L2"/>`, `<path d="M1 1`, `<path d="M1 xL2 2"/>`} {
		if _, err := flatten(drawing); err == nil {
			t.Errorf("%s was read", drawing)
		}
		if outline(drawing, 1) != "" {
			t.Errorf("%s gave an outline", drawing)
		}
	}
}

func FuzzFlatten(f *testing.F) {
	for _, name := range Icons() {
		f.Add(strokes(name))
	}
	f.Add(`<path d="M0 0A1e300 0 0 1 1 5 5ZZ"/>`)
	f.Fuzz(func(t *testing.T, drawing string) { outline(drawing, 1.8) })
}

func abs(n int) int { return max(n, -n) }
