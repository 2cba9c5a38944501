package xdnd

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// version is the newest XDND version that this source speaks.
const version = 5

// atoms are the names that both sides of a drop agree on.
type atoms struct {
	aware, enter, position, status, leave, drop, finished, selection, actionCopy, uriList, targets, stamp xproto.Atom
}

// Source is the side that drags.
type Source struct {
	conn   *xgb.Conn
	win    xproto.Window
	atoms  atoms
	events chan xgb.Event
}

// Dial connects to the X server of display (":99") and makes the source's invisible window.
func Dial(display string) (*Source, error) {
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, fmt.Errorf("connecting to display %s: %w", display, err)
	}
	s := &Source{conn: conn, events: make(chan xgb.Event, 64)}
	if err := s.prepare(); err != nil {
		conn.Close()
		return nil, err
	}
	go s.pump()
	return s, nil
}

func (s *Source) prepare() error {
	for name, at := range map[string]*xproto.Atom{
		"XdndAware": &s.atoms.aware, "XdndEnter": &s.atoms.enter, "XdndPosition": &s.atoms.position,
		"XdndStatus": &s.atoms.status, "XdndLeave": &s.atoms.leave, "XdndDrop": &s.atoms.drop,
		"XdndFinished": &s.atoms.finished, "XdndSelection": &s.atoms.selection, "XdndActionCopy": &s.atoms.actionCopy,
		"text/uri-list": &s.atoms.uriList, "TARGETS": &s.atoms.targets, "DARWIN_UPLOADER_STAMP": &s.atoms.stamp,
	} {
		reply, err := xproto.InternAtom(s.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return fmt.Errorf("naming %s: %w", name, err)
		}
		*at = reply.Atom
	}
	win, err := xproto.NewWindowId(s.conn)
	if err != nil {
		return fmt.Errorf("making a window: %w", err)
	}
	s.win = win
	screen := xproto.Setup(s.conn).DefaultScreen(s.conn)
	err = xproto.CreateWindowChecked(s.conn, 0, win, screen.Root, -10, -10, 1, 1, 0, xproto.WindowClassInputOnly, 0,
		xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	if err != nil {
		return fmt.Errorf("making a window: %w", err)
	}
	return nil
}

// pump moves events from the library's blocking call into a channel, and ends when the connection does.
func (s *Source) pump() {
	defer close(s.events)
	for {
		event, err := s.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		if event != nil {
			s.events <- event
		}
	}
}

// Close ends the connection; the server destroys the window.
func (s *Source) Close() { s.conn.Close() }

// errGone says that the connection ended in the middle.
var errGone = errors.New("the X server went away")

// next waits for an event that take accepts, and serves the selection while it waits.
func (s *Source) next(ctx context.Context, list []byte, take func(xgb.Event) bool) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case event, ok := <-s.events:
			if !ok {
				return errGone
			}
			if request, ok := event.(xproto.SelectionRequestEvent); ok {
				if err := s.serve(request, list); err != nil {
					return err
				}
				continue
			}
			if take(event) {
				return nil
			}
		}
	}
}

// now asks the server for its time, which a selection's owner has to state: the stamp of a property change tells it.
func (s *Source) now(ctx context.Context) (xproto.Timestamp, error) {
	xproto.ChangeProperty(s.conn, xproto.PropModeReplace, s.win, s.atoms.stamp, xproto.AtomInteger, 32, 0, nil)
	var at xproto.Timestamp
	err := s.next(ctx, nil, func(event xgb.Event) bool {
		change, ok := event.(xproto.PropertyNotifyEvent)
		if ok && change.Atom == s.atoms.stamp {
			at = change.Time
			return true
		}
		return false
	})
	return at, err
}

// aware reads the XDND version that a window takes; 0 when it takes no drops.
func (s *Source) aware(target xproto.Window) (uint32, error) {
	reply, err := xproto.GetProperty(s.conn, false, target, s.atoms.aware, xproto.AtomAtom, 0, 1).Reply()
	if err != nil {
		return 0, fmt.Errorf("asking the window whether it takes drops: %w", err)
	}
	if len(reply.Value) < 4 {
		return 0, nil
	}
	return min(binary.LittleEndian.Uint32(reply.Value), version), nil
}

// tell sends one XDND message to the target window. The first long is always the source's window.
func (s *Source) tell(target xproto.Window, message xproto.Atom, rest ...uint32) error {
	data := make([]uint32, 5)
	data[0] = uint32(s.win)
	copy(data[1:], rest)
	event := xproto.ClientMessageEvent{Format: 32, Window: target, Type: message, Data: xproto.ClientMessageDataUnionData32New(data)}
	if err := xproto.SendEventChecked(s.conn, false, target, xproto.EventMaskNoEvent, string(event.Bytes())).Check(); err != nil {
		return fmt.Errorf("talking to the window: %w", err)
	}
	return nil
}

// answer waits for a message of the given kind from the target, and returns its five longs.
func (s *Source) answer(ctx context.Context, message xproto.Atom, list []byte) ([]uint32, error) {
	var data []uint32
	err := s.next(ctx, list, func(event xgb.Event) bool {
		m, ok := event.(xproto.ClientMessageEvent)
		if ok && m.Type == message {
			data = m.Data.Data32
			return true
		}
		return false
	})
	return data, err
}

// elapsed is the time since start, in the precision that is worth reading.
func elapsed(start time.Time) time.Duration { return time.Since(start).Round(100 * time.Microsecond) }
