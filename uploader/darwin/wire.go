package darwin

import (
	"bytes"
	"math"
	"strings"
)

// The bodies of Register. Field by field they follow the guide's examples (V1)
// and Darwin's own client (V2).

type bodyV1 struct {
	Items []wireV1 `json:"items"`
}

type wireV1 struct {
	Filename string `json:"filename"`
	Path     string `json:"path,omitempty"` // "cats", nothing for the root
	Type     string `json:"type,omitempty"`
	FPS      any    `json:"fps,omitempty"`
	AsFrames bool   `json:"as_frames,omitempty"`
	Tags     []any  `json:"tags,omitempty"` // "class" or {"class":"text"}
}

func registerV1(items []NewItem) bodyV1 {
	body := bodyV1{Items: make([]wireV1, len(items))}
	for i, item := range items {
		w := wireV1{Filename: item.Name, Path: strings.TrimPrefix(cleanFolder(item.Folder), "/"), Type: item.Type, Tags: tagsV1(item.Tags)}
		if v := item.Video; v != nil && (v.AsFrames || rate(v.FPS) != native) {
			w.FPS, w.AsFrames = rate(v.FPS), v.AsFrames
		}
		body.Items[i] = w
	}
	return body
}

// tagsV1 is a list of names and of objects {class: text}.
func tagsV1(tags []Tag) []any {
	var list []any
	for _, t := range tags {
		if t.Text == "" {
			list = append(list, t.Class)
		} else {
			list = append(list, tagTexts{t})
		}
	}
	return list
}

type bodyV2 struct {
	DatasetSlug string   `json:"dataset_slug"`
	Items       []wireV2 `json:"items"`
}

type wireV2 struct {
	Name  string     `json:"name"`
	Path  string     `json:"path"` // "/" or "/cats"
	Slots [1]wireOfS `json:"slots"`
}

type wireOfS struct {
	SlotName string `json:"slot_name"`
	FileName string `json:"file_name"`
	Type     string `json:"type,omitempty"`
	FPS      any    `json:"fps,omitempty"`
	AsFrames *bool  `json:"as_frames,omitempty"`
	Tags     any    `json:"tags,omitempty"`
}

func registerV2(dataset string, items []NewItem) bodyV2 {
	body := bodyV2{DatasetSlug: dataset, Items: make([]wireV2, len(items))}
	for i, item := range items {
		slot := wireOfS{SlotName: slotName, FileName: item.Name, Type: item.Type, Tags: tagsV2(item.Tags)}
		if v := item.Video; v != nil {
			slot.FPS, slot.AsFrames = rate(v.FPS), &v.AsFrames
		}
		body.Items[i] = wireV2{Name: item.Name, Path: cleanFolder(item.Folder), Slots: [1]wireOfS{slot}}
	}
	return body
}

// native is the video's own frame rate.
const native = "native"

func rate(fps float64) any {
	if fps > 0 && !math.IsInf(fps, 0) {
		return fps
	}
	return native
}

// tagsV2 is a list of names, or one object of names and texts as soon as one
// tag has a text. Plain tags stand in the object with an empty text (inferred:
// the sources show lists and objects, never both kinds of tags in one).
func tagsV2(tags []Tag) any {
	if len(tags) == 0 {
		return nil
	}
	var merged tagTexts
	place := map[string]int{}
	texts := false
	for _, t := range tags {
		texts = texts || t.Text != ""
		if at, ok := place[t.Class]; !ok {
			place[t.Class] = len(merged)
			merged = append(merged, t)
		} else if merged[at].Text == "" {
			merged[at].Text = t.Text
		}
	}
	if texts {
		return merged
	}
	names := make([]string, len(merged))
	for i, t := range merged {
		names[i] = t.Class
	}
	return names
}

// tagTexts writes itself as an object {class: text} in the tags' own order.
type tagTexts []Tag

func (tags tagTexts) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, t := range tags {
		if i > 0 {
			b.WriteByte(',')
		}
		class, err := encode(t.Class)
		if err != nil {
			return nil, err
		}
		text, err := encode(t.Text)
		if err != nil {
			return nil, err
		}
		b.Write(class)
		b.WriteByte(':')
		b.Write(text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// cleanFolder is the folder with one slash before each of its parts and none at
// its end; the root is "/".
func cleanFolder(folder string) string {
	parts := strings.FieldsFunc(folder, func(r rune) bool { return r == '/' })
	return "/" + strings.Join(parts, "/")
}
