package look

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// shape is one part of a drawing as a chain of straight pieces.
type shape struct {
	points []point
	closed bool
	filled bool // its inside is painted
	bare   bool // it has no stroke
}

type point struct{ x, y float64 }

// tolerance is how far, in units of a 24 by 24 drawing, a chain may be off its curve.
const tolerance = 0.015

// flatten reads our drawings: path, circle and rect, with absolute commands and circular arcs only, since we draw no others.
func flatten(drawing string) ([]shape, error) {
	var shapes []shape
	decoder := xml.NewDecoder(strings.NewReader("<g>" + drawing + "</g>"))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return shapes, nil
		}
		if err != nil {
			return nil, err
		}
		element, ok := token.(xml.StartElement)
		if !ok || element.Name.Local == "g" {
			continue
		}
		attrs := map[string]string{}
		for _, a := range element.Attr {
			attrs[a.Name.Local] = a.Value
		}
		parts, err := flattenElement(element.Name.Local, attrs)
		if err != nil {
			return nil, err
		}
		for i := range parts {
			parts[i].filled = attrs["fill"] != ""
			parts[i].bare = attrs["stroke"] == "none"
		}
		shapes = append(shapes, parts...)
	}
}

func flattenElement(name string, attrs map[string]string) ([]shape, error) {
	number := func(key string) float64 {
		n, _ := strconv.ParseFloat(attrs[key], 64) // an absent one is zero
		return n
	}
	switch name {
	case "path":
		return flattenPath(attrs["d"])
	case "circle":
		x, y, r := number("cx"), number("cy"), number("r")
		return []shape{{points: arc(nil, point{x, y}, r, 0, 2*math.Pi), closed: true}}, nil
	case "rect":
		return []shape{roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"))}, nil
	}
	return nil, fmt.Errorf("a drawing has a %s", name)
}

func roundRect(x, y, w, h, r float64) shape {
	var points []point
	points = arc(points, point{x + w - r, y + r}, r, -math.Pi/2, math.Pi/2)
	points = arc(points, point{x + w - r, y + h - r}, r, 0, math.Pi/2)
	points = arc(points, point{x + r, y + h - r}, r, math.Pi/2, math.Pi/2)
	points = arc(points, point{x + r, y + r}, r, math.Pi, math.Pi/2)
	return shape{points: points, closed: true}
}

// arc appends the points of a circular arc that starts at an angle and turns by sweep.
func arc(points []point, centre point, r, start, sweep float64) []point {
	if r <= 0 {
		return append(points, centre)
	}
	step := 2 * math.Acos(math.Max(1-tolerance/r, 0))
	n := max(int(math.Ceil(math.Abs(sweep)/step)), 1)
	for i := 0; i <= n; i++ {
		a := start + sweep*float64(i)/float64(n)
		points = append(points, point{centre.x + r*math.Cos(a), centre.y + r*math.Sin(a)})
	}
	return points
}

func flattenPath(d string) ([]shape, error) {
	var shapes []shape
	var current shape
	finish := func() {
		if len(current.points) > 1 {
			shapes = append(shapes, current)
		}
		current = shape{}
	}
	words := pathWords(d)
	next := func() float64 {
		if len(words) == 0 {
			return math.NaN()
		}
		n, err := strconv.ParseFloat(words[0], 64)
		words = words[1:]
		if err != nil {
			return math.NaN()
		}
		return n
	}
	var at point
	for len(words) > 0 {
		command := words[0]
		words = words[1:]
		switch command {
		case "M":
			finish()
			at = point{next(), next()}
			current.points = append(current.points, at)
		case "L":
			at = point{next(), next()}
			current.points = append(current.points, at)
		case "H":
			at.x = next()
			current.points = append(current.points, at)
		case "V":
			at.y = next()
			current.points = append(current.points, at)
		case "A":
			r, _, _, large, sweep := next(), next(), next(), next() == 1, next() == 1
			to := point{next(), next()}
			current.points = circleArc(current.points, at, to, r, large, sweep)
			at = to
		case "C":
			a, b, to := point{next(), next()}, point{next(), next()}, point{next(), next()}
			current.points = bezier(current.points, at, a, b, to)
			at = to
		case "Z":
			current.closed = true
			if len(current.points) > 0 {
				at = current.points[0]
			}
			finish()
		default:
			return nil, fmt.Errorf("a path has %q", command)
		}
		if math.IsNaN(at.x) || math.IsNaN(at.y) {
			return nil, fmt.Errorf("a path lacks a number after %s", command)
		}
	}
	finish()
	return shapes, nil
}

// pathWords cuts a path into its commands and numbers.
func pathWords(d string) []string {
	var b strings.Builder
	for _, c := range d {
		switch {
		case c >= 'A' && c <= 'Z':
			b.WriteString(" " + string(c) + " ")
		case c == ',':
			b.WriteByte(' ')
		default:
			b.WriteRune(c)
		}
	}
	return strings.Fields(b.String())
}

// circleArc appends an arc given as SVG gives it: by its ends, its radius, and which of the four arcs it is.
func circleArc(points []point, from, to point, r float64, large, sweep bool) []point {
	dx, dy := to.x-from.x, to.y-from.y
	chord := math.Hypot(dx, dy)
	if chord == 0 {
		return points
	}
	r = math.Max(r, chord/2)
	off := math.Sqrt(math.Max(r*r-chord*chord/4, 0))
	if large == sweep {
		off = -off
	}
	centre := point{(from.x+to.x)/2 - off*dy/chord, (from.y+to.y)/2 + off*dx/chord}
	start := math.Atan2(from.y-centre.y, from.x-centre.x)
	turn := math.Atan2(to.y-centre.y, to.x-centre.x) - start
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	return arc(points, centre, r, start, turn)
}

func bezier(points []point, p, a, b, q point) []point {
	const n = 14
	for i := 1; i <= n; i++ {
		t := float64(i) / n
		u := 1 - t
		points = append(points, point{
			u*u*u*p.x + 3*u*u*t*a.x + 3*u*t*t*b.x + t*t*t*q.x,
			u*u*u*p.y + 3*u*u*t*a.y + 3*u*t*t*b.y + t*t*t*q.y})
	}
	return points
}
