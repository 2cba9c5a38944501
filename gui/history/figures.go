package history

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/receipt"
)

// numbers is the content of the card: what is in Darwin, what was skipped, and
// what failed.
func (d *detail) numbers() fyne.CanvasObject {
	c := d.of.Counts
	arrivedWords, skippedWords := "sent and in Darwin", "skipped: there already"
	if d.view.narrow {
		arrivedWords, skippedWords = "in Darwin", "there already"
	}
	first := figure(look.IconCheckCircle, theme.ColorNameSuccess, c[receipt.InDarwin], arrivedWords)
	switch {
	case c[receipt.Sent] > 0:
		first = figure(look.IconArrowUpCircle, theme.ColorNamePrimary, arrived(c), "sent, "+number(c[receipt.InDarwin])+" in Darwin")
	case c[receipt.InDarwin] == 0:
		first = figure(look.IconCheckCircle, look.ColorMuted, 0, arrivedWords)
	}
	all := []fyne.CanvasObject{first, figure(look.IconDashCircle, look.ColorMuted, c[receipt.Skipped], skippedWords)}
	if n := failed(c); n > 0 {
		all = append(all, figure(look.IconTriangleAlert, theme.ColorNameWarning, n, verbFor(n, "needs you", "need you")))
	} else {
		all = append(all, figure(look.IconTriangleAlert, look.ColorMuted, 0, "failed"))
	}
	if n := c[receipt.NotSent]; n > 0 {
		all = append(all, figure(look.IconDot, look.ColorMuted, n, "not sent"))
	}
	if n := c[receipt.SentAgain]; n > 0 {
		all = append(all, figure(look.IconRefresh, look.ColorMuted, n, "sent again later"))
	}
	return newCells(all)
}

func verbFor(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func figure(icon look.IconName, colour fyne.ThemeColorName, n int, words string) fyne.CanvasObject {
	return arrange.Inset(14, 16, 20, 8, arrange.Column(4,
		arrange.Line(look.Space2, -1, widgets.NewIcon(icon, colour, look.IconInline),
			widgets.NewText(number(n), theme.SizeNameHeadingText, bold).Coloured(colour)),
		widgets.NewShrinkingText(words, theme.SizeNameText, plain).Coloured(look.ColorMuted)))
}
