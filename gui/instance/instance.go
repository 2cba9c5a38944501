package instance

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	lockName  = "window.lock"
	placeName = "window.json"
	// maxPlace is far more than an address and a token, in bytes.
	maxPlace = 4 << 10
	// talk is how long one visit may take the first program.
	talk = 10 * time.Second
	// visits is how many the first program listens to at once.
	visits = 8
	// breath is the pause after a visitor could not be let in, and holdOn the
	// longest; each is twice the one before.
	breath = 5 * time.Millisecond
	holdOn = time.Second
	// again is the pause before the first program is looked for once more, while
	// it is starting itself.
	again = 20 * time.Millisecond
	// parting is how long a program that is ending is waited for: it finishes
	// what is on the disk before it lets go of the lock.
	parting = 15 * time.Second
)

// ErrSilent says that another program holds the folder and does not answer.
var ErrSilent = errors.New("the program that is open already does not answer")

// First is the program that others hand their paths to.
type First struct {
	lock     *os.File
	listener net.Listener
	file     string // where address and token are
	token    string

	visitors sync.WaitGroup
	room     chan struct{}
	closing  sync.Once
	closed   chan struct{}
}

// place is how to reach the first program.
type place struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

// Open makes this program the first one of a folder, or hands the paths to the
// one that is. handed says that there is nothing left to do. Otherwise the
// program goes on by itself: as the first one, or, with an error and without
// First, beside one that did not answer within patience (ErrSilent), or
// where the folder cannot be used.
func Open(dir string, paths []string, patience time.Duration) (first *First, handed bool, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, false, err
	}
	file, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, false, err
	}
	first, handed, err = knock(dir, file, paths, patience)
	if first == nil {
		_ = file.Close()
	}
	return first, handed, err
}

// knock asks for the lock and for the one who holds it in turn, as that one may
// be starting or ending.
func knock(dir string, file *os.File, paths []string, patience time.Duration) (*First, bool, error) {
	began := time.Now()
	tick := time.NewTicker(again)
	defer tick.Stop()
	for {
		if free, err := lock(file); err != nil {
			return nil, false, err
		} else if free {
			first, err := begin(dir, file)
			return first, false, err
		}
		p, err := find(dir)
		if err == nil {
			data, err := write(p.Token, paths)
			if err != nil || len(data) > maxMessage || len(paths) > maxPaths {
				return nil, false, ErrSilent
			}
			if send(p.Address, data, began.Add(patience)) == nil {
				return nil, true, nil
			}
		}
		limit := patience
		if errors.Is(err, fs.ErrNotExist) { // it has left its place
			limit = max(patience, parting)
		}
		if time.Since(began) >= limit {
			return nil, false, ErrSilent
		}
		<-tick.C
	}
}

// begin makes the holder of the lock reachable.
func begin(dir string, lock *os.File) (*First, error) {
	f := &First{lock: lock, file: filepath.Join(dir, placeName), token: rand.Text(), room: make(chan struct{}, visits), closed: make(chan struct{})}
	_ = os.Remove(f.file) // what an earlier program left leads elsewhere by now
	var err error
	if f.listener, err = net.Listen("tcp", "127.0.0.1:0"); err == nil {
		err = f.announce()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// announce writes the file whole or not at all: a later program may read it at
// any moment.
func (f *First) announce() error {
	content, err := json.Marshal(place{Address: f.listener.Addr().String(), Token: f.token})
	if err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(f.file), placeName+"-*") // only its user may read it
	if err != nil {
		return err
	}
	_, err = draft.Write(content)
	if err = errors.Join(err, draft.Close()); err == nil {
		err = os.Rename(draft.Name(), f.file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(draft.Name()))
	}
	return nil
}

// Serve tells take of the paths that later programs hand over, which may be
// none, until Leave or Close. Take says whether the paths are in good hands; if
// not, the later program goes on by itself. A computer that is short of something for a moment, as of
// open files, turns visitors away and is asked again.
func (f *First) Serve(take func(paths []string) bool) {
	pause := breath
	for {
		conn, err := f.listener.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) || !f.rest(pause) {
				return
			}
			pause = min(2*pause, holdOn)
			continue
		}
		pause = breath
		select {
		case f.room <- struct{}{}:
		default: // whoever it is opens a window of its own
			_ = conn.Close()
			continue
		}
		f.visitors.Go(func() {
			defer func() { <-f.room }()
			defer func() { _ = conn.Close() }()
			f.hear(conn, take)
		})
	}
}

// rest waits; false says that Close was called meanwhile.
func (f *First) rest(pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-f.closed:
		return false
	case <-timer.C:
		return true
	}
}

// hear takes one visitor's message. It answers only to one that holds the token.
func (f *First) hear(conn net.Conn, take func([]string) bool) {
	if conn.SetDeadline(time.Now().Add(talk)) != nil {
		return
	}
	data, err := io.ReadAll(io.LimitReader(conn, maxMessage+1))
	if err != nil {
		return
	}
	paths, err := read(data, f.token)
	if err != nil {
		return
	}
	if !take(paths) {
		return
	}
	_, _ = io.WriteString(conn, taken) // who does not hear it opens a window too
}

// Leave ends listening: what is handed over from now on is for the next first
// program, which begins once this one is closed. It waits for visitors that
// were let in.
func (f *First) Leave() error {
	var err error
	f.closing.Do(func() {
		close(f.closed)
		if f.listener == nil {
			return
		}
		_ = os.Remove(f.file)
		err = f.listener.Close()
	})
	f.visitors.Wait()
	return err
}

// Close leaves, and makes room for another first program.
func (f *First) Close() error { return errors.Join(f.Leave(), f.lock.Close()) }

func find(dir string) (place, error) {
	var p place
	file, err := os.Open(filepath.Join(dir, placeName))
	if err != nil {
		return p, err
	}
	defer func() { _ = file.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(file, maxPlace))
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(content, &p); err != nil {
		return p, err
	}
	if host, _, err := net.SplitHostPort(p.Address); err != nil || !net.ParseIP(host).IsLoopback() {
		return p, fmt.Errorf("%s leads away from this computer", placeName)
	}
	return p, nil
}

// send hands a message over and waits for the answer.
func send(address string, data []byte, end time.Time) error {
	d := net.Dialer{Deadline: end}
	conn, err := d.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(end); err != nil {
		return err
	}
	if _, err := conn.Write(data); err != nil {
		return err
	}
	if half, ok := conn.(*net.TCPConn); ok {
		if err := half.CloseWrite(); err != nil {
			return err
		}
	}
	answer, err := io.ReadAll(io.LimitReader(conn, int64(len(taken))))
	if err == nil && string(answer) != taken {
		err = ErrSilent
	}
	return err
}
