package history

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/receipt"
)

// numbers is the content of the card: what is in Darwin, what was skipped, and
// what failed.
func (d *detail) numbers() fyne.CanvasObject {
	c := d.of.Counts
	arrivedWords, skippedWords, restWords := lang.L("sent and in Darwin"), lang.L("skipped: there already"), lang.L("not sent")
	if d.of.Imported {
		arrivedWords, restWords = lang.L("imported and in Darwin"), lang.L("not imported")
	}
	// Beside three others there is no room for more than a word or two.
	if d.view.narrow || c[receipt.NotSent]+c[receipt.SentAgain] > 0 {
		arrivedWords, skippedWords = lang.L("in Darwin"), lang.L("there already")
	}
	first := figure(look.IconCheckCircle, theme.ColorNameSuccess, c[receipt.InDarwin], arrivedWords)
	switch {
	case c[receipt.Sent] > 0:
		first = figure(look.IconArrowUpCircle, theme.ColorNamePrimary, arrived(c), d.partWords())
	case c[receipt.InDarwin] == 0:
		first = figure(look.IconCheckCircle, look.ColorMuted, 0, arrivedWords)
	}
	all := []fyne.CanvasObject{first, figure(look.IconDashCircle, look.ColorMuted, c[receipt.Skipped], skippedWords)}
	if n := failed(c); n > 0 {
		all = append(all, figure(look.IconTriangleAlert, theme.ColorNameWarning, n, lang.N("needs you", "need you", n)))
	} else {
		all = append(all, figure(look.IconTriangleAlert, look.ColorMuted, 0, lang.L("failed")))
	}
	if n := c[receipt.NotSent]; n > 0 {
		all = append(all, figure(look.IconDot, look.ColorMuted, n, restWords))
	}
	if n := c[receipt.SentAgain]; n > 0 {
		all = append(all, figure(look.IconRefresh, look.ColorMuted, n, lang.L("sent again")))
	}
	return newCells(all)
}

// partWords stand below the number of what has arrived while Darwin processes.
func (d *detail) partWords() string {
	n := lang.Number(d.of.Counts[receipt.InDarwin])
	switch {
	case d.view.narrow:
		return lang.L("%s in Darwin", n)
	case d.of.Imported:
		return lang.L("imported, %s in Darwin", n)
	default:
		return lang.L("sent, %s in Darwin", n)
	}
}

func figure(icon look.IconName, colour fyne.ThemeColorName, n int, words string) fyne.CanvasObject {
	return arrange.Inset(14, 16, 20, 8, arrange.Column(4,
		arrange.Line(look.Space2, -1, widgets.NewIcon(icon, colour, look.IconInline),
			widgets.NewText(lang.Number(n), theme.SizeNameHeadingText, bold).Coloured(colour)),
		widgets.NewShrinkingText(words, theme.SizeNameText, plain).Coloured(look.ColorMuted)))
}
