package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// askWidth is the width of the words in a question.
const askWidth float32 = 400

// answer is one way out of a question.
type answer struct {
	words string
	do    func() // nil does nothing
}

// tellThat says something over the window that a person has to know.
func (w *window) tellThat(title, words string) { w.ask(title, words, answer{words: lang.L("Close")}) }

// ask puts a question over the window. The safe answer is the filled button:
// it has the keyboard, and Escape means it. A new question takes the place of
// one that is still there.
func (w *window) ask(title, words string, safe answer, others ...answer) {
	if w.asked != nil {
		w.asked.Hide()
	}
	var box *widget.PopUp
	choose := func(a answer) func() {
		return func() {
			box.Hide()
			w.started() // the keyboard goes back to where it is needed
			if a.do != nil {
				a.do()
			}
		}
	}
	button := func(style widgets.ButtonStyle, a answer) *widgets.Button {
		b := widgets.NewButton(style, a.words, nil, choose(a))
		b.SetOnEscape(choose(safe))
		return b
	}
	first := button(widgets.Filled, safe)
	buttons := []fyne.CanvasObject{container.NewStack()}
	for _, a := range others {
		buttons = append(buttons, button(widgets.Plain, a))
	}
	buttons = append(buttons, first)
	box = widget.NewModalPopUp(arrange.Inset(look.Space4, look.Space4, look.Space4, look.Space4, arrange.Column(look.Space3,
		widgets.NewText(title, theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true}),
		arrange.Prose(askWidth, widgets.NewParagraph(words, theme.SizeNameText, fyne.TextStyle{})),
		arrange.Inset(look.Space2, 0, 0, 0, arrange.Line(look.Space2, 0, buttons...)))), w.win.Canvas())
	w.asked = box
	box.Show()
	w.win.Canvas().Focus(first)
}
