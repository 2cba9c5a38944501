package upload

import (
	"context"

	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
)

// loadDatasets asks for the team's datasets and chooses the one used last.
func (p *Place) loadDatasets() {
	p.header.SetDatasetsLoading()
	p.tasks.Go(func(ctx context.Context) {
		all, err := p.session.Darwin.Datasets(ctx)
		p.post(ctx, func() {
			if err != nil {
				p.header.SetDatasetsFailed(err)
				return
			}
			p.setDatasets(all)
		})
	})
}

func (p *Place) setDatasets(all []darwin.Dataset) {
	p.datasets = all
	recent := p.deps.Settings.Get().RecentDatasets[p.session.Account.ID]
	p.header.SetDatasets(all)
	p.header.SetRecent(recent)
	if p.dataset != nil {
		p.showDataset(find(all, p.dataset.ID))
		return
	}
	for _, id := range recent {
		if d := find(all, id); d != nil {
			p.showDataset(d)
			return
		}
	}
	if len(all) == 1 {
		p.showDataset(&all[0])
	}
}

func find(all []darwin.Dataset, id int64) *darwin.Dataset {
	for i := range all {
		if all[i].ID == id {
			return &all[i]
		}
	}
	return nil
}

// chooseDataset is for the person's choice, which is remembered.
func (p *Place) chooseDataset(d darwin.Dataset) {
	p.showDataset(&d)
	if p.session.Practice {
		return
	}
	p.tasks.Go(func(context.Context) {
		// Not to remember a choice is a small loss, and the settings say at
		// the next start why they could not be written.
		_ = p.deps.Settings.Update(func(s *settings.Settings) { s.UseDataset(p.session.Account.ID, d.ID) })
	})
}

func (p *Place) showDataset(d *darwin.Dataset) {
	if p.dataset != nil && d != nil && p.dataset.ID != d.ID {
		p.model.NewTarget() // ids of the old dataset mean nothing in the new one
	}
	p.dataset = d
	p.header.SetChosen(d)
	name := ""
	if d != nil {
		name = d.Name
	}
	p.queue.SetDataset(name)
	p.showState()
}

func (p *Place) newDataset(name string, done func(error)) {
	p.tasks.Go(func(ctx context.Context) {
		made, err := p.session.Darwin.CreateDataset(ctx, name)
		if err != nil {
			done(err)
			return
		}
		all, err := p.session.Darwin.Datasets(ctx)
		p.post(ctx, func() {
			if err != nil || find(all, made.ID) == nil {
				// It exists; only the fresh list is missing.
				all = append(p.datasets, made)
			}
			p.setDatasets(all)
			p.chooseDataset(*find(all, made.ID))
			done(nil)
		})
	})
}

// loadClasses asks for the team's tag classes.
func (p *Place) loadClasses() {
	p.inspector.SetClassesLoading()
	p.tasks.Go(func(ctx context.Context) {
		all, err := p.session.Darwin.TagClasses(ctx, p.session.Account.TeamSlug)
		p.post(ctx, func() {
			if err != nil {
				p.inspector.SetClassesFailed(err)
				return
			}
			p.inspector.SetClasses(all)
		})
	})
}

// createTag makes a tag class, linked to the chosen dataset, and puts the tag
// on the files that were selected when it was asked for.
func (p *Place) createTag(name string, withText bool, done func(error)) {
	ids := p.subject()
	class := darwin.NewTagClass{Name: name, WithText: withText}
	if p.dataset != nil {
		class.Datasets = []int64{p.dataset.ID}
	}
	p.tasks.Go(func(ctx context.Context) {
		made, err := p.session.Darwin.CreateTagClass(ctx, p.session.Account.TeamSlug, class)
		if err != nil {
			done(err)
			return
		}
		all, err := p.session.Darwin.TagClasses(ctx, p.session.Account.TeamSlug)
		p.post(ctx, func() {
			if err == nil {
				p.inspector.SetClasses(all)
			}
			p.model.AddTag(ids, darwin.Tag{Class: made.Name})
			done(nil)
		})
	})
}
