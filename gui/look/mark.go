package look

import "fmt"

// markDrawing draws the mark on a 40 by 40 ground: {0} the ground, {1} what is on it.
func markDrawing() string {
	const corners = `<path d="M9.5 14.5V12A2.5 2.5 0 0 1 12 9.5H14.5"/><path d="M25.5 9.5H28A2.5 2.5 0 0 1 30.5 12V14.5"/>` +
		`<path d="M30.5 25.5V28A2.5 2.5 0 0 1 28 30.5H25.5"/><path d="M14.5 30.5H12A2.5 2.5 0 0 1 9.5 28V25.5"/>`
	const arrow = `<path d="M20 26.5V14.5"/><path d="M15.2 19.2L20 14.4L24.8 19.2"/>`
	return svg(40, 40, `<rect x="0" y="0" width="40" height="40" rx="9" ry="9" fill="{0}"/>`+
		`<path d="`+outline(corners+arrow, 2.5)+`" fill="{1}"/>`)
}

const cornerStroke = 3.0

// cornerDrawing draws one corner of the frame. The four are written out, since a turned group is not drawn by every SVG reader.
func cornerDrawing(quarters int, leg float32) string {
	near, far := float32(cornerStroke/2), leg-cornerStroke/2
	r := min(RadiusFrame, leg/3)
	var path string
	switch quarters {
	case 0: // top left
		path = fmt.Sprintf("M%.2f %.2fV%.2fA%.2f %.2f 0 0 1 %.2f %.2fH%.2f", near, far, near+r, r, r, near+r, near, far)
	case 1: // top right
		path = fmt.Sprintf("M%.2f %.2fH%.2fA%.2f %.2f 0 0 1 %.2f %.2fV%.2f", near, near, far-r, r, r, far, near+r, far)
	case 2: // bottom right
		path = fmt.Sprintf("M%.2f %.2fV%.2fA%.2f %.2f 0 0 1 %.2f %.2fH%.2f", far, near, far-r, r, r, far-r, far, near)
	default: // bottom left
		path = fmt.Sprintf("M%.2f %.2fH%.2fA%.2f %.2f 0 0 1 %.2f %.2fV%.2f", far, far, near+r, r, r, near, far-r, near)
	}
	return svg(leg, leg, `<path d="`+outline(`<path d="`+path+`"/>`, cornerStroke)+`" fill="{0}"/>`)
}
