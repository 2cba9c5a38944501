package upload

import (
	"context"
	"strings"
	"sync"

	"darwin-uploader/gui/inspector"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/queue/rule"
	"darwin-uploader/uploader/darwin"
)

// rules is what can be made of the folders of the files that the inspector
// speaks of.
func (p *Place) rules() []inspector.Rule {
	files := p.model.FoldersOf(p.subject())
	var all []inspector.Rule
	for _, level := range rule.Levels(files) {
		plan := sync.OnceValue(func() rule.Tagging { return rule.Tags(files, level.Level, p.ownClass()) })
		all = append(all, inspector.Rule{
			Label:   lang.L("Tags from %s", level.Label()),
			Preview: func() ([]string, string) { return plan().Words(), plan().Press() },
			Do:      func(done func(error)) { p.tagByFolders(plan(), done) },
		})
	}
	if len(all) == 0 {
		return nil
	}
	base := p.model.Base()
	add := func(label string, way rule.Way) {
		plan := sync.OnceValue(func() rule.Moving { return rule.Folders(files, way, base) })
		all = append(all, inspector.Rule{
			Label:   label,
			Preview: func() ([]string, string) { return plan().Words(), plan().Press() },
			Do: func(done func(error)) {
				to := make(map[queue.ID]string, len(plan().Moves))
				for _, m := range plan().Moves {
					to[queue.ID(m.ID)] = m.Folder
				}
				p.model.Rearrange(to)
				done(nil)
			},
		})
	}
	if top := rule.Top(files, base); top != "" {
		add(lang.L("In Darwin without the folder “%s”", top), rule.Strip)
	}
	add(lang.L("In Darwin all in one folder, %s", base), rule.Flatten)
	return all
}

// ownClass finds the team's class that a folder's name means; nil while the
// classes are not known.
func (p *Place) ownClass() rule.Classes {
	if p.classes == nil {
		return nil
	}
	byName := make(map[string]string, len(p.classes))
	for _, c := range p.classes {
		byName[strings.ToLower(c.Name)] = c.Name
	}
	exact := make(map[string]bool, len(p.classes))
	for _, c := range p.classes {
		exact[c.Name] = true
	}
	return func(name string) (string, bool) {
		if exact[name] {
			return name, true
		}
		own, ok := byName[strings.ToLower(name)]
		return own, ok
	}
}

// tagByFolders creates the tags that are new, and puts each on its files.
func (p *Place) tagByFolders(plan rule.Tagging, done func(error)) {
	put := func() {
		tags := map[queue.ID]darwin.Tag{}
		for _, t := range plan.Tags {
			for _, id := range t.IDs {
				tags[queue.ID(id)] = darwin.Tag{Class: t.Class}
			}
		}
		p.model.AddTags(lang.L("Use folder names as tags"), tags)
	}
	if len(plan.New()) == 0 {
		put()
		done(nil)
		return
	}
	p.makeClasses(plan.New(), nil, func(err error) {
		if err == nil {
			put()
		}
		done(err)
	})
}

// makeClasses makes tag classes, linked to the dataset, one after another; those
// in withText take a text. then is called on the main thread, when the views
// know the new classes, with what went wrong.
func (p *Place) makeClasses(names []string, withText map[string]bool, then func(error)) {
	var linked []int64
	if p.dataset != nil {
		linked = []int64{p.dataset.ID}
	}
	p.makingTags++
	p.showState()
	p.tasks.Go(func(ctx context.Context) {
		var err error
		for _, name := range names {
			class := darwin.NewTagClass{Name: name, WithText: withText[name], Datasets: linked}
			if _, err = p.session.Darwin.CreateTagClass(ctx, p.session.Account.TeamSlug, class); err != nil {
				break
			}
		}
		// Also when it failed: some may have been made.
		all, listed := p.session.Darwin.TagClasses(ctx, p.session.Account.TeamSlug)
		p.post(ctx, func() {
			p.makingTags--
			if listed == nil {
				p.setClasses(all)
			}
			p.showState()
			then(err)
		})
	})
}
