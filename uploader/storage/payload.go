package storage

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"sync"
	"time"

	"darwin-uploader/uploader/fault"
)

// payload is a request's body: head, file, tail. It reports the file's bytes
// as sent when the transport comes back for more, which it does once the
// system has taken what it had. It fails before the last byte when the file is
// not of the size that the request's length was made from, so that storage
// never takes a file that differs from what was promised.
type payload struct {
	head, tail *bytes.Reader
	size       int64       // of the file
	read       int64       // of the file, so far
	sum        hash.Hash   // of the file, so far
	before     fs.FileInfo // nil if the file does not tell
	moved      func(bool)  // something moved; true: all of it is handed over
	pace       func() int  // the most bytes of the file at once; nil: any
	wait       func(int) error
	report     func(n int64) // n more bytes of the file have left

	mu      sync.Mutex // guards what follows; not held while the file is read
	file    io.ReadCloser
	pending int64 // bytes of the file handed out by the last Read
	reading bool
	shut    bool
	done    bool // all bytes were handed out
	problem *fault.Error
	closed  chan struct{} // closed once the file is
}

// newPayload takes over the open file.
func newPayload(file io.ReadCloser, size int64, head, tail []byte) *payload {
	return &payload{
		file: file, size: size, head: bytes.NewReader(head), tail: bytes.NewReader(tail),
		sum: md5.New(), moved: func(bool) {}, report: func(int64) {}, closed: make(chan struct{}),
	}
}

// statter is what *os.File and fs.File have.
type statter interface{ Stat() (fs.FileInfo, error) }

// check compares the open file with what was promised, where it tells.
func (p *payload) check() *fault.Error {
	s, ok := p.file.(statter)
	if !ok {
		return nil
	}
	info, err := s.Stat()
	if err != nil {
		return unreadable(err)
	}
	if info.Mode().IsRegular() && info.Size() != p.size {
		return changed(info.Size(), p.size)
	}
	p.before = info
	return nil
}

// Read gives the next bytes of the request.
func (p *payload) Read(buf []byte) (int, error) {
	if err := p.enter(); err != nil {
		return 0, err
	}
	p.moved(p.handedOut())
	n, ofFile, err := p.next(buf)
	p.leave(ofFile, err)
	if err == nil {
		p.moved(p.handedOut())
	}
	return n, err
}

// handedOut says whether the transport has all bytes. Only Read may ask.
func (p *payload) handedOut() bool { return p.read == p.size && p.tail.Len() == 0 }

// enter counts what the last Read handed out and claims the file.
func (p *payload) enter() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shut {
		return errShut
	}
	if p.problem != nil {
		return p.problem
	}
	p.reading = true
	p.flush()
	return nil
}

// flush reports what is pending. It is called with mu held, so that no report
// comes after the end.
func (p *payload) flush() {
	if p.pending > 0 {
		p.report(p.pending)
		p.pending = 0
	}
}

// leave gives the file back, or closes it if that was asked for meanwhile.
func (p *payload) leave(ofFile int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reading = false
	p.pending = int64(ofFile)
	p.done = p.handedOut()
	if f, ok := errors.AsType[*fault.Error](err); ok {
		p.problem = f
	}
	if p.shut {
		p.closeFile()
	}
}

// next reads from head, file or tail, whichever has bytes left.
func (p *payload) next(buf []byte) (n, ofFile int, err error) {
	if p.head.Len() > 0 {
		n, err = p.head.Read(buf)
		return n, 0, err
	}
	if p.read < p.size {
		n, err = p.nextOfFile(buf)
		return n, n, err
	}
	n, err = p.tail.Read(buf)
	return n, 0, err
}

func (p *payload) nextOfFile(buf []byte) (int, error) {
	buf = buf[:min(int64(len(buf)), p.size-p.read)]
	if p.pace != nil {
		buf = buf[:min(len(buf), p.pace())]
		if err := p.wait(len(buf)); err != nil {
			return 0, err
		}
	}
	n, err := p.file.Read(buf)
	p.sum.Write(buf[:n])
	p.read += int64(n)
	if p.read == p.size {
		// The last bytes go out only if the file is still what it was.
		if f := p.checkEnd(); f != nil {
			return 0, f
		}
		return n, nil
	}
	switch {
	case errors.Is(err, io.EOF):
		return 0, changed(p.read, p.size)
	case err != nil:
		return 0, unreadable(err)
	}
	return n, nil
}

// checkEnd makes sure that the file ends where it should and was not written
// to while it was read.
func (p *payload) checkEnd() *fault.Error {
	var one [1]byte
	switch n, err := io.ReadFull(p.file, one[:]); {
	case n > 0:
		return changed(p.size+1, p.size)
	case !errors.Is(err, io.EOF):
		return unreadable(err)
	}
	if p.before == nil {
		return nil
	}
	after, err := p.file.(statter).Stat()
	if err != nil {
		return unreadable(err)
	}
	if !after.ModTime().Equal(p.before.ModTime()) {
		return changed(p.size, p.size)
	}
	return nil
}

// errShut is what a transport gets that reads on after the end.
var errShut = errors.New("the request is over")

// Close closes the file, at once or when the Read that is under way returns.
func (p *payload) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shut {
		return nil
	}
	p.shut = true
	if !p.reading {
		p.closeFile()
	}
	return nil
}

func (p *payload) closeFile() {
	// It was only read: there is nothing that closing could lose.
	_ = p.file.Close()
	close(p.closed)
}

// finish ends the reports; all says that everything was taken.
func (p *payload) finish(all bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if all {
		p.flush()
	}
	p.report = func(int64) {}
}

// complete says whether all bytes were handed out.
func (p *payload) complete() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done && p.problem == nil
}

// fault is the problem of the file, if that is what ended the request.
func (p *payload) fault() *fault.Error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.problem
}

// hangs says whether the request waits for the file, not for the network.
func (p *payload) hangs() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.reading
}

// md5 is the sum of what was sent, in hex, once it is complete.
func (p *payload) md5() string { return hex.EncodeToString(p.sum.Sum(nil)) }

// await waits until the file is closed, at most for limit: a file on a drive
// that hangs must not hang the upload.
func (p *payload) await(limit time.Duration) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-p.closed:
	case <-timer.C:
	}
}
