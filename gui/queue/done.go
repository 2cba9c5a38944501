package queue

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
)

// Outcome is what the controller knows about an upload that has ended.
type Outcome struct {
	Dataset  string
	From, To time.Time
	Problem  string // what stopped it as a whole, "" if nothing did
	// Following: Darwin is being asked about what it has not settled.
	Following bool
}

// done is the screen after an upload: how much arrived, folder by folder, and
// what became of the rest. Files are in Darwin once Darwin has processed them;
// until then they are sent, and the screen follows what Darwin says.
type done struct {
	model    *Model
	on       *Actions
	list     func(Group) // goes back to the list
	leftOuts func()      // and opens the list of what was left out
	frame    *widgets.Frame
	grid     *mosaic
	sides    *fyne.Container
	scroll   *container.Scroll
	body     *fyne.Container
	column   *fyne.Container

	headline, second              *widgets.Text
	words                         *widgets.Paragraph
	retry, open, save, more, look *widgets.Button // they stay, so that the keyboard stays on them
	line                          *fyne.Container
	again                         []ID // what retry sends
}

const (
	receiptWidth  float32 = 520
	pictureWidth  float32 = 432
	maxLines              = 8 // of the receipt; the rest is one line
	pictureFrom           = pictureWidth + receiptWidth + 4*look.Margin
	receiptHeight float32 = 40
)

func newDone(m *Model, loader *thumbs.Loader, on *Actions, list func(Group), leftOuts func()) *done {
	d := &done{model: m, on: on, list: list, leftOuts: leftOuts, grid: newMosaic(loader)}
	d.frame = widgets.NewFrame(d.grid)
	d.column = arrange.Column(look.Space4)
	display := func() *widgets.Text {
		return widgets.NewShrinkingText("", look.SizeDisplay, widgets.TextStyle{Bold: true})
	}
	d.headline, d.second = display(), display()
	d.words = widgets.NewParagraph("", theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	d.makeButtons()
	d.sides = container.New(beside{}, d.frame, arrange.Wide(receiptWidth, d.column))
	d.scroll = container.NewVScroll(d.sides)
	widgets.KeepInView(d.scroll, d.retry, d.open, d.save, d.more, d.look)
	d.body = container.NewStack(d.scroll)
	return d
}

// beside sets the frame and the receipt next to each other, both centred, and
// drops the frame where the width is short.
type beside struct{}

func (beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(receiptWidth+2*look.MarginNarrow, o[1].MinSize().Height+2*look.Space4)
}

func (beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	receipt := o[1].MinSize()
	gap := min(64, (size.Width-pictureWidth-receiptWidth)/3)
	width, x := receiptWidth, (size.Width-receiptWidth)/2
	o[0].(*widgets.Frame).Hidden = size.Width < pictureFrom
	if size.Width >= pictureFrom {
		frame := o[0].MinSize()
		left := (size.Width - pictureWidth - gap - receiptWidth) / 2
		x = left + pictureWidth + gap
		o[0].Resize(fyne.NewSize(pictureWidth, frame.Height))
		o[0].Move(fyne.NewPos(left, max(look.Space4, (size.Height-frame.Height)/2)))
	}
	o[1].Resize(fyne.NewSize(width, receipt.Height))
	o[1].Move(fyne.NewPos(x, max(look.Space4, (size.Height-receipt.Height)/2)))
}

// show fills the screen from the model.
func (d *done) show(o Outcome) {
	d.grid.fill(d.model)
	d.update(o)
}

// update brings the screen in line with what Darwin has settled by now.
func (d *done) update(o Outcome) {
	total := d.model.Total()
	in, all := total.Count(Done), total.Files
	whole := in == all && all > 0
	processing := d.model.Processing()
	d.showHeadline(in, all, processing)
	d.words.SetText(d.sentence(total, o, processing))
	d.showButtons(total, processing, o)

	d.column.Objects = []fyne.CanvasObject{arrange.Column(6, arrange.Column(-4, d.headline, d.second), arrange.Line(look.Space2, 0, arrange.Prose(d.room(), d.words), d.look))}
	add := func(objects ...fyne.CanvasObject) { d.column.Objects = append(d.column.Objects, objects...) }
	if o.Problem != "" {
		add(widgets.NewNotice(widgets.NoticeWarning, o.Problem))
	}
	for _, n := range d.causes() {
		add(n)
	}
	if whole {
		add(d.receipt(o), d.line)
	} else {
		add(d.line, d.receipt(o)) // what to do comes before the details
	}
	d.frame.SetDone(whole && processing == 0)
	d.column.Refresh()
	d.sides.Refresh()
}

// room is the width that the words have beside their button.
func (d *done) room() float32 {
	if !d.look.Visible() {
		return receiptWidth
	}
	return receiptWidth - look.Space2 - d.look.MinSize().Width
}

// showHeadline says how much arrived; it is in Darwin only once nothing is
// being processed any more.
func (d *done) showHeadline(in, all, processing int) {
	colour := theme.ColorNameForeground
	if in < all || all == 0 {
		colour = theme.ColorNameWarning
	}
	first, second := lang.L("%s of %s", lang.Number(in), lang.Number(all)), lang.L("are in Darwin")
	switch {
	case processing > 0 && in == all:
		first, second, colour = lang.N("%s sent", "%s sent", in), processingWords(processing), theme.ColorNameForeground
	case processing > 0:
		first, second = lang.N("%s of %s sent", "%s of %s sent", all, lang.Number(in), lang.Number(all)), processingWords(processing)
	case all == 1:
		second = lang.L("is in Darwin")
	}
	d.headline.SetText(first)
	d.second.SetText(second)
	d.headline.SetColour(colour)
	if processing > 0 {
		colour = look.ColorMuted
	}
	d.second.SetColour(colour)
}

func processingWords(n int) string { return lang.L("Darwin is processing %s", lang.Number(n)) }

// sentence says only what is known: what Darwin has confirmed, and whether it
// has processed it.
func (d *done) sentence(total Total, o Outcome, processing int) string {
	unsent, needing := total.Count(Ready), total.Count(NeedsYou)
	switch {
	case unsent > 0 && needing > 0:
		return lang.N("%s, %s was not sent. Nothing on this computer was changed.", "%s, %s were not sent. Nothing on this computer was changed.",
			unsent, needWords(needing), lang.Number(unsent))
	case unsent > 0:
		return lang.N("%s was not sent. Nothing on this computer was changed.", "%s were not sent. Nothing on this computer was changed.",
			unsent, fileWords(unsent))
	case needing > 0:
		return lang.N("%s needs you. Nothing on this computer was changed.", "%s need you. Nothing on this computer was changed.", needing)
	case processing > 0 && o.Following:
		return lang.L("Darwin has every file. You can go on or close the window.")
	case processing > 0:
		return lang.L("Darwin has every file, and takes its time with the rest.")
	}
	words := lang.L("Darwin has processed each of them.")
	if skipped := total.Skipped; skipped == total.Files {
		words = lang.L("All of them were there already. Nothing in Darwin was changed.")
	} else if skipped > 0 {
		words = lang.N("Darwin has processed %s; %s was there already.", "Darwin has processed %s; %s were there already.",
			skipped, lang.Number(total.Files-skipped), lang.Number(skipped))
	}
	if took := o.To.Sub(o.From); !o.From.IsZero() && took > 0 {
		words = lang.Sentences(words, lang.L("It took %s.", tookWords(took)))
	}
	return words
}

// causes is one notice for each reason for which files need the person. What
// Darwin lost or could not process after all has a button of its own.
func (d *done) causes() []fyne.CanvasObject {
	var notices []fyne.CanvasObject
	for _, c := range d.model.Causes() {
		ids := c.IDs
		show := widgets.NewButton(widgets.Link, lang.L("Show"), nil, func() {
			d.list(NeedsYou)
			d.model.SelectIDs(ids)
			d.model.Reveal(ids[0])
		})
		widgets.KeepInView(d.scroll, show)
		actions := []fyne.CanvasObject{show}
		if c.Afterwards && len(ids) < len(d.again) { // else the big button is the same
			words := lang.L("Send it again")
			if len(ids) > 1 {
				words = lang.L("Send these %s again", lang.Number(len(ids)))
			}
			again := widgets.NewButton(widgets.Tinted, words, nil, func() { d.send(ids) })
			widgets.KeepInView(d.scroll, again)
			actions = append(actions, again)
		}
		notices = append(notices, widgets.NewNotice(widgets.NoticeWarning, named(fileWords(len(ids)), c.Sentence), actions...))
	}
	return notices
}

func (d *done) send(ids []ID) {
	if d.on.OnRetry != nil {
		d.on.OnRetry(ids)
	}
}

// receipt is the card: a line for each top folder, then what was left out.
func (d *done) receipt(o Outcome) fyne.CanvasObject {
	title := widgets.NewShrinkingText(o.Dataset, theme.SizeNameText, widgets.TextStyle{Bold: true})
	when := widgets.NewText(period(o.From, o.To), theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	rows := []fyne.CanvasObject{tall(receiptHeight+6, arrange.Line(look.Space3, 0, title, when))}
	row := func(o fyne.CanvasObject) { rows = append(rows, newRule(), tall(receiptHeight, o)) }

	lines := d.model.Receipt()
	for _, l := range lines[:min(len(lines), maxLines)] {
		row(receiptRow(l))
	}
	if more := len(lines) - maxLines; more > 0 {
		row(widgets.NewShrinkingText(lang.N("and %s more folder", "and %s more folders", more), theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted))
	}
	if n := d.model.Total().Skipped; n > 0 {
		row(d.asideRow(lang.N("%s skipped: there already", "%s skipped: there already", n), func() { d.list(Done) }))
	}
	if a := d.leftOut(); a > 0 {
		row(d.asideRow(lang.N("%s file left out", "%s files left out", a), d.leftOuts))
	}
	return widgets.NewCard(arrange.Inset(4, 4, 20, 20, arrange.Column(0, rows...))).SetPadding(0)
}

func (d *done) leftOut() int {
	n := 0
	for _, l := range d.model.LeftOut() {
		if !l.Minor {
			n++
		}
	}
	return n
}

func receiptRow(l ReceiptLine) fyne.CanvasObject {
	name := strings.TrimPrefix(l.Folder[strings.LastIndexByte(l.Folder, '/'):], "/")
	if name == "" {
		name = lang.L("Without a folder")
	}
	mark, colour := look.IconCheckCircle, theme.ColorNameSuccess
	switch {
	case !l.Complete:
		mark, colour = look.IconTriangleAlert, theme.ColorNameWarning
	case !l.Settled:
		mark, colour = widgets.StateSent.Icon(), widgets.StateSent.Colour()
	}
	return arrange.Line(look.Space3, 1,
		widgets.NewIcon(look.IconFolder, look.ColorMuted, look.IconRow),
		widgets.NewShrinkingText(name, theme.SizeNameText, widgets.TextStyle{}),
		exactly(80, -1, widgets.NewText(lang.Size(l.Bytes), theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted).Aligned(fyne.TextAlignTrailing)),
		exactly(112, -1, widgets.NewText(lang.L("%s of %s", lang.Number(l.Arrived), lang.Number(l.Of)), theme.SizeNameText, widgets.TextStyle{}).Aligned(fyne.TextAlignTrailing)),
		widgets.NewIcon(mark, colour, look.IconRow))
}

func (d *done) asideRow(words string, show func()) fyne.CanvasObject {
	link := widgets.NewButton(widgets.Link, lang.L("Show"), nil, show)
	widgets.KeepInView(d.scroll, link)
	return arrange.Line(look.Space3, 1,
		widgets.NewIcon(look.IconDashCircle, look.ColorMuted, look.IconRow),
		widgets.NewShrinkingText(words, theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted),
		link)
}

func (d *done) makeButtons() {
	big := func(style widgets.ButtonStyle, words string, icon look.IconName, do func()) *widgets.Button {
		b := widgets.NewButton(style, words, look.Icon(icon), do)
		b.SetBig(true)
		return b
	}
	d.retry = big(widgets.Filled, "", look.IconUpload, func() { d.send(d.again) })
	d.open = big(widgets.Filled, lang.L("Open in Darwin"), look.IconExternalLink, func() { call(d.on.OnOpenInDarwin) })
	d.open.SetIconTrailing(true)
	d.save = big(widgets.Plain, lang.L("Save receipt"), look.IconDownload, func() { call(d.on.OnSaveReceipt) })
	d.look = widgets.NewButton(widgets.Link, lang.L("Look again"), nil, func() { call(d.on.OnLookAgain) })
	d.look.SetFlush(true)
	d.more = widgets.NewButton(widgets.Link, lang.L("Upload more"), nil, func() { call(d.on.OnUploadMore) })
	d.line = arrange.Flow(receiptWidth, look.Space2, d.retry, d.open, d.save, d.more)
}

// showButtons: the filled one is what moves things forward.
func (d *done) showButtons(total Total, processing int, o Outcome) {
	d.again = append(d.model.Needing(), d.model.Unsent()...)
	style, more := widgets.Filled, lang.L("Upload more")
	if len(d.again) > 0 {
		style, more = widgets.Plain, lang.L("To the queue")
		words := sendAgainWords(len(d.again))
		switch unsent := total.Count(NeedsYou) == 0; {
		case unsent && len(d.again) == 1:
			words = lang.L("Send the other file")
		case unsent:
			words = lang.L("Send the other %s", lang.Number(len(d.again)))
		}
		d.retry.SetText(words)
	}
	d.retry.Hidden = len(d.again) == 0
	d.open.SetStyle(style)
	d.more.SetText(more)
	d.look.Hidden = processing == 0 || o.Following || d.on.OnLookAgain == nil
	d.save.Hidden = d.on.OnSaveReceipt == nil
	d.line.Refresh()
}

// period is "14 May 2026, 14:02 to 14:11".
func period(from, to time.Time) string {
	if from.IsZero() {
		return ""
	}
	moment := func(t time.Time) string { return lang.L("%s, %s", lang.Date(t), lang.Clock(t)) }
	switch {
	case to.Sub(from) < time.Minute:
		return moment(from)
	case lang.Date(from) == lang.Date(to):
		return lang.L("%s to %s", moment(from), lang.Clock(to))
	default:
		return lang.L("%s to %s", moment(from), moment(to))
	}
}
