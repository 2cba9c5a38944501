package inspector

import (
	"errors"
	"image/color"
	"slices"
	"testing"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func editorWith(names ...string) *editor {
	e := &editor{}
	e.setClasses(classesNamed(names...))
	e.use(Selection{Files: 3})
	return e
}

func TestEditorLightsLinesRoundTheEnd(t *testing.T) {
	e := editorWith("marten", "pine marten")
	e.setTyped("mar")
	var seen []string
	for range 4 {
		class, create := e.litLine()
		seen = append(seen, class+"|"+create)
		e.move(+1)
	}
	if want := []string{"marten|", "pine marten|", "|mar", "marten|"}; !slices.Equal(seen, want) {
		t.Errorf("lines lit by Down: %q, want %q", seen, want)
	}
	e.setTyped("mar")
	e.move(-1)
	if _, create := e.litLine(); create != "mar" {
		t.Errorf("Up from the first line lights %q, want the create line", create)
	}
}

func TestEditorOpensWithDownEvenWhenNothingIsTyped(t *testing.T) {
	e := editorWith("a", "b", "c", "d", "e", "f")
	if e.open {
		t.Fatal("open before anything was typed")
	}
	e.move(+1)
	if class, _ := e.litLine(); !e.open || class != "a" || len(e.offer.suggestions) != maxSuggestions {
		t.Errorf("open %v, lit %q, %d suggestions", e.open, class, len(e.offer.suggestions))
	}
}

func TestEditorOffersNoCreationWhileClassesAreUnknown(t *testing.T) {
	e := &editor{}
	e.setTyped("fox")
	if e.offer.create != "" || e.isNew("fox") {
		t.Error("a class that is not known yet is called new")
	}
	e.setClasses(nil)
	if e.offer.create != "fox" || !e.isNew("fox") {
		t.Error("once the classes are known, fox is new")
	}
}

func TestEditorMakesOneClassAtATime(t *testing.T) {
	e := editorWith()
	e.setTyped("fox")
	e.creating = "fox"
	e.offerAgain()
	if class, create := e.litLine(); class != "" || create != "" {
		t.Errorf("lit while creating: %q %q", class, create)
	}
	e.created(&fault.Error{Kind: fault.Permission, What: "This key may not create tags."})
	if e.typed != "fox" || e.createFailed == nil || e.notCreated != "fox" || !e.canCreate() {
		t.Errorf("after a failure: %+v", e)
	}
	e.creating = "fox"
	e.created(nil)
	if e.typed != "" || e.open || e.createFailed != nil {
		t.Errorf("after success: %+v", e)
	}
}

func TestEditorKeepsWhatWasTypedMeanwhile(t *testing.T) {
	e := editorWith()
	e.setTyped("fox")
	e.creating = "fox"
	e.setTyped("her")
	e.created(nil)
	if e.typed != "her" || !e.open {
		t.Errorf("typed %q, open %v", e.typed, e.open)
	}
	e.creating = "owl"
	e.created(errors.New("cut"))
	if fault.KindOf(e.createFailed) != fault.Unknown || e.typed != "her" {
		t.Errorf("a failure of a stranger: %+v", e.createFailed)
	}
}

func TestTextFieldsFollowTheClassAndTheTexts(t *testing.T) {
	e := &editor{}
	e.setClasses([]darwin.TagClass{{Name: "weather", TakesText: true}, {Name: "fox"}})
	for _, c := range []struct {
		use  TagUse
		want bool
	}{
		{TagUse{Class: "weather"}, true}, {TagUse{Class: "fox"}, false},
		{TagUse{Class: "fox", Text: "odd"}, true}, {TagUse{Class: "fox", TextsDiffer: true}, true},
	} {
		if got := e.takesText(c.use); got != c.want {
			t.Errorf("text field for %+v: %v", c.use, got)
		}
	}
}

func TestClassColoursAreReadInDarwinsWays(t *testing.T) {
	want := color.NRGBA{R: 180, G: 101, B: 45, A: 255}
	for _, s := range []string{"rgba(180,101,45,1.0)", "rgb(180, 101, 45)", "#B4652D", " #b4652d", "RGBA(180,101,45,0)"} {
		if got, ok := parseColour(s); !ok || got != want {
			t.Errorf("%q is %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "auto", "rgba(1,2)", "rgba(1,2,300,1)", "#12345", "#GGGGGG", "rgba(1,2,3", "rgba(NaN,1,1,1)"} {
		if _, ok := parseColour(s); ok {
			t.Errorf("%q is taken for a colour", s)
		}
	}
	if dotColour(darwin.TagClass{Name: "fox"}) != dotColour(darwin.TagClass{Name: "fox", Color: "auto"}) {
		t.Error("a class without a colour changes its dot")
	}
}

func TestSelectionIsToldInWords(t *testing.T) {
	for _, c := range []struct {
		s            Selection
		title, facts string
	}{
		{Selection{All: true, Files: 412, Bytes: 5_100_000_000, Images: 412}, "All 412 files", "412 images, 5.1\u00a0GB"},
		{Selection{Files: 3, Bytes: 171_000_000, Images: 2, Videos: 1}, "3 selected", "2 images and 1 video, 171\u00a0MB"},
		{Selection{Files: 1, Bytes: 8000, Images: 1, Name: "a.jpg"}, "1 selected", "a.jpg, 8.0\u00a0kB"},
		{Selection{All: true, Files: 1, Bytes: 1, Images: 1}, "1 file", "1 image, 1\u00a0B"},
		{Selection{Files: 2600, Bytes: 1, Images: 1200, Documents: 1, Medical: 1399}, "2,600 selected",
			"1,200 images, 1 document and 1,399 medical files, 1\u00a0B"},
	} {
		if c.s.title() != c.title || c.s.facts() != c.facts {
			t.Errorf("%+v\n reads %q, %q\n want %q, %q", c.s, c.s.title(), c.s.facts(), c.title, c.facts)
		}
	}
}

func TestVideoChoicesGoThereAndBack(t *testing.T) {
	for _, v := range []*darwin.Video{nil, {}, {FPS: 1}, {FPS: 30}, {FPS: 12.5}, {FPS: 2, AsFrames: true}, {AsFrames: true}} {
		label := videoLabel(v)
		if !slices.Contains(videoLabels(v), label) {
			t.Errorf("%v: %q is not among the choices %q", v, label, videoLabels(v))
		}
		if got := chosenVideo(label, v); fpsOf(got) != fpsOf(v) || got.AsFrames != (v != nil && v.AsFrames) {
			t.Errorf("choosing %q again for %v gives %v", label, v, got)
		}
	}
	if got := chosenVideo(asFramesLabel(), &darwin.Video{FPS: 5}); !got.AsFrames || got.FPS != 5 {
		t.Errorf("as separate frames forgets the rate: %v", got)
	}
}
