package widgets

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
)

// Dot is a small disc in a colour that is not of the theme, such as the one that a tag has in Darwin.
func Dot(c color.Color) fyne.Resource {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	ink := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	return fyne.NewStaticResource("dot-"+ink[1:]+".svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5" fill="`+ink+`"/></svg>`))
}
