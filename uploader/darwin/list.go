package darwin

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// pageSize is how many items of a list come at once, as in Darwin's own client.
const pageSize = 500

// maxQuery is how long a query may be in bytes: servers and proxies commonly
// take addresses of 8 KB in all (inferred; Darwin's limit is not published).
const maxQuery = 7500

// noItems is an answer that must not pass for an empty list.
const noItems = "the answer has no list of items"

func pageQuery(cursor string) url.Values {
	q := url.Values{"page[size]": {strconv.Itoa(pageSize)}}
	if cursor != "" {
		q.Set("page[from]", cursor)
	}
	return q
}

type listV1 struct {
	Items []struct {
		ID         identity `json:"id"`
		Filename   words    `json:"filename"`
		Path       words    `json:"path"`
		Status     words    `json:"status"`
		Archived   flag     `json:"archived"`
		InsertedAt words    `json:"inserted_at"`
	} `json:"items"`
	Metadata struct {
		Next words `json:"next"`
	} `json:"metadata"`
}

type filterV1 struct {
	IDs   []int64  `json:"dataset_item_ids,omitempty"`
	Names []string `json:"filenames,omitempty"`
	Path  string   `json:"path,omitempty"`
}

// Find of version 1 has its filter in the body, so only the number of names
// counts. The filter takes one folder; where the places are in several, the
// list is that of all folders.
func (u *uploadsV1) Find(ctx context.Context, places []Place) ([]Found, error) {
	s := &search{
		fits: func(q inquiry) bool { return len(q.ids) <= pageSize && len(q.names) <= pageSize },
		list: u.list,
	}
	return s.find(ctx, places)
}

func (u *uploadsV1) list(ctx context.Context, q inquiry, cursor string) (listing, error) {
	f := filterV1{Names: q.names}
	if len(q.folders) == 1 {
		f.Path = q.folders[0]
	}
	for _, id := range q.ids {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			f.IDs = append(f.IDs, n)
		}
	}
	if len(f.IDs) == 0 && len(f.Names) == 0 {
		return listing{}, nil // ids that are none of version 1's
	}
	var answer listV1
	k := call{
		name: "list", method: http.MethodPost, path: []string{"datasets", strconv.FormatInt(u.dataset.ID, 10), "items"},
		query: pageQuery(cursor).Encode(), body: map[string]any{"filter": f, "sort": struct{}{}},
		does: "list the items of this dataset", missing: noDataset,
	}
	if err := u.client.do(ctx, k, &answer); err != nil {
		return listing{}, err
	}
	if answer.Items == nil {
		return listing{}, u.client.unexpected(k, http.StatusOK, noItems)
	}
	page := listing{next: string(answer.Metadata.Next)}
	for _, i := range answer.Items {
		place := placeOf(string(i.Path), string(i.Filename))
		place.ItemID = string(i.ID)
		page.items = append(page.items, listed{place, Found{
			Upload: Upload{ItemID: place.ItemID, UploadID: place.ItemID},
			State:  stateOf(string(i.Status)), Inserted: timeOf(i.InsertedAt),
		}, bool(i.Archived) || isArchived(i.Status)})
	}
	return page, nil
}

func (u *uploadsV2) Find(ctx context.Context, places []Place) ([]Found, error) {
	team, err := u.client.teamOf(ctx, u.dataset)
	if err != nil {
		return nil, err
	}
	s := &search{
		fits: func(q inquiry) bool { return len(u.query(q, "").Encode()) <= maxQuery },
		list: func(ctx context.Context, q inquiry, cursor string) (listing, error) {
			return u.list(ctx, team, q, cursor)
		},
	}
	return s.find(ctx, places)
}

func (u *uploadsV2) query(q inquiry, cursor string) url.Values {
	v := pageQuery(cursor)
	v.Set("dataset_ids[]", strconv.FormatInt(u.dataset.ID, 10))
	for name, values := range map[string][]string{"item_ids[]": q.ids, "item_names[]": q.names, "item_paths[]": q.folders} {
		if len(values) > 0 {
			v[name] = values
		}
	}
	return v
}

type listV2 struct {
	Items []struct {
		ID         identity    `json:"id"`
		Name       words       `json:"name"`
		Path       words       `json:"path"`
		Status     words       `json:"status"`
		Archived   flag        `json:"archived"`
		Processing words       `json:"processing_status"`
		Uploads    []pendingV2 `json:"uploads"`
		InsertedAt words       `json:"inserted_at"`
	} `json:"items"`
	Page struct {
		Next words `json:"next"`
	} `json:"page"`
}

// pendingV2 is a slot that Darwin has not finished with. The error's shape is
// known from a client that is not V7's own.
type pendingV2 struct {
	Slot       words    `json:"slot_name"`
	UploadID   identity `json:"upload_id"`
	Processing words    `json:"processing_status"`
	Error      struct {
		Message words `json:"message"`
		Type    words `json:"processing_error_type"`
	} `json:"processing_error"`
}

// maxMessage is how much of Darwin's reason is kept, in bytes; a raw error may
// be a program's whole output.
const maxMessage = 300

// message is why Darwin could not process the file, in one line.
func (p pendingV2) message(scrub func(string) string) string {
	text := scrub(strings.Join(strings.Fields(string(cmp.Or(p.Error.Message, p.Error.Type))), " "))
	if len(text) > maxMessage {
		text = strings.ToValidUTF8(text[:maxMessage], "") + "..."
	}
	return text
}

func isArchived(status words) bool {
	return strings.EqualFold(strings.TrimSpace(string(status)), "archived")
}

func (u *uploadsV2) list(ctx context.Context, team string, q inquiry, cursor string) (listing, error) {
	var answer listV2
	k := call{
		name: "list", method: http.MethodGet, path: []string{"v2", "teams", team, "items"},
		query: u.query(q, cursor).Encode(),
		does:  "list the items of this dataset", missing: noDataset,
	}
	if err := u.client.do(ctx, k, &answer); err != nil {
		return listing{}, err
	}
	if answer.Items == nil {
		return listing{}, u.client.unexpected(k, http.StatusOK, noItems)
	}
	page := listing{next: string(answer.Page.Next)}
	for _, i := range answer.Items {
		place := placeOf(string(i.Path), string(i.Name))
		place.ItemID = string(i.ID)
		found := Found{Upload: Upload{ItemID: place.ItemID}, Inserted: timeOf(i.InsertedAt)}
		word := i.Processing
		if word == "" {
			word = i.Status
		}
		for _, up := range i.Uploads {
			if up.Slot != slotName && up.Slot != "" { // another file of an item that has several
				found.Message = cmp.Or(found.Message, up.message(u.client.scrub))
				continue
			}
			found.Upload.UploadID = string(up.UploadID)
			found.Message = up.message(u.client.scrub)
			if up.Processing != "" { // that of our slot, not of the item's slowest
				word = up.Processing
			}
		}
		found.State = stateOf(string(word))
		page.items = append(page.items, listed{place, found, bool(i.Archived) || isArchived(i.Status)})
	}
	return page, nil
}

// Now is Client.Now.
func (u *uploadsV1) Now() (time.Time, bool) { return u.client.Now() }

// Now is Client.Now.
func (u *uploadsV2) Now() (time.Time, bool) { return u.client.Now() }
