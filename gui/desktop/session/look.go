package session

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// Boxes finds what is painted in one flat colour ("#2A5BD7"): the box around each patch of it whose pixels hang together, if the box
// is at least so wide and high. They come from top to bottom. Text on a button does not divide its ground, so that a filled
// button is one box.
func (w *Window) Boxes(colour string, width, height int) []Area {
	w.t.Helper()
	var red, green, blue byte
	if _, err := fmt.Sscanf(colour, "#%02X%02X%02X", &red, &green, &blue); err != nil {
		w.t.Fatalf("reading the colour %q: %v", colour, err)
	}
	area, pixels := w.pixels()
	wanted := make([]bool, area.Width*area.Height)
	for i := range wanted {
		p := pixels[4*i:]
		wanted[i] = p[0] == blue && p[1] == green && p[2] == red
	}
	var boxes []Area
	for i, is := range wanted {
		if !is {
			continue
		}
		if box := flood(wanted, area.Width, i, func(at int) bool { return wanted[at] }); box.Width >= width && box.Height >= height {
			boxes = append(boxes, box)
		}
	}
	slices.SortFunc(boxes, func(a, b Area) int { return cmp.Or(a.Y-b.Y, a.X-b.X) })
	return boxes
}

// flood takes the patch that hangs together with pixel start out of left, and returns the box around it.
func flood(left []bool, width, start int, belongs func(at int) bool) Area {
	first, last := start%width, start%width
	top, bottom := start/width, start/width
	left[start] = false
	for queue := []int{start}; len(queue) > 0; {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		x, y := at%width, at/width
		first, last, top, bottom = min(first, x), max(last, x), min(top, y), max(bottom, y)
		for _, next := range [...]struct {
			at int
			in bool
		}{{at - 1, x > 0}, {at + 1, x < width-1}, {at - width, y > 0}, {at + width, at+width < len(left)}} {
			if next.in && belongs(next.at) {
				left[next.at] = false
				queue = append(queue, next.at)
			}
		}
	}
	return Area{X: first, Y: top, Width: last - first + 1, Height: bottom - top + 1}
}

// ClickBox clicks the middle of a box that Boxes found.
func (w *Window) ClickBox(box Area) {
	w.t.Helper()
	w.Click(box.X+box.Width/2, box.Y+box.Height/2)
}

// LastInk is how far to the right something is written in some rows of the window: the last column whose colour is not that of the
// rows' end.
func (w *Window) LastInk(top, bottom int) int {
	w.t.Helper()
	area, pixels := w.pixels()
	last := 0
	for y := top; y < bottom; y++ {
		row := pixels[4*y*area.Width : 4*(y+1)*area.Width]
		ground := row[len(row)-4:]
		for x := area.Width - 1; x > last; x-- {
			if !bytes.Equal(row[4*x:4*x+3], ground[:3]) {
				last = x
			}
		}
	}
	return last
}
