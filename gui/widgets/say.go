package widgets

import (
	"fyne.io/fyne/v2"

	"darwin-uploader/gui/lang"
)

// Labelled is what has to be told what it stands for, for those who cannot see what is written beside it.
type Labelled interface {
	SetLabel(label string)
	Labelled() bool
}

// Labelled says whether the box has a name.
func (c *Check) Labelled() bool { return c.label != "" }

// Labelled says whether the choice has a name.
func (p *Picker) Labelled() bool { return p.label != "" }

// Labelled says whether the field has a name, if only by what stands in it while it is empty.
func (f *Field) Labelled() bool { return f.label != "" || f.hint != "" }

var _, _, _ Labelled = (*Check)(nil), (*Picker)(nil), (*Field)(nil)

// say puts what something is called and what state it is in into one text for a screen reader: "Needs you, 23". What is empty is left
// out.
func say(parts ...string) string {
	said := ""
	for _, part := range parts {
		switch {
		case part == "":
		case said == "":
			said = part
		default:
			said = lang.L("%s, %s", said, part)
		}
	}
	return said
}

// say adds that a control cannot be used now.
func (c *control) say(parts ...string) string {
	if c.Disabled() {
		parts = append(parts, lang.L("not available now"))
	}
	return say(parts...)
}

// chosenWord is what the one in force of several is called.
func chosenWord(on bool) string {
	if on {
		return lang.L("chosen")
	}
	return ""
}

// group is what has other things in it, for a screen reader.
type group struct{ label string }

// SetLabel names what is inside.
func (g *group) SetLabel(label string) { g.label = label }

// AccessibilityLabel is the name.
func (g *group) AccessibilityLabel() string { return g.label }

// AccessibilityRole is container.
func (g *group) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
