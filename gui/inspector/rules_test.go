package inspector

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestWhatFoldersBecomeIsShownBeforeItIsDone(t *testing.T) {
	d := newDesk(t)
	did, done := "", func(error) {}
	rule := func(label, press string, words ...string) Rule {
		return Rule{Label: label, Preview: func() ([]string, string) { return words, press },
			Do: func(f func(error)) { did, done = label, f }}
	}
	d.OnRules = func() []Rule {
		return []Rule{rule("Their own folder", "Tag 128 files", "128 files get the tag “Alder Creek”.", "2 tags are new to your team."), rule("In one folder", "", "They are there already.")}
	}
	d.SetSelection(d.sel)
	if d.rules.all.Visible() {
		t.Error("files that are in no folder have rules")
	}
	d.sel.InFolders = true
	d.SetSelection(d.sel)
	test.Tap(d.rules.open)
	if !d.rules.panel.Visible() || d.rules.says.Text() != "128 files get the tag “Alder Creek”.\n2 tags are new to your team." || d.rules.press.Text() != "Tag 128 files" {
		t.Fatalf("it says %q and %q", d.rules.says.Text(), d.rules.press.Text())
	}
	d.rules.choose("In one folder")
	if d.rules.press.Visible() || d.rules.says.Text() != "They are there already." {
		t.Errorf("where nothing is to be done there is a button %q", d.rules.press.Text())
	}
	d.rules.choose("Their own folder")
	test.Tap(d.rules.press)
	test.Tap(d.rules.press) // it is at work
	if did != "Their own folder" || !d.rules.press.Disabled() {
		t.Errorf("it did %q", did)
	}
	done(errors.New("x"))
	if !d.rules.wrong.Visible() || d.rules.press.Disabled() {
		t.Error("nobody is told what went wrong")
	}
	test.Tap(d.rules.press)
	done(nil)
	if d.rules.panel.Visible() || !d.rules.open.Visible() {
		t.Error("the panel stays when it is done")
	}
	test.Tap(d.rules.open)
	d.SetLocked(true)
	if d.rules.all.Visible() {
		t.Error("it can be used while files are sent")
	}
}
