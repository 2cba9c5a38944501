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
