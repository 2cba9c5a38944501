package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

const (
	textContrast  = 4.5 // WCAG 2.2, 1.4.3
	shapeContrast = 3.0 // WCAG 2.2, 1.4.11: icons, borders, the ring of focus
)

var grounds = []fyne.ThemeColorName{theme.ColorNameBackground, ColorSurface, ColorRaised, ColorPrimaryTint,
	theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, theme.ColorNameHeaderBackground, theme.ColorNameInputBackground}

func TestTextCanBeReadOnItsGround(t *testing.T) {
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNameForeground:          append([]fyne.ThemeColorName{theme.ColorNameFocus, ColorSuccessTint, ColorWarningTint, ColorErrorTint}, grounds...),
		ColorMuted:                         append([]fyne.ThemeColorName{ColorSuccessTint, ColorWarningTint, ColorErrorTint}, grounds...),
		theme.ColorNamePlaceHolder:         grounds,
		theme.ColorNamePrimary:             grounds,
		theme.ColorNameHyperlink:           grounds,
		theme.ColorNameForegroundOnPrimary: {theme.ColorNamePrimary},
		theme.ColorNameForegroundOnSuccess: {theme.ColorNameSuccess},
		theme.ColorNameForegroundOnWarning: {theme.ColorNameWarning},
		theme.ColorNameForegroundOnError:   {theme.ColorNameError},
		theme.ColorNameSuccess:             {theme.ColorNameBackground, ColorSurface, ColorRaised, ColorPrimaryTint, ColorSuccessTint},
		theme.ColorNameWarning:             {theme.ColorNameBackground, ColorSurface, ColorRaised, ColorPrimaryTint, ColorWarningTint},
		theme.ColorNameError:               {theme.ColorNameBackground, ColorSurface, ColorRaised, ColorPrimaryTint, ColorErrorTint, theme.ColorNameOverlayBackground},
	}
	checkPairs(t, pairs, textContrast)
}

// WCAG asks nothing of disabled controls; people who wonder why a button is dead have to read it all the same.
func TestDisabledTextCanStillBeRead(t *testing.T) {
	checkPairs(t, map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNameDisabled: {theme.ColorNameDisabledButton, theme.ColorNameBackground, ColorSurface},
	}, 3.9)
}

func TestShapesStandOutFromTheirGround(t *testing.T) {
	checkPairs(t, map[fyne.ThemeColorName][]fyne.ThemeColorName{
		ColorFocus:                 append([]fyne.ThemeColorName{ColorTrack}, grounds...),
		theme.ColorNameFocus:       {ColorSurface, theme.ColorNameBackground},
		theme.ColorNameInputBorder: {ColorSurface, theme.ColorNameBackground},
		theme.ColorNamePrimary:     {ColorTrack},
		theme.ColorNameSuccess:     {ColorTrack},
	}, shapeContrast)
}

func TestTextStaysReadableUnderThePointer(t *testing.T) {
	for _, choice := range []Choice{Light, Dark} {
		for _, over := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNamePressed} {
			for ink, ground := range map[fyne.ThemeColorName]fyne.ThemeColorName{
				theme.ColorNameForegroundOnPrimary: theme.ColorNamePrimary,
				theme.ColorNameForeground:          ColorRaised,
				ColorMuted:                         ColorSurface,
				theme.ColorNamePrimary:             ColorSurface,
			} {
				th := Theme(choice)
				under := mixed(th.Color(ground, 0), th.Color(over, 0))
				if got := ratio(th.Color(ink, 0), under); got < textContrast {
					t.Errorf("%s: %s on %s under %s: %.2f", choice, ink, ground, over, got)
				}
			}
		}
	}
}

func checkPairs(t *testing.T, pairs map[fyne.ThemeColorName][]fyne.ThemeColorName, least float64) {
	t.Helper()
	test.NewTempApp(t)
	for _, choice := range []Choice{Light, Dark} {
		th := Theme(choice)
		for ink, grounds := range pairs {
			for _, ground := range grounds {
				if got := ratio(th.Color(ink, 0), th.Color(ground, 0)); got < least {
					t.Errorf("%s: %s on %s: %.2f, want at least %.1f", choice, ink, ground, got, least)
				}
			}
		}
	}
}

func mixed(under, over color.Color) color.Color {
	u, o := color.NRGBAModel.Convert(under).(color.NRGBA), color.NRGBAModel.Convert(over).(color.NRGBA)
	a := float64(o.A) / 255
	mix := func(x, y uint8) uint8 { return uint8(float64(x)*(1-a) + float64(y)*a) }
	return color.NRGBA{R: mix(u.R, o.R), G: mix(u.G, o.G), B: mix(u.B, o.B), A: 255}
}

// ratio is the contrast ratio of WCAG 2.
func ratio(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n.R) + 0.7152*linear(n.G) + 0.0722*linear(n.B)
}

func TestRatioIsThatOfWCAG(t *testing.T) {
	if got := ratio(color.Black, color.White); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white: %.2f", got)
	}
	if got := ratio(rgb(0x767676), color.White); math.Abs(got-4.54) > 0.01 {
		t.Errorf("#767676 on white: %.2f", got)
	}
}
