package sheet

import (
	"maps"
	"slices"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// Tags reads a cell of tags. Spaces around names are dropped, empty tags too;
// a tag that is named twice counts once, and one without a name before the
// equals sign, or without a text after it, is a fault of kind Usage.
func Tags(cell string) ([]darwin.Tag, error) {
	if strings.TrimSpace(cell) == "" {
		return nil, nil
	}
	var tags []darwin.Tag
	var name, text strings.Builder
	into, hasText := &name, false
	end := func() error {
		tag := darwin.Tag{Class: strings.TrimSpace(name.String()), Text: strings.TrimSpace(text.String())}
		given := hasText
		name.Reset()
		text.Reset()
		into, hasText = &name, false
		switch {
		case tag.Class == "" && !given:
			return nil
		case tag.Class == "":
			return &fault.Error{Kind: fault.Usage, What: "A tag has a text, but no name.", Do: "Write it as name=text."}
		case given && tag.Text == "":
			return &fault.Error{Kind: fault.Usage, What: "The tag " + tag.Class + " has no text after the equals sign.", Do: `Write the text, leave the sign out, or write "\=" if it belongs to the name.`}
		case slices.ContainsFunc(tags, func(t darwin.Tag) bool { return t.Class == tag.Class && t.Text != tag.Text }):
			return &fault.Error{Kind: fault.Usage, What: "The tag " + tag.Class + " is there with two different texts.", Do: "Leave one of them out."}
		case !slices.Contains(tags, tag):
			tags = append(tags, tag)
		}
		return nil
	}
	for i := 0; i < len(cell); i++ {
		c := cell[i]
		switch {
		case c == '\\' && i+1 < len(cell) && strings.IndexByte(`;=\`, cell[i+1]) >= 0:
			i++
			into.WriteByte(cell[i])
		case c == ';':
			if err := end(); err != nil {
				return nil, err
			}
		case c == '=' && !hasText:
			into, hasText = &text, true
		default:
			into.WriteByte(c)
		}
	}
	if err := end(); err != nil {
		return nil, err
	}
	return tags, nil
}

// Cell is the cell that Tags reads as these tags.
func Cell(tags []darwin.Tag) string {
	mask := strings.NewReplacer(`\`, `\\`, ";", `\;`, "=", `\=`)
	parts := make([]string, len(tags))
	for i, t := range tags {
		parts[i] = mask.Replace(t.Class)
		if t.Text != "" {
			parts[i] += "=" + mask.Replace(t.Text)
		}
	}
	return strings.Join(parts, ";")
}

// tagCell is the cell of a JSON list of names and of {name: text}.
func tagCell(list []any) (string, bool) {
	var tags []darwin.Tag
	for _, element := range list {
		switch element := element.(type) {
		case string:
			tags = append(tags, darwin.Tag{Class: element})
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(element)) {
				text, ok := element[name].(string)
				if !ok {
					return "", false
				}
				tags = append(tags, darwin.Tag{Class: name, Text: text})
			}
		default:
			return "", false
		}
	}
	return Cell(tags), true
}
