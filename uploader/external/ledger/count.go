package ledger

import (
	"context"
	"sync"
)

// Count counts an import's rows by their state. What was counted is known until
// something of it is written, as a history asks again and again and a million
// rows take long.
func (l *Ledger) Count(ctx context.Context, id int64) (c Counts, err error) {
	c, known, writes := l.counted.look(id)
	if known {
		return c, nil
	}
	rows, err := l.db.QueryContext(ctx, "SELECT state, count(*) FROM rows WHERE id BETWEEN ? AND ? GROUP BY state", first(id), rowID(id, maxPlace))
	if err != nil {
		return c, problem(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var state, n int
		if err := rows.Scan(&state, &n); err != nil {
			return c, problem(err)
		}
		if state >= 0 && state < states {
			c[state] = n
		}
	}
	if err := rows.Err(); err != nil {
		return c, problem(err)
	}
	l.counted.keep(id, c, writes)
	return c, nil
}

// counted is what Count has counted, by import. It is safe for concurrent use.
type counted struct {
	mu     sync.Mutex
	of     map[int64]Counts
	writes int // so far, of all imports
}

func (k *counted) look(id int64) (c Counts, known bool, writes int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, known = k.of[id]
	return c, known, k.writes
}

// keep keeps counts that were begun after so many writes, unless there was
// another since.
func (k *counted) keep(id int64, c Counts, writes int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.writes != writes {
		return
	}
	if k.of == nil {
		k.of = map[int64]Counts{}
	}
	k.of[id] = c
}

// forget is called after each write to an import's rows.
func (k *counted) forget(id int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.of, id)
	k.writes++
}
