package prefs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
)

// looks are the choices of the look, in their order.
var looks = [...]struct {
	value look.Choice
	words string
}{{look.System, "System"}, {look.Light, "Light"}, {look.Dark, "Dark"}}

func (v *View) appearanceSection() fyne.CanvasObject {
	v.looks = nil
	choices := arrange.Line(24, -1)
	for _, l := range looks {
		radio := widgets.NewRadio(false, l.words, func() {
			if string(l.value) != v.now.Look {
				v.change(func(s *settings.Settings) { s.Look = string(l.value) })
			}
		})
		v.looks = append(v.looks, radio)
		choices.Add(arrange.Line(6, -1, radio, newLabel(l.words, func() { radio.Tapped(nil) })))
	}
	return v.section("Appearance", "", v.setting("Look", flush(choices), hint("System does as this computer does.")))
}

func (v *View) showAppearance() {
	for i, radio := range v.looks {
		radio.SetChosen(string(looks[i].value) == v.now.Look)
	}
}

// privacy are the controls of the section of that name.
type privacy struct {
	report *widgets.Button
	logged *widgets.Button
	said   *widgets.Text
	ask    *widgets.Check
}

func (v *View) buildPrivacy() {
	p := &v.privacy
	p.report = widgets.NewButton(widgets.Plain, "Copy a report for support", look.Icon(look.IconCopy), v.copyReport)
	p.logged = widgets.NewButton(widgets.Link, "See what is logged", nil, func() { call(v.OnOpenLog) })
	p.logged.SetFlush(true)
	p.said = widgets.NewShrinkingText("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	p.ask = widgets.NewCheck(func(state widgets.TriState) {
		v.change(func(s *settings.Settings) { s.CloseUnasked = state == widgets.Off })
	})
}

func (v *View) privacySection() fyne.CanvasObject {
	p := &v.privacy
	rows := arrange.Column(8)
	if v.OnCopyReport != nil {
		p.said.SetText("No keys and no pictures in it.")
		beside := arrange.Column(0, p.said)
		if v.OnOpenLog != nil {
			beside.Add(arrange.Line(0, -1, p.logged))
		}
		rows.Add(v.setting("Log on this computer", arrange.Line(0, -1, p.report), beside))
	}
	rows.Add(v.setting("Closing the window", ticked(p.ask, "Ask first while files are being sent"), hint("No file is lost either way.")))
	return v.section("Privacy", "Nothing leaves without you.", rows)
}

func (v *View) showPrivacy() { setCheck(v.privacy.ask, !v.now.CloseUnasked) }

func (v *View) copyReport() {
	v.privacy.report.Disable()
	v.OnCopyReport(func(err error) {
		v.post(func() {
			v.privacy.report.Enable()
			v.privacy.said.SetText("Copied. Paste it into a message to support.")
			if err != nil {
				v.privacy.said.SetText(fault.Of(err).What)
			}
		})
	})
}
