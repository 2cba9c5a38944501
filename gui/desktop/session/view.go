package session

import (
	"encoding/binary"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// view looks at the screen as a window manager's pager would.
type view struct {
	t    testing.TB
	conn *xgb.Conn
	root xproto.Window
}

func dialView(t testing.TB, display string) *view {
	t.Helper()
	xgb.Logger.SetOutput(io.Discard) // it reports the missing authority file, which this server does not ask for
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatalf("connecting to display %s: %v", display, err)
	}
	t.Cleanup(conn.Close)
	return &view{t: t, conn: conn, root: xproto.Setup(conn).DefaultScreen(conn).Root}
}

func (v *view) atom(name string) xproto.Atom {
	v.t.Helper()
	reply, err := xproto.InternAtom(v.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		v.t.Fatalf("asking the X server for %s: %v", name, err)
	}
	return reply.Atom
}

// property reads up to 4 KiB of a window's property; nil when it has none or the window is gone.
func (v *view) property(w xproto.Window, name string) []byte {
	reply, err := xproto.GetProperty(v.conn, false, w, v.atom(name), xproto.GetPropertyTypeAny, 0, 1024).Reply()
	if err != nil {
		return nil
	}
	return reply.Value
}

// windows reads a property that lists windows.
func (v *view) windows(w xproto.Window, name string) []xproto.Window {
	var list []xproto.Window
	for value := v.property(w, name); len(value) >= 4; value = value[4:] {
		list = append(list, xproto.Window(binary.LittleEndian.Uint32(value)))
	}
	return list
}

// managed says whether a window manager looks after the screen.
func (v *view) managed() bool { return len(v.windows(v.root, "_NET_SUPPORTING_WM_CHECK")) > 0 }

func (v *view) title(w xproto.Window) string {
	if name := v.property(w, "_NET_WM_NAME"); len(name) > 0 {
		return string(name)
	}
	return string(v.property(w, "WM_NAME"))
}

// owner is the window that holds a selection; 0 for none.
func (v *view) owner(selection string) xproto.Window {
	reply, err := xproto.GetSelectionOwner(v.conn, v.atom(selection)).Reply()
	if err != nil {
		return 0
	}
	return reply.Owner
}

// area is where a window is on the screen.
func (v *view) area(w xproto.Window) (Area, error) {
	size, err := xproto.GetGeometry(v.conn, xproto.Drawable(w)).Reply()
	if err != nil {
		return Area{}, fmt.Errorf("asking for the window's size: %w", err)
	}
	at, err := xproto.TranslateCoordinates(v.conn, w, v.root, 0, 0).Reply()
	if err != nil {
		return Area{}, fmt.Errorf("asking for the window's place: %w", err)
	}
	return Area{X: int(at.DstX), Y: int(at.DstY), Width: int(size.Width), Height: int(size.Height)}, nil
}

// pixels is what a window shows, four bytes a pixel (blue, green, red, nothing), row by row.
func (v *view) pixels(w xproto.Window) (Area, []byte, error) {
	area, err := v.area(w)
	if err != nil {
		return Area{}, nil, err
	}
	reply, err := xproto.GetImage(v.conn, xproto.ImageFormatZPixmap, xproto.Drawable(w), 0, 0,
		uint16(area.Width), uint16(area.Height), 1<<32-1).Reply()
	if err != nil {
		return Area{}, nil, fmt.Errorf("looking at the window: %w", err)
	}
	return area, reply.Data, nil
}

// tell sends a window one of the messages of its window manager.
func (v *view) tell(w xproto.Window, message string) error {
	event := xproto.ClientMessageEvent{Format: 32, Window: w, Type: v.atom("WM_PROTOCOLS"),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(v.atom(message)), 0, 0, 0, 0})}
	if err := xproto.SendEventChecked(v.conn, false, w, xproto.EventMaskNoEvent, string(event.Bytes())).Check(); err != nil {
		return fmt.Errorf("telling the window %s: %w", message, err)
	}
	return nil
}

// ping asks the window's program for a sign of life (_NET_WM_PING) and returns how long the answer took. The program answers from
// its event loop: a held-up main thread shows as a long answer.
func (v *view) ping(w xproto.Window, limit time.Duration) (time.Duration, error) {
	err := xproto.ChangeWindowAttributesChecked(v.conn, v.root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskSubstructureNotify}).Check()
	if err != nil {
		return 0, fmt.Errorf("listening for the answer: %w", err)
	}
	ping, start := v.atom("_NET_WM_PING"), time.Now()
	stamp := uint32(start.UnixMilli()) | 1
	message := xproto.ClientMessageEvent{Format: 32, Window: w, Type: v.atom("WM_PROTOCOLS"),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(ping), stamp, uint32(w), 0, 0})}
	if err := xproto.SendEventChecked(v.conn, false, w, xproto.EventMaskNoEvent, string(message.Bytes())).Check(); err != nil {
		return 0, fmt.Errorf("asking the window: %w", err)
	}
	answered := func() bool {
		for {
			event, problem := v.conn.PollForEvent()
			if event == nil && problem == nil {
				return false
			}
			if m, ok := event.(xproto.ClientMessageEvent); ok && m.Data.Data32 != nil && m.Data.Data32[0] == uint32(ping) && m.Data.Data32[1] == stamp {
				return true
			}
		}
	}
	for !answered() {
		if time.Since(start) > limit {
			return 0, fmt.Errorf("the window gave no sign of life for %s", limit)
		}
		time.Sleep(time.Millisecond)
	}
	return time.Since(start), nil
}
