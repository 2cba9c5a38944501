package darwin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"darwin-uploader/uploader/fault"
)

// reader takes the answer to Register apart; scrub cleans Darwin's words.
type reader func(body []byte, scrub func(string) string) replies

// register is what both versions of Register share: ask builds the request for
// a team, read takes the answer apart.
func (c *Client) register(ctx context.Context, d Dataset, items []NewItem, ask func(team string) call, read reader) (Registration, error) {
	if len(items) == 0 {
		return Registration{}, ctx.Err()
	}
	if len(items) > MaxRegister {
		return Registration{}, &fault.Error{
			Kind:   fault.Usage,
			What:   "These are more files than Darwin takes in one request.",
			Detail: fmt.Sprintf("register: %d items, at most %d", len(items), MaxRegister),
		}
	}
	team, err := c.teamOf(ctx, d)
	if err != nil {
		return Registration{}, err
	}
	k := ask(team)
	k.name, k.limit = "register", c.registerTimeout
	k.does, k.missing = "upload files to this dataset", noDataset
	var body json.RawMessage
	if err := c.do(ctx, k, &body); err != nil {
		return Registration{}, err
	}
	if len(body) == 0 || body[0] != '{' {
		return Registration{}, c.unexpected(k, http.StatusOK, "the answer is no object")
	}
	return match(items, read(body, c.scrub)), nil
}

// sign asks for a destination. Version 1 has had two answers, a form and a URL.
// Where both come, the form is taken: it is the one that the public guide
// promises, and its policy states how long it is good for.
func (c *Client) sign(ctx context.Context, k call) (Destination, error) {
	k.name, k.method = "sign", http.MethodGet
	k.does, k.missing = "upload files to this dataset", noUpload
	var answer struct {
		PostEndpoint words            `json:"postEndpoint"`
		Signature    map[string]words `json:"signature"`
		UploadURL    words            `json:"upload_url"`
	}
	if err := c.do(ctx, k, &answer); err != nil {
		return Destination{}, err
	}
	var d Destination
	address := string(answer.UploadURL)
	if answer.PostEndpoint != "" && len(answer.Signature) > 0 {
		address = string(answer.PostEndpoint)
		d.Fields = make(map[string]string, len(answer.Signature))
		for name, value := range answer.Signature {
			d.Fields[name] = string(value)
		}
	}
	if address == "" {
		return Destination{}, c.unexpected(k, http.StatusOK, "the answer names no place to store the file")
	}
	var ok bool
	if d.URL, ok = c.resolve(address); !ok {
		return Destination{}, c.unexpected(k, http.StatusOK, "the place to store the file is not one that this program may use")
	}
	return d, nil
}

const noUpload = "Darwin does not find this upload."

// confirm tells Darwin that the bytes are stored. No client reads the answer;
// it has to be JSON or empty all the same, so that the page of a hotel's Wi-Fi
// does not pass for Darwin.
func (c *Client) confirm(ctx context.Context, k call, method string) error {
	k.name, k.method, k.body, k.emptyAnswer = "confirm", method, struct{}{}, true
	k.does, k.missing = "upload files to this dataset", noUpload
	return c.do(ctx, k, nil)
}

// teamOf is the slug of the team that d belongs to.
func (c *Client) teamOf(ctx context.Context, d Dataset) (string, error) {
	if d.TeamSlug != "" {
		return d.TeamSlug, nil
	}
	return c.ownTeam(ctx)
}

// reasonOf makes a Reason of Darwin's word for it.
func reasonOf(scrub func(string) string, w words) Reason {
	return Reason(strings.ToUpper(scrub(string(w))))
}
