package look

import (
	"math"
	"strconv"
	"strings"
)

// outline turns a drawing of strokes into the data of one filled path. Fyne's SVG reader does not scale the width of strokes,
// so that strokes would be thick in small icons and thin on a screen of high density; outlines scale like everything else.
// A drawing that cannot be read gives an empty path; a test reads all of ours.
func outline(drawing string, width float64) string {
	shapes, err := flatten(drawing)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, s := range shapes {
		points := distinct(s.points, s.closed)
		if s.filled {
			writeLoop(&b, clockwise(points))
		}
		if s.bare || len(points) == 0 {
			continue
		}
		if s.closed {
			for _, loop := range strokeLoops(clockwise(points), width/2) {
				writeLoop(&b, loop)
			}
			continue
		}
		writeLoop(&b, strokeLine(points, width/2))
	}
	return b.String()
}

// distinct leaves out points that lie on the one before.
func distinct(points []point, closed bool) []point {
	var out []point
	same := func(a, b point) bool { return math.Hypot(a.x-b.x, a.y-b.y) < 1e-6 }
	for _, p := range points {
		if len(out) == 0 || !same(out[len(out)-1], p) {
			out = append(out, p)
		}
	}
	for closed && len(out) > 1 && same(out[0], out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return out
}

// clockwise gives a loop the direction in which, on a screen, its left side is outside.
func clockwise(loop []point) []point {
	area := 0.0
	for i, p := range loop {
		q := loop[(i+1)%len(loop)]
		area += p.x*q.y - q.x*p.y
	}
	if area >= 0 {
		return loop
	}
	return reversed(loop)
}

func reversed(points []point) []point {
	out := make([]point, len(points))
	for i, p := range points {
		out[len(points)-1-i] = p
	}
	return out
}

// strokeLine goes round an open chain at a distance: along its left side, round its end, and back along the other.
func strokeLine(points []point, half float64) []point {
	if len(points) == 1 {
		return arc(nil, points[0], half, 0, 2*math.Pi)
	}
	var out []point
	side := func(chain []point) {
		for i := 0; i+1 < len(chain); i++ {
			n := normal(chain[i], chain[i+1], half)
			out = append(out, point{chain[i].x + n.x, chain[i].y + n.y}, point{chain[i+1].x + n.x, chain[i+1].y + n.y})
			if i+2 < len(chain) {
				out = join(out, chain[i+1], n, normal(chain[i+1], chain[i+2], half))
			}
		}
		last, before := chain[len(chain)-1], chain[len(chain)-2]
		n := normal(before, last, half)
		out = arc(out, last, half, math.Atan2(n.y, n.x), math.Pi)
	}
	side(points)
	side(reversed(points))
	return out
}

// strokeLoops gives the outer edge of a closed chain and, turned the other way so that it cuts a hole, the inner one.
func strokeLoops(loop []point, half float64) [][]point {
	edge := func(chain []point) []point {
		var out []point
		for i := range chain {
			a, b, c := chain[i], chain[(i+1)%len(chain)], chain[(i+2)%len(chain)]
			n := normal(a, b, half)
			out = append(out, point{a.x + n.x, a.y + n.y}, point{b.x + n.x, b.y + n.y})
			out = join(out, b, n, normal(b, c, half))
		}
		return out
	}
	return [][]point{edge(loop), edge(reversed(loop))}
}

// normal points to the left of a piece as seen on a screen.
func normal(a, b point, half float64) point {
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	return point{dy / length * half, -dx / length * half}
}

// join rounds the outside of a corner; on its inside the pieces simply overlap.
func join(out []point, corner, before, after point) []point {
	turn := math.Atan2(before.x*after.y-before.y*after.x, before.x*after.x+before.y*after.y)
	if turn <= 0.2 { // an inside, or a piece of a curve
		return out
	}
	return arc(out, corner, math.Hypot(before.x, before.y), math.Atan2(before.y, before.x), turn)
}

func writeLoop(b *strings.Builder, loop []point) {
	if len(loop) < 3 {
		return
	}
	for i, p := range loop {
		command := byte('L')
		if i == 0 {
			command = 'M'
		}
		b.WriteByte(command)
		b.WriteString(strconv.FormatFloat(p.x, 'f', 2, 64))
		b.WriteByte(' ')
		b.WriteString(strconv.FormatFloat(p.y, 'f', 2, 64))
	}
	b.WriteByte('Z')
}
