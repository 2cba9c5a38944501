package session

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Pictures names the variable with the folder for pictures of what tests saw.
const Pictures = "DARWIN_UPLOADER_PICTURES"

// remember tells what the window shows at the end of a test that failed: as a picture where pictures were asked for, and always
// as a list of its larger boxes, since often the log is all that is left of a run.
func (w *Window) remember() {
	if !w.t.Failed() {
		return
	}
	area, pixels, err := w.s.view.pixels(w.id)
	if err != nil {
		w.t.Logf("the window shows nothing any more: %v", err)
		return
	}
	w.t.Logf("the window, %d x %d, shows these boxes:\n%s", area.Width, area.Height, inventory(area, pixels))
	if dir := os.Getenv(Pictures); dir != "" {
		path := filepath.Join(dir, "failed-"+strings.ReplaceAll(w.t.Name(), "/", "-")+".png")
		if err := save(path, area, pixels); err != nil {
			w.t.Logf("taking a picture of that: %v", err)
			return
		}
		w.t.Logf("it looks like %s", path)
	}
}

// inventory lists the patches of one colour that are large enough to be a button, from top to bottom.
func inventory(area Area, pixels []byte) string {
	type painted struct {
		colour uint32
		Area
	}
	const most = 80
	colour := func(at int) uint32 { return binary.LittleEndian.Uint32(pixels[4*at:]) & 0xFFFFFF }
	fresh := make([]bool, area.Width*area.Height)
	for i := range fresh {
		fresh[i] = true
	}
	var found []painted
	for i, is := range fresh {
		if !is {
			continue
		}
		this := colour(i)
		box := flood(fresh, area.Width, i, func(at int) bool { return fresh[at] && colour(at) == this })
		if box.Width >= 60 && box.Height >= 20 {
			found = append(found, painted{this, box})
		}
	}
	slices.SortFunc(found, func(a, b painted) int { return cmp.Or(a.Y-b.Y, a.X-b.X) })
	var list strings.Builder
	for _, p := range found[:min(len(found), most)] {
		fmt.Fprintf(&list, "#%06X at %d, %d: %d x %d\n", p.colour, p.X, p.Y, p.Width, p.Height)
	}
	return list.String()
}

// save writes pixels as a PNG.
func save(path string, area Area, pixels []byte) error {
	picture := image.NewNRGBA(image.Rect(0, 0, area.Width, area.Height))
	for i := range area.Width * area.Height {
		p := pixels[4*i:]
		picture.SetNRGBA(i%area.Width, i/area.Width, color.NRGBA{R: p[2], G: p[1], B: p[0], A: 255})
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(file, picture); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
