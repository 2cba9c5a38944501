//go:build linux || freebsd || openbsd || netbsd

package gui

import (
	"os"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// noScreen says why no window can be shown, "" if one can. It asks before Fyne
// does: without a display Fyne's driver panics, and on a display without
// OpenGL it leaves a program without a window behind.
func noScreen() string {
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return ""
	}
	if os.Getenv("DISPLAY") == "" {
		return "There is no screen to open a window on." // not shown in a window
	}
	xgb.Logger.SetOutput(nowhere{})
	display, err := xgb.NewConn()
	if err != nil {
		return "The screen " + os.Getenv("DISPLAY") + " does not answer." // not shown in a window
	}
	defer display.Close()
	const opengl = "GLX"
	answer, err := xproto.QueryExtension(display, uint16(len(opengl)), opengl).Reply()
	if err != nil || !answer.Present {
		return "The screen " + os.Getenv("DISPLAY") + " cannot draw with OpenGL." // not shown in a window
	}
	return ""
}

// nowhere takes the library's log, which would tell the same in its own words.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
