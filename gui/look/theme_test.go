package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestThemeFollowsTheComputerUnlessAPersonChose(t *testing.T) {
	test.NewTempApp(t)
	light, dark := lightColours()[ColorSurface], darkColours()[ColorSurface]
	for _, c := range []struct {
		choice  Choice
		variant fyne.ThemeVariant
		dark    bool
	}{
		{System, theme.VariantLight, false}, {System, theme.VariantDark, true},
		{Light, theme.VariantDark, false}, {Dark, theme.VariantLight, true},
		{Choice("something else"), theme.VariantDark, true},
	} {
		want := light
		if c.dark {
			want = dark
		}
		if got := Theme(c.choice).Color(ColorSurface, c.variant); got != want {
			t.Errorf("choice %q, variant %d: got %v, want %v", c.choice, c.variant, got, want)
		}
	}
}

func TestBothPalettesNameTheSameColours(t *testing.T) {
	light, dark := lightColours(), darkColours()
	for name := range light {
		if dark[name] == nil {
			t.Errorf("%s is missing in the dark", name)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("%d colours in the light, %d in the dark", len(light), len(dark))
	}
}

func TestNamesThatAreNotOursComeFromFyne(t *testing.T) {
	test.NewTempApp(t)
	th := Theme(Dark)
	if th.Color(theme.ColorRed, theme.VariantDark) == nil {
		t.Error("no colour")
	}
	if th.Size(theme.SizeNameWindowTitleBarHeight) <= 0 {
		t.Error("no size")
	}
	if th.Font(fyne.TextStyle{Bold: true}) == nil || th.Icon(theme.IconNameConfirm) == nil {
		t.Error("no font or icon")
	}
}

func TestTextSizesAreThoseOfTheDesign(t *testing.T) {
	test.NewTempApp(t)
	th := Theme(System)
	for name, want := range map[fyne.ThemeSizeName]float32{
		theme.SizeNameText: 14, theme.SizeNameCaptionText: 12, SizeBodyLarge: 16, theme.SizeNameSubHeadingText: 18,
		theme.SizeNameHeadingText: 24, SizeDisplay: 32, theme.SizeNamePadding: 4, theme.SizeNameInnerPadding: 8,
	} {
		if got := th.Size(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestBoxesOfFynesChecksAreOursWithTheirMarksCutOut(t *testing.T) {
	app := test.NewTempApp(t)
	th := Theme(Light)
	app.Settings().SetTheme(th)
	for name, c := range map[fyne.ThemeIconName]struct{ centre, edge bool }{
		theme.IconNameCheckButton:        {centre: false, edge: true},
		theme.IconNameCheckButtonFill:    {centre: true, edge: true},
		theme.IconNameCheckButtonChecked: {centre: false, edge: true},
		theme.IconNameCheckButtonPartial: {centre: false, edge: true},
	} {
		picture := draw(theme.NewThemedResource(th.Icon(name)), 96)
		painted := func(x, y int) bool { _, _, _, a := picture.At(x, y).RGBA(); return a > 0x8000 }
		x, y := 48, 48
		if name == theme.IconNameCheckButtonChecked {
			x, y = 42, 64 // where the arms of the check meet
		}
		if painted(x, y) != c.centre || painted(48, 13) != c.edge {
			t.Errorf("%s: mark painted %v, edge painted %v", name, painted(x, y), painted(48, 13))
		}
	}
}
