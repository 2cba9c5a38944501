package darwin

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/maruel/natural"

	"darwin-uploader/uploader/fault"
)

// Dataset is a dataset in Darwin. Version says which generation of the API it
// needs; Darwin may leave it out, which means 1. Items is how many items it has.
type Dataset struct {
	ID             int64
	Name, Slug     string
	TeamSlug       string
	Version, Items int
	Archived       bool
}

type datasetAnswer struct {
	ID         integer         `json:"id"`
	Name       words           `json:"name"`
	Slug       words           `json:"slug"`
	TeamSlug   words           `json:"team_slug"`
	Version    integer         `json:"version"`
	NumItems   integer         `json:"num_items"`
	NumImages  integer         `json:"num_images"`
	NumVideos  integer         `json:"num_videos"`
	Archived   json.RawMessage `json:"archived"`
	ArchivedAt words           `json:"archived_at"`
}

func (a datasetAnswer) dataset() Dataset {
	d := Dataset{
		ID: a.ID.value, Name: string(a.Name), Slug: string(a.Slug), TeamSlug: string(a.TeamSlug),
		Version: int(max(a.Version.value, 1)), Items: int(max(a.NumItems.value, 0)),
		Archived: string(a.Archived) == "true" || a.ArchivedAt != "",
	}
	if !a.NumItems.known {
		d.Items = int(max(a.NumImages.value, 0) + max(a.NumVideos.value, 0))
	}
	if d.Name == "" {
		d.Name = d.Slug
	}
	return d
}

const noDataset = "Darwin does not find this dataset."

// Datasets lists the datasets of the key's team: without archived ones, in the
// natural order of their names ("Cam 2" before "Cam 10"). The list is not paged.
func (c *Client) Datasets(ctx context.Context) ([]Dataset, error) {
	k := call{
		name: "datasets", method: http.MethodGet, path: []string{"datasets"},
		does: "see the datasets", missing: "Darwin does not find the team's datasets.",
	}
	var answer []datasetAnswer
	if err := c.do(ctx, k, &answer); err != nil {
		return nil, err
	}
	list := make([]Dataset, 0, len(answer))
	for _, a := range answer {
		d := a.dataset()
		if d.Archived || d.Slug == "" { // without its slug nothing can be uploaded to it
			continue
		}
		if err := c.fillTeam(ctx, &d); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	slices.SortStableFunc(list, func(a, b Dataset) int {
		return cmp.Or(byName(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Dataset asks for one dataset, also for an archived one.
func (c *Client) Dataset(ctx context.Context, id int64) (Dataset, error) {
	return c.oneDataset(ctx, call{
		name: "dataset", method: http.MethodGet, path: []string{"datasets", strconv.FormatInt(id, 10)},
		does: "see this dataset", missing: noDataset,
	})
}

// CreateDataset makes a dataset; Darwin decides its version. A name that is
// taken is an error with ErrNameTaken in its chain.
func (c *Client) CreateDataset(ctx context.Context, name string) (Dataset, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return Dataset{}, &fault.Error{Kind: fault.Usage, What: "The dataset has no name yet.", Do: "Type a name for it."}
	}
	d, err := c.oneDataset(ctx, call{
		name: "create dataset", method: http.MethodPost, path: []string{"datasets"},
		body: map[string]string{"name": name},
		does: "create datasets", missing: "Darwin does not find the team of this key.",
	})
	return d, nameTaken(err, "There is a dataset with this name already.", "Use it, or choose another name.")
}

func (c *Client) oneDataset(ctx context.Context, k call) (Dataset, error) {
	var answer datasetAnswer
	if err := c.do(ctx, k, &answer); err != nil {
		return Dataset{}, err
	}
	d := answer.dataset()
	if d.Slug == "" {
		return Dataset{}, c.unexpected(k, http.StatusOK, "the dataset has no slug")
	}
	return d, c.fillTeam(ctx, &d)
}

// DatasetURL is the dataset's page on the web.
func (c *Client) DatasetURL(d Dataset) string { return DatasetPage(c.Server(), d) }

// DatasetPage is the page of a dataset on the web, with the server's address as
// Client.Server gives it.
func DatasetPage(server string, d Dataset) string {
	return server + "/datasets/" + strconv.FormatInt(d.ID, 10)
}

// fillTeam gives d the key's team where Darwin left it out.
func (c *Client) fillTeam(ctx context.Context, d *Dataset) (err error) {
	if d.TeamSlug == "" {
		d.TeamSlug, err = c.ownTeam(ctx)
	}
	return err
}

// byName compares as people do: numbers by their value, letters without case.
func byName(a, b string) int {
	return cmp.Or(natural.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
}
