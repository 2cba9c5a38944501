package scenes

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
)

// The size of a scene in its own units; other sizes keep this ratio.
const (
	Width  float32 = 120
	Height float32 = 93
)

// light is the time of day: sky, far hill, near ground and trees.
type light struct{ sky, hill, ground, tree string }

var (
	misty = light{sky: "#CFE2E8", hill: "#A5C3B5", ground: "#557B63", tree: "#7BA18A"}
	dusk  = light{sky: "#F4D8BC", hill: "#D4A68D", ground: "#644F5F", tree: "#9A7178"}
	noon  = light{sky: "#DCEBF5", hill: "#BAD5A5", ground: "#6E9A58", tree: "#8DB779"}
	rain  = light{sky: "#D7DEE8", hill: "#ADBACB", ground: "#5E708A", tree: "#8494AE"}
	night = light{sky: "#2A323B", hill: "#3E4853", ground: "#78848F", tree: "#525E6A"}
)

// scene is one picture: a light, where its trees stand, and who is there.
type scene struct {
	name  string
	light light
	flip  bool // the hills run the other way
	trees []tree
	who   string // SVG of the animal, already placed
	video bool   // carries the play mark
}

// tree is a fir with its foot at x, y.
type tree struct{ x, y, height float64 }

// All gives the six scenes in the order in which the frame shows them, row by
// row: a deer in mist, a fox at dusk, an empty meadow, a heron in the rain, a
// white deer at night as a video, and a fox at noon.
func All() []fyne.Resource {
	all := []scene{
		{name: "deer", light: misty, trees: []tree{{30, 57, 38}, {92, 60, 28}, {102, 62, 36}, {114, 62, 26}},
			who: placed(deer, "#26352F", 50, 18, 1)},
		{name: "fox", light: dusk, flip: true, trees: []tree{{8, 64, 32}, {28, 61, 40}, {60, 58, 26}, {91, 58, 34}},
			who: placed(fox, "#3A2B33", 30, 50, 1)},
		{name: "meadow", light: noon, trees: []tree{{26, 58, 36}, {44, 66, 38}, {53, 67, 34}, {92, 66, 30}, {117, 60, 36}}},
		{name: "heron", light: rain, flip: true, trees: []tree{{22, 64, 30}, {38, 61, 42}, {52, 63, 32}},
			who: placed(heron, "#232B35", 49, 32, 1)},
		{name: "white-deer", light: night, trees: []tree{{32, 60, 24}, {44, 63, 34}, {60, 64, 40}},
			who: placed(deer, "#DFE4E9", 62, 25, 0.9), video: true},
		{name: "meadow-fox", light: noon, trees: []tree{{8, 62, 24}, {25, 64, 44}, {46, 66, 34}, {70, 60, 38}},
			who: placed(fox, "#5C3B24", 58, 50, 1)},
	}
	resources := make([]fyne.Resource, len(all))
	for i, s := range all {
		resources[i] = fyne.NewStaticResource("scene-"+s.name+".svg", []byte(s.svg()))
	}
	return resources
}

// placed gives an animal's shape its colour, place and size. Both factors of
// scale are named: the SVG reader takes a missing second one for 0.
func placed(shape, colour string, x, y, scale float64) string {
	return fmt.Sprintf(`<g transform="translate(%g %g) scale(%g %g)" fill="%s">%s</g>`, x, y, scale, scale, colour, shape)
}

func (s scene) svg() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g" viewBox="0 0 %g %g">`, Width, Height, Width, Height)
	fmt.Fprintf(&b, `<rect x="0" y="0" width="120" height="93" fill="%s"/>`, s.light.sky)
	hill, ground := `M0 44 C20 30 38 38 60 40 C84 42 98 34 120 46 L120 93 L0 93 Z`, `M0 68 C30 64 70 70 120 66 L120 93 L0 93 Z`
	if s.flip {
		hill, ground = `M0 37 C22 33 36 44 62 40 C86 36 100 30 120 38 L120 93 L0 93 Z`, `M0 67 C40 72 80 64 120 69 L120 93 L0 93 Z`
	}
	fmt.Fprintf(&b, `<path d="%s" fill="%s"/>`, hill, s.light.hill)
	for _, t := range s.trees {
		half := t.height * 0.26
		fmt.Fprintf(&b, `<path d="M%g %g L%g %g L%g %g Z" fill="%s"/>`, t.x, t.y-t.height, t.x+half, t.y, t.x-half, t.y, s.light.tree)
	}
	fmt.Fprintf(&b, `<path d="%s" fill="%s"/>`, ground, s.light.ground)
	b.WriteString(s.who)
	if s.video {
		b.WriteString(`<circle cx="60" cy="46.5" r="17.5" fill="#14181D" fill-opacity="0.8"/><path d="M54.5 37 L69 46.5 L54.5 56 Z" fill="#FFFFFF"/>`)
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// The animals look to the left, their feet stand on the lower edge: the deer
// in a box of 58 by 62, the fox of 58 by 27, the heron of 54 by 49.
const (
	deer = `<path d="M1 20 C4 17 8 14 11 12 L12 8 L16 12 C19 13 20 16 20 19 C21 25 23 29 26 31 C33 33 42 31 50 31 ` +
		`C55 31 57 35 57 40 L56 44 L55 47 L55 61 L51 61 L50.5 49 L49 47 L48.5 61 L44.5 61 L44 46 C38 48 32 48 28 47 ` +
		`L27.5 61 L23.5 61 L23 47 L22 46 L21.5 61 L17.5 61 L17 42 C14 36 13 29 12 24 C9 25 5 25 2 23 Z"/>` +
		`<path d="M10.5 12 C7 9 5 5 5.5 0.5 L7.2 0.7 C7 3 7.6 5 8.6 6.8 L9.4 3 L11 3.4 L10.2 8.6 L12.6 11 Z"/>` +
		`<path d="M14 11.5 C16.5 8.5 18 5 17.8 1 L19.6 0.8 C19.7 2.6 19.5 4.2 19 5.8 L22 3.4 L23.2 4.6 L18 9 L16.2 12 Z"/>`
	fox = `<path d="M0 11 L5 6 L6 1 L9.5 4.5 C14 5.5 17 7 21 6.5 C27 5.5 33 5.5 37 7 C43 3.5 50 4 57 10 ` +
		`C51 12.5 46 15 40.5 13.5 L40.8 19 L41 27 L37.8 27 L36.5 18.5 L35 18.5 L34.6 27 L31.4 27 L31 17 C26 18.2 21 17.8 18 16.8 ` +
		`L17.6 27 L14.4 27 L14 18.5 L12.8 18 L12.4 27 L9.2 27 L9.2 15 C5.5 14 2 13.5 0 11 Z"/>`
	heron = `<path d="M0 9 L11 4.5 C14 1 20 1 22 5.5 C23.5 9.5 21 13 22 15.5 C24 17.5 29 17 33 18.5 C41 21 47 25 53 31 ` +
		`L45 30.5 C40 33 33 32.5 28 29.5 C22 26 18.5 21.5 18.5 15.5 C18.5 12 19.5 9.5 18 8 C16.5 7 13 8 0 9 Z"/>` +
		`<path d="M31.6 30 L33.2 30 L33.2 49 L31.6 49 Z"/><path d="M37 30 L38.6 30 L38.6 49 L37 49 Z"/>`
)
