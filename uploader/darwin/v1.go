package darwin

import (
	"context"
	"encoding/json"
	"net/http"
)

// uploadsV1 uploads to a dataset of version 1.
type uploadsV1 struct {
	client  *Client
	dataset Dataset
}

type answerV1 struct {
	Items   []itemV1 `json:"items"`
	Blocked []itemV1 `json:"blocked_items"`
}

type itemV1 struct {
	ID       identity `json:"dataset_item_id"`
	Filename words    `json:"filename"`
	Path     *words   `json:"path"`
	Reason   words    `json:"reason"`
}

func (i itemV1) reply(scrub func(string) string) reply {
	return reply{
		upload: Upload{ItemID: string(i.ID), UploadID: string(i.ID)},
		name:   string(i.Filename), folder: (*string)(i.Path), reason: reasonOf(scrub, i.Reason),
	}
}

func (u *uploadsV1) Register(ctx context.Context, items []NewItem) (Registration, error) {
	return u.client.register(ctx, u.dataset, items, func(team string) call {
		return call{
			method: http.MethodPut, path: []string{"teams", team, "datasets", u.dataset.Slug, "data"},
			body: registerV1(items),
		}
	}, readV1)
}

func readV1(body []byte, scrub func(string) string) (r replies) {
	var answer answerV1
	_ = json.Unmarshal(body, &answer) // what cannot be read stays unanswered
	for _, i := range answer.Items {
		r.registered = append(r.registered, i.reply(scrub))
	}
	for _, i := range answer.Blocked {
		r.blocked = append(r.blocked, i.reply(scrub))
	}
	return r
}

func (u *uploadsV1) Sign(ctx context.Context, up Upload) (Destination, error) {
	return u.client.sign(ctx, u.call(up, "sign_upload"))
}

func (u *uploadsV1) Confirm(ctx context.Context, up Upload) error {
	return u.client.confirm(ctx, u.call(up, "confirm_upload"), http.MethodPut)
}

func (u *uploadsV1) call(up Upload, step string) call {
	return call{path: []string{"dataset_items", up.UploadID, step}}
}
