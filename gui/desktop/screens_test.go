package desktop

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// palette is one of the two looks, with the colours by which things are found in it.
type palette struct{ look, filled, works, refused string }

var (
	light = palette{look: "light", filled: filled, works: works, refused: refused}
	dark  = palette{look: "dark", filled: "#8FB0FF", works: "#173125", refused: "#3A2C14"}
)

// menuHeight is the menu's line, which comes on top of the screens.
const menuHeight = 28

// TestEveryScreenCanBeReached goes through all screens as a person meets them. It is also the photographer: packaging/pictures.sh
// runs it with DARWIN_UPLOADER_EVERY_LOOK, for both looks and two sizes; otherwise the smallest window in the light look must do.
func TestEveryScreenCanBeReached(t *testing.T) {
	needsWindow(t)
	type variant struct {
		palette
		width, height int
	}
	variants := []variant{{light, 900, 600 + menuHeight}}
	if os.Getenv("DARWIN_UPLOADER_EVERY_LOOK") != "" {
		variants = append(variants, variant{light, 1400, 900}, variant{dark, 900, 600 + menuHeight}, variant{dark, 1400, 900},
			variant{light, 1180, 760 + menuHeight}, variant{dark, 1180, 760 + menuHeight})
	}
	for _, v := range variants {
		t.Run(fmt.Sprintf("%s-%dx%d", v.look, v.width, v.height), func(t *testing.T) {
			d := newDesk(t, session.Options{Width: 1440, Height: 940})
			d.settle(map[string]any{"look": v.look})
			tour := &tour{desk: d, palette: v.palette, name: fmt.Sprintf("%s-%dx%d-", v.look, v.width, v.height)}
			_, tour.w = d.open()
			tour.w.Resize(v.width, v.height)
			tour.welcome()
			tour.queue()
			tour.sending()
			tour.needsYou()
			tour.history()
			tour.settings()
		})
	}
}

// tour is one walk through the screens.
type tour struct {
	*desk
	palette
	name string
	w    *session.Window
	m    *material
	mend func() // ends what keeps files from arriving
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
	u.until("the datasets are asked for", func() bool { return u.asked(sandbox.Datasets) > 0 })
	w.Still(patience)
	u.picture("04-empty")
}

// films are large enough to be seen on their way.
var films = [...]string{"IMG_0414.MP4", "IMG_0418.MP4"}

func (u *tour) queue() {
	w := u.w
	u.m = newMaterial(u.t, u.Home)
	for i := range 40 {
		u.m.put(fmt.Sprintf("May 2026/Alder Creek/IMG_%04d.JPG", 412+i))
	}
	for i := range 20 {
		u.m.put(fmt.Sprintf("May 2026/North Ridge/IMG_%04d.JPG", 507+i))
	}
	for i, film := range films {
		u.m.putBytes("May 2026/Alder Creek/"+film, bytes.Repeat([]byte{byte(i)}, 24<<20))
	}
	u.m.put("May 2026/Alder Creek/map of the traps.pdf").
		leave("May 2026/Alder Creek/Thumbs.db", "litter").
		leave("May 2026/Alder Creek/readme.txt", "not for Darwin").
		leave("May 2026/North Ridge/IMG_0527.HEIC", "not for Darwin").
		leave("May 2026/North Ridge/IMG_0528.JPG", "")
	w.Drop(u.m.at("May 2026"))
	u.picture("05-added")
	w.Key("ctrl+d")
	u.picture("06-datasets")
	w.Type("camera")
	w.Key("Return")
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

func (u *tour) sending() {
	w := u.w
	began := time.Now()
	var faster []func()
	slow := func(f sandbox.Fault) { faster = append(faster, u.darwin.Inject(f)) }
	slow(sandbox.Fault{Call: sandbox.Store, Latency: 4 * time.Second})
	for i, film := range films {
		slow(sandbox.Fault{Call: sandbox.Store, Item: film, BytesPerSecond: int64(i+2) << 19})
	}
	u.mend = u.darwin.Inject(sandbox.Fault{Call: sandbox.Store, Item: "IMG_0524.JPG", Status: 403,
		Body: "<Error><Code>AccessDenied</Code></Error>"})
	w.Key("ctrl+Return")
	u.until("many are in Darwin and the time is worked out", func() bool {
		return u.asked(sandbox.Confirm) > 20 && time.Since(began) > 12*time.Second
	})
	u.picture("10-sending")
	u.rename("", ".away")
	w.Close()
	u.picture("11-close")
	w.Key("Escape") // keeps sending
	for _, end := range faster {
		end()
	}
	u.until("all is sent that can be", func() bool { return u.asked(sandbox.Confirm) >= len(u.m.want)-3 })
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

// row clicks a row of the list. Rows are 40 high; the first is 246 below the window's top, with menu, header, notice, chips and
// column heads above it.
func (u *tour) row(n int) { u.w.Click(300, 266+40*n) }

func (u *tour) needsYou() {
	w := u.w
	why := u.shows(w, "what needs the person", u.refused, 300, 30)
	u.picture("12-partly-done")
	w.Click(why.X+why.Width-40, why.Y+why.Height/2)
	u.picture("13-needs-you")
	u.mend()
	u.rename(".away", "")
	w.ClickBox(u.shows(w, "the button that sends them again", u.filled, 120, 40))
	u.arrived("camera-traps-2026", u.m, nil)
	u.shows(w, "the end", u.filled, 120, 40)
	u.picture("14-done")
}

func (u *tour) history() {
	u.w.Key("ctrl+3")
	u.picture("15-history")
}

func (u *tour) settings() {
	u.w.Key("ctrl+comma")
	u.picture("20-settings")
}
