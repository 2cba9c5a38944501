package desktop

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// TestASheetBringsTagsAndOneThatDarwinDoesNotKnowIsMendedFromItsCard drops a list beside the files. One of its tags is new to the
// team and cannot be made at first, so that the files with it come back as a question with a button.
func TestASheetBringsTagsAndOneThatDarwinDoesNotKnowIsMendedFromItsCard(t *testing.T) {
	d := newDesk(t, session.Options{})
	_, w := d.open()
	d.connect(w)
	m := newMaterial(t, d.Home).put("cats/tom.jpg").put("cats/mia.jpg").put("cats/dawn.png")
	m.leave("cats.csv", "file,tags\ntom.jpg,siamese;fox\nmia.jpg,siamese\ndawn.png,weather=light rain\n")
	mayCreate := d.darwin.Inject(sandbox.Fault{Call: sandbox.CreateClass, Status: http.StatusForbidden})
	w.Drop(m.at("cats"), m.at("cats.csv"))
	use := d.strip(w, "the sheet is offered")
	w.ClickBox(use)
	d.until("the strip goes", func() bool { return len(d.strips(w)) == 0 })
	d.choose(w, "nest")
	w.Key("ctrl+Return")
	d.until("the file with known tags has arrived", func() bool { return d.taken() == 1 })
	cards := d.questions(w, refused, 1)
	w.Still(patience)
	picture(t, w, "unknown-tag")

	mayCreate()
	w.ClickBox(cards[0]) // creates it and sends the files
	d.arrived("nest-boxes", m, nil)
	d.shows(w, "the end is shown", success, 40, 40)
	picture(t, w, "unknown-tag-mended")
	want := map[string]map[string]string{
		"tom.jpg": {"siamese": "", "fox": ""}, "mia.jpg": {"siamese": ""}, "dawn.png": {"weather": "light rain"},
	}
	for _, item := range d.darwin.Items("nest-boxes") {
		if !maps.Equal(item.Tags, want[item.Name]) {
			t.Errorf("%q has the tags %v, want %v", item.Name, item.Tags, want[item.Name])
		}
		if item.Confirms != 1 || item.Stores != 1 {
			t.Errorf("%q was stored %d and confirmed %d times", item.Name, item.Stores, item.Confirms)
		}
	}
	if n := d.asked(sandbox.CreateClass); n != 1 {
		t.Errorf("the tag was created %d times", n)
	}
}

// strips are the tinted buttons of the strip below the header.
func (d *desk) strips(w *session.Window) []session.Area {
	d.t.Helper()
	return slices.DeleteFunc(w.Boxes(d.tint, 80, 30), func(b session.Area) bool { return b.X < 90 || b.Y > 160 || b.Width > 300 })
}

// strip waits for the strip below the header and gives its button.
func (d *desk) strip(w *session.Window, what string) (button session.Area) {
	d.t.Helper()
	d.until(what, func() bool {
		all := d.strips(w)
		if len(all) == 1 {
			button = all[0]
		}
		return len(all) == 1
	})
	return button
}

// questions goes from the first reason on the end's page, whose only button shows its files, to the page that has a card for each of
// so many reasons, and gives the buttons that mend them.
func (d *desk) questions(w *session.Window, notice string, n int) (cards []session.Area) {
	d.t.Helper()
	d.shows(w, "why files need somebody", notice, 300, 30)
	w.Still(patience)
	why := w.Boxes(notice, 300, 30)[0]
	w.Click(why.X+why.Width-40, why.Y+why.Height/2)
	d.until("each question has its button", func() bool {
		cards = w.Boxes(d.tint, 150, 30)
		return len(cards) == n
	})
	return cards
}
