package pace

import "slices"

// places are so many at once; who comes when all are taken waits in line. They
// may become fewer while more are taken. The owner guards them.
type places struct {
	limit, used int
	waiting     []chan struct{}
}

// wait gives what is closed when the turn has come.
func (p *places) wait() chan struct{} {
	turn := make(chan struct{})
	p.waiting = append(p.waiting, turn)
	return turn
}

// fill gives free places to those who wait.
func (p *places) fill() {
	for p.used < p.limit && len(p.waiting) > 0 {
		p.used++
		close(p.waiting[0])
		p.waiting = p.waiting[1:]
	}
}

func (p *places) leave() {
	p.used--
	p.fill()
}

// forget takes somebody out of the line, and says whether it was there.
func (p *places) forget(turn chan struct{}) bool {
	i := slices.Index(p.waiting, turn)
	if i < 0 {
		return false
	}
	p.waiting = slices.Delete(p.waiting, i, i+1)
	return true
}

// queue is a line of calls that wait.
type queue struct{ waiting []waiter }

type waiter struct {
	call *Call
	turn chan struct{}
}

func (q *queue) wait(call *Call) chan struct{} {
	turn := make(chan struct{})
	q.waiting = append(q.waiting, waiter{call, turn})
	return turn
}

// admit offers a place to each, the first first.
func (q *queue) admit(may func(*Call) bool) {
	q.waiting = slices.DeleteFunc(q.waiting, func(w waiter) bool {
		if !may(w.call) {
			return false
		}
		close(w.turn)
		return true
	})
}

func (q *queue) forget(turn chan struct{}) bool {
	before := len(q.waiting)
	q.waiting = slices.DeleteFunc(q.waiting, func(w waiter) bool { return w.turn == turn })
	return len(q.waiting) < before
}
