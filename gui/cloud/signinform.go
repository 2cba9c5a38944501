package cloud

import (
	"encoding/base64"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/objects"
)

// signInForm is where credentials are typed. It is built for each question, so
// that nothing of an earlier one can be brought back into its fields.
type signInForm struct {
	s        *signIn
	provider string

	key, secret, session *widgets.Field // nil where the provider knows no such thing
	title                *widgets.Text
	promise              *widgets.Paragraph
	state                *widgets.Notice
	press, away, back    *widgets.Button
	lines                *fyne.Container
	box                  *widgets.Card
}

func newSignInForm(s *signIn) *signInForm {
	f := &signInForm{s: s}
	f.title = widgets.NewShrinkingText("", theme.SizeNameSubHeadingText, bold)
	f.promise = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	f.state = widgets.NewNotice(widgets.NoticeWarning, "")
	f.press = widgets.NewButton(widgets.Filled, lang.L("Sign in"), look.Icon(look.IconKey), s.submit)
	f.away = widgets.NewButton(widgets.Plain, lang.L("Cancel"), nil, s.cancel)
	f.back = widgets.NewButton(widgets.Link, lang.L("Use this computer’s sign-in instead"), nil, s.standard)
	f.lines = container.New(stack{})
	f.box = widgets.NewCard(f.lines)
	return f
}

// build makes the fields that a provider asks for.
func (f *signInForm) build(provider string) {
	f.provider = provider
	f.empty()
	f.secret = f.hidden()
	rows := []fyne.CanvasObject{f.title}
	hint := ""
	switch provider {
	case darwin.ProviderAzure:
		rows = append(rows, f.row(lang.L("Account key or shared access signature"), f.secret))
		hint = lang.L("Whoever manages the storage account finds both in the Azure portal. With any other kind of access, sign in on this computer with az login instead.")
	case darwin.ProviderGCP:
		f.key = f.shown()
		rows = append(rows, pair(f.row(lang.L("HMAC access key"), f.key), f.row(lang.L("HMAC secret"), f.secret)))
		hint = lang.L("Whoever manages the bucket makes HMAC keys in Google Cloud. With any other kind of access, sign in on this computer with gcloud auth application-default login instead.")
	default:
		f.key, f.session = f.shown(), f.hidden()
		rows = append(rows, pair(f.row(lang.L("Access key ID"), f.key), f.row(lang.L("Secret access key"), f.secret)),
			f.row(lang.L("Session token, if you were given one"), f.session))
		hint = lang.L("Whoever manages the bucket can give you an access key that may list and read it.")
	}
	caption := widgets.NewParagraph(hint, theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	f.lines.Objects = append(rows, container.New(unpadded{}, caption), container.New(unpadded{}, f.promise), f.state,
		arrange.Wrap(look.Space2, f.press, f.away, f.back))
}

func (f *signInForm) shown() *widgets.Field { return f.wired(widgets.NewField()) }

func (f *signInForm) hidden() *widgets.Field {
	return f.wired(widgets.NewPasswordField(lang.L("Show what is typed"), lang.L("Hide what is typed")))
}

func (f *signInForm) wired(field *widgets.Field) *widgets.Field {
	field.OnChanged = func(string) {
		f.s.wrong = ""
		f.show()
	}
	field.OnSubmitted = func(string) { f.s.submit() }
	field.SetOnEscape(f.s.cancel)
	return field
}

// pair sets two rows beside each other: the window may be low.
func pair(a, b fyne.CanvasObject) fyne.CanvasObject { return container.New(halves{}, a, b) }

func (f *signInForm) row(name string, field *widgets.Field) fyne.CanvasObject {
	field.SetLabel(name)
	return arrange.Column(look.Space1, widgets.NewShrinkingText(name, theme.SizeNameText, plain), field)
}

// empty forgets the fields, with what was typed.
func (f *signInForm) empty() { f.key, f.secret, f.session, f.lines.Objects = nil, nil, nil, nil }

func (f *signInForm) focus(v *View) {
	switch {
	case f.key != nil:
		widgets.Focus(v, f.key)
	case f.secret != nil:
		widgets.Focus(v, f.secret)
	}
}

func typed(field *widgets.Field) string {
	if field == nil {
		return ""
	}
	return strings.TrimSpace(field.Text)
}

// complete says that there is something to try.
func (f *signInForm) complete() bool {
	return typed(f.secret) != "" && (f.key == nil || typed(f.key) != "")
}

// credentials are what was typed, or why it cannot be that.
func (f *signInForm) credentials() (c objects.Credentials, wrong string) {
	if f.provider != darwin.ProviderAzure {
		return objects.Credentials{AccessKey: typed(f.key), Secret: typed(f.secret), Session: typed(f.session)}, ""
	}
	text := typed(f.secret)
	if strings.Contains(text, "sig=") { // also within a whole address
		return objects.Credentials{SAS: text[strings.IndexByte(text, '?')+1:]}, ""
	}
	if _, err := base64.StdEncoding.DecodeString(text); err != nil {
		return c, lang.L("This is neither an account key nor a shared access signature.")
	}
	return objects.Credentials{AccountKey: text}, ""
}

// show is for the state of the question.
func (f *signInForm) show() {
	s, v := f.s, f.s.v
	if !s.open || !s.can() {
		return
	}
	storage := v.storages[v.storage]
	f.title.SetText(lang.L("Sign in to the bucket %s", storage.Bucket))
	f.promise.SetText(lang.L("The key is used with %s and nobody else, and stays in the keychain of this computer (%s). Without a keychain it holds until you close the window.",
		receiver(storage, v.lookup.endpoint), settings.KeychainName()))
	text := s.wrong
	if text != "" {
		text = lang.Sentences(text, lang.L("Nothing was changed."))
	}
	kind := widgets.NoticeWarning
	if s.trying {
		kind, text = widgets.NoticeNeutral, lang.L("Asking the bucket.")
	}
	f.state.Set(kind, text)
	widgets.SetShown(f.state, text != "")
	widgets.SetShown(f.back, s.kept() != NotKept)
	widgets.SetEnabled(f.back, !s.trying)
	widgets.SetEnabled(f.press, !s.trying && f.complete())
	for _, field := range []*widgets.Field{f.key, f.secret, f.session} {
		if field != nil {
			widgets.SetEnabled(field, !s.trying)
		}
	}
	f.lines.Refresh()
	f.box.Refresh()
	v.middle.box.Refresh()
}

// receiver is who is asked with the credentials.
func receiver(s darwin.StorageInfo, endpoint string) string {
	switch {
	case endpoint != "":
		return endpoint
	case s.Provider == darwin.ProviderAzure:
		return "Azure" // not shown: a name
	case s.Provider == darwin.ProviderGCP:
		return "Google Cloud" // not shown: a name
	}
	return "Amazon S3" // not shown: a name
}
