package upload

import (
	"context"
	"slices"

	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
)

// loadDatasets asks for the team's datasets and chooses the one used last.
func (p *Place) loadDatasets() {
	p.header.SetDatasetsLoading()
	p.asked++
	asked := p.asked
	p.tasks.Go(func(ctx context.Context) {
		all, err := p.session.Darwin.Datasets(ctx)
		p.post(ctx, func() {
			if asked != p.asked {
				return // a later answer knows more
			}
			if err != nil {
				p.header.SetDatasetsFailed(err)
				p.keyRefused(err)
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
		d := find(all, p.dataset.ID)
		if d != nil || !p.Sending() { // what is under way stays
			p.showDataset(d)
		}
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
	if p.Sending() {
		p.header.SetChosen(p.dataset)
		return
	}
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
	if d != nil && p.target != d.ID {
		if p.target != 0 {
			p.model.NewTarget() // ids of the old dataset mean nothing in the new one
			p.queue.ForgetReceipt()
		}
		p.target = d.ID
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
	p.makingDatasets++
	p.showState()
	p.tasks.Go(func(ctx context.Context) {
		made, err := p.session.Darwin.CreateDataset(ctx, name)
		var all []darwin.Dataset
		var listed error
		if err == nil {
			all, listed = p.session.Darwin.Datasets(ctx)
		}
		p.post(ctx, func() {
			p.makingDatasets--
			if err != nil {
				p.showState()
				done(err)
				return
			}
			if listed != nil || find(all, made.ID) == nil {
				// It exists; only the fresh list is missing.
				all = append(slices.Clone(p.datasets), made)
			}
			p.asked++ // lists asked for earlier may not have it
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
			p.setClasses(all)
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
	p.makingTags++
	p.showState()
	p.tasks.Go(func(ctx context.Context) {
		made, err := p.session.Darwin.CreateTagClass(ctx, p.session.Account.TeamSlug, class)
		var all []darwin.TagClass
		var listed error
		if err == nil {
			all, listed = p.session.Darwin.TagClasses(ctx, p.session.Account.TeamSlug)
		}
		p.post(ctx, func() {
			p.makingTags--
			if err == nil {
				if listed == nil {
					p.setClasses(all)
				}
				p.model.AddTag(ids, darwin.Tag{Class: made.Name})
				p.used(made.Name)
			}
			p.showState()
			done(err)
		})
	})
}
