package queue_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader/fault"
)

func TestEveryControlIsReachedByTabAndShowsThatItHasTheKeyboard(t *testing.T) {
	on := queue.Actions{
		OnPaste: func(string) {}, OnRetry: func([]queue.ID) {}, OnPause: func(bool) {}, OnSaveReceipt: func() {}, OnSendAdded: func() {},
		OnMend: func(queue.Mend, func(error)) {}, OnLookAgain: func() {},
	}
	for name, prepare := range map[string]func(*testing.T) (*queue.Model, func(*queue.View)){
		"empty": func(*testing.T) (*queue.Model, func(*queue.View)) { return queue.New(), func(*queue.View) {} },
		"list": func(*testing.T) (*queue.Model, func(*queue.View)) {
			return survey(nil), func(v *queue.View) { v.ShowLeftOut() }
		},
		"sending": func(*testing.T) (*queue.Model, func(*queue.View)) {
			m := survey(nil)
			s := send(m, 131, 24, false)
			return m, func(v *queue.View) { v.SetSnapshot(s) }
		},
		"cards": func(*testing.T) (*queue.Model, func(*queue.View)) {
			m, s := asked(nil, true)
			return m, func(v *queue.View) {
				v.SetSnapshot(s)
				v.SetStopped(&fault.Error{Kind: fault.Key, What: "Darwin does not take this key any more."})
				m.SetFilter(queue.NeedsYou)
			}
		},
		"end": func(*testing.T) (*queue.Model, func(*queue.View)) {
			m := survey(nil)
			send(m, 388, 24, true)
			return m, func(v *queue.View) { v.ShowDone(queue.Outcome{Dataset: "Nest boxes"}) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
			m, show := prepare(t)
			v := queue.NewView(m, nil, on)
			v.SetDataset("Nest boxes")
			size := fyne.NewSize(900, 600)
			w := looktest.Window(t, wide(v, m, size), size)
			show(v)
			w.SetContent(wide(v, m, size))
			w.Resize(size)
			var wanted []fyne.Focusable
			find(w.Content(), func(f fyne.Focusable) bool {
				if d, ok := f.(fyne.Disableable); !ok || !d.Disabled() {
					wanted = append(wanted, f)
				}
				return false
			})
			c := w.Canvas()
			if scaled, ok := c.(interface{ SetScale(float32) }); ok {
				scaled.SetScale(0.5) // drawn four times as fast, and a ring is a ring
			}
			reached := map[fyne.Focusable]bool{}
			plain := w.Canvas().Capture()
			for range wanted {
				c.FocusNext()
				f := c.Focused()
				if f == nil || reached[f] {
					continue
				}
				reached[f] = true
				if ring := looktest.Different(plain, c.Capture()); ring < 20 {
					t.Errorf("%s does not show that it has the keyboard: %d pixels", label(f), ring)
				}
			}
			for _, f := range wanted {
				if !reached[f] {
					t.Errorf("%s is not reached by Tab", label(f))
				}
			}
			t.Logf("%d controls", len(reached))
		})
	}
}

func label(f fyne.Focusable) string {
	if b, ok := f.(interface{ Text() string }); ok {
		return fmt.Sprintf("%T %q", f, b.Text())
	}
	return fmt.Sprintf("%T", f)
}
