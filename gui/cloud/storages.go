package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

const (
	storagesWidth float32 = 252
	badgeHeight   float32 = 24
)

// storagesPane is where the storage is chosen: cards below each other, or in
// the narrow form one select.
type storagesPane struct {
	v      *View
	title  *widgets.Text
	inside *fyne.Container
	box    *fyne.Container
	built  paneState
}

// paneState is what the pane was built for.
type paneState struct {
	narrow, peeking, asking, failed, known, looks bool
	storages, chosen                              int
}

func newStoragesPane(v *View) *storagesPane {
	p := &storagesPane{v: v, title: widgets.NewShrinkingText(lang.L("Storage"), theme.SizeNameText, bold), inside: container.NewStack()}
	p.box = container.NewStack(p.inside)
	return p
}

func (p *storagesPane) show() {
	v := p.v
	state := paneState{v.narrow, v.peeking, v.asking, v.problem != nil, v.storages != nil, v.lookup.on, len(v.storages), v.storage}
	if state == p.built && len(p.inside.Objects) > 0 {
		return
	}
	p.built = state
	content := p.wide()
	if v.narrow {
		content = p.picker()
	}
	p.inside.Objects = []fyne.CanvasObject{content}
	p.inside.Refresh()
}

// words are said where no storage can be chosen.
func (p *storagesPane) words() (text string, again bool) {
	switch v := p.v; {
	case v.asking:
		return lang.L("Asking Darwin for the team’s storages."), false
	case v.problem != nil:
		return told(v.problem), true
	case len(v.storages) == 0:
		return lang.L("This team has no storage of its own in Darwin. Whoever manages the team can connect a bucket in Darwin, under Settings, Storage."), true
	}
	return "", false
}

func (p *storagesPane) wide() fyne.CanvasObject {
	text, again := p.words()
	column := arrange.Column(look.Space3, p.title)
	if text != "" {
		column.Add(arrange.Prose(storagesWidth, widgets.NewParagraph(text, theme.SizeNameText, plain).Coloured(look.ColorMuted)))
		if again {
			column.Add(arrange.Line(0, -1, widgets.NewButton(widgets.Tinted, lang.L("Ask again"), look.Icon(look.IconRefresh), p.v.loadStorages)))
		}
		return arrange.Inset(0, 0, look.Space1, scrollBar, column)
	}
	cards := arrange.Column(10)
	for i, s := range p.v.storages {
		cards.Add(newStorageCard(s, i == p.v.storage, func() { p.v.chooseStorage(i) }))
	}
	needs := widgets.NewParagraph(needsOf(p.v.storages[p.v.storage], p.v.lookup.on), theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	// Many storages scroll; what the chosen one needs stays below them.
	if len(p.v.storages) > 5 {
		scroll := container.NewVScroll(arrange.Inset(look.Space1, look.Space1, look.Space1, look.Space2, cards))
		scroll.SetMinSize(fyne.NewSize(storagesWidth, 330))
		column.Add(widgets.Flat(scroll))
	} else {
		column.Add(cards)
	}
	column.Add(arrange.Prose(storagesWidth-look.Space2, needs))
	column.Add(p.v.looking.box)
	return widgets.Flat(container.NewVScroll(arrange.Inset(0, 0, look.Space1, scrollBar, arrange.AtMost(storagesWidth, column))))
}

// picker is the narrow form.
func (p *storagesPane) picker() fyne.CanvasObject {
	text, again := p.words()
	if text != "" {
		words := widgets.NewParagraph(text, theme.SizeNameText, plain).Coloured(look.ColorMuted)
		lines := container.New(stack{}, container.New(unpadded{}, words))
		if again {
			lines.Add(arrange.Line(0, -1, widgets.NewButton(widgets.Tinted, lang.L("Ask again"), look.Icon(look.IconRefresh), p.v.loadStorages)))
		}
		return lines
	}
	s := p.v.storages[p.v.storage]
	picker := widgets.NewPicker(look.Icon(look.IconDatabase))
	picker.SetLabel(lang.L("Storage"))
	picker.SetText(s.Name)
	picker.SetNote(noteOf(s))
	picker.SetOnTapped(func() { p.offer(picker) })
	words := lang.L("In Darwin")
	if p.v.peeking {
		words = lang.L("Back to the objects")
	}
	peek := widgets.NewButton(widgets.Plain, words, look.Icon(look.IconEye), func() {
		p.v.peeking = !p.v.peeking
		p.v.show()
	})
	return arrange.Line(look.Space3, 1, picker, widgets.NewShrinkingText("", theme.SizeNameText, plain), peek)
}

// offer lists the storages below the picker.
func (p *storagesPane) offer(at fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(at)
	if c == nil {
		return
	}
	var items []*fyne.MenuItem
	for i, s := range p.v.storages {
		item := fyne.NewMenuItem(s.Name+"  ·  "+noteOf(s), func() { p.v.chooseStorage(i) })
		item.Checked = i == p.v.storage
		items = append(items, item)
	}
	widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, fyne.NewPos(0, at.Size().Height+look.Space1), at)
}

// needsOf says what a storage asks for, and whether we look for it.
func needsOf(s darwin.StorageInfo, found bool) string {
	switch {
	case s.ReadOnly && found:
		return lang.L("Darwin only reads from %s, so it needs each picture’s size and a thumbnail. We look for both.", s.Name)
	case s.ReadOnly:
		return lang.L("Darwin only reads from %s, so it needs each picture’s size and a thumbnail.", s.Name)
	}
	return lang.L("Darwin may write to %s, so it finds each picture’s size and makes the thumbnails by itself.", s.Name)
}

// noteOf says where a storage is, and whether Darwin only reads there.
func noteOf(s darwin.StorageInfo) string {
	if s.ReadOnly {
		return lang.L("%s, read only", place(s))
	}
	return place(s)
}

// place says where a storage is.
func place(s darwin.StorageInfo) string {
	provider := s.Provider
	switch provider {
	case darwin.ProviderAWS:
		provider = "Amazon S3" // not shown: a name
	case darwin.ProviderGCP:
		provider = "Google Cloud" // not shown: a name
	case darwin.ProviderAzure:
		provider = "Azure" // not shown: a name
	}
	switch {
	case provider == "":
		return s.Region
	case s.Region == "":
		return provider
	}
	return provider + ", " + s.Region
}

// storageCard is one storage to choose, with a radio button at its left. All
// of it can be tapped.
type storageCard struct {
	widget.BaseWidget
	content fyne.CanvasObject
	name    string
	choose  func()
}

var _ desktop.Cursorable = (*storageCard)(nil)

func newStorageCard(s darwin.StorageInfo, chosen bool, choose func()) *storageCard {
	radio := widgets.NewRadio(chosen, lang.L("Import from %s", s.Name), choose)
	name := arrange.Line(look.Space2, 0, widgets.NewShrinkingText(s.Name, theme.SizeNameText, bold))
	if s.ReadOnly {
		name.Add(badge(look.IconLock, lang.L("Read only")))
	}
	facts := place(s)
	if s.Default {
		facts = lang.L("Default  ·  %s", facts)
	}
	words := arrange.Column(look.Space1, name, widgets.NewCaption(facts))
	card := widgets.NewCard(arrange.Line(look.Space2, 1, radio, words)).SetPadding(look.Space3)
	if chosen {
		card.SetGround(look.ColorPrimaryTint).SetBorder(theme.ColorNamePrimary)
	}
	c := &storageCard{content: card, name: s.Name, choose: choose}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *storageCard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.content)
}

// AccessibilityLabel is the storage's name: the radio button inside says what a tap does.
func (c *storageCard) AccessibilityLabel() string { return c.name }

// AccessibilityRole is container.
func (c *storageCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Tapped chooses the storage.
func (c *storageCard) Tapped(*fyne.PointEvent) { c.choose() }

// Cursor is a hand.
func (c *storageCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

// badge is a small fact with an icon.
func badge(icon look.IconName, text string) fyne.CanvasObject {
	line := arrange.Line(look.Space1, -1, widgets.NewIcon(icon, look.ColorMuted, 14), widgets.NewText(text, theme.SizeNameCaptionText, plain))
	return widgets.NewCard(arrange.Inset(3, 3, look.Space2, look.Space2, line)).SetPadding(0).SetRadius(badgeHeight / 2)
}
