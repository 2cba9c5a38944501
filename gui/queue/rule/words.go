package rule

import "darwin-uploader/gui/lang"

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
			all = append(all, lang.N("%s file gets one of %s other tags.", "%s files get one of %s other tags.", rest, lang.Number(rest), lang.Number(len(t.Tags)-shown)))
			break
		}
		n := len(tag.IDs)
		all = append(all, lang.N("%s file gets the tag “%s”.", "%s files get the tag “%s”.", n, lang.Number(n), tag.Class))
	}
	if n := len(t.New()); n > 0 {
		all = append(all, lang.N("%s tag is new to your team.", "%s tags are new to your team.", n))
	}
	if n := t.Without; n > 0 {
		all = append(all, lang.N("%s file has no such folder and gets none.", "%s files have no such folder and get none.", n))
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
		return lang.L("Create %s, tag %s", lang.N("%s tag", "%s tags", fresh), files(n))
	}
	return lang.N("Tag %s file", "Tag %s files", n)
}

// Words tells what would come of it, a sentence each.
func (m Moving) Words() []string {
	var all []string
	if n := len(m.Moves); n > 0 {
		to := lang.L("“%s”", m.To[0])
		if more := len(m.To) - 1; more > 0 {
			to = lang.N("%s and %s other folder", "%s and %s other folders", more, to, lang.Number(more))
		}
		all = append(all, lang.N("%s file moves to %s.", "%s files move to %s.", n, lang.Number(n), to))
	} else if len(m.Clashes) == 0 {
		all = append(all, lang.L("They are there already."))
	}
	if n := len(m.Clashes); n > 0 {
		all = append(all, lang.N("%s file stays, as another has the same name: “%s”.", "%s files stay, as another has the same name: “%s” and so on.",
			n, lang.Number(n), m.Clashes[0]))
	}
	return all
}

// Press is what the button says, "" where there is nothing to do.
func (m Moving) Press() string {
	if len(m.Moves) == 0 {
		return ""
	}
	return lang.N("Move %s file", "Move %s files", len(m.Moves))
}

// Label names a level for a person: "the first folder: “May 2026”".
func (l Level) Label() string {
	names := lang.L("“%s”", l.Names[0])
	if more := len(l.Names) - 1; more > 0 {
		names = lang.N("%s and %s more", "%s and %s more", more, names, lang.Number(more))
	}
	switch l.Level {
	case Own:
		return lang.L("their own folder: %s", names)
	case 1:
		return lang.L("the first folder: %s", names)
	case 2:
		return lang.L("the second folder: %s", names)
	case 3:
		return lang.L("the third folder: %s", names)
	case 4:
		return lang.L("the fourth folder: %s", names)
	default:
		return lang.L("folder %s: %s", lang.Number(l.Level), names)
	}
}

func files(n int) string { return lang.N("%s file", "%s files", n) }
