package desktop

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"time"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// tour is one walk through the screens.
type tour struct {
	*desk
	palette
	name string
	w    *session.Window
	m    *material

	slow []func() // end what keeps files back
	mend []func() // end what keeps files from arriving
}

// picture ends a step: what comes next finds a window that has come to rest, whether a picture was asked for or not.
func (u *tour) picture(name string) {
	u.w.Still(3 * time.Second)
	picture(u.t, u.w, u.name+name)
}

func (u *tour) welcome() {
	w := u.w
	w.Still(patience)
	u.picture("01-welcome")
	w.Type("WRONG12.nobodysKeyAtAll")
	w.Key("Return")
	u.until("Darwin refuses the key", func() bool { return len(u.darwin.Requests()) > 0 })
	u.picture("02-key-refused")
	w.Key("ctrl+a")
	w.Type(u.darwin.Key())
	w.Key("Return")
	u.shows(w, "the key works", u.works, 300, 30)
	u.picture("03-key-works")
	w.Key("Return")
	u.atWork(w)
	u.picture("04-empty")
}

// films are large enough to be seen on their way.
var films = [...]string{"IMG_0414.MP4", "IMG_0418.MP4"}

// photo puts a picture as large as those of cameras are: smaller ones travel in packs, which are gone before anybody sees them.
func (u *tour) photo(below string) {
	data := u.m.content(".jpg")
	u.m.putBytes(below, append(data, bytes.Repeat([]byte{0}, 400<<10+u.m.seed*7919%(500<<10))...))
}

func (u *tour) queue() {
	w := u.w
	u.m = newMaterial(u.t, u.Home)
	for i := range 40 {
		u.photo(fmt.Sprintf("May 2026/Alder Creek/IMG_%04d.JPG", 412+i))
	}
	for i := range 20 {
		u.photo(fmt.Sprintf("May 2026/North Ridge/IMG_%04d.JPG", 507+i))
	}
	for i, film := range films {
		u.m.putBytes("May 2026/Alder Creek/"+film, bytes.Repeat([]byte{byte(i)}, 12<<20))
	}
	u.m.put("May 2026/Alder Creek/map of the traps.pdf").
		leave("May 2026/Alder Creek/Thumbs.db", "litter").
		leave("May 2026/Alder Creek/readme.txt", "not for Darwin").
		leave("May 2026/North Ridge/IMG_0527.HEIC", "not for Darwin").
		leave("May 2026/North Ridge/IMG_0528.JPG", "")
	w.Drop(u.m.at("May 2026"))
	u.picture("05-added")
	u.choose(w, "camera", func() { u.picture("06-datasets") })
	u.shows(w, "the upload button can be pressed", u.filled, 120, 40)
	w.Key("ctrl+t")
	w.Type("dawn")
	w.Key("Return")
	w.Still(patience)
	u.row(1)
	w.Key("Right") // opens the folder
	w.Still(patience)
	u.row(3)
	w.Key("shift+Down", "shift+Down")
	u.picture("07-selection")
	w.Key("ctrl+t")
	w.Type("fox")
	w.Key("Return")
	w.Type("weather")
	w.Key("Return")
	w.Type("light rain")
	w.Key("Return")
	u.picture("08-tags")
	w.Key("ctrl+t")
	w.Type("he")
	u.picture("09-suggestions")
	w.Key("Escape")
}

// row clicks a row of the list. Rows are 40 high; the first is 246 below the window's top, with menu, header, notice, chips and
// column heads above it.
func (u *tour) row(n int) { u.w.Click(300, 266+40*n) }

// sheet drops a list of what is in the pictures, of which one line fits nothing.
func (u *tour) sheet() {
	lines := "file,tags\nIMG_0600.JPG,fox\n"
	for i := range 20 {
		lines += fmt.Sprintf("IMG_%04d.JPG,marten;observer=R. Hale\n", 507+i)
	}
	u.m.leave("sightings.csv", lines)
	u.w.Drop(u.m.at("sightings.csv"))
	u.shows(u.w, "the sheet is offered", u.tinted, 100, 30)
	u.picture("10-sheet")
	u.w.ClickBox(u.w.Boxes(u.tinted, 100, 30)[0]) // the strip is above the rows that are chosen
	u.until("the sheet's strip goes", func() bool {
		return !slices.ContainsFunc(u.w.Boxes(u.tinted, 100, 30), func(b session.Area) bool { return b.Width < 300 && b.X > 90 })
	})
	u.w.Still(patience)
}

// hold makes something go wrong or slowly until its end is called for.
func (u *tour) hold(ends *[]func(), faults ...sandbox.Fault) {
	for _, f := range faults {
		*ends = append(*ends, u.darwin.Inject(f))
	}
}

// release ends what holds back.
func release(ends *[]func()) {
	for _, end := range *ends {
		end()
	}
	*ends = nil
}

// confirmed is how many files Darwin has in full.
func (u *tour) confirmed() (n int) {
	for _, item := range u.darwin.Items("camera-traps-2026") {
		if item.Confirms > 0 {
			n++
		}
	}
	return n
}

// filming says whether a film is on its way.
func (u *tour) filming() bool {
	return slices.ContainsFunc(u.darwin.Items("camera-traps-2026"), func(item sandbox.Item) bool {
		return slices.Contains(films[:], item.Name) && item.Signs > 0 && item.Confirms == 0
	})
}

// cut is how many requests the network has swallowed.
func (u *tour) cut() (n int) {
	for _, r := range u.darwin.Requests() {
		if r.Status == 0 {
			n++
		}
	}
	return n
}

func (u *tour) sending() {
	w := u.w
	began := time.Now()
	u.hold(&u.slow, sandbox.Fault{Call: sandbox.Store, Latency: time.Second})
	for i, film := range films {
		u.hold(&u.slow, sandbox.Fault{Call: sandbox.Store, Item: film, BytesPerSecond: int64(i+2) << 18})
	}
	u.hold(&u.mend,
		sandbox.Fault{Call: sandbox.Store, Item: "IMG_0523.JPG", Status: 403, Body: "<Error><Code>AccessDenied</Code></Error>"},
		sandbox.Fault{Call: sandbox.Process, Item: "IMG_0512.JPG", Body: "The image is damaged."})
	w.Key("ctrl+Return")
	u.until("some are in Darwin and the time is worked out", func() bool {
		return u.confirmed() > 10 && time.Since(began) > 12*time.Second
	})
	u.picture("11-sending")
	u.rename("", ".away")
	w.Close()
	u.picture("12-close")
	w.Key("Escape") // keeps sending
	w.Still(time.Second)
}

// paused pauses, and goes on while there is no network.
func (u *tour) paused() {
	w := u.w
	w.Key("ctrl+p")
	release(&u.slow)
	last, since := -1, time.Time{}
	u.until("what was on its way is finished", func() bool {
		if now := len(u.darwin.Requests()); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > 6*time.Second && !u.filming() // longer than a photo takes, and what is tried again waits
	})
	u.picture("13-paused")
	var cut []func()
	u.hold(&cut, sandbox.Fault{Call: sandbox.Any, Cut: true})
	w.Key("ctrl+p")
	u.until("it tries in vain", func() bool { return u.cut() >= 6 })
	u.picture("14-waiting")
	release(&cut)
	u.until("all is sent that can be", func() bool { return u.confirmed() >= len(u.m.want)-3 })
}

// rename takes two files away, or puts them back.
func (u *tour) rename(from, to string) {
	for _, name := range []string{"IMG_0525.JPG", "IMG_0526.JPG"} {
		at := u.m.at("May 2026/North Ridge/" + name)
		if err := os.Rename(at+from, at+to); err != nil {
			u.t.Fatal(err)
		}
	}
}

func (u *tour) needsYou() {
	w := u.w
	u.shows(w, "what needs the person", u.refused, 300, 30)
	u.picture("15-processing")
	u.until("Darwin has settled what it has", func() bool { return u.settled() })
	u.saysSettled()
	u.picture("16-partly-done")
	u.questions(w, u.refused, 3)
	u.picture("17-needs-you")
	release(&u.mend)
	u.rename(".away", "")
	w.ClickBox(u.shows(w, "the button that sends them again", u.filled, 120, 40))
	u.arrived("camera-traps-2026", u.m, nil)
	u.shows(w, "the end", u.filled, 120, 40)
	u.picture("18-sent")
	u.until("Darwin has settled everything", func() bool { return u.settled() })
	u.saysSettled()
	u.picture("19-done")
}

// saysSettled waits until the window knows it too: no large letters are grey any more; a sign may be.
func (u *tour) saysSettled() {
	u.until("the receipt says so", func() bool { return len(u.w.Boxes(u.muted, 12, 20)) < 3 })
}

// settled says whether Darwin processes nothing any more.
func (u *tour) settled() bool {
	for _, item := range u.darwin.Items("camera-traps-2026") {
		if item.Status == "processing" {
			return false
		}
	}
	return true
}

// history goes through the places that have what was sent, or find what need not be.
func (u *tour) history() {
	u.w.Key("ctrl+3")
	u.picture("20-history")
	u.w.Key("ctrl+2")
	u.picture("20-cloud")
}

func (u *tour) settings() {
	w := u.w
	w.Key("ctrl+comma")
	u.picture("21-settings")
	middle := w.Area()
	for page := range 2 {
		w.Scroll(middle.Width/2, middle.Height/2, 12)
		u.picture(fmt.Sprintf("21-settings-%d", page+2))
	}
}

// help opens the pages of the Help menu.
func (u *tour) help() {
	for i, page := range []string{"22-files", "23-keys", "24-about"} {
		u.w.Click(u.w.LastInk(4, menuHeight-4)-8, menuHeight/2) // the last menu
		u.w.Still(patience)
		for range i + 1 {
			u.w.Key("Down")
		}
		u.w.Key("Return")
		u.picture(page)
		u.w.Key("Escape")
		u.w.Still(patience)
	}
}
