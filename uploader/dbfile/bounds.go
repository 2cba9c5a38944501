package dbfile

import "time"

// Bounds say how much of the past a file keeps, as uploads or imports with their
// rows. What has not ended is always kept.
type Bounds struct {
	Most  int           // that have ended
	Age   time.Duration // at most
	Least int           // are kept whatever their age: a clock may jump
	Rows  int           // at most, the newest excepted
}

// Past is an upload or an import with so many rows.
type Past struct {
	ID    int64
	Begun time.Time
	Ended bool
	Rows  int
}

// Beyond gives the ids of what is to leave. Of all, those that have ended are in
// their order, the newest first.
func (b Bounds) Beyond(all []Past, now time.Time) (old []int64) {
	kept, rows := 0, 0
	for _, p := range all { // whatever has not ended takes its room first
		if !p.Ended {
			rows += p.Rows
		}
	}
	for _, p := range all {
		if !p.Ended {
			continue
		}
		rows += p.Rows
		tooOld := kept >= b.Least && now.Sub(p.Begun) > b.Age
		if kept >= b.Most || tooOld || kept > 0 && rows > b.Rows {
			old = append(old, p.ID)
		}
		kept++
	}
	return old
}
