package cli

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/assign"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// readSheet reads the sheet of --sheet and holds its tags against the team's
// classes, as checkTags does with those of --tag.
func (a uploadArgs) readSheet(ctx context.Context, client *darwin.Client, d darwin.Dataset, classes []darwin.TagClass) (assign.Table, []darwin.TagClass, error) {
	t, err := assign.Read(ctx, a.sheet)
	if err != nil {
		return t, classes, err
	}
	first := map[string]int{} // the first line with a class
	text := map[string]int{}  // the first line with a text for it
	for _, row := range t.Rows {
		for _, tag := range row.Tags {
			if _, seen := first[tag.Class]; !seen {
				first[tag.Class] = row.Line
			}
			if _, seen := text[tag.Class]; !seen && tag.Text != "" {
				text[tag.Class] = row.Line
			}
		}
	}
	if len(first) > 0 && classes == nil {
		classes, err = patiently(ctx, func() ([]darwin.TagClass, error) { return client.TagClasses(ctx, d.TeamSlug) })
		if err != nil {
			return t, nil, err
		}
	}
	if len(classes) == 0 {
		return t, classes, nil // Darwin judges; see checkTags
	}
	for _, name := range slices.Sorted(maps.Keys(first)) {
		class, known := classNamed(classes, name)
		if !known {
			return t, classes, usage(fmt.Sprintf("The team has no tag %q, which line %d of the sheet asks for.", name, first[name]),
				"Its tags: "+classNames(classes)+".")
		}
		if line, ok := text[name]; ok && !class.TakesText {
			return t, classes, usage(fmt.Sprintf("The tag %q takes no text, and line %d of the sheet gives it one.", name, line), "Leave the text out.")
		}
	}
	return t, classes, nil
}

// follow makes the items what the sheet says. Lines that fit no file are
// listed, and nothing is sent then unless a.skipUnfit says so.
func (e Env) follow(t assign.Table, a uploadArgs, items []uploader.Item) ([]uploader.Item, error) {
	res := t.Apply(items)
	if len(t.Unknown) > 0 {
		fmt.Fprintf(e.Stderr, "The sheet has columns that say nothing here: %s.\n", strings.Join(t.Unknown, ", "))
	}
	if n := len(res.Mismatches); n > 0 {
		what := fmt.Sprintf("%s of the sheet's %s lines fit no file.", humanize.Comma(int64(n)), humanize.Comma(int64(len(t.Rows)+len(t.Bad))))
		if n == 1 {
			what = fmt.Sprintf("1 of the sheet's %s lines fits no file.", humanize.Comma(int64(len(t.Rows)+len(t.Bad))))
		}
		if !a.skipUnfit {
			return nil, usage(what, "Correct them, or add --skip-bad-rows to leave them out."+mismatched(res.Mismatches))
		}
		fmt.Fprintln(e.Stderr, what+" They changed nothing."+mismatched(res.Mismatches))
	}
	switch n := res.NotNamed; n {
	case 0:
	case 1:
		fmt.Fprintln(e.Stderr, "1 file is not in the sheet and goes as it is.")
	default:
		fmt.Fprintf(e.Stderr, "%s files are not in the sheet and go as they are.\n", humanize.Comma(int64(n)))
	}
	return res.Items, nil
}

// mismatched lists lines, and no more than a person reads.
func mismatched(all []assign.Mismatch) string {
	var b strings.Builder
	for i, m := range all {
		if i == mostNames {
			fmt.Fprintf(&b, "\n  and %s more", humanize.Comma(int64(len(all)-mostNames)))
			break
		}
		fmt.Fprintf(&b, "\n  Line %d", m.Line)
		if m.File != "" {
			fmt.Fprintf(&b, ", %s", shown(m.File))
		}
		b.WriteString(": " + shown(m.Why))
	}
	return b.String()
}

// withoutSheet drops the sheet itself from what a scan left out: it lies
// beside the files on purpose.
func withoutSheet(found intake.Found, sheet string) intake.Found {
	path, err := filepath.Abs(sheet)
	if err != nil || sheet == "" {
		return found
	}
	found.LeftOut = slices.DeleteFunc(found.LeftOut, func(out intake.LeftOut) bool { return out.Path == path })
	return found
}

// tagged says whether any item carries a tag.
func tagged(items []uploader.Item) bool {
	return slices.ContainsFunc(items, func(i uploader.Item) bool { return len(i.Tags) > 0 })
}
