package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

// Field is an entry of one line (see SetLines for more), 36 high, with an icon before the text and a button behind it. It has all that
// widget.Entry has (Text, SetText, OnChanged, OnSubmitted, SetPlaceHolder), except Validator and ActionItem:
// use SetInvalid and SetAction.
type Field struct {
	widget.Entry

	icon     fyne.Resource
	action   *Button
	invalid  bool
	compact  bool
	label    string
	hint     string // the whole placeholder; the entry has what fits
	focus    bool
	onEscape func()
	onDown   func()
	onUp     func()
	onFocus  func(bool)
	onUndo   func()
	onRedo   func()
	lines    int // that it may have, 0 and 1 for one
	shift    bool
}

// NewField makes an empty field.
func NewField() *Field {
	f := &Field{}
	f.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	f.ExtendBaseWidget(f)
	return f
}

// NewSearch makes a field with a magnifier; Escape empties it.
func NewSearch(placeholder string) *Field {
	f := NewField()
	f.SetPlaceHolder(placeholder)
	f.SetIcon(look.Icon(look.IconSearch))
	f.SetOnEscape(func() { f.SetText("") })
	return f
}

// NewPasswordField makes a field that hides what is typed, with an eye that shows it. The tips are what the eye says.
func NewPasswordField(showTip, hideTip string) *Field {
	f := NewField()
	f.Password = true
	f.SetIcon(look.Icon(look.IconKey))
	f.SetAction(look.Icon(look.IconEye), showTip, func() {
		f.Password = !f.Password
		icon, tip := look.IconEye, showTip
		if !f.Password {
			icon, tip = look.IconEyeOff, hideTip
		}
		f.action.tip = tip
		f.action.SetIcon(look.Icon(icon))
		f.Refresh()
	})
	return f
}

// SetIcon puts an icon before the text; nil takes it away.
func (f *Field) SetIcon(icon fyne.Resource) { f.icon = icon; f.Refresh() }

// SetAction puts a small button behind the text; a nil icon takes it away.
func (f *Field) SetAction(icon fyne.Resource, tip string, onTapped func()) {
	f.action = nil
	if icon != nil {
		f.action = NewIconButton(icon, tip, onTapped)
	}
	f.Refresh()
}

// SetInvalid shows that what is typed cannot be used; say why beside the field.
func (f *Field) SetInvalid(on bool) { f.invalid = on; f.Refresh() }

// SetPlaceHolder sets what stands in the empty field; it shortens where there is too little room.
func (f *Field) SetPlaceHolder(text string) {
	f.hint = text
	f.Entry.SetPlaceHolder(text)
}

// SetLabel names what is typed here; without it the placeholder does.
func (f *Field) SetLabel(label string) { f.label = label }

// AccessibilityLabel is what is typed here and what stands there, which nobody is told of a password.
func (f *Field) AccessibilityLabel() string {
	label, text := f.label, f.Text
	if label == "" {
		label = f.hint
	}
	if f.Password && text != "" {
		text = lang.L("hidden")
	}
	wrong, off := "", ""
	if f.invalid {
		wrong = lang.L("cannot be used")
	}
	if f.Disabled() {
		off = lang.L("not available now")
	}
	return say(label, text, wrong, off)
}

// AccessibilityRole is text: Fyne has no role for what can be typed into yet.
func (f *Field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// SetCompact makes the field 32 high.
func (f *Field) SetCompact(on bool) { f.compact = on; f.Refresh() }

// SetOnEscape sets what Escape does while the field has the focus.
func (f *Field) SetOnEscape(do func()) { f.onEscape = do }

// SetOnDown and SetOnUp set what the arrow keys do, for a list of suggestions below.
func (f *Field) SetOnDown(do func()) { f.onDown = do }

// SetOnUp sets what the arrow up does.
func (f *Field) SetOnUp(do func()) { f.onUp = do }

// SetOnFocus is told when the focus comes (true) and goes (false).
func (f *Field) SetOnFocus(do func(bool)) { f.onFocus = do }

// SetLines lets the field have several lines, and grow to show this many; Shift and Enter begin a new one, Enter alone
// still submits. What holds the field lays it out again when Lines has changed.
func (f *Field) SetLines(most int) {
	f.lines, f.MultiLine = most, most > 1
	f.Refresh()
}

// Lines is the number of lines that the field shows now.
func (f *Field) Lines() int {
	if f.lines <= 1 {
		return 1
	}
	return min(f.lines, strings.Count(f.Text, "\n")+1)
}

// SetOnUndo sets what undo and redo do while the field is empty and so has nothing to undo itself.
func (f *Field) SetOnUndo(undo, redo func()) { f.onUndo, f.onRedo = undo, redo }

// TypedShortcut gives undo and redo to their hooks where the field has nothing to undo.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	if f.Text == "" {
		hook := f.onRedo
		switch s := s.(type) {
		case *fyne.ShortcutUndo:
			hook = f.onUndo
		case *fyne.ShortcutRedo:
		case *desktop.CustomShortcut:
			if s.KeyName != fyne.KeyZ || s.Modifier != fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift {
				hook = nil
			}
		default:
			hook = nil
		}
		if hook != nil {
			hook()
			return
		}
	}
	f.Entry.TypedShortcut(s)
}

// AcceptsTab is false: Tab goes on to the next control.
func (f *Field) AcceptsTab() bool { return false }

// KeyDown watches Shift.
func (f *Field) KeyDown(key *fyne.KeyEvent) { f.watchShift(key, true); f.Entry.KeyDown(key) }

// KeyUp is its end.
func (f *Field) KeyUp(key *fyne.KeyEvent) { f.watchShift(key, false); f.Entry.KeyUp(key) }

func (f *Field) watchShift(key *fyne.KeyEvent, down bool) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		f.shift = down
	}
}

// typedReturn turns round what the entry means by Enter with and without Shift.
func (f *Field) typedReturn(key *fyne.KeyEvent) {
	switch {
	case f.Disabled():
	case f.shift:
		shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
		f.Entry.KeyUp(shift)
		f.Entry.TypedKey(key)
		f.Entry.KeyDown(shift)
	case f.OnSubmitted != nil:
		f.OnSubmitted(f.Text)
	}
}

// FocusGained shows the border of focus.
func (f *Field) FocusGained() {
	f.focus = true
	f.Entry.FocusGained()
	if f.onFocus != nil {
		f.onFocus(true)
	}
}

// FocusLost takes it away.
func (f *Field) FocusLost() {
	f.focus = false
	f.Entry.FocusLost()
	if f.onFocus != nil {
		f.onFocus(false)
	}
}

// TypedKey gives Escape and the arrows to their hooks and the rest to the entry.
func (f *Field) TypedKey(key *fyne.KeyEvent) {
	var hook func()
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if f.MultiLine {
			f.typedReturn(key)
			return
		}
	case fyne.KeyEscape:
		hook = f.onEscape
	case fyne.KeyDown:
		hook = f.onDown
	case fyne.KeyUp:
		hook = f.onUp
	}
	if hook == nil {
		f.Entry.TypedKey(key)
		return
	}
	if !f.Disabled() {
		hook()
	}
}

// MinSize is 36 high (32 compact) and wide enough for a word.
func (f *Field) MinSize() fyne.Size {
	width := float32(80)
	if f.icon != nil {
		width += look.IconRow
	}
	if f.action != nil {
		width += look.Space8
	}
	return fyne.NewSize(width, f.height())
}

func (f *Field) height() float32 {
	height := look.ControlHeight
	if f.compact {
		height = 32
	}
	if more := f.Lines() - 1; more > 0 {
		height += float32(more) * fyne.MeasureText("M", theme.SizeForWidget(theme.SizeNameText, f), f.TextStyle).Height
	}
	return height
}

// CreateRenderer is for Fyne. It keeps the text of the entry's own renderer and draws ground, border and icons itself.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	password := f.Password
	f.Password = false // or the entry would add a revealer of its own
	inner := f.Entry.CreateRenderer()
	f.Password = password

	r := &fieldRenderer{f: f, inner: inner, ground: canvas.NewRectangle(nil), icon: NewGlyph(f)}
	r.ground.CornerRadius = look.RadiusButton
	r.Refresh()
	return r
}

type fieldRenderer struct {
	f      *Field
	inner  fyne.WidgetRenderer
	ground *canvas.Rectangle
	icon   *Glyph
}

// text is what the entry draws of the text itself: neither its box, nor its border, nor its icon.
func (r *fieldRenderer) text() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, o := range r.inner.Objects() {
		switch o.(type) {
		case *canvas.Rectangle, *canvas.Image:
		default:
			objects = append(objects, o)
		}
	}
	return objects
}

func (r *fieldRenderer) MinSize() fyne.Size { return r.f.MinSize() }

func (r *fieldRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	left, right := float32(2), float32(2)
	if r.f.icon != nil {
		centre(r.icon, look.Space3, fyne.NewSquareSize(look.IconRow), size.Height)
		left = look.Space3 + look.IconRow
	}
	if r.f.action != nil {
		side := size.Height - 4
		centre(r.f.action, size.Width-side-2, fyne.NewSquareSize(side), size.Height)
		right = side + 2
	}
	r.shorten(size.Width - left - right - 2*theme.SizeForWidget(theme.SizeNameInnerPadding, r.f))
	// The entry lays its text out for its own height; that is moved to the middle of ours.
	height := look.ControlHeight
	if r.f.Lines() > 1 {
		height = size.Height + 4
	}
	r.inner.Layout(fyne.NewSize(max(size.Width-left-right, 1), height))
	for _, o := range r.text() {
		o.Move(o.Position().AddXY(left, (size.Height-height)/2))
	}
}

// shorten keeps the placeholder inside the field: the entry would scroll it.
func (r *fieldRenderer) shorten(width float32) {
	if width <= 0 {
		return
	}
	short := Shorten(r.f.hint, width, theme.SizeForWidget(theme.SizeNameText, r.f), r.f.TextStyle)
	if short != r.f.PlaceHolder {
		r.f.Entry.SetPlaceHolder(short)
	}
}

func (r *fieldRenderer) Refresh() {
	r.ground.FillColor = paint(r.f, theme.ColorNameInputBackground)
	border, width := theme.ColorNameInputBorder, float32(1)
	switch {
	case r.f.Disabled():
		border = theme.ColorNameSeparator
	case r.f.focus && !r.f.invalid:
		border, width = look.ColorFocus, ringWidth
	case r.f.invalid:
		border = theme.ColorNameError
		if r.f.focus {
			width = ringWidth
		}
	}
	r.ground.StrokeColor, r.ground.StrokeWidth = color.Color(paint(r.f, border)), width
	r.icon.Set(look.Recolour(r.f.icon, look.ColorMuted))
	r.inner.Refresh()
	r.Layout(r.f.Size())
	r.ground.Refresh()
}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{r.ground, r.icon.Image}, r.text()...)
	if r.f.action != nil {
		objects = append(objects, r.f.action)
	}
	return objects
}
func (r *fieldRenderer) Destroy() { r.inner.Destroy() }
