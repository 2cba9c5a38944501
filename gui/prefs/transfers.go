package prefs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
)

// What a limit begins with when it is put on for the first time: room for a
// video call beside it, and the night.
const (
	firstSpeed                    = 8_000_000
	firstFrom, firstUntil         = 19 * 60, 7 * 60
	clockWidth            float32 = 72
)

// transfers are the controls of the section of that name.
type transfers struct {
	workers, requests *widgets.Picker
	limit, hours      *widgets.Check
	speed             *widgets.Field
	from, until       *widgets.Field
	awake             *widgets.Check
	workersHint       *widgets.Paragraph
	speedHint         *widgets.Paragraph
	hoursHint         *widgets.Paragraph
	now               int // files at the same time as of now, 0 if nobody knows
}

func (v *View) buildTransfers() {
	t := &v.transfers
	t.workers = formPicker(func() { openMenu(t.workers, v.workersMenu()) })
	t.workers.SetLabel(lang.L("Files at the same time"))
	t.requests = formPicker(func() { openMenu(t.requests, v.requestsMenu()) })
	t.requests.SetLabel(lang.L("Requests per minute"))
	t.limit = widgets.NewCheck(func(s widgets.TriState) { v.limitSpeed(s == widgets.On) })
	t.limit.SetLabel(lang.L("Limit the speed"))
	t.speed = widgets.NewField()
	t.speed.SetLabel(lang.L("Speed limit"))
	commit(t.speed, func() string { return speedText(v.speed()) }, v.takeSpeed)
	t.hours = widgets.NewCheck(func(s widgets.TriState) { v.limitHours(s == widgets.On) })
	t.hours.SetLabel(lang.L("Send only between two times of the day"))
	t.from, t.until = widgets.NewField(), widgets.NewField()
	t.from.SetLabel(lang.L("Send from"))
	t.until.SetLabel(lang.L("Send until"))
	commit(t.from, func() string { return clockText(v.now.Transfers.From) }, func(text string) {
		v.takeClock(t.from, text, func(s *settings.Transfers) *int { return &s.From })
	})
	commit(t.until, func() string { return clockText(v.now.Transfers.Until) }, func(text string) {
		v.takeClock(t.until, text, func(s *settings.Transfers) *int { return &s.Until })
	})
	t.awake = widgets.NewCheck(func(state widgets.TriState) {
		v.change(func(s *settings.Settings) { s.Transfers.MaySleep = state == widgets.Off })
	})
	t.workersHint, t.speedHint, t.hoursHint = hint(""), hint(""), hint("")
}

func formPicker(open func()) *widgets.Picker {
	p := widgets.NewPicker(nil)
	p.SetForm(true)
	p.SetOnTapped(open)
	return p
}

func (v *View) transfersSection() fyne.CanvasObject {
	t := &v.transfers
	between := arrange.Line(8, -1, flush(t.hours), arrange.Wide(clockWidth, t.from),
		widgets.NewText(lang.L("and"), theme.SizeNameText, plain), arrange.Wide(clockWidth, t.until))
	return v.section(lang.L("Transfers"), lang.L("How fast, and when."), arrange.Column(8,
		v.setting(lang.L("Files at the same time"), v.wide(t.workers), t.workersHint),
		v.setting(lang.L("Speed limit"), v.wide(arrange.Line(8, 1, flush(t.limit), t.speed)), t.speedHint),
		v.setting(lang.L("Send only between"), v.wide(between), t.hoursHint),
		v.setting(lang.L("Requests per minute"), v.wide(t.requests), hint(lang.L("Automatic keeps within Darwin’s limit."))),
		v.setting(lang.L("Sleep"), ticked(t.awake, lang.L("Keep this computer awake while sending")), hint(lang.L("The screen stays on, too.")))))
}

func (v *View) showTransfers() {
	t, now := &v.transfers, v.now.Transfers
	t.workers.SetText(wordsOf(workersOf(v.now.Workers, t.now), v.now.Workers))
	t.workersHint.SetText(lang.L("It finds the best number by itself."))
	if v.now.Workers > 0 {
		t.workersHint.SetText(lang.L("Never more than this."))
	}
	help(t.speedHint, v.badSpeed, lang.L("Write it as in %s.", speedText(firstSpeed)), lang.L("Leaves room for video calls."))
	help(t.hoursHint, v.badHours, lang.L("Write two times, as in %s and %s.", clockText(firstFrom), clockText(firstUntil)), lang.L("At other times it waits."))
	t.requests.SetText(wordsOf(requestsOf(now.RequestsPerMinute), now.RequestsPerMinute))
	setCheck(t.limit, now.LimitSpeed)
	if !v.badSpeed {
		setText(t.speed, speedText(v.speed()))
	}
	widgets.SetEnabled(t.speed, now.LimitSpeed)
	setCheck(t.hours, now.LimitHours)
	if from, until := v.clocks(); !v.badHours {
		setText(t.from, clockText(from))
		setText(t.until, clockText(until))
	}
	widgets.SetEnabled(t.from, now.LimitHours)
	widgets.SetEnabled(t.until, now.LimitHours)
	setCheck(t.awake, !now.MaySleep)
}

// help says what a setting is for, or, if what was typed cannot be read, how to
// write it.
func help(line *widgets.Paragraph, wrong bool, mend, usual string) {
	if wrong {
		line.SetText(mend)
		line.SetColour(theme.ColorNameWarning)
		return
	}
	line.SetText(usual)
	line.SetColour(look.ColorMuted)
}

func (v *View) workersMenu() *fyne.Menu {
	return menuOf(workersOf(v.now.Workers, v.transfers.now), v.now.Workers, func(n int) {
		v.change(func(s *settings.Settings) { s.Workers = n })
	})
}

func (v *View) requestsMenu() *fyne.Menu {
	now := v.now.Transfers.RequestsPerMinute
	return menuOf(requestsOf(now), now, func(n int) {
		v.change(func(s *settings.Settings) { s.Transfers.RequestsPerMinute = n })
	})
}

// speed is the limit as it is, or as it would begin.
func (v *View) speed() int64 {
	if n := v.now.Transfers.BytesPerSecond; n > 0 {
		return n
	}
	return firstSpeed
}

// clocks are the hours as they are, or as they would begin.
func (v *View) clocks() (from, until int) {
	if t := v.now.Transfers; t.From != t.Until {
		return t.From, t.Until
	}
	return firstFrom, firstUntil
}

func (v *View) limitSpeed(on bool) {
	n := v.speed()
	v.transfers.speed.SetInvalid(false)
	v.badSpeed = false
	v.change(func(s *settings.Settings) { s.Transfers.LimitSpeed, s.Transfers.BytesPerSecond = on, n })
}

func (v *View) takeSpeed(text string) {
	n, ok := parseSpeed(text)
	v.transfers.speed.SetInvalid(!ok)
	v.badSpeed = !ok
	v.show()
	if !ok || text == speedText(v.speed()) { // which may be rounded
		return
	}
	v.change(func(s *settings.Settings) { s.Transfers.BytesPerSecond = n })
	v.transfers.speed.SetText(speedText(n))
}

func (v *View) limitHours(on bool) {
	from, until := v.clocks()
	v.transfers.from.SetInvalid(false)
	v.transfers.until.SetInvalid(false)
	v.badHours = false
	v.change(func(s *settings.Settings) {
		s.Transfers.LimitHours, s.Transfers.From, s.Transfers.Until = on, from, until
	})
}

// takeClock takes one of the two times. Two equal ones would leave no time to
// send at all, or all of it: nobody can tell which is meant.
func (v *View) takeClock(f *widgets.Field, text string, which func(*settings.Transfers) *int) {
	n, ok := parseClock(text)
	next := v.now.Transfers
	if ok {
		*which(&next) = n
		ok = next.From != next.Until
	}
	f.SetInvalid(!ok)
	v.badHours = !ok
	v.show()
	if !ok || next == v.now.Transfers {
		return
	}
	v.change(func(s *settings.Settings) { *which(&s.Transfers) = n })
	f.SetText(clockText(n))
}
