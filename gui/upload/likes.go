package upload

import (
	"context"

	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
)

// addTag puts a tag on the files of the inspector, and remembers that it was
// used.
func (p *Place) addTag(tag darwin.Tag) {
	p.model.AddTag(p.subject(), tag)
	p.used(tag.Class)
}

func (p *Place) used(class string) {
	p.likes(func(s *settings.Settings, account string) { s.UseTag(account, class) })
}

// favour makes a tag a favourite, or no longer.
func (p *Place) favour(class string, on bool) {
	p.likes(func(s *settings.Settings, account string) { s.FavourTag(account, class, on) })
}

// likes changes what is remembered of the person's tags. The window shows it at
// once; that it could not be written down is a small loss, and the settings say
// at the next start why.
func (p *Place) likes(change func(s *settings.Settings, account string)) {
	account := p.session.Account.ID
	change(&p.tags, account)
	p.showLikes()
	if p.session.Practice {
		return
	}
	p.kept.Go(func(context.Context) {
		_ = p.deps.Settings.Update(func(s *settings.Settings) { change(s, account) })
	})
}

func (p *Place) showLikes() {
	likes := p.tags.Tags[p.session.Account.ID]
	p.inspector.SetChoices(likes.Favourite, likes.Recent)
}
