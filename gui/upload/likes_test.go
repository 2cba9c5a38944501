package upload

import (
	"slices"
	"testing"

	"darwin-uploader/uploader/darwin"
)

func TestTagsThatWereUsedAreRememberedForTheAccount(t *testing.T) {
	r := newRig(t)
	r.drop("a.jpg")
	r.inspector.OnAddTag(darwin.Tag{Class: "beagle"})
	r.inspector.OnFavourite("fox", true)
	account := r.session.Account.ID
	r.inspector.OnUndo()
	if e, _ := r.model.Entry(r.id("a.jpg")); len(e.Tags) != 0 {
		t.Errorf("the tag stays: %v", e.Tags)
	}
	r.Close() // waits until it is written
	kept := r.deps.Settings.Get().Tags[account]
	if !slices.Equal(kept.Recent, []string{"beagle"}) || !slices.Equal(kept.Favourite, []string{"fox"}) {
		t.Errorf("kept is %+v", kept)
	}
}
