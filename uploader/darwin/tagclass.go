package darwin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"darwin-uploader/uploader/fault"
)

// TagClass is one of a team's annotation classes that can be used as a tag.
// TakesText: items may carry a text with it. Color is as Darwin gives it,
// "rgba(0,255,0,1.0)", "auto" or "". Datasets are the ids of the datasets that
// it is linked to.
type TagClass struct {
	ID        int64
	Name      string
	TakesText bool
	Color     string
	Datasets  []int64
}

// NewTagClass is a tag class to create. Datasets are the ids of the datasets
// that it is linked to from the start.
type NewTagClass struct {
	Name     string
	WithText bool
	Datasets []int64
}

type reference struct {
	ID integer `json:"id"`
}

type classAnswer struct {
	ID       integer         `json:"id"`
	Name     words           `json:"name"`
	Types    []words         `json:"annotation_types"`
	Datasets []reference     `json:"datasets"`
	Dataset  integer         `json:"dataset_id"`
	Metadata json.RawMessage `json:"metadata"`
}

func (a classAnswer) class() TagClass {
	class := TagClass{ID: a.ID.value, Name: string(a.Name), TakesText: slices.Contains(a.Types, "text")}
	for _, d := range a.Datasets {
		if d.ID.known && !slices.Contains(class.Datasets, d.ID.value) {
			class.Datasets = append(class.Datasets, d.ID.value)
		}
	}
	if a.Datasets == nil && a.Dataset.known {
		class.Datasets = []int64{a.Dataset.value}
	}
	var metadata struct {
		Color words `json:"_color"`
	}
	if json.Unmarshal(a.Metadata, &metadata) == nil {
		class.Color = string(metadata.Color)
	}
	return class
}

const noTags = "Darwin does not find the team's tags."

// TagClasses lists the team's classes that can be used as tags, in the natural
// order of their names. Darwin answers this call without a key too, with less:
// that it succeeds does not prove the key, and an empty list does not prove
// that the team has no tags.
func (c *Client) TagClasses(ctx context.Context, team string) ([]TagClass, error) {
	k := call{
		name: "tag classes", method: http.MethodGet, path: []string{"teams", team, "annotation_classes"},
		query: "include_tags=true", does: "see the team's tags", missing: noTags,
	}
	var answer struct {
		Classes []classAnswer `json:"annotation_classes"`
	}
	if err := c.do(ctx, k, &answer); err != nil {
		return nil, err
	}
	list := make([]TagClass, 0, len(answer.Classes))
	for _, a := range answer.Classes {
		if slices.Contains(a.Types, "tag") && a.Name != "" {
			list = append(list, a.class())
		}
	}
	slices.SortStableFunc(list, func(a, b TagClass) int { return byName(a.Name, b.Name) })
	return list, nil
}

// CreateTagClass makes a tag class. Names are unique in a team; one that is
// taken is an error with ErrNameTaken in its chain.
func (c *Client) CreateTagClass(ctx context.Context, team string, n NewTagClass) (TagClass, error) {
	n.Name = strings.TrimSpace(n.Name)
	if n.Name == "" {
		return TagClass{}, &fault.Error{Kind: fault.Usage, What: "The tag has no name yet.", Do: "Type a name for it."}
	}
	types := []string{"tag"}
	if n.WithText {
		types = append(types, "text")
	}
	k := call{
		name: "create tag class", method: http.MethodPost, path: []string{"teams", team, "annotation_classes"},
		body: map[string]any{
			"name": n.Name, "annotation_types": types, "metadata": map[string]string{"_color": "auto"},
			"datasets": references(n.Datasets), "description": nil, "images": []string{},
		},
		does: "create tags", missing: "Darwin does not find the team of this tag.",
	}
	var answer classAnswer
	if err := c.do(ctx, k, &answer); err != nil {
		return TagClass{}, nameTaken(err, "The team has a tag with this name already.", "Use it, or choose another name.")
	}
	class := answer.class()
	if class.ID == 0 {
		return TagClass{}, c.unexpected(k, http.StatusOK, "the tag class has no id")
	}
	// What the answer leaves out is as it was asked for.
	if class.Name == "" {
		class.Name = n.Name
	}
	if answer.Types == nil {
		class.TakesText = n.WithText
	}
	if answer.Datasets == nil {
		class.Datasets = slices.Clone(n.Datasets)
	}
	return class, nil
}

// LinkTagClass links a tag class to one more dataset. It calls nobody if class
// is linked already. Darwin replaces the whole list of links, so the present
// one is read just before and goes along; otherwise links that colleagues made
// since class was read would be lost. That a class must be linked before it is
// used is inferred.
func (c *Client) LinkTagClass(ctx context.Context, class TagClass, dataset int64) (TagClass, error) {
	if slices.Contains(class.Datasets, dataset) {
		return class, nil
	}
	select {
	case c.linking <- struct{}{}:
		defer func() { <-c.linking }()
	case <-ctx.Done():
		return TagClass{}, ctx.Err()
	}
	class, err := c.presentClass(ctx, class)
	if err != nil || slices.Contains(class.Datasets, dataset) {
		return class, err
	}
	linked := append(slices.Clone(class.Datasets), dataset)
	k := call{
		name: "link tag class", method: http.MethodPut, path: []string{"annotation_classes", strconv.FormatInt(class.ID, 10)},
		body: map[string]any{"id": class.ID, "datasets": references(linked)},
		does: "change tags", missing: "Darwin does not find this tag.", emptyAnswer: true,
	}
	if err := c.do(ctx, k, nil); err != nil {
		return TagClass{}, err
	}
	class.Datasets = linked
	return class, nil
}

// presentClass is class with the links that it has now, in Darwin or by what
// the caller knows.
func (c *Client) presentClass(ctx context.Context, class TagClass) (TagClass, error) {
	team, err := c.ownTeam(ctx)
	if err != nil {
		return TagClass{}, err
	}
	all, err := c.TagClasses(ctx, team)
	if err != nil {
		return TagClass{}, err
	}
	for _, present := range all {
		if present.ID != class.ID {
			continue
		}
		for _, d := range class.Datasets {
			if !slices.Contains(present.Datasets, d) {
				present.Datasets = append(present.Datasets, d)
			}
		}
		return present, nil
	}
	return class, nil
}

func references(ids []int64) []map[string]int64 {
	list := make([]map[string]int64, len(ids))
	for i, id := range ids {
		list[i] = map[string]int64{"id": id}
	}
	return list
}

// nameTaken says it in the words of the call where a name is taken.
func nameTaken(err error, what, do string) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, ErrNameTaken) {
		return err
	}
	told := *e
	told.What, told.Safe, told.Do = what, "Nothing was changed.", do
	return &told
}
