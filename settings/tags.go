package settings

import (
	"maps"
	"slices"
)

// TagChoices are the tags that a person uses in one account, by their names.
type TagChoices struct {
	Favourite []string `json:"favourite,omitempty"` // as they were chosen
	Recent    []string `json:"recent,omitempty"`    // the latest first
}

// maxRecentTags is how many tags are remembered for one account, and
// maxFavouriteTags how many can be chosen.
const (
	maxRecentTags    = 12
	maxFavouriteTags = 50
)

// UseTag puts a tag first among the account's recent ones.
func (s *Settings) UseTag(account, tag string) {
	c := s.Tags[account]
	c.Recent = slices.Insert(without(c.Recent, tag), 0, tag)
	c.Recent = c.Recent[:min(len(c.Recent), maxRecentTags)]
	s.setTags(account, c)
}

// FavourTag makes a tag one of the account's favourites, or no longer.
func (s *Settings) FavourTag(account, tag string, on bool) {
	c := s.Tags[account]
	c.Favourite = without(c.Favourite, tag)
	if on && len(c.Favourite) < maxFavouriteTags {
		c.Favourite = append(c.Favourite, tag)
	}
	s.setTags(account, c)
}

func (s *Settings) setTags(account string, c TagChoices) {
	if s.Tags == nil {
		s.Tags = map[string]TagChoices{}
	}
	s.Tags[account] = c
}

func without(tags []string, tag string) []string {
	return slices.DeleteFunc(slices.Clone(tags), func(t string) bool { return t == tag })
}

func cloneTags(all map[string]TagChoices) map[string]TagChoices {
	all = maps.Clone(all)
	for id, c := range all {
		all[id] = TagChoices{Favourite: slices.Clone(c.Favourite), Recent: slices.Clone(c.Recent)}
	}
	return all
}
