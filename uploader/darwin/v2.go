package darwin

import (
	"context"
	"encoding/json"
	"net/http"
)

// slotName is the slot of an item that is one file.
const slotName = "0"

// uploadsV2 uploads to a dataset of version 2.
type uploadsV2 struct {
	client  *Client
	dataset Dataset
}

type answerV2 struct {
	Items   []itemV2 `json:"items"`
	Blocked []itemV2 `json:"blocked_items"`
}

type itemV2 struct {
	ID     identity `json:"id"`
	Name   words    `json:"name"`
	Path   *words   `json:"path"`
	Reason words    `json:"reason"` // inferred; the sources show it in the slot
	Slots  []slotV2 `json:"slots"`
}

type slotV2 struct {
	Name     words    `json:"slot_name"`
	UploadID identity `json:"upload_id"`
	Reason   words    `json:"reason"`
}

func (i itemV2) reply(scrub func(string) string) reply {
	r := reply{
		upload: Upload{ItemID: string(i.ID)},
		name:   string(i.Name), folder: (*string)(i.Path), reason: reasonOf(scrub, i.Reason),
	}
	for _, s := range i.Slots {
		// The item has one slot of ours; others may be there from before.
		if s.Name != slotName && len(i.Slots) > 1 {
			continue
		}
		if r.upload.UploadID == "" {
			r.upload.UploadID = string(s.UploadID)
		}
		if s.Reason != "" {
			r.reason = reasonOf(scrub, s.Reason)
		}
	}
	return r
}

func (u *uploadsV2) Register(ctx context.Context, items []NewItem) (Registration, error) {
	return u.client.register(ctx, u.dataset, items, func(team string) call {
		return call{
			method: http.MethodPost, path: []string{"v2", "teams", team, "items", "register_upload"},
			body: registerV2(u.dataset.Slug, items),
		}
	}, readV2)
}

func readV2(body []byte, scrub func(string) string) (r replies) {
	var answer answerV2
	_ = json.Unmarshal(body, &answer) // what cannot be read stays unanswered
	for _, i := range answer.Items {
		r.registered = append(r.registered, i.reply(scrub))
	}
	for _, i := range answer.Blocked {
		r.blocked = append(r.blocked, i.reply(scrub))
	}
	return r
}

func (u *uploadsV2) Sign(ctx context.Context, up Upload) (Destination, error) {
	team, err := u.client.teamOf(ctx, u.dataset)
	if err != nil {
		return Destination{}, err
	}
	return u.client.sign(ctx, u.call(team, up, "sign"))
}

func (u *uploadsV2) Confirm(ctx context.Context, up Upload) error {
	team, err := u.client.teamOf(ctx, u.dataset)
	if err != nil {
		return err
	}
	return u.client.confirm(ctx, u.call(team, up, "confirm"), http.MethodPost)
}

func (u *uploadsV2) call(team string, up Upload, step string) call {
	return call{path: []string{"v2", "teams", team, "items", "uploads", up.UploadID, step}}
}
