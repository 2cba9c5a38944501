package help

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// Key is one thing to press and what it does.
type Key struct{ Press, Does string }

// Section is a group of keys.
type Section struct {
	Title string
	Keys  []Key
}

// MenuKeys lists the shortcuts of a menu, so that the page cannot say anything
// else than the menu does.
func MenuKeys(menu *fyne.MainMenu) []Section {
	var all []Section
	for _, m := range menu.Items {
		s := Section{Title: m.Label}
		for _, item := range m.Items {
			if press := pressed(item.Shortcut); press != "" {
				s.Keys = append(s.Keys, Key{press, strings.TrimSuffix(item.Label, "...")})
			}
		}
		if len(s.Keys) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// pressed is a shortcut as it stands on the keyboard.
func pressed(s fyne.Shortcut) string {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return ""
	}
	var words []string
	for _, m := range []struct {
		modifier fyne.KeyModifier
		name     string
	}{{fyne.KeyModifierControl, lang.L("Ctrl")}, {fyne.KeyModifierSuper, lang.L("Cmd")}, {fyne.KeyModifierAlt, lang.L("Alt")}, {fyne.KeyModifierShift, lang.L("Shift")}} {
		if custom.Modifier&m.modifier != 0 {
			words = append(words, m.name)
		}
	}
	name := string(custom.KeyName)
	switch custom.KeyName {
	case fyne.KeyReturn:
		name = lang.L("Enter")
		if runtime.GOOS == "darwin" {
			name = lang.L("Return")
		}
	case fyne.KeyComma:
		name = lang.L("Comma")
	}
	return strings.Join(append(words, name), " + ")
}

// NewKeys is the page of the keys.
func NewKeys(sections []Section, onClose func()) *Page {
	column := arrange.Column(look.Space2)
	for i, s := range sections {
		title := widgets.NewText(s.Title, theme.SizeNameText, fyne.TextStyle{Bold: true})
		if i > 0 {
			column.Add(arrange.Inset(look.Space3, 0, 0, 0, title))
		} else {
			column.Add(title)
		}
		for _, k := range s.Keys {
			column.Add(arrange.Line(look.Space4, 1,
				arrange.Wide(keyWidth, widgets.NewText(k.Press, theme.SizeNameText, fyne.TextStyle{}).Coloured(look.ColorMuted)),
				widgets.NewShrinkingText(k.Does, theme.SizeNameText, fyne.TextStyle{})))
		}
	}
	return newPage(lang.L("Keyboard"), column, onClose)
}

const keyWidth float32 = 170
