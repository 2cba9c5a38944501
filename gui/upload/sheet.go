package upload

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/assign"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/sheet"
)

// takeSheets reads the sheets about files among what a scan leaves out, and
// takes them out of there. What only looks like one stays: it is a file that
// Darwin does not take.
func takeSheets(ctx context.Context, found *intake.Found) (tables []assign.Table) {
	found.LeftOut = slices.DeleteFunc(found.LeftOut, func(out intake.LeftOut) bool {
		if _, ok := sheet.FormatOf(out.Path); !ok || out.Reason != intake.Unsupported {
			return false
		}
		t, err := assign.Read(ctx, out.Path)
		if err == nil {
			tables = append(tables, t)
		}
		return err == nil
	})
	return tables
}

// fitSheet looks what the next sheet would do to the files that can still be
// changed, and asks whether it should.
func (p *Place) fitSheet() {
	if len(p.sheets) == 0 || p.scans > 0 || p.closed.Load() {
		return
	}
	table := p.sheets[0]
	ids := p.model.Unsent()
	items := p.model.ItemsOf(ids)
	p.tasks.Go(func(ctx context.Context) {
		result := table.Apply(items)
		p.post(ctx, func() {
			if len(p.sheets) > 0 && p.sheets[0].Path == table.Path && p.scans == 0 {
				p.offerSheet(table, ids, result)
			}
		})
	})
}

func (p *Place) offerSheet(table assign.Table, ids []queue.ID, result assign.Result) {
	name := filepath.Base(table.Path)
	next := func() {
		p.sheets = p.sheets[1:]
		p.offer.Hide()
		p.changed()
		p.fitSheet()
	}
	use := choice{label: lang.N("Use it for %s file", "Use it for %s files", len(result.Changed)), do: func() {
		p.useSheet(name, table, ids, result, next)
	}}
	if len(result.Changed) == 0 {
		use = choice{}
	}
	lines := mismatchLines(table, result)
	more := choice{}
	if len(lines) > 0 && p.deps.ShowLines != nil {
		more = choice{label: lang.L("Details"), do: func() { p.deps.ShowLines(lang.L("What %s does not say for certain", name), lines) }}
	}
	p.offer.ask(sheetWords(name, len(ids), result), use, choice{label: lang.L("Leave it"), do: next}, more)
	p.changed()
}

// leaveSheets ends the question about sheets, once files are sent without them.
func (p *Place) leaveSheets() {
	if len(p.sheets) == 0 {
		return
	}
	name := filepath.Base(p.sheets[0].Path)
	p.sheets = nil
	p.Tell(lang.L("%s was not used: the files are sent as they stand in the list.", name))
}

// sheetWords says what a sheet would do.
func sheetWords(name string, files int, result assign.Result) string {
	words := lang.N("%s says more about %s of %s file.", "%s says more about %s of %s files.", files,
		name, lang.Number(len(result.Changed)), lang.Number(files))
	if len(result.Changed) == 0 {
		words = lang.L("%s fits none of the files here.", name)
	}
	if n := len(result.Mismatches); n > 0 {
		words = lang.Sentences(words, lang.N("%s line fits no file.", "%s lines fit no file.", n))
	}
	return words
}

// mismatchLines lists what a sheet says in vain.
func mismatchLines(table assign.Table, result assign.Result) []string {
	var lines []string
	if len(table.Unknown) > 0 {
		lines = append(lines, lang.L("Columns that say nothing here: %s.", strings.Join(table.Unknown, ", ")))
	}
	for _, m := range result.Mismatches {
		line := lang.L("Line %d: %s", m.Line, lang.S(m.Why))
		if m.File != "" {
			line = lang.L("Line %d, %s: %s", m.Line, m.File, lang.S(m.Why))
		}
		lines = append(lines, line)
	}
	if n := result.NotNamed; n > 0 {
		lines = append(lines, lang.N("%s file without a line stays as it is.", "%s files without a line stay as they are.", n))
	}
	return lines
}

// useSheet creates the tags that are new to the team and changes the files,
// as one step for Undo.
func (p *Place) useSheet(name string, table assign.Table, ids []queue.ID, result assign.Result, then func()) {
	changes := make(map[queue.ID]uploader.Item, len(result.Changed))
	for _, i := range result.Changed {
		changes[ids[i]] = result.Items[i]
	}
	put := func() {
		p.model.Become(lang.L("Use %s", name), changes)
		p.showSelection()
	}
	fresh, withText := p.newClasses(changes)
	if len(fresh) == 0 {
		put()
		then()
		return
	}
	p.makeClasses(fresh, withText, func(err error) {
		put() // a tag that could not be made is a question of its own later
		then()
		if err != nil {
			p.deps.Log.Warn("tags", "error", err)
		}
	})
}

// newClasses names the classes among the tags that the team does not have, and
// which of them are to take text. It names none while the classes are not known.
func (p *Place) newClasses(changes map[queue.ID]uploader.Item) (fresh []string, withText map[string]bool) {
	if p.classes == nil {
		return nil, nil
	}
	known := map[string]bool{}
	for _, c := range p.classes {
		known[c.Name] = true
	}
	withText = map[string]bool{}
	for _, item := range changes {
		for _, tag := range item.Tags {
			if known[tag.Class] {
				continue
			}
			if _, seen := withText[tag.Class]; !seen {
				fresh = append(fresh, tag.Class)
				withText[tag.Class] = false
			}
			if tag.Text != "" {
				withText[tag.Class] = true
			}
		}
	}
	slices.Sort(fresh)
	return fresh, withText
}
