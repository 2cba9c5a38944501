package prefs

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
)

// shownPrefs is the place in a window of the test driver; what it posts waits
// until the test runs it.
func shownPrefs(t *testing.T) (*View, fyne.Window, *[]func()) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	posted := &[]func(){}
	v := New(func(f func()) { *posted = append(*posted, f) })
	v.OnTest = func(string, func(error)) {}
	v.OnRemove = func(string, func(error)) {}
	v.SetSettings(settings.Settings{})
	v.SetAccounts(twoAccounts())
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1092, 760))
	return v, w, posted
}

func run(posted *[]func()) {
	for len(*posted) > 0 {
		f := (*posted)[0]
		*posted = (*posted)[1:]
		f()
	}
}

// buttons finds the buttons below o by what they say.
func buttons(o fyne.CanvasObject) map[string][]*widgets.Button {
	found := map[string][]*widgets.Button{}
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Button:
			found[o.Text()] = append(found[o.Text()], o)
		case *container.Scroll:
			walk(o.Content)
		case *fyne.Container:
			for _, inside := range o.Objects {
				walk(inside)
			}
		case fyne.Widget:
			for _, inside := range test.WidgetRenderer(o).Objects() {
				walk(inside)
			}
		}
	}
	walk(o)
	return found
}

func TestAKeyIsTestedAndTheOutcomeStandsInItsRow(t *testing.T) {
	v, _, posted := shownPrefs(t)
	ends := map[string]func(error){}
	v.OnTest = func(id string, done func(error)) { ends[id] = done }
	test.Tap(buttons(v)["Test"][0])
	test.Tap(buttons(v)["Test"][2])
	if !buttons(v)["Test"][0].Disabled() || buttons(v)["Test"][1].Disabled() {
		t.Error("a key under test can be tested again, or another one cannot")
	}
	ends["a"](nil)
	ends["c"](errors.New("cut"))
	if v.accounts.states["a"].doing != trying {
		t.Error("the outcome did not wait for the main thread")
	}
	run(posted)
	if v.accounts.states["a"].doing != works || v.accounts.states["c"].doing != broken {
		t.Errorf("states %v", v.accounts.states)
	}
}

func TestAKeyIsRemovedOnlyAfterAsking(t *testing.T) {
	v, _, posted := shownPrefs(t)
	var removed []string
	var done func(error)
	v.OnRemove = func(id string, d func(error)) { removed, done = append(removed, id), d }
	test.Tap(buttons(v)["Remove"][0])
	test.Tap(buttons(v)["Keep it"][0])
	if len(removed) != 0 || len(buttons(v)["Keep it"]) != 0 {
		t.Errorf("removed %q", removed)
	}
	test.Tap(buttons(v)["Remove"][0])
	test.Tap(buttons(v)["Remove the key"][0])
	if !slices.Equal(removed, []string{"a"}) || v.accounts.states["a"].doing != removing {
		t.Errorf("removed %q, %v", removed, v.accounts.states)
	}
	done(errors.New("locked"))
	run(posted)
	if v.accounts.states["a"].doing != notRemoved {
		t.Errorf("states %v", v.accounts.states)
	}
	v.SetAccounts(v.accounts.list[1:])
	if got := len(buttons(v)["Remove"]); got != 2 {
		t.Errorf("%d rows", got)
	}
}

func TestAnotherAccountIsChosenByKeyboard(t *testing.T) {
	v, w, _ := shownPrefs(t)
	var used []string
	v.OnUse = func(id string) { used = append(used, id) }
	for range 30 {
		w.Canvas().FocusNext()
		if r, ok := w.Canvas().Focused().(*widgets.Radio); ok {
			r.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		}
		if len(used) > 1 {
			break
		}
	}
	if !slices.Equal(used, []string{"b", "c"}) {
		t.Errorf("used %q: the one in use is not chosen again, the others are", used)
	}
}

func TestRemovingByKeyboardOffersTheHarmlessAnswerFirst(t *testing.T) {
	v, w, _ := shownPrefs(t)
	w.Canvas().Focus(buttons(v)["Remove"][1])
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.Canvas().Focused() != buttons(v)["Keep it"][0] {
		t.Fatalf("focus in %T", w.Canvas().Focused())
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if _, ok := w.Canvas().Focused().(*widgets.Radio); !ok || v.accounts.states["b"].doing != idle {
		t.Errorf("focus in %T, state %v", w.Canvas().Focused(), v.accounts.states["b"])
	}
}
