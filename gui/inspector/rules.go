package inspector

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
)

// Rule is one thing that can be made of the folders of the files: its label in
// the list, what would come of it, and doing it.
type Rule struct {
	Label string
	// Preview tells what would become of the files, a sentence each, and what
	// the button says; with no words for it there is nothing to do.
	Preview func() (words []string, press string)
	// Do does it. done is told once, on the main thread, why it could not be.
	Do func(done func(error))
}

// rulePanel makes tags or other folders of the folders that files lie in. It
// opens below the folder, and shows what would come of it before anything is
// done.
type rulePanel struct {
	v     *View
	open  *widgets.Button
	which *widgets.Picker
	says  *widgets.Paragraph
	wrong *widgets.Paragraph
	press *widgets.Button
	close *widgets.Button
	panel *widgets.Card
	all   *fyne.Container

	rules   []Rule
	chosen  int
	opened  bool
	working bool
}

func newRulePanel(v *View) *rulePanel {
	p := &rulePanel{v: v, which: widgets.NewPicker(nil)}
	p.open = widgets.NewButton(widgets.Link, lang.L("Use the folder names"), look.Icon(look.IconFolder), p.unfold)
	p.open.SetFlush(true)
	p.which.SetForm(true)
	p.which.SetLabel(lang.L("Use the folder names"))
	p.which.SetOnTapped(p.menu)
	p.says = widgets.NewParagraph("", theme.SizeNameText, plain)
	p.wrong = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(theme.ColorNameWarning)
	p.press = widgets.NewButton(widgets.Tinted, "", nil, p.do)
	p.close = widgets.NewButton(widgets.LinkMuted, lang.L("Close"), nil, p.fold)
	return p
}

func (p *rulePanel) build(width float32) fyne.CanvasObject {
	inner := width - 2*look.Space3
	p.panel = widgets.NewCard(arrange.Column(10, arrange.Wide(inner, p.which), arrange.Prose(inner, p.says), arrange.Prose(inner, p.wrong),
		arrange.Column(2, p.press, p.close))).SetPadding(look.Space3).SetRadius(look.RadiusButton)
	p.all = arrange.Column(0, arrange.Line(0, -1, p.open), p.panel)
	return p.all
}

// show follows the selection: it may have no folders, or others.
func (p *rulePanel) show() {
	able := p.v.OnRules != nil && !p.v.locked && p.v.shown.Files > 0 && p.v.shown.InFolders
	if !able {
		p.opened = false
	}
	widgets.SetShown(p.all, able)
	widgets.SetShown(p.open, !p.opened)
	widgets.SetShown(p.panel, p.opened)
	if p.opened && !p.working {
		p.look()
	}
}

// look asks what can be made of the folders now, and what would come of it.
func (p *rulePanel) look() {
	label := p.which.Text()
	p.rules, p.chosen = p.v.OnRules(), 0
	for i, r := range p.rules {
		if r.Label == label {
			p.chosen = i
		}
	}
	if len(p.rules) == 0 {
		p.opened = false
		widgets.SetShown(p.open, true)
		widgets.SetShown(p.panel, false)
		return
	}
	rule := p.rules[p.chosen]
	words, press := rule.Preview()
	p.which.SetText(rule.Label)
	p.says.SetText(strings.Join(words, "\n"))
	widgets.SetShown(p.press, press != "")
	p.press.SetText(press)
	widgets.SetEnabled(p.press, true)
	widgets.SetShown(p.wrong, p.wrong.Text() != "")
}

func (p *rulePanel) unfold() {
	p.opened = true
	p.wrong.SetText("")
	p.show()
	p.v.relayout()
	widgets.Focus(p.v, p.which)
}

func (p *rulePanel) fold() {
	p.opened = false
	p.show()
	p.v.relayout()
	widgets.Focus(p.v, p.open)
}

func (p *rulePanel) choose(label string) {
	p.which.SetText(label)
	p.wrong.SetText("")
	p.show()
	p.v.relayout()
}

// menu opens the choices below the picker.
func (p *rulePanel) menu() {
	labels := make([]string, len(p.rules))
	for i, r := range p.rules {
		labels[i] = r.Label
	}
	p.v.video.menu(p.which, labels, p.which.Text(), p.choose)
}

func (p *rulePanel) do() {
	if p.working || p.chosen >= len(p.rules) {
		return
	}
	p.working = true
	p.wrong.SetText("")
	p.press.Disable()
	p.rules[p.chosen].Do(func(err error) {
		p.working = false
		if err != nil {
			p.wrong.SetText(lang.Fault(fault.Of(err)))
		} else {
			p.opened = false
		}
		p.show()
		p.v.relayout()
	})
}
