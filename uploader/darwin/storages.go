package darwin

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// StorageInfo is a bucket of the organisation's own that a team has connected
// to Darwin. Name is what requests call it. Provider is in lower case, one of
// the constants or a word that no source names. Bucket and Region may be ""
// (Darwin names them since the end of 2025). With Azure, Bucket is the storage
// account, and Prefix begins with the container; see Container.
type StorageInfo struct {
	Name, Provider, Bucket, Region string

	// Prefix is where Darwin writes thumbnails, without slashes at its ends; ""
	// is the whole bucket.
	Prefix string

	// ReadOnly: Darwin only reads there, and has to be told the size and the
	// thumbnail of every item.
	ReadOnly bool

	// Default is the storage that the team's own uploads go to.
	Default bool
}

// The providers that Darwin names.
const (
	ProviderAWS   = "aws"
	ProviderGCP   = "gcp"
	ProviderAzure = "azure"
)

// azureContainer is the container that a blank prefix means.
const azureContainer = "data"

// Container is the container of an Azure storage, and below is the rest of its
// prefix; with other providers the container is "" and below is the prefix.
func (s StorageInfo) Container() (container, below string) {
	if s.Provider != ProviderAzure {
		return "", s.Prefix
	}
	container, below, _ = strings.Cut(s.Prefix, "/")
	return cmp.Or(container, azureContainer), below
}

// Storages lists the storages of a team (its slug; "" is the key's own team):
// the default one first, then by name. A team without any has an empty list.
func (c *Client) Storages(ctx context.Context, team string) ([]StorageInfo, error) {
	team, err := c.teamOf(ctx, Dataset{TeamSlug: team})
	if err != nil {
		return nil, err
	}
	k := call{
		name: "storages", method: http.MethodGet, path: []string{"teams", team, "storage"},
		does: "see the team's storages", missing: "Darwin does not find the team's storages.",
	}
	var answer []struct {
		Name     words           `json:"name"`
		Provider words           `json:"provider"`
		Bucket   words           `json:"bucket"`
		Region   words           `json:"region"`
		Prefix   words           `json:"prefix"`
		ReadOnly json.RawMessage `json:"readonly"`
		Default  json.RawMessage `json:"default"`
	}
	if err := c.do(ctx, k, &answer); err != nil {
		return nil, err
	}
	list := make([]StorageInfo, 0, len(answer))
	for _, a := range answer {
		if a.Name == "" { // without its name nothing can be registered from it
			continue
		}
		list = append(list, StorageInfo{
			Name: string(a.Name), Provider: strings.ToLower(strings.TrimSpace(string(a.Provider))),
			Bucket: string(a.Bucket), Region: string(a.Region), Prefix: strings.Trim(string(a.Prefix), "/ "),
			ReadOnly: string(a.ReadOnly) == "true", Default: string(a.Default) == "true",
		})
	}
	slices.SortStableFunc(list, func(a, b StorageInfo) int {
		if a.Default != b.Default {
			if a.Default {
				return -1
			}
			return 1
		}
		return byName(a.Name, b.Name)
	})
	return list, nil
}
