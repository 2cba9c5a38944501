package prefs

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/transport"
)

// network are the controls of the section of that name.
type network struct {
	server   *widgets.Field
	proxy    *widgets.Picker
	address  *widgets.Field
	user     *widgets.Field
	password *widgets.Field
	file     *widgets.Button
	forget   *widgets.Button
	problem  *widgets.Notice

	proxyHint *widgets.Paragraph
	kept      bool // a password is kept for the proxy

	refused *fault.Error   // what is wrong with what was typed
	wrong   *widgets.Field // where that was, nil for nowhere
	broken  *fault.Error   // what the owner says of the whole
}

// proxyModes are the choices of the proxy, in the order of their menu.
var proxyModes = [...]struct{ value, words string }{
	{"", lang.Mark("Same as this computer")}, {settings.ProxyNone, lang.Mark("None")}, {settings.ProxyManual, lang.Mark("By hand")},
}

func (v *View) buildNetwork() {
	n := &v.network
	n.server = widgets.NewField()
	n.server.SetLabel(lang.L("Darwin server"))
	n.server.SetPlaceHolder(shortAddress(darwin.PublicServer))
	commit(n.server, func() string { return shortAddress(v.now.Server) }, v.takeServer)
	n.proxy = formPicker(func() { openMenu(n.proxy, v.proxyMenu()) })
	n.proxy.SetLabel(lang.L("Proxy"))
	n.address, n.user = widgets.NewField(), widgets.NewField()
	n.address.SetLabel(lang.L("Address of the proxy"))
	n.address.SetPlaceHolder("proxy.example.org:8080")
	commit(n.address, func() string { return v.now.Network.ProxyAddress }, v.takeProxy)
	n.user.SetLabel(lang.L("User name"))
	n.user.SetPlaceHolder(lang.L("None"))
	commit(n.user, func() string { return v.now.Network.ProxyUser }, func(text string) {
		if text = strings.TrimSpace(text); text != v.now.Network.ProxyUser {
			v.change(func(s *settings.Settings) { s.Network.ProxyUser = text })
		}
	})
	n.password = widgets.NewPasswordField(lang.L("Show the password"), lang.L("Hide the password"))
	n.password.SetLabel(lang.L("Password"))
	commit(n.password, func() string { return "" }, v.takePassword)
	n.file = widgets.NewButton(widgets.Plain, "", look.Icon(look.IconFolder), func() { call(v.OnPickCertificate) })
	n.forget = widgets.NewButton(widgets.LinkMuted, lang.L("Do without it"), nil, func() {
		v.change(func(s *settings.Settings) { s.Network.CAFile = "" })
		v.fill()
	})
	n.forget.SetFlush(true)
	n.proxyHint = hint("")
	n.problem = widgets.NewNotice(widgets.NoticeWarning, "")
	n.problem.Hide()
}

func (v *View) networkSection() fyne.CanvasObject {
	n := &v.network
	rows := arrange.Column(8,
		v.setting(lang.L("Darwin server"), v.wide(n.server), hint(lang.L("Where accounts that you add are looked for."))),
		v.setting(lang.L("Proxy"), v.wide(n.proxy), n.proxyHint))
	if v.now.Network.Proxy == settings.ProxyManual {
		rows.Add(v.setting(lang.L("Address of the proxy"), v.wide(n.address), hint(lang.L("Your IT department knows it."))))
		rows.Add(v.setting(lang.L("User name"), v.wide(n.user), hint(lang.L("If the proxy asks for one."))))
		rows.Add(v.setting(lang.L("Password"), v.wide(n.password), hint(lang.L("It stays in the keychain."))))
	}
	var beside fyne.CanvasObject = hint(lang.L("Your IT department may give you a file."))
	if v.now.Network.CAFile != "" {
		beside = arrange.Line(0, -1, n.forget)
	}
	rows.Add(v.setting(lang.L("Extra certificate"), v.wide(n.file), beside))
	rows.Add(arrange.Wide(v.bodyWidth(), n.problem))
	return v.section(lang.L("Network"), lang.L("For offices with their own rules."), rows)
}

func (v *View) showNetwork() {
	n, now := &v.network, v.now.Network
	if n.wrong != n.server {
		setText(n.server, shortAddress(v.now.Server))
	}
	for _, mode := range proxyModes {
		if mode.value == now.Proxy {
			n.proxy.SetText(lang.L(mode.words))
		}
	}
	n.proxyHint.SetText(lang.L("Only if your IT department says so."))
	if now.Proxy == "" {
		n.proxyHint.SetText(lang.L("What is set for all programs is used. Where that is a script (PAC), choose By hand."))
	}
	n.password.SetPlaceHolder(lang.L("Not set"))
	if n.kept {
		n.password.SetPlaceHolder(lang.L("Unchanged"))
	}
	if n.wrong != n.address {
		setText(n.address, now.ProxyAddress)
	}
	setText(n.user, now.ProxyUser)
	n.file.SetText(lang.L("Choose a file"))
	if now.CAFile != "" {
		n.file.SetText(filepath.Base(now.CAFile))
	}
	problem := n.refused
	if problem == nil {
		problem = n.broken
	}
	widgets.SetShown(n.problem, problem != nil)
	if problem != nil {
		n.problem.Set(widgets.NoticeWarning, lang.Fault(problem))
	}
}

func (v *View) proxyMenu() *fyne.Menu {
	menu := fyne.NewMenu("")
	for _, mode := range proxyModes {
		item := fyne.NewMenuItem(lang.L(mode.words), func() {
			v.network.refused, v.network.wrong = nil, nil
			v.network.address.SetInvalid(false)
			v.network.server.SetInvalid(false)
			v.change(func(s *settings.Settings) { s.Network.Proxy = mode.value })
			v.fill()
		})
		item.Checked = mode.value == v.now.Network.Proxy
		menu.Items = append(menu.Items, item)
	}
	return menu
}

func (v *View) takeServer(text string) {
	address := strings.TrimSpace(text)
	var err error
	if address != "" {
		if u, refused := darwin.ParseServer(address); refused != nil {
			err = refused
		} else if address = u.String(); address == darwin.PublicServer {
			address = "" // what stands for it
		}
	}
	v.refuse(v.network.server, err)
	if err != nil || address == v.now.Server {
		return
	}
	v.change(func(s *settings.Settings) { s.Server = address })
	v.network.server.SetText(shortAddress(address))
}

// takeProxy takes the proxy's address. IT departments hand it out with user
// name and password in it: those go into their own fields, and never into the
// settings file.
func (v *View) takeProxy(text string) {
	address, user, password := transport.SplitProxy(text)
	if user != "" || password != "" {
		v.network.address.SetText(address)
	}
	var err error
	if address != "" {
		_, err = transport.ParseProxy(address)
	}
	v.refuse(v.network.address, err)
	if err != nil {
		return
	}
	if user != "" {
		v.network.user.SetText(user)
	}
	if password != "" {
		v.takePassword(password)
	}
	if address != v.now.Network.ProxyAddress || user != "" {
		v.change(func(s *settings.Settings) {
			s.Network.ProxyAddress = address
			if user != "" {
				s.Network.ProxyUser = user
			}
		})
	}
}

// takePassword hands the password over and forgets it. An empty field changes
// nothing: the view does not know what the keychain holds.
func (v *View) takePassword(text string) {
	if text == "" {
		return
	}
	v.network.password.SetText("")
	if v.OnProxyPassword != nil {
		v.OnProxyPassword(text)
	}
}

// refuse says what is wrong with what was typed into a field, nil for nothing.
func (v *View) refuse(f *widgets.Field, err error) {
	f.SetInvalid(err != nil)
	v.network.refused, v.network.wrong = fault.Of(err), nil
	if err != nil {
		v.network.wrong = f
	}
	v.show()
}

func shortAddress(server string) string { return strings.TrimPrefix(server, "https://") }
