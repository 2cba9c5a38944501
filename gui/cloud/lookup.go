package cloud

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
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
	endpoint   string
}

// finder is what completes the rows of an order, nil if nothing has to be.
func (o order) finder(ctx context.Context, open Bucket) (external.Finder, func(), error) {
	if !o.lookup.on || !o.storage.ReadOnly || open == nil {
		return nil, func() {}, nil
	}
	rule := finder.Rule{Below: o.folders.Below, Template: o.lookup.template()}
	if rule.Template != "" {
		if err := rule.Check(); err != nil {
			return nil, nil, err
		}
	}
	store, release, err := open(ctx, o.storage, o.lookup.endpoint)
	if err != nil {
		return nil, nil, err
	}
	return &finder.Finder{Store: store, Rule: rule}, release, nil
}

// template is the naming rule: in the folder that was named, thumbnails have
// the same folders and names as the originals.
func (l lookup) template() string {
	text := strings.TrimSpace(l.thumbnails)
	if text == "" || strings.Contains(text, "{") {
		return text
	}
	return strings.Trim(text, "/") + "/{rest}"
}

// lookupPane is where the person says what is looked for.
type lookupPane struct {
	v          *View
	check      *widget.Check
	thumbnails *widgets.Field
	server     *widgets.Field
	more       *fyne.Container
	where      *fyne.Container
	title      *widgets.Text
	box        *fyne.Container
}

func newLookupPane(v *View) *lookupPane {
	p := &lookupPane{v: v, thumbnails: widgets.NewField(), server: widgets.NewField()}
	p.check = widget.NewCheck("Find them in the bucket", func(on bool) {
		v.lookup.on = on
		v.replan()
		v.show()
	})
	p.thumbnails.SetPlaceHolder("animals/thumbnails")
	p.thumbnails.OnSubmitted = func(string) { p.take() }
	p.server.SetPlaceHolder("https://minio.example:9000")
	p.server.OnSubmitted = func(string) { p.take() }
	for _, field := range []*widgets.Field{p.thumbnails, p.server} {
		field.SetOnFocus(func(on bool) {
			if !on {
				p.take()
			}
		})
	}
	p.server.SetText(v.deps.Endpoint)
	v.lookup.endpoint = v.deps.Endpoint
	caption := func(text string) fyne.CanvasObject {
		return arrange.Prose(insideWidth, widgets.NewParagraph(text, theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted))
	}
	p.title = widgets.NewText("Sizes and thumbnails", theme.SizeNameText, bold)
	p.where = arrange.Column(look.Space2, widgets.NewText("Server, if not the provider’s", theme.SizeNameText, plain), p.server)
	p.more = arrange.Column(look.Space2,
		caption("With this computer’s own sign-in to the storage’s provider. A few KB of each picture are read."),
		widgets.NewText("Thumbnails are in", theme.SizeNameText, plain), p.thumbnails,
		caption("Same folders and names as the originals; or a rule such as {dir}small_{name}."))
	p.box = arrange.Column(look.Space2, widget.NewSeparator(),
		p.title, p.check, p.more, p.where)
	return p
}

// findMissing looks for what rows lack, and puts the keyboard where it has to
// be said what thumbnails are called.
func (v *View) findMissing() {
	v.peeking = v.narrow
	v.right.lookup.check.SetChecked(true)
	v.show()
	widgets.Focus(v, v.right.lookup.thumbnails)
}

// take looks again once a field is left: each look asks the bucket.
func (p *lookupPane) take() {
	now := lookup{on: p.v.lookup.on, thumbnails: p.thumbnails.Text, endpoint: strings.TrimSpace(p.server.Text)}
	if now != p.v.lookup {
		elsewhere := now.endpoint != p.v.lookup.endpoint
		p.v.lookup = now
		if elsewhere && p.v.source.way == byBrowsing {
			p.v.middle.browser.load()
		}
		p.v.replan()
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
	widgets.SetShown(p.box, needed || browsing)
}
