package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"darwin-uploader/uploader/darwin"
)

// checkTags turns the --tag words into tags and holds them against the team's
// tag classes, so that a slip of the pen is told before anything is sent.
//
// Darwin lists classes without authentication too, then only public ones, so
// an empty list proves nothing: the tags are then left for Darwin to judge.
// The classes come back with the tags, so that they are listed once.
func checkTags(ctx context.Context, client *darwin.Client, d darwin.Dataset, given []string) ([]darwin.Tag, []darwin.TagClass, error) {
	if len(given) == 0 {
		return nil, nil, nil
	}
	classes, err := patiently(ctx, func() ([]darwin.TagClass, error) { return client.TagClasses(ctx, d.TeamSlug) })
	if err != nil {
		return nil, nil, err
	}
	tags := make([]darwin.Tag, 0, len(given))
	for _, word := range given {
		tag, err := parseTag(word, classes)
		if err != nil {
			return nil, nil, err
		}
		if slices.ContainsFunc(tags, func(t darwin.Tag) bool { return t.Class == tag.Class }) {
			return nil, nil, usage(fmt.Sprintf("The tag %q is given twice.", tag.Class), "Give each tag once.")
		}
		tags = append(tags, tag)
	}
	return tags, classes, nil
}

// listed is a client that need not list the tag classes again.
type listed struct {
	*darwin.Client
	classes []darwin.TagClass
}

// TagClasses gives what was listed before.
func (l listed) TagClasses(context.Context, string) ([]darwin.TagClass, error) { return l.classes, nil }

// parseTag reads NAME or NAME=TEXT. A class whose own name holds "=" is found
// by its whole name first.
func parseTag(word string, classes []darwin.TagClass) (darwin.Tag, error) {
	if _, ok := classNamed(classes, word); ok {
		return darwin.Tag{Class: word}, nil
	}
	name, text, hasText := strings.Cut(word, "=")
	if name == "" {
		return darwin.Tag{}, usage(fmt.Sprintf("%q is not a tag.", word), "Write it as NAME or NAME=TEXT.")
	}
	if hasText && text == "" {
		return darwin.Tag{}, usage(fmt.Sprintf("The tag %q has no text after the equals sign.", name), "Write the text, or leave the sign out.")
	}
	class, known := classNamed(classes, name)
	if !known && len(classes) > 0 {
		return darwin.Tag{}, usage(fmt.Sprintf("The team has no tag %q.", name), "Its tags: "+classNames(classes)+".")
	}
	if known && hasText && !class.TakesText {
		return darwin.Tag{}, usage(fmt.Sprintf("The tag %q takes no text.", name), "Leave the text out.")
	}
	return darwin.Tag{Class: name, Text: text}, nil
}

func classNamed(classes []darwin.TagClass, name string) (darwin.TagClass, bool) {
	i := slices.IndexFunc(classes, func(c darwin.TagClass) bool { return c.Name == name })
	if i < 0 {
		return darwin.TagClass{}, false
	}
	return classes[i], true
}

func classNames(classes []darwin.TagClass) string {
	names := make([]string, len(classes))
	for i, c := range classes {
		names[i] = c.Name
	}
	return someOf(names)
}

func datasetNames(all []darwin.Dataset) string {
	slugs := make([]string, len(all))
	for i, d := range all {
		slugs[i] = d.Slug
	}
	return someOf(slugs)
}

// someOf lists names, and no more than a person reads.
func someOf(names []string) string {
	const most = 20
	switch {
	case len(names) == 0:
		return "none"
	case len(names) > most:
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	default:
		return strings.Join(names, ", ")
	}
}
