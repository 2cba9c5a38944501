package upload

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader/sandbox"
)

// reads says whether a text can be read somewhere below o.
func reads(o fyne.CanvasObject, words string) bool {
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return strings.Contains(o.Text, words)
	case *fyne.Container:
		below = o.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	}
	for _, child := range below {
		if child.Visible() && reads(child, words) {
			return true
		}
	}
	return false
}

func TestTheReceiptSaysThatDarwinIsBeingAskedFromTheStart(t *testing.T) {
	r := rigOf(t, practice(t, sandbox.Config{ProcessAfter: time.Hour}), nil)
	r.choose("Nest boxes")
	r.drop("May/a.jpg", "May/b.jpg")
	r.Upload()
	r.untilEnded()
	r.until("Darwin is being asked", func() bool { return len(r.asks) == 1 })
	r.wantPage(queue.PageDone)
	body := r.Body()
	test.NewTempWindow(t, body).Resize(fyne.NewSize(1000, 700))
	if !reads(body, "You can go on or close the window.") || reads(body, "Look again") {
		t.Error("the receipt offers to look again while Darwin is being asked")
	}
}
