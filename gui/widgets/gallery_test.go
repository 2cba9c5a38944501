package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
)

func TestGalleryDrawsEveryWidgetInBothThemes(t *testing.T) {
	for _, choice := range []look.Choice{look.Light, look.Dark} {
		for name, scale := range map[string]float32{"": 1, "-200": 2} {
			app := test.NewTempApp(t)
			app.Settings().SetTheme(look.Theme(choice))
			w := looktest.Window(t, gallery(), fyne.NewSize(1000, 940))
			w.Canvas().(software.WindowlessCanvas).SetScale(scale)
			picture := w.Canvas().Capture()
			if picture.Bounds().Dx() == 0 {
				t.Fatal("the gallery draws nothing")
			}
			for _, silent := range looktest.Silent(w) {
				t.Error(silent)
			}
			looktest.Save(t, "gallery-"+string(choice)+name, w)
		}
	}
}

func spaced(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedHBoxLayout(12), objects...)
}

func fixed(width, height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(width, height), o)
}

func focused[W interface {
	fyne.CanvasObject
	fyne.Focusable
}](w W) W {
	w.FocusGained()
	return w
}

func gallery() fyne.CanvasObject {
	rows := container.New(layout.NewCustomPaddedVBoxLayout(14),
		galleryButtons(), fyneControls(), galleryIcons(), galleryChips(), galleryStates(), galleryFields(), galleryNotices(), galleryFrames())
	return container.NewStack(canvas.NewRectangle(theme.Color(theme.ColorNameBackground)), container.New(layout.NewCustomPaddedLayout(16, 16, 16, 16), rows))
}

func galleryButtons() fyne.CanvasObject {
	up := look.Icon(look.IconUpload)
	nothing := func() {}
	big := NewButton(Filled, "Upload 412 files", up, nothing)
	big.SetBig(true)
	off := NewButton(Filled, "Continue", nil, nothing)
	off.Disable()
	offPlain := NewButton(Plain, "Stop", look.Icon(look.IconStop), nothing)
	offPlain.Disable()
	out := NewButton(Link, "Open in Darwin", look.Icon(look.IconExternalLink), nothing)
	out.SetIconTrailing(true)
	hover := NewButton(Filled, "Hovered", nil, nothing)
	hover.hovered = true
	hoverLink := NewButton(Link, "Hovered", nil, nothing)
	hoverLink.hovered = true
	return container.NewVBox(
		spaced(big, NewButton(Filled, "Test key", nil, nothing), off, NewButton(Tinted, "Pause", look.Icon(look.IconPause), nothing),
			NewButton(Plain, "Stop", look.Icon(look.IconStop), nothing), offPlain, NewButton(LinkMuted, "Remove", nil, nothing)),
		spaced(NewButton(Link, "New dataset", look.Icon(look.IconPlus), nothing), out, hover, hoverLink,
			focused(NewButton(Filled, "Focused", nil, nothing)), focused(NewButton(Plain, "Focused", nil, nothing)),
			NewIconButton(look.Icon(look.IconTrash), "Take out", nothing), focused(NewIconButton(look.Icon(look.IconClose), "Close", nothing)),
			fixed(90, 36, NewButton(Tinted, "Create “pine marten”", nil, nothing))))
}

func fyneControls() fyne.CanvasObject {
	on, off, part := widget.NewCheck("Fyne's own", nil), widget.NewCheck("off", nil), widget.NewCheck("part", nil)
	on.SetChecked(true)
	part.Partial = true
	radio := widget.NewRadioGroup([]string{"System", "Light"}, nil)
	radio.Horizontal = true
	radio.SetSelected("Light")
	focus := widget.NewCheck("focused", nil)
	focus.FocusGained()
	flush := NewButton(Link, "Flush", nil, nil)
	flush.SetFlush(true)
	flush.hovered = true
	return spaced(on, off, part, focus, radio, widget.NewButton("Button", nil), widget.NewSelect([]string{"one"}, nil), flush)
}

func galleryIcons() fyne.CanvasObject {
	row := container.New(layout.NewGridWrapLayout(fyne.NewSize(28, 28)))
	for i, name := range look.Icons() {
		colours := []fyne.ThemeColorName{theme.ColorNameForeground, theme.ColorNamePrimary, look.ColorMuted}
		row.Add(canvas.NewImageFromResource(look.IconIn(name, colours[i%3])))
	}
	return row
}

func galleryChips() fyne.CanvasObject {
	nothing := func() {}
	all := NewFilterChip("All", nothing)
	all.SetCount(412)
	all.SetChosen(true)
	ready := NewFilterChip("Ready", nothing)
	ready.SetCount(412)
	none := NewFilterChip("Needs you", nothing)
	none.SetCount(0)
	browse := NewFilterChip("Browse", nothing)
	browse.SetIcon(look.Icon(look.IconDatabase))
	ring := focused(NewFilterChip("Done", nothing))
	ring.SetCount(7)
	return spaced(all, ready, none, browse, ring, NewTagChip("dawn", nothing), NewTagChip("plain", nil), focused(NewTagChip("weather", nothing)),
		NewOutlinedChip("fox", "on 1 of 3", nothing))
}

func galleryStates() fyne.CanvasObject {
	mark := func(width float32, kind StateKind, text string, fraction float64) fyne.CanvasObject {
		m := NewStateMark()
		m.Set(kind, text, fraction)
		return fixed(width, 26, m)
	}
	bar, paused := NewThinBar(8), NewThinBar(8)
	bar.Reset(0.51)
	paused.Reset(0.88)
	paused.SetPaused(true)
	picker := NewPicker(look.Icon(look.IconLayers))
	picker.SetText("Camera traps 2026")
	picker.SetLabel("Dataset")
	picker.SetNote("1,204 items")
	team := NewPicker(look.Icon(look.IconPeople))
	team.SetLabel("Team")
	team.SetText("Alder Valley Wildlife")
	team.SetBold(false)
	locked := NewPicker(look.Icon(look.IconLayers))
	locked.SetLabel("Dataset")
	locked.SetText("Nest boxes")
	locked.SetNote("641 items")
	locked.SetLocked(true)
	form := NewPicker(nil)
	form.SetLabel("Video")
	form.SetText("Every frame (30 fps)")
	form.SetForm(true)
	return container.NewVBox(
		spaced(team, picker, locked, fixed(210, 36, form)),
		NewSurface(spaced(
			container.NewVBox(mark(190, StateSending, "Sending", 0.51), mark(190, StateSending, "Sending", 0.08)),
			container.NewVBox(mark(130, StateSending, "Sending", 0.62), mark(84, StateSending, "Sending", 0.999)),
			container.NewVBox(mark(84, StateReady, "Ready", -1), mark(84, StateInDarwin, "In Darwin", -1)),
			container.NewVBox(mark(160, StateInDarwin, "All 128 in Darwin", -1), mark(180, StateSkipped, "Skipped: there already", -1)),
			container.NewVBox(mark(170, StateNeedsYou, "Needs you: tag is new", -1), mark(110, StateNeedsYou, "Needs you: tag is new", -1)),
			mark(170, StateWaiting, "Waiting for the network", -1)), EdgeTop|EdgeBottom),
		bar, paused)
}

func galleryFields() fyne.CanvasObject {
	search := NewSearch("Find a file")
	folder := NewField()
	folder.SetText("/Old Quarry")
	folder.SetAction(look.Icon(look.IconFolder), "Choose", func() {})
	key := NewPasswordField("Show the key", "Hide the key")
	key.SetText("abcdefgh.12345678901234567890")
	wrong := NewField()
	wrong.SetText("a/../b")
	wrong.SetInvalid(true)
	off := NewField()
	off.SetText("Fixed while sending")
	off.Disable()
	compact := NewField()
	compact.SetCompact(true)
	compact.SetText("light rain")
	tag := NewField()
	tag.SetIcon(look.Icon(look.IconTag))
	tag.SetText("mar")
	for _, f := range []*Field{folder, key, wrong, off, compact, tag} {
		f.SetLabel("Folder")
	}
	checks := spaced(checkOf(Off), checkOf(On), checkOf(Some), focused(checkOf(On)), disabledCheck())
	return container.NewVBox(
		spaced(fixed(156, 36, search), fixed(211, 36, folder), fixed(260, 36, key), checks),
		spaced(fixed(150, 36, wrong), fixed(170, 36, off), fixed(187, 32, compact), fixed(287, 36, focused(tag))))
}

func checkOf(s TriState) *Check {
	c := NewCheck(nil)
	c.SetLabel("All files")
	c.SetState(s)
	return c
}

func disabledCheck() *Check {
	c := checkOf(On)
	c.Disable()
	return c
}

func galleryNotices() fyne.CanvasObject {
	retry := NewButton(Plain, "Try now", look.Icon(look.IconRefresh), func() {})
	retry.SetOnRaised(true)
	added := NewNotice(NoticeSuccess, "412 files added. 4 others are not images or videos.", NewButton(Link, "Add files", look.Icon(look.IconPlus), func() {}))
	added.SetOnSurface(true)
	return container.NewVBox(
		NewNotice(NoticeSuccess, "This key works. It belongs to Alder Valley Wildlife."),
		NewNotice(NoticeWarning, "Darwin could not be reached. Your files are safe on this computer."),
		NewNotice(NoticeError, "The key of Alder Valley Wildlife will be forgotten."),
		NewNotice(NoticeNeutral, "The Wi-Fi dropped at 09:32. 365 of 412 are in Darwin. 24 more are safe on this computer.", retry), added)
}

func galleryFrames() fyne.CanvasObject {
	frame := NewFrame(nil).SetGround(look.ColorSurface)
	done := NewFrame(canvas.NewRectangle(theme.Color(look.ColorTrack)))
	done.SetDone(true)
	upload := NewRailCell(look.Icon(look.IconUpload), "Upload", func() {})
	upload.SetChosen(true)
	upload.SetBadge(23)
	long := NewShrinkingText("A very long name of a file that nobody can read.jpg", theme.SizeNameText, TextStyle{})
	words := container.NewVBox(NewText("412 of 412", look.SizeDisplay, TextStyle{Bold: true}),
		NewText("Drop images", theme.SizeNameHeadingText, TextStyle{Bold: true}),
		NewText("3 selected", theme.SizeNameSubHeadingText, TextStyle{Bold: true}), long,
		NewText("2 images and 1 video", theme.SizeNameText, TextStyle{}).Coloured(look.ColorMuted),
		NewText("caption", theme.SizeNameCaptionText, TextStyle{}).Coloured(look.ColorMuted))
	mark := canvas.NewImageFromResource(look.Mark())
	return spaced(fixed(260, 180, frame), fixed(180, 170, done),
		container.NewVBox(fixed(40, 40, mark), upload, focused(NewRailCell(look.Icon(look.IconCloud), "Cloud import", func() {}))),
		fixed(220, 180, words), fixed(150, 120, NewCard(NewParagraph("It wraps at words and stays inside.", theme.SizeNameText, TextStyle{}))))
}
