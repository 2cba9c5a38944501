package cause

import (
	"strings"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// group gives a bundle its words.
func (b *bundle) group() Group {
	g := Group{Kind: b.kind, Tags: b.tags, IDs: b.ids, Detail: b.detail}
	n := len(b.ids)
	subject := count(n, b.noun())
	switch b.kind {
	case UnknownTag:
		b.unknownTag(&g, subject)
	case TextMissing:
		tag := quoted(b.tags)
		g.Title = subject + verb(n, " needs", " need") + " a text for the tag " + tag
		g.Why = "Darwin wants a text with this tag, and theirs is empty. Type it here, or take the tag off."
		if n == 1 {
			g.Why = "Darwin wants a text with this tag, and there is none. Type it here, or take the tag off."
		}
		g.First = Choice{SetText, "Send with this text"}
		g.Second = Choice{RemoveTags, "Remove the tag from " + these(n)}
	case TextTooMuch:
		b.tooMuch(&g, subject)
	case Exists:
		g.Title = subject + verb(n, " is", " are") + " in this dataset already"
		g.Why = "Same name, same folder. Nothing in Darwin was changed."
		g.First = Choice{Skip, "Skip " + these(n)}
		g.Second = Choice{Rename, verb(n, "Upload under a new name", "Upload under new names")}
	case Changed:
		g.Title = subject + " changed after you added " + verb(n, "it", "them")
		g.Why = verb(n, "It was", "They were") + " held back, so that no half-old picture arrives."
		g.First = Choice{NewVersions, verb(n, "Send the new version", "Send the new versions")}
		g.Second = b.takeOut()
	case TooLarge:
		b.tooLarge(&g, subject)
	case Vanished:
		g.Title = subject + verb(n, " is no longer where it was", " are no longer where they were")
		g.Why = "Plug the drive in or put " + verb(n, "it", "them") + " back, then look again."
		g.First, g.Second = Choice{SendAgain, "Look again"}, b.takeOut()
	case Unreadable:
		g.Title = subject + " cannot be read by this computer"
		g.Why = "Check that you may open " + verb(n, "it", "them") + ", then look again."
		g.First, g.Second = Choice{SendAgain, "Look again"}, b.takeOut()
	case Full:
		g.Title = subject + verb(n, " does", " do") + " not fit into your team’s plan"
		g.Why = "Whoever manages the team in Darwin can make room. " + verb(n, "The file is", "The files are") + " safe on this computer."
		g.First, g.Second = Choice{SendAgain, "Try again"}, b.takeOut()
	case Offline:
		g.Title = subject + " did not get through"
		g.Why = "The connection broke off too often. " + verb(n, "The file is", "The files are") + " safe on this computer."
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	default:
		g.Title = subject + " did not get into Darwin"
		g.Why = said(b.first.Problem)
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	}
	return g
}

func (b *bundle) unknownTag(g *Group, subject string) {
	n := len(b.ids)
	it := verb(len(b.tags), "it", "them")
	goOn := verb(n, "it goes on", "all "+number(n)+" go on")
	switch {
	case b.created:
		g.Title = subject + verb(n, " carries", " carry") + " a tag that Darwin did not know"
		g.Why = "Your team has it by now, so " + verb(n, "it can", "they can") + " be sent again."
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	case len(b.tags) == 0:
		g.Title = subject + verb(n, " carries", " carry") + " a tag that Darwin does not know"
		g.Why = "Which one it is cannot be told, as the team’s tags could not be read. Nothing was lost."
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
	default:
		g.Title = subject + verb(n, " carries ", " carry ") + verb(len(b.tags), "a tag", "tags") + " that your team does not have"
		g.Why = quoted(b.tags) + verb(len(b.tags), " is", " are") + " new. Create " + it + " once, for everyone in the team, and " + goOn + "."
		g.First = Choice{CreateTags, "Create " + quoted(b.tags)}
		if len(b.tags) > 1 {
			g.First.Words = "Create " + count(len(b.tags), "tag")
		}
		g.Second = Choice{RemoveTags, "Remove " + it + " from " + these(n)}
	}
}

func (b *bundle) tooMuch(g *Group, subject string) {
	n := len(b.ids)
	if len(b.tags) == 0 {
		g.Title = subject + verb(n, " has", " have") + " a tag whose text Darwin did not take"
		g.Why = said(b.first.Problem)
		g.First, g.Second = Choice{SendAgain, sendAgain(n)}, b.takeOut()
		return
	}
	g.Title = subject + verb(n, " has", " have") + " a text on a tag that takes none"
	g.Why = quoted(b.tags) + verb(len(b.tags), " takes", " take") + " no text in Darwin. Without it " + verb(n, "the file goes on.", "they go on.")
	g.First = Choice{RemoveText, "Remove the text"}
	g.Second = Choice{RemoveTags, "Remove the tag from " + these(n)}
}

func (b *bundle) tooLarge(g *Group, subject string) {
	n := len(b.ids)
	first := b.first
	g.Title = subject + verb(n, " is", " are") + " too large to send"
	limit := "one file can be 5 GB at most."
	switch {
	case b.what != "":
		g.Why = said(first.Problem)
	case n == 1 && first.Kind == intake.Video:
		g.Why = first.Name + " is " + size(first.Size) + "; " + limit + " Cut it in two and drop both parts."
	case n == 1:
		g.Why = first.Name + " is " + size(first.Size) + "; " + limit
	default:
		g.Why = "O" + limit[1:] + " They are unchanged on this computer."
	}
	g.First = b.takeOut()
	if n == 1 {
		g.First.Words = "Take it out of the queue"
	}
}

func (b *bundle) takeOut() Choice { return Choice{TakeOut, "Take " + these(len(b.ids)) + " out"} }

// noun is what the files are called: images, if all are.
func (b *bundle) noun() string {
	if b.mixed {
		return "file"
	}
	switch b.first.Kind {
	case intake.Image:
		return "image"
	case intake.Video:
		return "video"
	default:
		return "file"
	}
}

// said is a fault's own sentences, without the one about what is safe.
func said(p *fault.Error) string {
	if p == nil {
		return "They are unchanged on this computer."
	}
	if p.What == "" {
		return p.Error()
	}
	return strings.TrimSpace(p.What + " " + p.Do)
}

func these(n int) string {
	if n == 1 {
		return "this file"
	}
	return "these " + number(n)
}

func sendAgain(n int) string {
	if n == 1 {
		return "Send it again"
	}
	return "Send these " + number(n) + " again"
}

// quoted lists names: “a”, “b” and “c”. Of many it names the first three.
func quoted(names []string) string {
	const most = 3
	var q []string
	for _, n := range names[:min(len(names), most)] {
		q = append(q, "“"+n+"”")
	}
	if more := len(names) - most; more > 0 {
		return strings.Join(q, ", ") + " and " + number(more) + " more"
	}
	if last := len(q) - 1; last > 0 {
		return strings.Join(q[:last], ", ") + " and " + q[last]
	}
	return strings.Join(q, "")
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

func number(n int) string     { return humanize.Comma(int64(n)) }
func size(bytes int64) string { return humanize.Bytes(uint64(max(bytes, 0))) }

// Questions is the line beside the headline: "Four questions, one button each."
func Questions(n int) string {
	words := [...]string{"", "One question, one button.", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"}
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return words[1]
	case n < len(words):
		return words[n] + " questions, one button each."
	default:
		return number(n) + " questions, one button each."
	}
}
