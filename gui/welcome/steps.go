package welcome

import (
	"image/color"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

var (
	plain = fyne.TextStyle{}
	bold  = fyne.TextStyle{Bold: true}
)

// buildSteps is what "Where do I find it?" opens, in place.
func (v *View) buildSteps() fyne.CanvasObject {
	inner := formWidth - 2*look.Space4 - 28
	open := widgets.NewButton(widgets.Link, lang.L("Open your keys in the browser"), look.Icon(look.IconExternalLink), v.openKeysPage)
	open.SetIconTrailing(true)
	v.steps = arrange.Inset(4, 8, 0, 0, widgets.NewCard(arrange.Column(8,
		step("1", lang.L("In Darwin, open Settings, then API keys."), inner),
		arrange.Line(0, -1, arrange.Gap(20), open),
		step("2", lang.L("Make a new key and copy it at once: Darwin shows it only this one time. "+
			"If you see no API keys there, ask your team lead for one."), inner),
	)).SetGround(theme.ColorNameBackground))
	v.steps.Hide()
	return v.steps
}

func step(number, text string, width float32) fyne.CanvasObject {
	label := widgets.NewText(number, theme.SizeNameCaptionText, bold).Coloured(theme.ColorNamePrimary).Aligned(fyne.TextAlignCenter)
	badge := container.NewGridWrap(fyne.NewSquareSize(20),
		widgets.NewCard(label).SetPadding(0).SetRadius(10).SetBorder("").SetGround(look.ColorPrimaryTint))
	return container.New(&top{gap: 8}, badge, arrange.Prose(width, widgets.NewParagraph(text, theme.SizeNameText, plain)))
}

// openKeysPage opens the page with the keys on the server that is named, or
// on the usual one while what is named is no address.
func (v *View) openKeysPage() {
	server, err := darwin.ParseServer(v.p.server)
	if err != nil {
		server, err = darwin.ParseServer(v.p.cfg.Server)
	}
	if err != nil || v.openURL == nil {
		return
	}
	page, err := url.Parse(server.String() + keysPage)
	if err == nil {
		v.openURL(page)
	}
}

// offer is a plain row below the line: an icon, what it is, and a button.
func offer(icon look.IconName, title, text string, button fyne.CanvasObject) fyne.CanvasObject {
	return offerWith(icon, title, muted(text), button)
}

func offerWith(icon look.IconName, title string, text, button fyne.CanvasObject) fyne.CanvasObject {
	picture := container.NewGridWrap(fyne.NewSquareSize(look.IconRail), widget.NewIcon(look.IconIn(icon, look.ColorMuted)))
	words := arrange.Column(0, widgets.NewShrinkingText(title, theme.SizeNameText, bold), text)
	return arrange.Line(16, 1, picture, words, button)
}

func muted(text string) *widgets.Text {
	return widgets.NewShrinkingText(text, theme.SizeNameText, plain).Coloured(look.ColorMuted)
}

// space is empty height between two parts of the form.
func space(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(0, height))
	return r
}

func toggle(o fyne.CanvasObject) { widgets.SetShown(o, !o.Visible()) }
