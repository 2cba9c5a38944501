package cause

import (
	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// group gives a bundle its words. Each text is a whole sentence with gaps, as other languages put its parts in another order.
func (b *bundle) group() Group {
	g := Group{Kind: b.kind, Tags: b.tags, IDs: b.ids, Detail: b.detail}
	n := len(b.ids)
	subject := b.subject()
	switch b.kind {
	case UnknownTag:
		b.unknownTag(&g, subject)
	case TextMissing:
		g.Title = lang.N("%s needs a text for the tag %s", "%s need a text for the tag %s", n, subject, quoted(b.tags))
		g.Why = one(n, lang.L("Darwin wants a text with this tag, and there is none. Type it here, or take the tag off."),
			lang.L("Darwin wants a text with this tag, and theirs is empty. Type it here, or take the tag off."))
		g.First = Choice{SetText, lang.L("Send with this text")}
		g.Second = Choice{RemoveTags, removeTheTag(n)}
	case TextTooMuch:
		b.tooMuch(&g, subject)
	case Exists:
		g.Title = lang.N("%s is in this dataset already", "%s are in this dataset already", n, subject)
		g.Why = lang.L("Same name, same folder. Nothing in Darwin was changed.")
		g.First = Choice{Skip, one(n, lang.L("Skip this file"), lang.L("Skip these %s", lang.Number(n)))}
		g.Second = Choice{Rename, one(n, lang.L("Upload under a new name"), lang.L("Upload under new names"))}
	case Changed:
		g.Title = lang.N("%s changed after you added it", "%s changed after you added them", n, subject)
		g.Why = one(n, lang.L("It was held back, so that no half-old picture arrives."), lang.L("They were held back, so that no half-old picture arrives."))
		g.First = Choice{NewVersions, one(n, lang.L("Send the new version"), lang.L("Send the new versions"))}
		g.Second = b.takeOut()
	case TooLarge:
		b.tooLarge(&g, subject)
	case Vanished:
		g.Title = lang.N("%s is no longer where it was", "%s are no longer where they were", n, subject)
		g.Why = one(n, lang.L("Plug the drive in or put it back, then look again."), lang.L("Plug the drive in or put them back, then look again."))
		g.First, g.Second = Choice{SendAgain, lang.L("Look again")}, b.takeOut()
	case Unreadable:
		g.Title = lang.L("%s cannot be read by this computer", subject)
		g.Why = one(n, lang.L("Check that you may open it, then look again."), lang.L("Check that you may open them, then look again."))
		g.First, g.Second = Choice{SendAgain, lang.L("Look again")}, b.takeOut()
	case Full:
		g.Title = lang.N("%s does not fit into your team’s plan", "%s do not fit into your team’s plan", n, subject)
		g.Why = lang.L("Whoever manages the team in Darwin can make room. %s", areSafe(n))
		g.First, g.Second = Choice{SendAgain, lang.L("Try again")}, b.takeOut()
	case Offline:
		g.Title = lang.N("%s did not get through", "%s did not get through", n, subject)
		g.Why = lang.L("The connection broke off too often. %s", areSafe(n))
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	default:
		g.Title = lang.N("%s did not get into Darwin", "%s did not get into Darwin", n, subject)
		g.Why = said(b.first.Problem)
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	}
	return g
}

func (b *bundle) unknownTag(g *Group, subject string) {
	n := len(b.ids)
	names := quoted(b.tags)
	switch {
	case b.created:
		g.Title = lang.N("%s carries a tag that Darwin did not know", "%s carry a tag that Darwin did not know", n, subject)
		g.Why = one(n, lang.L("Your team has it by now, so it can be sent again."), lang.L("Your team has it by now, so they can be sent again."))
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	case len(b.tags) == 0:
		g.Title = lang.N("%s carries a tag that Darwin does not know", "%s carry a tag that Darwin does not know", n, subject)
		g.Why = lang.L("Which one it is cannot be told, as the team’s tags could not be read. Nothing was lost.")
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	case len(b.tags) == 1:
		g.Title = lang.N("%s carries a tag that your team does not have", "%s carry a tag that your team does not have", n, subject)
		g.Why = one(n, lang.L("%s is new. Create it once, for everyone in the team, and it goes on.", names),
			lang.L("%s is new. Create it once, for everyone in the team, and all %s go on.", names, lang.Number(n)))
		g.First = Choice{CreateTags, lang.L("Create %s", names)}
		g.Second = Choice{RemoveTags, one(n, lang.L("Remove it from this file"), lang.L("Remove it from these %s", lang.Number(n)))}
	default:
		g.Title = lang.N("%s carries tags that your team does not have", "%s carry tags that your team does not have", n, subject)
		g.Why = one(n, lang.L("%s are new. Create them once, for everyone in the team, and it goes on.", names),
			lang.L("%s are new. Create them once, for everyone in the team, and all %s go on.", names, lang.Number(n)))
		g.First = Choice{CreateTags, lang.N("Create %s tag", "Create %s tags", len(b.tags))}
		g.Second = Choice{RemoveTags, one(n, lang.L("Remove them from this file"), lang.L("Remove them from these %s", lang.Number(n)))}
	}
}

func (b *bundle) tooMuch(g *Group, subject string) {
	n := len(b.ids)
	if len(b.tags) == 0 {
		g.Title = lang.N("%s has a tag whose text Darwin did not take", "%s have a tag whose text Darwin did not take", n, subject)
		g.Why = said(b.first.Problem)
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
		return
	}
	g.Title = lang.N("%s has a text on a tag that takes none", "%s have a text on a tag that takes none", n, subject)
	without := one(n, lang.L("Without it the file goes on."), lang.L("Without it they go on."))
	g.Why = lang.N("%s takes no text in Darwin. %s", "%s take no text in Darwin. %s", len(b.tags), quoted(b.tags), without)
	g.First = Choice{RemoveText, lang.L("Remove the text")}
	g.Second = Choice{RemoveTags, removeTheTag(n)}
}

func (b *bundle) tooLarge(g *Group, subject string) {
	n := len(b.ids)
	first := b.first
	g.Title = lang.N("%s is too large to send", "%s are too large to send", n, subject)
	switch {
	case b.what != "":
		g.Why = said(first.Problem)
	case n == 1 && first.Kind == intake.Video:
		g.Why = lang.L("%s is %s; one file can be 5 GB at most. Cut it in two and drop both parts.", first.Name, lang.Size(first.Size))
	case n == 1:
		g.Why = lang.L("%s is %s; one file can be 5 GB at most.", first.Name, lang.Size(first.Size))
	default:
		g.Why = lang.L("One file can be 5 GB at most. They are unchanged on this computer.")
	}
	g.First = b.takeOut()
	if n == 1 {
		g.First.Words = lang.L("Take it out of the queue")
	}
}

func (b *bundle) takeOut() Choice {
	n := len(b.ids)
	return Choice{TakeOut, one(n, lang.L("Take this file out"), lang.L("Take these %s out", lang.Number(n)))}
}

// subject is how many files there are and what they are called: images, if all are.
func (b *bundle) subject() string {
	n := len(b.ids)
	switch {
	case b.mixed:
	case b.first.Kind == intake.Image:
		return lang.N("%s image", "%s images", n)
	case b.first.Kind == intake.Video:
		return lang.N("%s video", "%s videos", n)
	}
	return lang.N("%s file", "%s files", n)
}

// said is a fault's own sentences, without the one about what is safe.
func said(p *fault.Error) string {
	if p == nil {
		return lang.L("They are unchanged on this computer.")
	}
	if p.What == "" {
		return lang.Fault(p)
	}
	return lang.Sentences(lang.S(p.What), lang.S(p.Do))
}

func areSafe(n int) string {
	return one(n, lang.L("The file is safe on this computer."), lang.L("The files are safe on this computer."))
}

func removeTheTag(n int) string {
	return one(n, lang.L("Remove the tag from this file"), lang.L("Remove the tag from these %s", lang.Number(n)))
}

func sendAgain(n int) string {
	return one(n, lang.L("Send it again"), lang.L("Send these %s again", lang.Number(n)))
}

// one chooses what is said of a single file, which is not counted, or else what is said of several.
func one(n int, single, several string) string {
	if n == 1 {
		return single
	}
	return several
}

// quoted lists names: “a”, “b” and “c”. Of many it names the first three.
func quoted(names []string) string {
	const most = 3
	if len(names) == 0 {
		return ""
	}
	list := lang.L("“%s”", names[0])
	for i, name := range names[1:min(len(names), most)] {
		name = lang.L("“%s”", name)
		if i+2 == len(names) {
			list = lang.L("%s and %s", list, name)
		} else {
			list = lang.L("%s, %s", list, name)
		}
	}
	if more := len(names) - most; more > 0 {
		return lang.N("%s and %s more", "%s and %s more", more, list, lang.Number(more))
	}
	return list
}

// Questions is the line beside the headline: "Four questions, one button each."
func Questions(n int) string {
	if n <= 0 {
		return ""
	}
	words := [...]string{
		"", lang.L("One question, one button."), lang.L("Two questions, one button each."), lang.L("Three questions, one button each."),
		lang.L("Four questions, one button each."), lang.L("Five questions, one button each."), lang.L("Six questions, one button each."),
		lang.L("Seven questions, one button each."), lang.L("Eight questions, one button each."), lang.L("Nine questions, one button each."),
	}
	if n < len(words) {
		return words[n]
	}
	return lang.L("%s questions, one button each.", lang.Number(n))
}
