package cloud

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

// mostListed is how many objects of one folder, or found ones, the window
// holds; whoever wants more takes the folder as a whole.
const mostListed = 2000

const (
	browserHeight float32 = 250
	browserNarrow float32 = 170
)

// browser looks through a bucket, folder by folder or by words in the keys.
type browser struct {
	v      *View
	at     string // the folder that is listed, "" or with a slash at its end
	of     string // the storage it is of
	listed []objects.Object
	more   bool // there are others
	asked  int  // grows with each listing, so that only the latest counts
	asking bool
	wrong  error
	halt   context.CancelFunc

	path   *widgets.Text
	up     *widgets.Button
	whole  *widgets.Check
	find   *widgets.Field
	list   *widget.List
	state  *widgets.Paragraph
	again  *widgets.Button
	told   *fyne.Container
	head   *fyne.Container
	box    *fyne.Container
	inside *widgets.Card
}

func newBrowser(v *View) *browser {
	b := &browser{v: v, halt: func() {}}
	b.path = widgets.NewShrinkingText("", theme.SizeNameText, bold)
	b.up = widgets.NewIconButton(look.Icon(look.IconChevronLeft), "To the folder above", b.goUp)
	b.whole = widgets.NewCheck(func(state widgets.TriState) { b.tick(b.at, state == widgets.On) })
	b.whole.SetLabel("All of this folder")
	b.find = widgets.NewSearch("Find in the keys")
	b.find.SetCompact(true)
	b.find.OnSubmitted = func(string) { b.load() }
	b.find.OnChanged = func(text string) {
		if text == "" {
			b.load()
		}
	}
	b.list = widget.NewList(func() int { return len(b.listed) }, func() fyne.CanvasObject { return newObjectRow(b) },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*objectRow).show(i) })
	b.list.HideSeparators = true
	b.list.OnSelected = func(i widget.ListItemID) {
		b.list.UnselectAll()
		if i < len(b.listed) && b.listed[i].Folder {
			b.enter(b.listed[i].Key)
		}
	}
	b.state = widgets.NewParagraph("", theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)
	b.again = widgets.NewButton(widgets.Tinted, "Look again", look.Icon(look.IconRefresh), b.load)
	b.told = container.New(stack{}, b.state, container.NewCenter(b.again))
	b.head = arrange.Line(look.Space2, 2, b.whole, b.up, b.path, arrange.Wide(180, b.find))
	b.inside = widgets.NewCard(container.New(headedBy{}, arrange.Inset(look.Space1, look.Space1, look.Space3, look.Space3, b.head),
		container.NewStack(widgets.Flat(b.list), b.told))).SetPadding(1)
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
	b.halt()
	stopped, halt := context.WithCancel(context.Background())
	b.halt = halt
	b.asked++
	b.asking, b.wrong, b.listed, b.more = true, nil, nil, false
	asked, storage, endpoint, at, words := b.asked, v.storages[v.storage], v.lookup.endpoint, b.at, strings.TrimSpace(b.find.Text)
	v.tasks.Go(func(open context.Context) {
		ctx, cancel := context.WithCancel(open)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		found, more, err := listBucket(ctx, func(ctx context.Context) (objects.Store, func(), error) {
			return v.deps.Bucket(ctx, storage, endpoint)
		}, at, words)
		v.post(func() {
			if asked != b.asked {
				return
			}
			halt()
			b.asking, b.wrong, b.listed, b.more = false, err, found, more
			b.list.ScrollToTop()
			b.draw()
		})
	})
	b.draw()
}

// listBucket gives the first objects of a folder, or those with words in their
// keys.
func listBucket(ctx context.Context, open func(context.Context) (objects.Store, func(), error), at, words string) (found []objects.Object, more bool, err error) {
	store, release, err := open(ctx)
	if err != nil {
		return nil, false, err
	}
	defer release()
	all := store.List(ctx, at, false)
	if words != "" {
		all = objects.Search(ctx, store, at, words)
	}
	for o, err := range all {
		switch {
		case err != nil:
			return nil, false, err
		case o.Key == at:
			continue
		case len(found) == mostListed:
			return found, true, nil
		}
		found = append(found, o)
	}
	return found, false, nil
}

func (b *browser) draw() {
	path := b.of
	if b.at != "" {
		path += " / " + strings.ReplaceAll(strings.TrimSuffix(b.at, "/"), "/", " / ")
	}
	b.path.SetText(path)
	widgets.SetEnabled(b.up, b.at != "")
	b.whole.SetState(b.v.source.picks.state(b.at))
	text := ""
	switch {
	case b.asking:
		text = "Looking into the bucket."
	case b.wrong != nil:
		text = fault.Of(b.wrong).Error()
	case len(b.listed) == 0 && b.find.Text != "":
		text = "No key here has these words in it."
	case len(b.listed) == 0:
		text = "Nothing lies here."
	case b.more:
		b.path.SetText(path + "  ·  the first " + number(len(b.listed)))
	}
	b.state.SetText(text)
	widgets.SetShown(b.told, text != "")
	widgets.SetShown(b.again, b.wrong != nil)
	widgets.SetShown(b.list, text == "")
	b.list.Refresh()
	b.told.Refresh()
	b.head.Refresh()
	b.inside.Refresh()
}

// objectRow is one object or folder with its box.
type objectRow struct {
	widget.BaseWidget
	b     *browser
	of    objects.Object
	check *widgets.Check
	icon  *widgets.Glyph
	name  *canvas.Text
}

func newObjectRow(b *browser) *objectRow {
	r := &objectRow{b: b, name: canvas.NewText("", nil)}
	r.check = widgets.NewCheck(func(state widgets.TriState) { b.tick(r.of.Key, state == widgets.On) })
	r.icon = widgets.NewGlyph(r)
	r.ExtendBaseWidget(r)
	return r
}

func (r *objectRow) show(i int) {
	if i < len(r.b.listed) {
		r.of = r.b.listed[i]
	}
	r.check.SetLabel(r.of.Key)
	r.check.SetState(r.b.v.source.picks.state(r.of.Key))
	r.Refresh()
}

// CreateRenderer is for Fyne.
func (r *objectRow) CreateRenderer() fyne.WidgetRenderer { return &objectRenderer{r} }

type objectRenderer struct{ r *objectRow }

func (o *objectRenderer) MinSize() fyne.Size { return fyne.NewSize(100, 32) }
func (o *objectRenderer) Destroy()           {}
func (o *objectRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{o.r.check, o.r.icon.Image, o.r.name}
}

func (o *objectRenderer) Layout(size fyne.Size) {
	r := o.r
	side := r.check.MinSize()
	widgets.InRow(r.check, look.Space3, side.Width, side.Height, size.Height)
	icon, ink := look.IconImage, look.ColorMuted
	if r.of.Folder {
		icon, ink = look.IconFolder, theme.ColorNamePrimary
	}
	r.icon.Set(look.IconIn(icon, ink))
	x := look.Space3 + side.Width + look.Space2
	widgets.InRow(r.icon, x, look.IconRow, look.IconRow, size.Height)
	x += look.IconRow + look.Space2
	name := strings.TrimPrefix(r.of.Key, r.b.at)
	widgets.PutText(r.name, strings.TrimSuffix(name, "/"), size.Width-x-look.Space3, theme.SizeForWidget(theme.SizeNameText, r), r.of.Folder,
		theme.ColorForWidget(theme.ColorNameForeground, r))
	widgets.InRow(r.name, x, size.Width-x-look.Space3, r.name.MinSize().Height, size.Height)
}

func (o *objectRenderer) Refresh() {
	o.Layout(o.r.Size())
	canvas.Refresh(o.r)
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

// headedBy is a head of its own height above what grows.
type headedBy struct{}

func (headedBy) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, o[0].MinSize().Height+growLeast)
}

func (headedBy) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := o[0].MinSize().Height
	put(o[0], 0, 0, size.Width, top)
	put(o[1], 0, top, size.Width, size.Height-top)
}
