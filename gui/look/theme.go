package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Choice is whose word counts for light or dark.
type Choice string

// The choices that a person has. The values are those that the settings file keeps.
const (
	System Choice = ""
	Light  Choice = "light"
	Dark   Choice = "dark"
)

// Theme is the theme of the app. With Light or Dark it stays so whatever the computer says; anything else follows the computer.
func Theme(choice Choice) fyne.Theme {
	return &tokens{choice: choice, base: theme.DefaultTheme(), light: lightColours(), dark: darkColours(), sizes: sizes()}
}

type tokens struct {
	choice      Choice
	base        fyne.Theme
	light, dark map[fyne.ThemeColorName]color.Color
	sizes       map[fyne.ThemeSizeName]float32
}

// Color gives the colour of a name. Names that neither we nor Fyne know come out as Fyne's fallback.
func (t *tokens) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	dark := variant == theme.VariantDark
	switch t.choice {
	case Light:
		dark = false
	case Dark:
		dark = true
	}
	palette, fallback := t.light, theme.VariantLight
	if dark {
		palette, fallback = t.dark, theme.VariantDark
	}
	if c, ok := palette[name]; ok {
		return c
	}
	return t.base.Color(name, fallback)
}

// Size gives the size of a name in Fyne's device-independent pixels.
func (t *tokens) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := t.sizes[name]; ok {
		return s
	}
	return t.base.Size(name)
}

// Font gives Noto Sans as it comes with Fyne.
func (t *tokens) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon gives the icons that Fyne's own widgets draw: its own, but for the boxes of widget.Check, which look like ours.
func (t *tokens) Icon(name fyne.ThemeIconName) fyne.Resource {
	if box := checkBox(name); box != "" {
		return fyne.NewStaticResource("darwin-"+string(name)+".svg", []byte(svg(24, 24, `<path d="`+box+`"/>`)))
	}
	return t.base.Icon(name)
}

// checkBox draws the boxes of widget.Check. Fyne paints all of a box in one colour, so that marks are holes: loops that turn
// the other way.
func checkBox(name fyne.ThemeIconName) string {
	const (
		whole = `<rect x="2.4" y="2.4" width="19.2" height="19.2" rx="4.8" ry="4.8" fill="on" stroke="none"/>`
		edge  = `<rect x="3" y="3" width="18" height="18" rx="4.2" ry="4.2"/>`
		check = "M7.71 11.59L6.09 13.21L10.56 17.69L17.97 9.15L16.23 7.65L10.44 14.31Z"
		dash  = "M7 13.2L17 13.2L17 10.8L7 10.8Z"
	)
	switch name {
	case theme.IconNameCheckButton:
		return outline(edge, 1.2)
	case theme.IconNameCheckButtonFill:
		return outline(whole, 1)
	case theme.IconNameCheckButtonChecked:
		return outline(whole, 1) + check
	case theme.IconNameCheckButtonPartial:
		return outline(whole, 1) + dash
	}
	return ""
}
