package darwin

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// reply is what Darwin says about one item. folder is nil where it leaves it
// out, which the guide's own sample does.
type reply struct {
	upload Upload
	name   string
	folder *string
	reason Reason
}

type replies struct{ registered, blocked []reply }

// matcher finds out which reply is about which item. A wrong match would put
// one file's bytes under another's name, so it matches only what is certain;
// the rest stays unanswered.
type matcher struct {
	items   []NewItem
	replies []reply // the registered ones, then the blocked ones
	first   int     // of the blocked ones
	itemOf  []int   // by reply; -1: not known
	taken   []bool  // by item
}

// match gives every index of items exactly once.
func match(items []NewItem, r replies) Registration {
	m := &matcher{
		items: items, replies: slices.Concat(r.registered, r.blocked), first: len(r.registered),
		taken: make([]bool, len(items)),
	}
	m.itemOf = make([]int, len(m.replies))
	for i := range m.itemOf {
		m.itemOf[i] = -1
	}
	m.byFolderAndName()
	m.byNameAlone()
	m.byPlace()
	m.byElimination()
	return m.registration()
}

// placeOf is where an item is in the dataset, in one spelling.
func placeOf(folder, name string) Place {
	return Place{Folder: cleanFolder(spelling(folder)), Name: spelling(name)}
}

// spelling is text as it comes back after it went through JSON, composed.
func spelling(s string) string { return norm.NFC.String(string([]rune(s))) }

// byFolderAndName takes replies that name both. Items of the same place take
// the replies in order.
func (m *matcher) byFolderAndName() {
	waiting := make(map[Place][]int, len(m.items))
	for i, item := range m.items {
		p := placeOf(item.Folder, item.Name)
		waiting[p] = append(waiting[p], i)
	}
	for at, r := range m.replies {
		if r.folder == nil {
			continue
		}
		p := placeOf(*r.folder, r.name)
		if queue := waiting[p]; len(queue) > 0 {
			m.take(at, queue[0])
			waiting[p] = queue[1:]
		}
	}
}

// byNameAlone takes replies that leave the folder out. A name that several
// items share is certain only if each of them got a reply of the same kind:
// then the order tells.
func (m *matcher) byNameAlone() {
	items := map[string][]int{}
	for i, item := range m.items {
		if !m.taken[i] {
			name := spelling(item.Name)
			items[name] = append(items[name], i)
		}
	}
	found := map[string][]int{}
	for at, r := range m.replies {
		if m.itemOf[at] < 0 && r.folder == nil && r.name != "" {
			name := spelling(r.name)
			found[name] = append(found[name], at)
		}
	}
	for name, at := range found {
		candidates := items[name]
		mixed := at[0] < m.first && at[len(at)-1] >= m.first
		switch {
		case len(candidates) == 1:
			m.take(at[0], candidates[0])
		case len(candidates) == len(at) && !mixed:
			for n := range at {
				m.take(at[n], candidates[n])
			}
		}
	}
}

// byPlace takes the replies left over by their place in the answer, if Darwin
// took all items, none of the replies known so far is out of order, and the
// reply has no name or nearly the item's.
func (m *matcher) byPlace() {
	if m.first != len(m.items) || len(m.replies) != m.first {
		return
	}
	for at, i := range m.itemOf {
		if i >= 0 && i != at {
			return
		}
	}
	for at, i := range m.itemOf {
		name := m.replies[at].name
		if i < 0 && !m.taken[at] && (name == "" || alike(name, m.items[at].Name)) {
			m.take(at, at)
		}
	}
}

// byElimination takes the last reply for the last item.
func (m *matcher) byElimination() {
	if len(m.replies) != len(m.items) {
		return
	}
	item := -1
	for i, taken := range m.taken {
		if !taken {
			if item >= 0 {
				return
			}
			item = i
		}
	}
	at := slices.Index(m.itemOf, -1)
	if item >= 0 && at >= 0 {
		m.take(at, item)
	}
}

func alike(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(spelling(a)), strings.TrimSpace(spelling(b)))
}

func (m *matcher) take(at, item int) { m.itemOf[at], m.taken[item] = item, true }

// registration sorts the replies by their items. A registered item without the
// id that its upload needs counts as unanswered.
func (m *matcher) registration() Registration {
	var r Registration
	replyOf := make([]int, len(m.items))
	for i := range replyOf {
		replyOf[i] = -1
	}
	for at, i := range m.itemOf {
		if i >= 0 {
			replyOf[i] = at
		}
	}
	for i, at := range replyOf {
		switch {
		case at < 0 || at < m.first && m.replies[at].upload.UploadID == "":
			r.Unanswered = append(r.Unanswered, i)
		case at < m.first:
			r.Registered = append(r.Registered, Registered{Index: i, Upload: m.replies[at].upload})
		default:
			r.Blocked = append(r.Blocked, Blocked{Index: i, ItemID: m.replies[at].upload.ItemID, Reason: m.replies[at].reason})
		}
	}
	return r
}
