package settings

import (
	"fmt"
	"slices"
	"testing"
)

func TestRecentAndFavouriteTagsAreKeptForEachAccount(t *testing.T) {
	var s Settings
	for i := range 20 {
		s.UseTag("a1", fmt.Sprint(i))
	}
	s.UseTag("a1", "10")
	if got := s.Tags["a1"].Recent; len(got) != maxRecentTags || !slices.Equal(got[:3], []string{"10", "19", "18"}) {
		t.Errorf("recent are %q", got)
	}
	s.FavourTag("a1", "fox", true)
	s.FavourTag("a1", "deer", true)
	s.FavourTag("a1", "fox", true)
	s.FavourTag("a2", "owl", true)
	if got := s.Tags["a1"].Favourite; !slices.Equal(got, []string{"deer", "fox"}) {
		t.Errorf("favourites are %q", got)
	}
	copied := s.clone()
	copied.Tags["a1"].Favourite[0] = "other"
	s.FavourTag("a1", "fox", false)
	if got := s.Tags["a1"].Favourite; !slices.Equal(got, []string{"deer"}) {
		t.Errorf("favourites are %q", got)
	}
	s.RemoveAccount("a1")
	if len(s.Tags) != 1 {
		t.Errorf("tags of a removed account stay: %+v", s.Tags)
	}
}
