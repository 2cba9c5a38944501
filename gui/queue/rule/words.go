package rule

import (
	"github.com/dustin/go-humanize"
)

// shown is how many tags or folders are named in a preview.
const shown = 4

// Words tells what would come of it, a sentence each.
func (t Tagging) Words() []string {
	var all []string
	for i, tag := range t.Tags {
		if i == shown && len(t.Tags) > shown+1 {
			rest := 0
			for _, other := range t.Tags[shown:] {
				rest += len(other.IDs)
			}
			all = append(all, files(rest)+verb(rest, " gets", " get")+" one of "+number(len(t.Tags)-shown)+" other tags.")
			break
		}
		n := len(tag.IDs)
		all = append(all, files(n)+verb(n, " gets", " get")+" the tag “"+tag.Class+"”.")
	}
	if n := len(t.New()); n > 0 {
		all = append(all, count(n, "tag")+verb(n, " is", " are")+" new to your team.")
	}
	if n := t.Without; n > 0 {
		all = append(all, files(n)+verb(n, " has no such folder and gets", " have no such folder and get")+" none.")
	}
	return all
}

// Press is what the button says, "" where there is nothing to do.
func (t Tagging) Press() string {
	n := t.Files()
	if n == 0 {
		return ""
	}
	if fresh := len(t.New()); fresh > 0 {
		return "Create " + count(fresh, "tag") + ", tag " + files(n)
	}
	return "Tag " + files(n)
}

// Words tells what would come of it, a sentence each.
func (m Moving) Words() []string {
	var all []string
	if n := len(m.Moves); n > 0 {
		to := "“" + m.To[0] + "”"
		switch more := len(m.To) - 1; {
		case more == 1:
			to += " and 1 other folder"
		case more > 1:
			to += " and " + number(more) + " other folders"
		}
		all = append(all, files(n)+verb(n, " moves to ", " move to ")+to+".")
	} else if len(m.Clashes) == 0 {
		all = append(all, "They are there already.")
	}
	if n := len(m.Clashes); n > 0 {
		all = append(all, files(n)+verb(n, " stays", " stay")+", as another has the same name: “"+m.Clashes[0]+"”"+verb(n, ".", " and so on."))
	}
	return all
}

// Press is what the button says, "" where there is nothing to do.
func (m Moving) Press() string {
	if len(m.Moves) == 0 {
		return ""
	}
	return "Move " + files(len(m.Moves))
}

// Label names a level for a person: "the first folder: “May 2026”".
func (l Level) Label() string {
	names := "“" + l.Names[0] + "”"
	if more := len(l.Names) - 1; more > 0 {
		names += " and " + number(more) + " more"
	}
	if l.Level == Own {
		return "their own folder: " + names
	}
	ordinals := [...]string{"", "the first", "the second", "the third", "the fourth", "the fifth", "the sixth"}
	if l.Level < len(ordinals) {
		return ordinals[l.Level] + " folder: " + names
	}
	return "folder " + number(l.Level) + ": " + names
}

func files(n int) string { return count(n, "file") }

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return number(n) + " " + word + "s"
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func number(n int) string { return humanize.Comma(int64(n)) }
