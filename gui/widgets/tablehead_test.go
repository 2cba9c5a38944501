package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestATablesHeadShortensNamesAndHidesColumnsWithoutRoom(t *testing.T) {
	test.NewTempApp(t)
	h := NewTableHead(func(width float32) []Column {
		return []Column{{"Name", 10, width / 2}, {"Something long", width / 2, 40}, {"Folder", 0, max(0, width-500)}}
	})
	shown := func() (names []string) {
		for _, o := range test.WidgetRenderer(h).Objects() {
			if text, ok := o.(*canvas.Text); ok && text.Visible() {
				names = append(names, text.Text)
			}
		}
		return names
	}
	h.Resize(fyne.NewSize(400, 36))
	if names := shown(); len(names) != 2 || names[0] != "Name" || !strings.HasSuffix(names[1], "…") && !strings.HasSuffix(names[1], "...") {
		t.Errorf("it shows %q", names)
	}
	h.Resize(fyne.NewSize(900, 36))
	if names := shown(); len(names) != 3 || names[2] != "Folder" {
		t.Errorf("with more room it shows %q", names)
	}
}
