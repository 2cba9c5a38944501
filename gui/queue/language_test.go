package queue

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// inEachLanguage runs a test with the window's words in each language.
func inEachLanguage(t *testing.T, run func(t *testing.T)) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	looktest.InEachLanguage(t, func(t *testing.T, _ string) { run(t) })
}

func TestStatesAreNeverShortenedInAnyLanguage(t *testing.T) {
	inEachLanguage(t, func(t *testing.T) {
		room := measureStates()
		if widest := float32(170); room.word > widest {
			t.Errorf("a word of state needs %.0f, which leaves no room for names", room.word)
		}
		check := func(r Row, what string) {
			for _, roomy := range []bool{false, true} {
				width := room.word
				if roomy {
					width = room.part
					if g := GroupOf(r.Entry.Status.State); g == NeedsYou || g == Done {
						width = room.reason
					}
				}
				_, words, part := stateOf(r, roomy)
				if !roomy && part >= 0 {
					continue // there is always room for a bar while a batch runs
				}
				if need := widgets.StateRoom(words, part >= 0); need > width {
					t.Errorf("%s: %q needs %.0f of %.0f", what, words, need, width)
				}
			}
		}
		for st := uploader.Ready; st <= uploader.Stopped; st++ {
			check(Row{Entry: Entry{Status: uploader.Status{State: st}}}, fmt.Sprint(st))
		}
		for kind := range shortReasons() {
			check(Row{Entry: Entry{Status: uploader.Status{State: uploader.Failed, Problem: &fault.Error{Kind: fault.Kind(kind)}}}}, fault.Kind(kind).String())
		}
		check(Row{Entry: Entry{Processed: true, Status: uploader.Status{State: uploader.InDarwin}}}, "processed")
		check(Row{Waits: true}, "waiting")
		for g := Ready; g < groups; g++ {
			check(Row{IsFolder: true, Group: g, Whole: 9999}, "a folder that is "+g.String())
			check(Row{IsFolder: true, Group: g, Whole: 9999, Processing: 1}, "a folder in which Darwin processes")
		}
	})
}

func TestWhatHelpsFitsItsButtonInEachLanguage(t *testing.T) {
	classes := func(name string) (bool, bool) { return name == "weather", name == "weather" || name == "deer" }
	inEachLanguage(t, func(t *testing.T) {
		for kind := fault.Unknown; kind <= fault.Blocked; kind++ {
			for _, tags := range [][]darwin.Tag{nil, {{Class: "weather"}}, {{Class: "deer", Text: "two"}}, {{Class: "fox"}}, {{Class: "fox"}, {Class: "owl"}}} {
				for _, n := range []int{1, 412} {
					files := make([]cause.File, n)
					for i := range files {
						files[i] = cause.File{ID: int32(i), Kind: intake.Image, Tags: tags, Problem: &fault.Error{Kind: kind, What: "What."}}
					}
					g := cause.Groups(files, classes)[0]
					for _, words := range []string{g.First.Words, g.Second.Words, busyWords(g.First.Do)} {
						need := fyne.MeasureText(words, theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: words == g.First.Words}).Width
						if room := choiceWidth - 2*look.Space3; need > room {
							t.Errorf("%q needs %.0f of %.0f", words, need, room)
						}
					}
					for _, text := range []string{g.Title, g.Why, g.First.Words, g.Second.Words} {
						if strings.Contains(text, "%!") || strings.Contains(text, "%s") {
							t.Errorf("%q has a gap that is not filled", text)
						}
					}
				}
			}
		}
	})
}

func TestTheNoticeIsShownWholeBesideThePanelOfTagsInEachLanguage(t *testing.T) {
	inEachLanguage(t, func(t *testing.T) {
		m := New()
		n := newNotice(m, &Actions{}, func() {})
		width := 900 - look.RailWidth - look.InspectorNarrow - 2*look.MarginNarrow - 20
		for _, added := range []Added{{}, {Files: 412, LeftOut: 4, Types: true}, {Files: 9999, Litter: 3}, {Already: 412}, {Types: true}, {Running: true}} {
			m.adding = added
			n.update()
			n.fit(width)
			buttons := []fyne.CanvasObject{n.addIcon, n.folderShort}
			if need := n.need(n.words.Text(), buttons...); n.addIcon.Visible() && need > width {
				t.Errorf("%q needs %.0f of %.0f", n.words.Text(), need, width)
			}
		}
	})
}

func TestFoldersAndTagsAreShownWhileSendingInANarrowWindowInEachLanguage(t *testing.T) {
	inEachLanguage(t, func(t *testing.T) {
		width := 900 - look.RailWidth - 2*look.MarginNarrow - 2
		c := columnsFor(width, form{sending: true, room: measureStates()})
		if c.folderWidth == 0 || c.tagsWidth == 0 {
			t.Errorf("there are %.0f for the state and %.0f for the name, and none for the rest", c.stateWidth, c.nameWidth)
		}
	})
}

func TestTheButtonsOfAWholeUploadStandInOneRowInEachLanguage(t *testing.T) {
	inEachLanguage(t, func(t *testing.T) {
		d := newDone(New(), nil, &Actions{OnSaveReceipt: func() {}}, func(Group) {}, func() {})
		d.show(Outcome{Dataset: "Nest boxes"})
		if row, all := d.open.MinSize().Height, d.line.MinSize().Height; all > row+1 {
			t.Errorf("they take %.0f of height, a row has %.0f", all, row)
		}
	})
}
