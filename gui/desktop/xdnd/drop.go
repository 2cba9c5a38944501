package xdnd

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jezek/xgb/xproto"
)

// ErrRefused says that the window is no drop target, or answered that it does not take these files here.
var ErrRefused = errors.New("the window does not take the drop")

// Result tells how a drop went.
type Result struct {
	// Finished is the time from the drop to the window's XdndFinished. GLFW answers only after the program's drop handler
	// has returned, so this is how long the handler held the window up.
	Finished time.Duration
}

// Drop drags the files and folders at paths over the window at the point (x, y) of the root window, lets go, serves their list
// and returns once the window has said that it is finished. A window that takes no drops is ErrRefused. The context bounds the
// waiting; the protocol itself knows no time-out.
func (s *Source) Drop(ctx context.Context, target xproto.Window, x, y int, paths []string) (Result, error) {
	protocol, err := s.aware(target)
	if err != nil {
		return Result{}, err
	}
	if protocol == 0 {
		return Result{}, ErrRefused
	}
	at, err := s.own(ctx)
	if err != nil {
		return Result{}, err
	}
	list := URIList(paths)
	if err := s.hover(ctx, target, protocol, x, y, at); err != nil {
		return Result{}, err
	}

	start := time.Now()
	if err := s.tell(target, s.atoms.drop, 0, uint32(at)); err != nil {
		return Result{}, err
	}
	finished, err := s.answer(ctx, s.atoms.finished, list)
	if err != nil {
		return Result{}, fmt.Errorf("waiting for the window to finish: %w", err)
	}
	result := Result{Finished: elapsed(start)}
	// The protocol means bit 0 alone, but GLFW puts the length of the list there, which may be even.
	if protocol >= 5 && finished[1] == 0 {
		return result, ErrRefused
	}
	return result, nil
}

// own takes the selection through which the list will travel.
func (s *Source) own(ctx context.Context) (xproto.Timestamp, error) {
	at, err := s.now(ctx)
	if err != nil {
		return 0, fmt.Errorf("asking for the server's time: %w", err)
	}
	if err := xproto.SetSelectionOwnerChecked(s.conn, s.win, s.atoms.selection, at).Check(); err != nil {
		return 0, fmt.Errorf("owning the selection: %w", err)
	}
	return at, nil
}

// hover enters the window and moves over the point, as a hand would, until the window has said whether it takes the drop.
func (s *Source) hover(ctx context.Context, target xproto.Window, protocol uint32, x, y int, at xproto.Timestamp) error {
	if err := s.tell(target, s.atoms.enter, protocol<<24, uint32(s.atoms.uriList)); err != nil {
		return err
	}
	for _, step := range []int{8, 0} {
		point := uint32(x-step)<<16 | uint32(y-step)&0xFFFF
		if err := s.tell(target, s.atoms.position, 0, point, uint32(at), uint32(s.atoms.actionCopy)); err != nil {
			return err
		}
		status, err := s.answer(ctx, s.atoms.status, nil)
		if err != nil {
			return fmt.Errorf("waiting for the window to answer the drag: %w", err)
		}
		if status[1]&1 == 0 {
			return errors.Join(ErrRefused, s.tell(target, s.atoms.leave))
		}
	}
	return nil
}

// chunk is how much of the list travels in one request: the server refuses requests over 256 KiB.
const chunk = 128 << 10

// serve answers a request for the selection: the list itself, or which formats there are. A list of any length is appended to the
// requestor's property piece by piece before it is told, so that no receiver has to know incremental transfers.
func (s *Source) serve(request xproto.SelectionRequestEvent, list []byte) error {
	property := request.Property
	if property == xproto.AtomNone {
		property = request.Target
	}
	switch request.Target {
	case s.atoms.uriList:
		if err := s.append(request.Requestor, property, list); err != nil {
			return err
		}
	case s.atoms.targets:
		xproto.ChangeProperty(s.conn, xproto.PropModeReplace, request.Requestor, property, xproto.AtomAtom, 32, 1,
			order32(uint32(s.atoms.uriList)))
	default:
		property = xproto.AtomNone
	}
	notify := xproto.SelectionNotifyEvent{Time: request.Time, Requestor: request.Requestor, Selection: request.Selection,
		Target: request.Target, Property: property}
	err := xproto.SendEventChecked(s.conn, false, request.Requestor, xproto.EventMaskNoEvent, string(notify.Bytes())).Check()
	if err != nil {
		return fmt.Errorf("handing the list over: %w", err)
	}
	return nil
}

func (s *Source) append(to xproto.Window, property xproto.Atom, list []byte) error {
	mode := byte(xproto.PropModeReplace)
	for {
		n := min(len(list), chunk)
		err := xproto.ChangePropertyChecked(s.conn, mode, to, property, s.atoms.uriList, 8, uint32(n), list[:n]).Check()
		if err != nil {
			return fmt.Errorf("handing the list over: %w", err)
		}
		list, mode = list[n:], xproto.PropModeAppend
		if len(list) == 0 {
			return nil
		}
	}
}

// order32 writes one 32-bit value in the byte order that the connection was opened with.
func order32(v uint32) []byte { return []byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)} }
