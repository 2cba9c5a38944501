package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/gui/widgets"
)

// causeCard is one cause: what and why, two of its files, and what helps.
type causeCard struct {
	of    *problems
	group cause.Group

	title         *widgets.Paragraph
	why           *widgets.Paragraph
	note          *widgets.Paragraph // what went wrong, or the details
	field         *widgets.Field     // for a text that is missing
	pictures      [2]*picture
	rest          *widgets.Text
	more          *widgets.Button
	first, second *widgets.Button
	surface       *widgets.Card

	working bool
	failed  string // why the last try did not help
	details bool
}

func newCauseCard(of *problems, g cause.Group) *causeCard {
	c := &causeCard{of: of}
	c.title = widgets.NewParagraph("", look.SizeBodyLarge, widgets.TextStyle{Bold: true})
	c.why = widgets.NewParagraph("", theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	c.note = widgets.NewParagraph("", theme.SizeNameCaptionText, widgets.TextStyle{})
	c.field = widgets.NewField()
	c.field.SetPlaceHolder(lang.L("Text"))
	c.field.OnChanged = func(string) { c.show() }
	c.field.OnSubmitted = func(string) { c.press(c.group.First.Do) }
	c.rest = widgets.NewText("", theme.SizeNameCaptionText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	c.more = widgets.NewIconButton(look.Icon(look.IconMore), lang.L("More about these files"), c.menu)
	c.first = widgets.NewButton(widgets.Tinted, "", nil, func() { c.press(c.group.First.Do) })
	c.second = widgets.NewButton(widgets.Link, "", nil, func() { c.press(c.group.Second.Do) })
	disc := canvas.NewCircle(theme.Color(look.ColorWarningTint))
	icon := widgets.NewIcon(causeIcon(g.Kind), theme.ColorNameWarning, look.IconInline)
	for i := range c.pictures {
		c.pictures[i] = newPicture()
	}
	c.field.SetOnFocus(func(here bool) {
		if here {
			widgets.ScrollTo(of.scroll, c.surface)
		}
	})
	for _, b := range []*widgets.Button{c.first, c.second, c.more} {
		b.SetOnFocus(func() { widgets.ScrollTo(of.scroll, c.surface) })
	}
	content := container.New(&cardLayout{}, disc, icon, c.title, c.why, c.field, c.note, c.pictures[0], c.pictures[1], c.rest, c.more, c.first, c.second)
	c.surface = widgets.NewCard(content).SetPadding(10)
	c.set(g)
	return c
}

// set shows the group as it is now: files may have come or gone.
func (c *causeCard) set(g cause.Group) {
	c.group = g
	c.show()
}

func (c *causeCard) show() {
	g := c.group
	c.title.SetText(g.Title)
	c.why.SetText(g.Why)
	c.field.Hidden = g.First.Do != cause.SetText
	note, colour := c.failed, theme.ColorNameWarning
	if c.details {
		note, colour = detailOf(g), look.ColorMuted
	}
	c.note.SetColour(colour)
	c.note.SetText(note)
	c.note.Hidden = note == ""
	for i, p := range c.pictures {
		p.Hidden = i >= len(g.IDs)
		if !p.Hidden {
			if e, ok := c.of.model.Entry(ID(g.IDs[i])); ok {
				p.show(e, c.of.loader)
			}
		}
	}
	c.rest.SetText("")
	if n := len(g.IDs) - len(c.pictures); n > 0 {
		c.rest.SetText("+" + lang.Number(n))
	}
	words := g.First.Words
	if c.working {
		words = busyWords(g.First.Do)
	}
	c.first.SetText(widgets.Shorten(words, choiceWidth-2*look.Space3, theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: true}))
	c.second.SetText(widgets.Shorten(g.Second.Words, choiceWidth-2*look.Space3, theme.Size(theme.SizeNameText), fyne.TextStyle{}))
	c.second.Hidden = g.Second.Do == cause.Nothing
	widgets.SetEnabled(c.first, !c.working && (g.First.Do != cause.SetText || c.field.Text != ""))
	widgets.SetEnabled(c.second, !c.working)
	c.surface.Refresh()
}

// detailOf is what support wants to know.
func detailOf(g cause.Group) string {
	if g.Detail == "" {
		return lang.L("Details: there is nothing more to tell.")
	}
	return lang.L("Details: %s", g.Detail)
}

// press does what a button says; the answer may take a while.
func (c *causeCard) press(do cause.Do) {
	if c.working || c.of.on.OnMend == nil || do == cause.SetText && c.field.Text == "" {
		return
	}
	c.working, c.failed, c.details = true, "", false
	c.show()
	c.of.on.OnMend(mendOf(c.group, do, c.field.Text), func(err error) {
		c.working = false
		if err != nil {
			c.failed = lang.Fault(err)
		}
		c.show()
		c.of.relayout()
	})
	c.of.relayout()
}

// menu offers what is needed less often.
func (c *causeCard) menu() {
	at := fyne.CurrentApp().Driver().CanvasForObject(c.more)
	if at == nil {
		return
	}
	words := lang.L("Show it in the list")
	if n := len(c.group.IDs); n > 1 {
		words = lang.L("Show these %s in the list", lang.Number(n))
	}
	details := lang.L("Details")
	if c.details {
		details = lang.L("Hide the details")
	}
	items := []*fyne.MenuItem{
		menuItem(words, look.IconList, func() { c.of.showInList(mendOf(c.group, cause.Nothing, "").IDs) }),
		menuItem(details, look.IconInfo, func() { c.details = !c.details; c.show(); c.of.relayout() }),
	}
	if c.of.on.OnReport != nil {
		items = append(items, menuItem(lang.L("Copy a report for support"), look.IconCopy, c.of.on.OnReport))
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), at)
	menu.ShowAtRelativePosition(fyne.NewPos(0, c.more.Size().Height), c.more)
}

// cardLayout places the parts of a card: disc, words, pictures, and the buttons
// in a column of their own. It asks for the height that the words take at the
// width that it had last.
type cardLayout struct{ width float32 }

const (
	choiceWidth  float32 = 240
	discSide     float32 = 40
	picturesFrom float32 = 800 // narrower cards have none
)

func (l *cardLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, l.place(o, max(l.width, 480), -1))
}

func (l *cardLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(o, size.Width, size.Height)
}

// place puts everything into a height, or with -1 only says which it takes.
func (l *cardLayout) place(o []fyne.CanvasObject, width, height float32) float32 {
	disc, icon, words, pictures, rest, more, first, second := o[0], o[1], o[2:6], o[6:8], o[8], o[9], o[10], o[11]
	buttons := first.MinSize().Height
	if second.Visible() {
		buttons += second.MinSize().Height - look.Space1
	}
	x := width - choiceWidth
	right := x - look.Space2 - more.MinSize().Width
	if roomy := width >= picturesFrom; roomy {
		right -= 36
		restX := right
		for i := len(pictures) - 1; i >= 0; i-- {
			right -= thumbWidth + look.Space1
			if height >= 0 {
				inHeight(pictures[i], right, fyne.NewSize(thumbWidth, thumbHeight), height)
			}
		}
		if height >= 0 {
			inHeight(rest, restX+look.Space1, rest.MinSize(), height)
		}
	} else if height >= 0 {
		for _, p := range append(pictures[:len(pictures):len(pictures)], rest) {
			p.Resize(fyne.NewSize(0, 0))
			p.Move(fyne.NewPos(-1000, 0)) // beyond the card, as Hidden says which pictures there are
		}
	}
	left := discSide + look.Space4
	column := right - left - look.Space3
	text := float32(0)
	heights := [4]float32{}
	pad := theme.Size(theme.SizeNameInnerPadding)
	for i, w := range words {
		if !w.Visible() {
			continue
		}
		if _, prose := w.(*widgets.Paragraph); prose {
			w.Resize(fyne.NewSize(column+2*pad, w.Size().Height))
			heights[i] = w.MinSize().Height - 2*pad + 2
		} else {
			heights[i] = w.MinSize().Height + look.Space2
		}
		text += heights[i]
	}
	need := max(text, buttons, discSide)
	if height < 0 {
		return need
	}
	inHeight(disc, 2, fyne.NewSquareSize(discSide), height)
	inHeight(icon, 2+(discSide-look.IconInline)/2, fyne.NewSquareSize(look.IconInline), height)
	y := (height - text) / 2
	for i, w := range words {
		if !w.Visible() {
			continue
		}
		if _, prose := w.(*widgets.Paragraph); prose {
			w.Move(fyne.NewPos(left-pad, y-pad))
			w.Resize(fyne.NewSize(column+2*pad, heights[i]+2*pad))
		} else {
			w.Move(fyne.NewPos(left, y+look.Space1))
			w.Resize(fyne.NewSize(min(column, 320), w.MinSize().Height))
		}
		y += heights[i]
	}
	inHeight(more, x-look.Space2-more.MinSize().Width, more.MinSize(), height)
	y = (height - buttons) / 2
	first.Move(fyne.NewPos(x, y))
	first.Resize(fyne.NewSize(choiceWidth, first.MinSize().Height))
	second.Move(fyne.NewPos(x, y+first.MinSize().Height-look.Space1))
	second.Resize(fyne.NewSize(choiceWidth, second.MinSize().Height))
	return need
}

// inHeight places an object of a size in the vertical middle of a height.
func inHeight(o fyne.CanvasObject, x float32, size fyne.Size, height float32) {
	o.Resize(size)
	o.Move(fyne.NewPos(x, (height-size.Height)/2))
}
