package desktop

import (
	"cmp"
	"fmt"
	"os"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// palette is one of the two looks, with the colours by which things are found in it.
type palette struct{ look, filled, tinted, works, refused, muted string }

var (
	light = palette{look: "light", filled: filled, tinted: chosen, works: works, refused: refused, muted: "#566072"}
	dark  = palette{look: "dark", filled: "#8FB0FF", tinted: "#22304F", works: "#173125", refused: "#3A2C14", muted: "#A6AFBD"}
)

// menuHeight is the menu's line, which comes on top of the screens.
const menuHeight = 28

// TestEveryScreenCanBeReached goes through all screens as a person meets them. It is also the photographer: packaging/pictures.sh
// runs it with DARWIN_UPLOADER_EVERY_LOOK, for both looks and three sizes; otherwise the smallest window in the light look must do.
// DARWIN_UPLOADER_LANGUAGE has it speak another language than English.
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
	language := cmp.Or(os.Getenv("DARWIN_UPLOADER_LANGUAGE"), "en")
	for _, v := range variants {
		name := fmt.Sprintf("%s-%dx%d", v.look, v.width, v.height)
		if language != "en" {
			name = language + "-" + name
		}
		t.Run(name, func(t *testing.T) {
			d := newDeskWith(t, session.Options{Width: 1440, Height: 940}, sandbox.Config{ProcessAfter: 10 * time.Second})
			d.settle(map[string]any{"look": v.look, "language": language, "workers": 4}) // so few that there is time to look
			d.tint = v.tinted
			tour := &tour{desk: d, palette: v.palette, name: name + "-"}
			_, tour.w = d.open()
			tour.w.Resize(v.width, v.height)
			tour.welcome()
			tour.queue()
			tour.sheet()
			tour.sending()
			tour.paused()
			tour.needsYou()
			tour.history()
			tour.settings()
			tour.help()
		})
	}
}
