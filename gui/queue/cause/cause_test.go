package cause_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// team has the tags "deer" and, with a text, "weather".
func team(name string) (takesText, exists bool) {
	return name == "weather", name == "weather" || name == "deer"
}

func files(n int, kind fault.Kind, tags ...darwin.Tag) []cause.File {
	all := make([]cause.File, n)
	for i := range all {
		all[i] = cause.File{ID: int32(i), Name: fmt.Sprintf("IMG_%d.jpg", i), Size: 1000, Kind: intake.Image, Tags: tags,
			Problem: &fault.Error{Kind: kind, What: "What happened.", Safe: "What is safe.", Do: "What helps.", Detail: "the code"}}
	}
	return all
}

func TestEachCauseIsExplainedWithOneButton(t *testing.T) {
	for name, c := range map[string]struct {
		files         []cause.File
		classes       cause.Classes
		kind          cause.Kind
		title, why    string
		first, second cause.Choice
	}{
		"a new tag": {
			files(14, fault.UnknownTag, darwin.Tag{Class: "deer"}, darwin.Tag{Class: "pine marten"}), team, cause.UnknownTag,
			"14 images carry a tag that your team does not have",
			"“pine marten” is new. Create it once, for everyone in the team, and all 14 go on.",
			cause.Choice{Do: cause.CreateTags, Words: "Create “pine marten”"}, cause.Choice{Do: cause.RemoveTags, Words: "Remove it from these 14"},
		},
		"two new tags on one file": {
			files(1, fault.UnknownTag, darwin.Tag{Class: "stoat"}, darwin.Tag{Class: "pine marten"}), team, cause.UnknownTag,
			"1 image carries tags that your team does not have",
			"“pine marten” and “stoat” are new. Create them once, for everyone in the team, and it goes on.",
			cause.Choice{Do: cause.CreateTags, Words: "Create 2 tags"}, cause.Choice{Do: cause.RemoveTags, Words: "Remove them from this file"},
		},
		"a tag that was created meanwhile": {
			files(2, fault.UnknownTag, darwin.Tag{Class: "deer"}), team, cause.UnknownTag,
			"2 images carry a tag that Darwin did not know", "Your team has it by now, so they can be sent again.",
			cause.Choice{Do: cause.SendAgain, Words: "Send these 2 again"}, cause.Choice{Do: cause.TakeOut, Words: "Take these 2 out"},
		},
		"one tag, and the team's are not known": {
			files(2, fault.UnknownTag, darwin.Tag{Class: "stoat"}), nil, cause.UnknownTag,
			"2 images carry a tag that your team does not have", "“stoat” is new. Create it once, for everyone in the team, and all 2 go on.",
			cause.Choice{Do: cause.CreateTags, Words: "Create “stoat”"}, cause.Choice{Do: cause.RemoveTags, Words: "Remove it from these 2"},
		},
		"several tags, and the team's are not known": {
			files(2, fault.UnknownTag, darwin.Tag{Class: "stoat"}, darwin.Tag{Class: "deer"}), nil, cause.UnknownTag,
			"2 images carry a tag that Darwin does not know", "Which one it is cannot be told, as the team’s tags could not be read. Nothing was lost.",
			cause.Choice{Do: cause.SendAgain, Words: "Send these 2 again"}, cause.Choice{Do: cause.TakeOut, Words: "Take these 2 out"},
		},
		"a text that is missing": {
			files(3, fault.TagText, darwin.Tag{Class: "weather"}), team, cause.TextMissing,
			"3 images need a text for the tag “weather”", "Darwin wants a text with this tag, and theirs is empty. Type it here, or take the tag off.",
			cause.Choice{Do: cause.SetText, Words: "Send with this text"}, cause.Choice{Do: cause.RemoveTags, Words: "Remove the tag from these 3"},
		},
		"a text too much": {
			files(1, fault.TagText, darwin.Tag{Class: "deer", Text: "two"}), team, cause.TextTooMuch,
			"1 image has a text on a tag that takes none", "“deer” takes no text in Darwin. Without it the file goes on.",
			cause.Choice{Do: cause.RemoveText, Words: "Remove the text"}, cause.Choice{Do: cause.RemoveTags, Words: "Remove the tag from this file"},
		},
		"there already": {
			files(6, fault.Exists), team, cause.Exists, "6 images are in this dataset already", "Same name, same folder. Nothing in Darwin was changed.",
			cause.Choice{Do: cause.Skip, Words: "Skip these 6"}, cause.Choice{Do: cause.Rename, Words: "Upload under new names"},
		},
		"changed": {
			files(2, fault.Changed), team, cause.Changed, "2 images changed after you added them", "They were held back, so that no half-old picture arrives.",
			cause.Choice{Do: cause.NewVersions, Words: "Send the new versions"}, cause.Choice{Do: cause.TakeOut, Words: "Take these 2 out"},
		},
		"too large": {
			[]cause.File{{Name: "NB_0112.mov", Size: 6_200_000_000, Kind: intake.Video, Problem: &fault.Error{Kind: fault.TooLarge}}}, team, cause.TooLarge,
			"1 video is too large to send", "NB_0112.mov is 6.2 GB; one file can be 5 GB at most. Cut it in two and drop both parts.",
			cause.Choice{Do: cause.TakeOut, Words: "Take it out of the queue"}, cause.Choice{},
		},
		"too large for somebody else's limit": {
			files(2, fault.TooLarge), team, cause.TooLarge, "2 images are too large to send", "What happened. What helps.",
			cause.Choice{Do: cause.TakeOut, Words: "Take these 2 out"}, cause.Choice{},
		},
		"gone": {
			files(1, fault.Vanished), team, cause.Vanished, "1 image is no longer where it was", "Plug the drive in or put it back, then look again.",
			cause.Choice{Do: cause.SendAgain, Words: "Look again"}, cause.Choice{Do: cause.TakeOut, Words: "Take this file out"},
		},
		"unreadable": {
			files(2, fault.Unreadable), team, cause.Unreadable, "2 images cannot be read by this computer", "Check that you may open them, then look again.",
			cause.Choice{Do: cause.SendAgain, Words: "Look again"}, cause.Choice{Do: cause.TakeOut, Words: "Take these 2 out"},
		},
		"the plan is full": {
			files(2, fault.Quota), team, cause.Full, "2 images do not fit into your team’s plan",
			"Whoever manages the team in Darwin can make room. The files are safe on this computer.",
			cause.Choice{Do: cause.SendAgain, Words: "Try again"}, cause.Choice{Do: cause.TakeOut, Words: "Take these 2 out"},
		},
		"no network": {
			files(1, fault.Stalled), team, cause.Offline, "1 image did not get through",
			"The connection broke off too often. The file is safe on this computer.",
			cause.Choice{Do: cause.SendAgain, Words: "Send it again"}, cause.Choice{Do: cause.TakeOut, Words: "Take this file out"},
		},
		"anything else": {
			files(1200, fault.Refused), team, cause.Other, "1,200 images did not get into Darwin", "What happened. What helps.",
			cause.Choice{Do: cause.SendAgain, Words: "Send these 1,200 again"}, cause.Choice{Do: cause.TakeOut, Words: "Take these 1,200 out"},
		},
	} {
		groups := cause.Groups(c.files, c.classes)
		if len(groups) != 1 {
			t.Errorf("%s: %d groups: %+v", name, len(groups), groups)
			continue
		}
		g := groups[0]
		if g.Kind != c.kind || g.Title != c.title || g.Why != c.why || g.First != c.first || g.Second != c.second || len(g.IDs) != len(c.files) {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

func TestFilesOfOneCauseShareAGroupAndTheLargestComesFirst(t *testing.T) {
	all := slices.Concat(files(2, fault.Vanished), files(3, fault.Network), files(1, fault.Stalled), files(2, fault.Changed),
		files(2, fault.UnknownTag, darwin.Tag{Class: "a"}), files(1, fault.UnknownTag, darwin.Tag{Class: "b"}))
	all[0].Kind = intake.Video
	var got []string
	for _, g := range cause.Groups(all, team) {
		got = append(got, fmt.Sprintf("%d %d", len(g.IDs), g.Kind))
	}
	want := []string{"4 10", "2 0", "2 4", "2 6", "1 0"}
	if !slices.Equal(got, want) {
		t.Errorf("groups are %v, want %v", got, want)
	}
}

func TestFilesOfSeveralKindsAreCalledFiles(t *testing.T) {
	all := files(2, fault.Changed)
	all[1].Kind = intake.Document
	if g := cause.Groups(all, team); g[0].Title != "2 files changed after you added them" {
		t.Error(g[0].Title)
	}
}

func TestACauseKeepsItsKeyWhenFilesLeaveIt(t *testing.T) {
	all := files(3, fault.UnknownTag, darwin.Tag{Class: "a"})
	if a, b := cause.Groups(all, team)[0].Key(), cause.Groups(all[1:], team)[0].Key(); a != b {
		t.Errorf("%q became %q", a, b)
	}
}

func TestTheQuestionsAreCounted(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "One question, one button.", 4: "Four questions, one button each.", 12: "12 questions, one button each."} {
		if got := cause.Questions(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestEveryKindOfFaultHasAnAnswerInPlainWords(t *testing.T) {
	for k := fault.Unknown; k <= fault.Disk; k++ {
		for _, n := range []int{1, 7} {
			g := cause.Groups(files(n, k, darwin.Tag{Class: "x", Text: "y"}), nil)[0]
			for _, words := range []string{g.Title, g.Why, g.First.Words} {
				if words == "" || strings.ContainsAny(words, "!") || strings.Contains(words, "the code") {
					t.Errorf("%v: %+v", k, g)
				}
			}
			if g.First.Do == cause.Nothing || g.Detail != "the code" {
				t.Errorf("%v: %+v", k, g)
			}
		}
	}
}
