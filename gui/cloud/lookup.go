package cloud

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/objects"
)

// Bucket opens the way to a storage's bucket, with the person's own
// credentials. endpoint is the address of an S3-compatible server, "" for the
// provider's own. It is called from goroutines; release lets its connections go.
type Bucket func(ctx context.Context, s darwin.StorageInfo, endpoint string) (store objects.Store, release func(), err error)

// lookup says what is looked for in the bucket.
type lookup struct {
	on         bool
	thumbnails string // the folder that they are in, or a naming rule
	frames     frameRule
	endpoint   string
}

// finder is what completes the rows of an order, nil if nothing has to be.
func (o order) finder(store objects.Store) (external.Finder, error) {
	if !o.looks() || store == nil {
		return nil, nil
	}
	rule := finder.Rule{Below: o.folders.Below, Template: o.lookup.template()}
	if rule.Template != "" {
		if err := rule.Check(); err != nil {
			return nil, err
		}
	}
	if err := o.lookup.frames.check(); err != nil {
		return nil, err
	}
	if o.making != nil {
		return &finder.Finder{Store: o.making.watch(store), Rule: rule, Make: true}, nil
	}
	return &finder.Finder{Store: store, Rule: rule}, nil
}

// looks says that what rows lack is looked for.
func (o order) looks() bool { return o.lookup.on && o.storage.ReadOnly }

// template is the naming rule: in the folder that was named, thumbnails have
// the same folders and names as the originals.
func (l lookup) template() string {
	text := strings.TrimSpace(l.thumbnails)
	if text == "" || strings.Contains(text, "{") {
		return text
	}
	return strings.Trim(text, "/") + "/{rest}"
}

// lookupPane is where the person says what is looked for. It stands below the
// storages, and in the narrow form below the preview.
type lookupPane struct {
	v          *View
	check      *widget.Check
	thumbnails *widgets.Field
	frames     *widgets.Field
	films      *widgets.Paragraph
	server     *widgets.Field
	make       *widgets.Button
	moving     *fyne.Container // what is about videos
	more       *fyne.Container
	where      *fyne.Container
	with       *widgets.Paragraph // whose sign-in is used
	sign       *widgets.Button
	access     *fyne.Container
	title      *widgets.Text
	box        *fyne.Container
}

func newLookupPane(v *View) *lookupPane {
	p := &lookupPane{v: v, thumbnails: widgets.NewField(), frames: widgets.NewField(), server: widgets.NewField()}
	p.check = widget.NewCheck(lang.L("Find them in the bucket"), func(on bool) {
		v.lookup.on = on
		v.replan()
		v.show()
	})
	p.thumbnails.SetPlaceHolder("animals/thumbnails")
	p.frames.SetPlaceHolder("{dir}frames/{n}.png")
	p.server.SetPlaceHolder("https://minio.example:9000")
	for _, field := range []*widgets.Field{p.thumbnails, p.frames, p.server} {
		field.OnSubmitted = func(string) { p.take() }
		field.SetOnFocus(func(on bool) {
			if !on {
				p.take()
			}
		})
	}
	p.server.SetText(v.deps.Endpoint)
	v.lookup.endpoint = v.deps.Endpoint
	p.films = widgets.NewParagraph("", theme.SizeNameCaptionText, bold)
	p.make = widgets.NewButton(widgets.Link, lang.L("Make thumbnails"), look.Icon(look.IconImage), func() { v.maker.ask() })
	p.make.SetFlush(true)
	caption := func(text string) fyne.CanvasObject {
		return arrange.Prose(insideWidth, widgets.NewParagraph(text, theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted))
	}
	name := func(text string) fyne.CanvasObject { return widgets.NewShrinkingText(text, theme.SizeNameText, plain) }
	p.title = widgets.NewShrinkingText(lang.L("Sizes and thumbnails"), theme.SizeNameText, bold)
	p.where = arrange.Column(look.Space1, name(lang.L("Server, if not the provider’s")), p.server)
	p.moving = arrange.Column(look.Space1, name(lang.L("Frames of videos are called")), p.frames,
		arrange.Prose(insideWidth, p.films),
		caption(lang.L("{n} is a frame’s number. A name with .json is that of a manifest, for the compact form.")))
	p.with = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	p.sign = widgets.NewButton(widgets.Link, "", look.Icon(look.IconKey), func() { v.signIn.ask() })
	p.sign.SetFlush(true)
	p.access = arrange.Column(look.Space1, arrange.Prose(insideWidth, p.with), arrange.Line(0, -1, p.sign))
	p.more = arrange.Column(look.Space2,
		caption(lang.L("A few KB of each picture are read.")),
		arrange.Column(look.Space1, name(lang.L("Thumbnails are in")), p.thumbnails,
			caption(lang.L("Same folders and names as the originals; or a rule such as {dir}small_{name}.")),
			arrange.Line(0, -1, p.make)), p.moving)
	p.box = arrange.Column(look.Space2, widget.NewSeparator(), p.title, p.check, p.access, p.more, p.where)
	return p
}

// findMissing looks for what rows lack, and puts the keyboard where it has to
// be said what thumbnails are called.
func (v *View) findMissing() {
	v.peeking = v.narrow
	v.looking.check.SetChecked(true)
	v.show()
	widgets.Focus(v, v.looking.thumbnails)
}

// take looks again once a field is left: each look asks the bucket.
func (p *lookupPane) take() {
	v := p.v
	now := lookup{
		on: v.lookup.on, thumbnails: p.thumbnails.Text, frames: frameRule(strings.TrimSpace(p.frames.Text)), endpoint: strings.TrimSpace(p.server.Text),
	}
	if now != v.lookup {
		elsewhere := now.endpoint != v.lookup.endpoint
		v.lookup = now
		if elsewhere && v.source.way == byBrowsing {
			v.middle.browser.load()
		}
		v.middle.browser.draw()
		v.replan()
	}
}

func (p *lookupPane) show() {
	v := p.v
	needed := v.deps.Bucket != nil && v.storage >= 0 && v.storages[v.storage].ReadOnly
	browsing := v.source.way == byBrowsing && v.storage >= 0
	widgets.SetShown(p.title, needed)
	widgets.SetShown(p.check, needed)
	widgets.SetShown(p.more, needed && v.lookup.on)
	widgets.SetShown(p.where, needed && v.lookup.on || browsing)
	widgets.SetShown(p.access, needed && v.lookup.on || browsing && v.signIn.can())
	p.showAccess()
	widgets.SetShown(p.box, needed || browsing)
	text := ""
	if d := v.draft; d != nil && d.order.frames() != "" {
		text = d.films.words()
	}
	p.films.SetText(text)
	widgets.SetShown(p.films, text != "")
	widgets.SetEnabled(p.make, v.draft != nil && !v.maker.making)
	p.box.Refresh()
}

// showAccess says whose sign-in is used, and offers another.
func (p *lookupPane) showAccess() {
	sign := p.v.signIn
	text, offer := lang.L("With this computer’s own sign-in to the storage’s provider."), lang.L("Sign in to the bucket")
	switch sign.kept() {
	case InKeychain:
		text, offer = lang.L("With your own key, from the keychain of this computer."), lang.L("Change the sign-in")
	case ThisRunOnly:
		text = lang.L("With your own key, until you close the window: this computer’s keychain does not take it.")
		offer = lang.L("Change the sign-in")
	}
	p.with.SetText(text)
	p.sign.SetText(offer)
	widgets.SetShown(p.sign, sign.can())
	widgets.SetEnabled(p.sign, !p.v.maker.making)
}
