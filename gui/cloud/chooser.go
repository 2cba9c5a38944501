package cloud

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/sheet"
)

// chooser is the middle of the place: which way objects are chosen, the choice,
// and what came of it.
type chooser struct {
	v *View

	ways    [ways]*widgets.FilterChip
	browser *browser
	entry   *widget.Entry
	paste   *fyne.Container

	pick    *widgets.Button
	name    *widgets.Text
	columns *widgets.Paragraph
	sheet   *widgets.Card
	notice  *widgets.Notice // what keeps it from becoming a draft, or what somebody did wrong
	said    string          // the latter
	sign    *widgets.Button
	resume  *widgets.Card
	resumed *widgets.Paragraph
	offered *fyne.Container
	goOn    *widgets.Button
	giveUp  *widgets.Button
	unfit   *widgets.Notice
	theUn   *widgets.Button
	leave   *widgets.Button
	find    *widgets.Button
	make    *widgets.Button
	fixes   *fyne.Container // what can be done about them, where it has no room beside the words
	table   *table
	box     *fyne.Container
}

func newChooser(v *View) *chooser {
	c := &chooser{v: v}
	c.ways[byKeys] = widgets.NewFilterChip(lang.L("Paste keys"), func() { c.turn(byKeys) })
	c.ways[byKeys].SetIcon(look.Icon(look.IconList))
	c.ways[bySheet] = widgets.NewFilterChip(lang.L("From a sheet"), func() { c.turn(bySheet) })
	c.ways[bySheet].SetIcon(look.Icon(look.IconTable))
	c.ways[byBrowsing] = widgets.NewFilterChip(lang.L("Browse"), func() { c.turn(byBrowsing) })
	c.ways[byBrowsing].SetIcon(look.Icon(look.IconDatabase))
	c.browser = newBrowser(v)
	chips := arrange.Line(look.Space2, -1)
	for _, chip := range c.ways {
		chip.SetCount(-1)
		chips.Add(chip)
	}

	c.entry = widget.NewMultiLineEntry()
	c.entry.SetPlaceHolder(lang.L("One key or address on each line, such as\nanimals/cats/1.jpg or s3://bucket/animals/cats/1.jpg"))
	c.entry.Wrapping = fyne.TextWrapOff
	c.entry.SetMinRowsVisible(5)
	c.entry.OnChanged = func(text string) {
		v.source.keys, c.said = text, ""
		v.replan()
		c.show()
	}
	c.paste = container.NewStack(c.entry)

	c.pick = widgets.NewButton(widgets.Tinted, lang.L("Choose a sheet"), look.Icon(look.IconTable), func() {
		if v.deps.PickSheet != nil {
			v.deps.PickSheet(func(paths []string) {
				if len(paths) > 0 && !v.closed.Load() {
					v.useSheet(paths[0])
				}
			})
		}
	})
	c.name = widgets.NewShrinkingText("", theme.SizeNameText, bold)
	c.columns = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	c.sheet = widgets.NewCard(container.New(stack{}, arrange.Line(look.Space3, 0, c.name, c.pick), container.New(unpadded{}, c.columns)))

	c.notice = widgets.NewNotice(widgets.NoticeWarning, "")
	c.sign = widgets.NewButton(widgets.Tinted, lang.L("Sign in to the bucket"), look.Icon(look.IconKey), v.signIn.ask)
	c.notice.SetActions(c.sign)
	c.resumed = widgets.NewParagraph("", theme.SizeNameText, plain)
	c.goOn = widgets.NewButton(widgets.Tinted, lang.L("Continue"), look.Icon(look.IconPlay), func() {
		if i := v.unfinished; i != nil {
			v.goOn(*i)
		}
	})
	c.giveUp = widgets.NewButton(widgets.Link, lang.L("Leave the rest out"), nil, func() {
		if i := v.unfinished; i != nil {
			v.giveUp(*i)
		}
	})
	c.offered = arrange.Line(look.Space2, -1, c.goOn, c.giveUp)
	c.resume = widgets.NewCard(container.New(stack{}, container.New(unpadded{}, c.resumed), c.offered))
	c.unfit = widgets.NewNotice(widgets.NoticeWarning, "")
	c.theUn = widgets.NewButton(widgets.Link, "", nil, func() { c.showUnfit(c.table.filter != needsYou) })
	c.leave = widgets.NewButton(widgets.Tinted, "", nil, func() {
		v.leaveOut = true
		c.showUnfit(false)
		v.show()
	})
	c.find = widgets.NewButton(widgets.Tinted, lang.L("Find them in the bucket"), look.Icon(look.IconSearch), v.findMissing)
	c.make = widgets.NewButton(widgets.Tinted, lang.L("Make thumbnails"), look.Icon(look.IconImage), v.maker.ask)
	c.fixes = arrange.Wrap(look.Space2)
	c.unfit.SetActions(c.actions()...)
	c.table = newTable(v)
	c.table.emptyWords = lang.L("The objects appear here, with what is ready and what is missing.")
	c.box = container.New(&middle{grow: 10}, chips, c.resume, v.maker.box, v.signIn.form.box, c.paste, c.sheet, c.browser.box, c.notice, c.unfit, c.fixes, c.table.box)
	return c
}

// turn chooses another way of choosing.
func (c *chooser) turn(to way) {
	if c.v.source.way != to {
		c.v.source.way, c.said = to, ""
		c.findIfBrowsing()
		c.v.replan()
		c.v.show()
	}
}

// findIfBrowsing looks for what a read-only storage needs where nobody can have
// stated it.
func (c *chooser) findIfBrowsing() {
	v := c.v
	if v.source.way == byBrowsing && v.storage >= 0 && v.storages[v.storage].ReadOnly {
		v.lookup.on, v.looking.check.Checked = true, true
		v.looking.check.Refresh()
	}
}

// say shows what a person did wrong, or what failed, until they do something
// else.
func (c *chooser) say(text string) {
	c.said = text
	c.v.show()
}

// clear empties the choice after an import.
func (c *chooser) clear() {
	c.v.source.keys, c.v.source.path, c.v.source.picks, c.said = "", "", nil, ""
	onChanged := c.entry.OnChanged
	c.entry.OnChanged = nil
	c.entry.SetText("")
	c.entry.OnChanged = onChanged
	c.v.replan()
}

// Paste takes keys or addresses that were copied, below those that are there.
func (v *View) Paste(text string) {
	text = strings.TrimSpace(text)
	if text == "" || v.run != nil || len(v.storages) == 0 {
		return
	}
	v.middle.turn(byKeys)
	if before := strings.TrimRight(v.middle.entry.Text, "\n"); before != "" {
		text = before + "\n" + text
	}
	v.middle.entry.SetText(text)
}

// FocusSearch puts the keyboard into the search of the bucket.
func (v *View) FocusSearch() {
	if v.run == nil && len(v.storages) > 0 && v.deps.Bucket != nil {
		v.middle.turn(byBrowsing)
		widgets.Focus(v, v.middle.browser.find)
	}
}

// isSheet tells a sheet by its name.
func isSheet(path string) bool {
	_, ok := sheet.FormatOf(path)
	return ok
}

// useSheet reads a sheet.
func (v *View) useSheet(path string) {
	v.middle.said = ""
	if !isSheet(path) {
		v.middle.say(lang.L("%s is not a sheet. Choose a CSV, XLSX or JSON lines file.", filepath.Base(path)))
		return
	}
	v.source.way, v.source.path = bySheet, path
	v.replan()
	v.show()
}

// showDraft turns to the rows of a new draft.
func (c *chooser) showDraft() {
	d := c.v.draft
	if d == nil {
		c.table.turn(nil, 0, ledger.Counts{})
		return
	}
	c.table.readOnly, c.table.found = d.Storage.ReadOnly, d.order.lookup.on
	c.table.turn(c.v.desk.book, d.ID, d.Counts)
}

func (c *chooser) showUnfit(on bool) {
	f := all
	if on {
		f = needsYou
	}
	c.table.choose(f)
	c.show()
}

func (c *chooser) show() {
	v := c.v
	for i, chip := range c.ways {
		chip.SetChosen(way(i) == v.source.way)
	}
	usable := len(v.storages) > 0
	choosing := usable && !v.maker.open && !v.signIn.open
	for _, chip := range c.ways {
		widgets.SetShown(chip, choosing)
	}
	widgets.SetShown(c.ways[byBrowsing], choosing && v.deps.Bucket != nil)
	widgets.SetShown(c.paste, choosing && v.source.way == byKeys)
	widgets.SetShown(c.sheet, choosing && v.source.way == bySheet)
	widgets.SetShown(c.browser.box, choosing && v.source.way == byBrowsing)
	widgets.SetShown(c.table.box, choosing)
	widgets.SetShown(v.maker.box, usable && v.maker.open)
	widgets.SetShown(v.signIn.form.box, usable && v.signIn.open)
	c.browser.show()
	v.maker.show()
	v.signIn.form.show()
	c.showSheet()
	c.showNotices()
	c.table.setHidden(v.leaveOut)
	c.table.noChips = v.narrow && c.unfit.Visible() // it offers the same
	c.table.show()
	c.box.Refresh()
}

func (c *chooser) showSheet() {
	v := c.v
	c.name.SetText(lang.L("No sheet is chosen"))
	c.pick.SetText(lang.L("Choose a sheet"))
	text := lang.L("A CSV, XLSX or JSON lines file, also dropped on this window. Its first line names the columns: key, and where there are " +
		"any thumbnail_key, width, height, folder, tags, name, type and fps.")
	if v.source.path != "" {
		c.name.SetText(filepath.Base(v.source.path))
		c.pick.SetText(lang.L("Choose another"))
		text = lang.L("It is being read.")
		if d := v.draft; d != nil && d.order.source.path == v.source.path {
			if text = columnWords(d.known, d.unknown); d.list {
				text = lang.L("Each line is a key or an address.")
			}
		} else if v.planning == nil {
			text = lang.L("It was not read.")
		}
	}
	c.columns.SetText(text)
}

// columnWords says which columns of a sheet count.
func columnWords(known, unknown []string) string {
	text := lang.L("Columns that are used: %s.", strings.Join(known, ", "))
	if len(known) == len(external.Columns()) { // lines of JSON name their own
		text = lang.L("Each line names its own columns.")
	}
	if len(unknown) > 0 {
		text = lang.Sentences(text, lang.N("One is not known and was left out: %s.", "Not known and left out: %s.", len(unknown), strings.Join(unknown, ", ")))
	}
	return text
}

func (c *chooser) showNotices() {
	v := c.v
	text := c.said
	switch {
	case text != "":
	case v.wrong != nil:
		text = told(v.wrong)
	case v.dataset == nil && len(v.storages) > 0:
		text = lang.L("Choose a dataset at the top first. The objects become items in it.")
	}
	widgets.SetShown(c.sign, c.said == "" && v.signIn.can() && wantsSignIn(v.wrong))
	c.notice.Set(widgets.NoticeWarning, text)
	widgets.SetShown(c.notice, text != "" && !v.signIn.open)

	if i := v.unfinished; i != nil {
		c.resumed.SetText(resumeWords(*i))
		c.goOn.SetText(lang.N("Continue with %s", "Continue with the %s", i.Counts.Open()))
		c.offered.Refresh()
	}
	widgets.SetShown(c.resume, v.unfinished != nil)

	n := v.unfit()
	widgets.SetShown(c.unfit, n > 0 && !v.leaveOut && !v.maker.open && !v.signIn.open)
	if n > 0 {
		c.unfit.Set(widgets.NoticeWarning, unfitWords(n, v.draft.Counts.Total(), v.draft.order.source.way))
		c.theUn.SetText(lang.N("Show %s", "Show the %s", n))
		if c.table.filter == needsYou {
			c.theUn.SetText(lang.L("Show all"))
		}
		c.leave.SetText(lang.N("Leave this %s out", "Leave these %s out", n))
		// Where all lack something, that is most often what the bucket knows.
		none := v.ready() == 0
		widgets.SetShown(c.leave, !none)
		can := v.draft.Storage.ReadOnly && v.deps.Bucket != nil
		widgets.SetShown(c.find, none && can && !v.lookup.on)
		widgets.SetShown(c.make, can && v.lookup.on && v.draft.bare > 0)
		c.unfit.Refresh()
	}
	c.fitActions()
}

// wordsLeast is the width that the words of a notice get beside what can be
// done.
const wordsLeast float32 = 220

func (c *chooser) actions() []fyne.CanvasObject {
	return []fyne.CanvasObject{c.theUn, c.find, c.make, c.leave}
}

// fitActions sets what can be done about unfit rows beside the words, or below
// them where it is too much for that.
func (c *chooser) fitActions() {
	need, many := wordsLeast, 0
	for _, a := range c.actions() {
		if a.Visible() {
			need += a.MinSize().Width + look.Space1
			many++
		}
	}
	width := c.box.Size().Width
	below := width > 0 && need > width
	if below {
		c.unfit.SetActions()
		c.fixes.Objects = c.actions()
	} else {
		c.fixes.Objects = nil
		c.unfit.SetActions(c.actions()...)
	}
	widgets.SetShown(c.fixes, below && many > 0 && c.unfit.Visible())
	c.fixes.Refresh()
}
