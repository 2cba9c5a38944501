package cloud

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external/finder"
)

const (
	browserHeight float32 = 250
	browserNarrow float32 = 170
)

// browser looks through a bucket, folder by folder or by words in the keys.
type browser struct {
	v       *View
	at      string // the folder that is listed, "" or with a slash at its end
	of      string // the storage it is of
	listing *listing
	facts   *facts

	path   *widgets.Text
	up     *widgets.Button
	whole  *widgets.Check
	find   *widgets.Field
	list   *widget.List
	state  *widgets.Paragraph
	again  *widgets.Button
	sign   *widgets.Button
	ways   *fyne.Container // out of what is wrong
	told   *fyne.Container
	head   *fyne.Container
	names  *objectHead
	body   *fyne.Container
	box    *fyne.Container
	inside *widgets.Card
}

func newBrowser(v *View) *browser {
	b := &browser{v: v}
	b.listing = &listing{run: v.tasks.Go, post: v.post, told: b.draw}
	b.facts = newFacts(v, func() { b.list.Refresh() })
	b.path = widgets.NewShrinkingText("", theme.SizeNameText, bold)
	b.up = widgets.NewIconButton(look.Icon(look.IconChevronLeft), lang.L("To the folder above"), b.goUp)
	b.whole = widgets.NewCheck(func(state widgets.TriState) { b.tick(b.at, state == widgets.On) })
	b.whole.SetLabel(lang.L("All of this folder"))
	b.find = widgets.NewSearch(lang.L("Find in the keys"))
	b.find.SetCompact(true)
	b.find.OnSubmitted = func(string) { b.load() }
	b.find.OnChanged = func(text string) {
		if text == "" {
			b.load()
		}
	}
	b.list = widget.NewList(func() int { return len(b.listing.listed) }, func() fyne.CanvasObject { return newObjectRow(b) },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*objectRow).show(i) })
	b.list.HideSeparators = true
	b.list.OnSelected = func(i widget.ListItemID) {
		b.list.UnselectAll()
		if i < len(b.listing.listed) && b.listing.listed[i].Folder {
			b.enter(b.listing.listed[i].Key)
		}
	}
	b.state = widgets.NewParagraph("", theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)
	b.again = widgets.NewButton(widgets.Tinted, lang.L("Look again"), look.Icon(look.IconRefresh), b.load)
	b.sign = widgets.NewButton(widgets.Tinted, lang.L("Sign in to the bucket"), look.Icon(look.IconKey), v.signIn.ask)
	b.ways = arrange.Line(look.Space2, -1, b.sign, b.again)
	b.told = container.New(stack{}, b.state, container.NewCenter(b.ways))
	b.names = newObjectHead(b)
	b.head = arrange.Line(look.Space2, 2, b.whole, b.up, b.path, arrange.Wide(180, b.find))
	b.body = container.New(headedBy{}, arrange.Inset(look.Space1, look.Space1, look.Space3, look.Space3, b.head), b.names,
		container.NewStack(widgets.Flat(b.list), b.told))
	b.inside = widgets.NewCard(b.body).SetPadding(1)
	b.box = container.New(&tall{v}, b.inside)
	return b
}

// show lists the bucket of the storage that is chosen, once.
func (b *browser) show() {
	v := b.v
	if v.source.way != byBrowsing || v.storage < 0 {
		return
	}
	if of := v.storages[v.storage].Name; of != b.of {
		b.of, b.at = of, ""
		v.source.picks = nil
		b.find.SetText("")
		b.load()
	}
	b.draw()
}

func (b *browser) enter(folder string) {
	b.at = folder
	b.find.SetText("")
	b.load()
}

func (b *browser) goUp() {
	at := strings.TrimSuffix(b.at, "/")
	b.enter(at[:strings.LastIndexByte(at, '/')+1])
}

// tick takes an object or a folder, or leaves it out.
func (b *browser) tick(key string, on bool) {
	b.v.source.picks = b.v.source.picks.with(key, on)
	b.v.replan()
	b.draw()
}

// load lists the folder, or finds what has the words in its key below it.
func (b *browser) load() {
	v := b.v
	if v.storage < 0 || v.deps.Bucket == nil {
		return
	}
	b.list.ScrollToTop()
	b.listing.start(from{v.deps.Bucket, v.storages[v.storage], v.lookup.endpoint, b.at, strings.TrimSpace(b.find.Text)})
	b.draw()
}

func (b *browser) draw() {
	l, v := b.listing, b.v
	b.facts.turn(factsOf{b.of, v.lookup.endpoint, finder.Rule{Below: v.folders.Below, Template: v.lookup.template()}})
	path := b.of
	if b.at != "" {
		path += " / " + strings.ReplaceAll(strings.TrimSuffix(b.at, "/"), "/", " / ")
	}
	switch n := len(l.listed); {
	case n > 0 && l.more:
		path = lang.L("%s  ·  %s and more", path, lang.Number(n))
	case n > listStep:
		path += "  ·  " + lang.Number(n)
	}
	b.path.SetText(path)
	widgets.SetEnabled(b.up, b.at != "")
	b.whole.SetState(v.source.picks.state(b.at))
	text := ""
	switch {
	case l.wrong != nil:
		text = told(l.wrong)
	case len(l.listed) > 0:
	case l.asking:
		text = lang.L("Looking into the bucket.")
	case b.find.Text != "":
		text = lang.L("No key here has these words in it.")
	default:
		text = lang.L("Nothing lies here.")
	}
	b.state.SetText(text)
	widgets.SetShown(b.told, text != "")
	widgets.SetShown(b.again, l.wrong != nil)
	widgets.SetShown(b.sign, v.signIn.can() && wantsSignIn(l.wrong))
	b.ways.Refresh()
	widgets.SetShown(b.list, text == "")
	widgets.SetShown(b.names, text == "" && b.needy())
	b.names.Refresh()
	b.list.Refresh()
	b.told.Refresh()
	b.head.Refresh()
	b.body.Refresh()
	b.inside.Refresh()
}

// needy says that the storage needs sizes and thumbnails.
func (b *browser) needy() bool {
	return b.v.storage >= 0 && b.v.storages[b.v.storage].ReadOnly
}

// tall gives the browser its height.
type tall struct{ v *View }

func (t *tall) MinSize([]fyne.CanvasObject) fyne.Size {
	if t.v.narrow {
		return fyne.NewSize(300, browserNarrow)
	}
	return fyne.NewSize(300, browserHeight)
}

func (t *tall) Layout(o []fyne.CanvasObject, size fyne.Size) {
	put(o[0], 0, 0, size.Width, size.Height)
}

// headedBy is two heads of their own height above what grows.
type headedBy struct{}

func (headedBy) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, o[0].MinSize().Height+growLeast)
}

func (headedBy) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := o[0].MinSize().Height
	put(o[0], 0, 0, size.Width, top)
	if o[1].Visible() {
		put(o[1], 0, top, size.Width, objectHeadHeight)
		top += objectHeadHeight
	}
	put(o[2], 0, top, size.Width, size.Height-top)
}
