package queue

// Selected gives the selected entries in the order of the table. Only shown
// entries are ever selected.
func (m *Model) Selected() []ID {
	if m.tree.root.selected == 0 {
		return nil
	}
	ids := make([]ID, 0, m.tree.root.selected)
	m.each(func(e *entry) {
		if e.selected {
			ids = append(ids, e.ID)
		}
	})
	return ids
}

// SelectedCount is the number of selected entries.
func (m *Model) SelectedCount() int { return m.tree.root.selected }

// ShownCount is the number of entries that filter and search let through.
func (m *Model) ShownCount() int { return m.tree.root.shown.files }

// AllTick is the state of the check box in the head: of all shown files.
func (m *Model) AllTick() Tick {
	switch root := m.tree.root; {
	case root.selected == 0:
		return Off
	case root.selected == root.shown.files:
		return On
	default:
		return Partly
	}
}

// mark selects or unselects one entry and keeps the counts of the folders above.
func mark(e *entry, on bool) {
	if e.selected == on || !e.shown || e.gone {
		return
	}
	e.selected = on
	step := 1
	if !on {
		step = -1
	}
	for n := e.node; n != nil; n = n.parent {
		n.selected += step
	}
}

func (m *Model) markRow(ref rowRef, on bool) {
	if ref.file != nil {
		mark(ref.file, on)
		return
	}
	ref.node.each(func(e *entry) { mark(e, on) })
}

func (m *Model) unmarkAll() {
	if m.tree.root.selected > 0 {
		m.tree.root.each(func(e *entry) { mark(e, false) })
	}
}

// Select makes row i the only selected one; a folder's row selects its files.
func (m *Model) Select(i int) {
	m.unmarkAll()
	m.markRow(m.rows[i], true)
	m.cursor, m.anchor = m.rows[i], m.rows[i]
	m.changed(Selection)
}

// Toggle turns row i's check box and leaves the rest of the selection alone. A
// partly selected folder becomes wholly selected.
func (m *Model) Toggle(i int) {
	m.markRow(m.rows[i], m.Row(i).Tick != On)
	m.cursor, m.anchor = m.rows[i], m.rows[i]
	m.changed(Selection)
}

// Extend selects from where the last Select or Toggle was to row i, and
// nothing else.
func (m *Model) Extend(i int) {
	from, ok := m.rowOf(m.anchor)
	if !ok {
		from, m.anchor = i, m.rows[i]
	}
	m.unmarkAll()
	for at := min(from, i); at <= max(from, i); at++ {
		m.markRow(m.rows[at], true)
	}
	m.cursor = m.rows[i]
	m.changed(Selection)
}

// SelectAll selects everything that filter and search let through, in closed
// folders too.
func (m *Model) SelectAll() {
	m.tree.root.each(func(e *entry) { mark(e, true) })
	m.changed(Selection)
}

// SelectNone unselects everything.
func (m *Model) SelectNone() {
	m.unmarkAll()
	m.anchor = rowRef{}
	m.changed(Selection)
}

// SelectIDs makes these the only selected entries.
func (m *Model) SelectIDs(ids []ID) {
	m.unmarkAll()
	for _, id := range ids {
		if e := m.get(id); e != nil {
			mark(e, true)
		}
	}
	m.changed(Selection)
}

// Cursor is the row of the keyboard, -1 while there is none.
func (m *Model) Cursor() int {
	if i, ok := m.rowOf(m.cursor); ok {
		return i
	}
	return -1
}

// SetCursor moves the keyboard's row and leaves the selection alone.
func (m *Model) SetCursor(i int) {
	m.cursor = m.rows[i]
	m.changed(Selection)
}
