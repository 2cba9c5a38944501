package prefs

import (
	"fyne.io/fyne/v2"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
)

// looks are the choices of the look, in their order.
var looks = [...]struct {
	value look.Choice
	words string
}{{look.System, lang.Mark("System")}, {look.Light, lang.Mark("Light")}, {look.Dark, lang.Mark("Dark")}}

func (v *View) appearanceSection() fyne.CanvasObject {
	v.looks = nil
	choices := arrange.Line(24, -1)
	for _, l := range looks {
		words := lang.L(l.words)
		radio := widgets.NewRadio(false, words, func() {
			if string(l.value) != v.now.Look {
				v.change(func(s *settings.Settings) { s.Look = string(l.value) })
			}
		})
		v.looks = append(v.looks, radio)
		choices.Add(arrange.Line(6, -1, radio, newLabel(words, func() { radio.Tapped(nil) })))
	}
	return v.section(lang.L("Appearance"), "", arrange.Column(8,
		v.setting(lang.L("Look"), flush(choices), hint(lang.L("System does as this computer does."))),
		v.setting(lang.L("Language"), v.wide(v.language), v.languageHint)))
}

func (v *View) buildLanguage() {
	v.language = formPicker(func() { openMenu(v.language, v.languageMenu()) })
	v.language.SetLabel(lang.L("Language"))
	v.languageHint = hint("")
}

func (v *View) languageMenu() *fyne.Menu {
	menu := fyne.NewMenu("")
	add := func(tag, name string) {
		item := fyne.NewMenuItem(name, func() { v.chooseLanguage(tag) })
		item.Checked = tag == v.now.Language
		menu.Items = append(menu.Items, item)
	}
	add("", lang.L("System default"))
	for _, l := range lang.Languages() {
		add(l.Tag, l.Name)
	}
	return menu
}

func (v *View) chooseLanguage(tag string) {
	if tag == v.now.Language {
		return
	}
	v.now.Language = tag
	v.show()
	if v.OnLanguage != nil {
		v.OnLanguage(tag)
	}
}

func (v *View) showAppearance() {
	v.language.SetText(lang.L("System default"))
	for _, l := range lang.Languages() {
		if l.Tag == v.now.Language {
			v.language.SetText(l.Name)
		}
	}
	help(v.languageHint, v.languageWaits, lang.L("It comes with the next start, so that nothing in the window is lost."), lang.L("The names of your files stay as they are."))
	for i, radio := range v.looks {
		radio.SetChosen(string(looks[i].value) == v.now.Look)
	}
}

// privacy are the controls of the section of that name.
type privacy struct {
	report *widgets.Button
	logged *widgets.Button
	said   *widgets.Paragraph
	ask    *widgets.Check
}

func (v *View) buildPrivacy() {
	p := &v.privacy
	p.report = widgets.NewButton(widgets.Plain, lang.L("Copy a report for support"), look.Icon(look.IconCopy), v.copyReport)
	p.logged = widgets.NewButton(widgets.Link, lang.L("See what is logged"), nil, func() { call(v.OnOpenLog) })
	p.logged.SetFlush(true)
	p.said = hint("")
	p.ask = widgets.NewCheck(func(state widgets.TriState) {
		v.change(func(s *settings.Settings) { s.CloseUnasked = state == widgets.Off })
	})
}

func (v *View) privacySection() fyne.CanvasObject {
	p := &v.privacy
	rows := arrange.Column(8)
	if v.OnCopyReport != nil {
		p.said.SetText(lang.L("No keys and no pictures in it."))
		rows.Add(v.setting(lang.L("Log on this computer"), arrange.Line(0, -1, p.report), p.said))
		if v.OnOpenLog != nil {
			rows.Add(v.setting("", arrange.Line(0, -1, p.logged), space()))
		}
	}
	rows.Add(v.setting(lang.L("Closing the window"), ticked(p.ask, lang.L("Ask first while files are being sent")), hint(lang.L("No file is lost either way."))))
	return v.section(lang.L("Privacy"), lang.L("Nothing leaves without you."), rows)
}

func (v *View) showPrivacy() { setCheck(v.privacy.ask, !v.now.CloseUnasked) }

func (v *View) copyReport() {
	v.privacy.report.Disable()
	v.OnCopyReport(func(err error) {
		v.post(func() {
			v.privacy.report.Enable()
			v.privacy.said.SetText(lang.L("Copied. Paste it into a message to support."))
			if err != nil {
				v.privacy.said.SetText(lang.S(fault.Of(err).What))
			}
		})
	})
}
