package welcome

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
)

// keysPage is where Darwin shows a person's keys, below the server's address.
// Source: V7's own documentation of API keys.
const keysPage = "/?settings=api-keys"

// formWidth is the width of everything on the right side.
const formWidth float32 = 520

// View is the welcome screen. It fills the window.
type View struct {
	widget.BaseWidget

	p       *Presenter
	openURL func(*url.URL)

	key       *widgets.Field
	again     *widgets.Button
	server    *widgets.Field
	where     *widgets.Button
	steps     *fyne.Container
	result    *widgets.Notice
	resultBox *fyne.Container
	main      *widgets.Button
	lock      *widget.Icon
	promise   *widgets.Paragraph
	address   *widgets.Text
	change    *widgets.Button
	serverBox *fyne.Container
	retry     *widgets.Button
	bring     bringSection
	form      *fyne.Container
	scroll    *container.Scroll
	root      *fyne.Container
}

// New makes the screen. openURL opens a web page in the browser.
func New(cfg Config, openURL func(*url.URL)) *View {
	v := &View{p: NewPresenter(cfg), openURL: openURL}
	v.ExtendBaseWidget(v)
	v.build()
	v.p.OnChange = v.show
	v.show()
	return v
}

// Close ends what still runs. Call it when the screen goes for any reason that
// did not come from itself.
func (v *View) Close() { v.p.Close() }

// Focus puts the cursor into the key field. Call it once the screen is shown.
func (v *View) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v.key)
	}
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.root) }

func (v *View) build() {
	v.form = arrange.Column(0)
	v.form.Objects = []fyne.CanvasObject{
		widgets.NewText(lang.L("Connect your Darwin account"), theme.SizeNameHeadingText, bold),
		space(8),
		muted(lang.L("Paste the API key that your team lead gave you.")),
		space(24),
		v.keyLabel(), v.buildSteps(), space(4),
		v.keyRow(), v.buildResult(),
		space(20),
		v.mainRow(),
		space(32),
		widget.NewSeparator(),
		space(24),
	}
	v.form.Objects = append(v.form.Objects, v.buildBring(), v.serverRow(), v.buildServer(), space(24),
		offer(look.IconFlask, lang.L("Try it without an account"), lang.L("A practice Darwin. Nothing leaves this computer."),
			widgets.NewButton(widgets.Plain, lang.L("Open the demo"), nil, v.p.Demo)))
	if v.p.cfg.OnCancel != nil {
		v.form.Objects = append(v.form.Objects, space(24), container.NewHBox(
			widgets.NewButton(widgets.Link, lang.L("Back"), look.Icon(look.IconChevronLeft), v.p.Cancel)))
	}
	v.scroll = container.NewVScroll(container.New(&centred{width: formWidth}, v.form))
	v.root = container.New(&sides{}, newPanel(), widgets.NewSurface(v.scroll, 0))
}

func (v *View) keyLabel() fyne.CanvasObject {
	v.where = widgets.NewButton(widgets.Link, lang.L("Where do I find it?"), nil, v.toggleSteps)
	// The link's own padding reaches beyond the field, so that its words end where the field does.
	v.where.SetFlush(true)
	return arrange.Line(8, 0, widgets.NewText(lang.L("API key"), theme.SizeNameText, bold), v.where)
}

func (v *View) keyRow() fyne.CanvasObject {
	v.key = widgets.NewPasswordField(lang.L("Show the key"), lang.L("Hide the key"))
	v.key.SetPlaceHolder(lang.L("Your API key"))
	v.key.OnChanged = func(text string) {
		if clean := cleanKey(text); clean != text {
			v.key.SetText(clean) // comes back here
			return
		}
		v.p.SetKey(text)
	}
	v.key.OnSubmitted = func(string) { v.p.Submit() }
	v.again = widgets.NewButton(widgets.Plain, lang.L("Test again"), nil, v.p.Test)
	return arrange.Line(8, 0, v.key, v.again)
}

func (v *View) buildResult() fyne.CanvasObject {
	v.retry = widgets.NewButton(widgets.Plain, lang.L("Try again"), nil, func() { call(v.p.again) })
	v.retry.SetOnRaised(true)
	v.result = widgets.NewNotice(widgets.NoticeNeutral, "", v.retry)
	v.resultBox = arrange.Inset(8, 0, 0, 0, arrange.Wide(formWidth, v.result))
	return v.resultBox
}

func (v *View) mainRow() fyne.CanvasObject {
	v.main = widgets.NewButton(widgets.Filled, "", nil, v.p.Submit)
	v.main.SetBig(true)
	v.lock = widget.NewIcon(look.IconIn(look.IconLock, look.ColorMuted))
	v.promise = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	return arrange.Line(0, 4, v.main, arrange.Gap(16),
		container.NewGridWrap(fyne.NewSquareSize(16), v.lock), arrange.Gap(6), arrange.Prose(310, v.promise))
}

func (v *View) serverRow() fyne.CanvasObject {
	v.address = muted("")
	v.change = widgets.NewButton(widgets.Plain, lang.L("Change"), nil, v.toggleServer)
	return offerWith(look.IconGlobe, lang.L("Darwin server"), v.address, v.change)
}

func (v *View) buildServer() fyne.CanvasObject {
	v.server = widgets.NewField()
	v.server.SetText(host(v.p.server))
	v.server.SetPlaceHolder(host(v.p.cfg.Server))
	v.server.OnChanged = v.p.SetServer
	v.server.OnSubmitted = func(string) { v.p.Submit() }
	v.serverBox = arrange.Inset(12, 0, 38, 0, arrange.Column(4, v.server,
		widgets.NewCaption(lang.L("Only if your IT department named another address."))))
	v.serverBox.Hide()
	return v.serverBox
}

func (v *View) toggleServer() {
	v.change.SetText(lang.L("Close"))
	if v.serverBox.Visible() {
		v.change.SetText(lang.L("Change"))
	}
	toggle(v.serverBox)
	v.form.Refresh()
	v.refreshForm()
	if v.serverBox.Visible() {
		widgets.Focus(v, v.server)
	}
}

func (v *View) toggleSteps() {
	toggle(v.steps)
	v.refreshForm()
}

// show brings everything that depends on the presenter up to date.
func (v *View) show() {
	v.showResult()
	v.showBring()
	v.main.SetText(v.mainText())
	widgets.SetEnabled(v.main, v.p.CanTest() || v.p.CanContinue())
	// The key must not change while it is being kept.
	widgets.SetEnabled(v.key, v.p.stage != saving)
	widgets.SetEnabled(v.server, v.p.stage != saving)
	widgets.SetShown(v.again, v.p.CanContinue())
	v.address.SetText(host(v.p.server))
	v.server.SetInvalid(v.p.serverRefused())

	icon, colour, promise := look.IconLock, look.ColorMuted, lang.L("The key stays in the keychain of this computer (%s).", settings.KeychainName())
	if v.p.stage == unsaved {
		icon, colour = look.IconTriangleAlert, theme.ColorNameWarning
		promise = lang.L("This computer’s keychain does not take the key. It is kept until you close this window.")
	}
	v.lock.SetResource(look.IconIn(icon, colour))
	v.promise.SetColour(colour)
	v.promise.SetText(promise)
	v.refreshForm()
}

func (v *View) mainText() string {
	switch v.p.stage {
	case works, unsaved:
		return lang.L("Continue")
	case trying:
		return lang.L("Testing the key")
	case saving:
		return lang.L("Keeping the key")
	default:
		return lang.L("Test key")
	}
}

func (v *View) showResult() {
	switch v.p.stage {
	case trying:
		v.result.SetIcon(look.Icon(look.IconClock))
		v.say(widgets.NoticeNeutral, lang.L("Asking %s whose key this is.", host(v.p.server)))
	case works, saving, unsaved:
		v.result.SetIcon(nil)
		const team = "\x00"
		before, after, _ := strings.Cut(lang.L("This key works. It belongs to %s.", team), team)
		v.say(widgets.NoticeSuccess, before, v.p.tried.Team, after)
	case failed:
		v.result.SetIcon(nil)
		v.say(widgets.NoticeWarning, lang.Fault(v.p.problem))
	}
	widgets.SetShown(v.retry, v.p.stage == failed && v.p.again != nil)
	v.result.Refresh()
	widgets.SetShown(v.resultBox, v.p.stage != asking)
}

// say sets the notice's words; every second part is bold.
func (v *View) say(kind widgets.NoticeKind, parts ...string) {
	v.result.Set(kind, "")
	segments := make([]widget.RichTextSegment, len(parts))
	for i, part := range parts {
		segments[i] = &widget.TextSegment{Text: part, Style: widget.RichTextStyle{
			Inline: i < len(parts)-1, ColorName: theme.ColorNameForeground, SizeName: theme.SizeNameText,
			TextStyle: fyne.TextStyle{Bold: i%2 == 1},
		}}
	}
	v.result.SetRich(segments...)
}

// refreshForm lays everything out again, since parts came, went or wrapped.
func (v *View) refreshForm() {
	v.form.Refresh()
	v.root.Refresh()
	v.scroll.Refresh()
}

// host is an address as it is shown: without its scheme where that is https.
func host(server string) string { return strings.TrimPrefix(server, "https://") }

// Presenter decides what the screen does.
func (v *View) Presenter() *Presenter { return v.p }

func call(f func()) {
	if f != nil {
		f()
	}
}
