package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

// maxDirect is the largest body of a direct upload: V7's reference says 30 MB.
const maxDirect = 30_000_000

// uploadFailed is the reason against a file that could not be had.
const uploadFailed = "FILE_UPLOAD_FAILED"

// directBody is a registration whose slots carry their files.
type directBody struct {
	Dataset string       `json:"dataset_slug"`
	Items   []directItem `json:"items"`
	Options *struct {
		Slices bool `json:"handle_as_slices"`
		Tiling bool `json:"force_tiling"`
		Ignore bool `json:"ignore_dicom_layout"`
	} `json:"options"`
}

type directItem struct {
	Name        string          `json:"name"`
	Path        string          `json:"path"`
	Description string          `json:"description"`
	Tags        tagsV2          `json:"tags"`
	Layout      json.RawMessage `json:"layout"`
	Slots       []directSlot    `json:"slots"`
}

type directSlot struct {
	slotV2
	SlotName string          `json:"slot_name"`
	FileName string          `json:"file_name"`
	Tags     tagsV2          `json:"tags"`
	Metadata json.RawMessage `json:"metadata"`
	Content  *fileContent    `json:"file_content"`
	URL      string          `json:"file_url"`
}

// fileContent is a file in base64, without line breaks and with padding.
type fileContent []byte

// UnmarshalJSON takes a string to the letter.
func (c *fileContent) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) != nil || strings.ContainsAny(text, "\r\n") {
		return invalid("file_content", "is invalid")
	}
	content, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return invalid("file_content", "is invalid")
	}
	*c = content
	return nil
}

// directUpload registers items, keeps their files and confirms them.
func (s *Sandbox) directUpload(x *exchange) {
	body, err := x.directBody()
	if x.refused(err) {
		return
	}
	x.entry.Items = len(body.Items)
	s.state.mu.Lock()
	d, err := s.state.datasetFor(x.path("team"), body.Dataset, 2)
	s.state.mu.Unlock()
	if x.refused(err) {
		return
	}
	want, files, err := body.wanted()
	if x.refused(err) {
		return
	}
	s.state.mu.Lock()
	all := s.state.register(d, want, s.cfg.Quirks, s.cfg.Clock())
	answer := answerTo(want, all)
	s.state.mu.Unlock()
	for i, p := range all {
		for _, sl := range p.taken {
			if s.cfg.Quirks.DirectWithoutBytes {
				continue
			}
			if s.objects.Keep(sl.object, files[i][sl.name]) != nil {
				x.detail(http.StatusInternalServerError, "Internal Server Error")
				return
			}
			s.state.mu.Lock()
			s.confirmed(sl)
			s.state.mu.Unlock()
		}
	}
	answer.Blocked = append(answer.Blocked, body.unfetched()...)
	x.json(http.StatusOK, answer)
}

func (x *exchange) directBody() (body directBody, err error) {
	raw, err := readAtMost(x.r.Body, maxDirect)
	if errors.Is(err, errTooLong) {
		_, _ = io.Copy(io.Discard, x.r.Body) // so that the client sees the answer
		return body, &refusal{status: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	}
	if err != nil {
		return body, &refusal{status: http.StatusBadRequest, text: "Bad Request"}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err = d.Decode(&body)
	if err == nil && d.More() {
		err = errors.New("more than one value")
	}
	if err == nil {
		return body, nil
	}
	if no, ok := errors.AsType[*refusal](err); ok {
		return body, no
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return body, invalid(strings.Trim(field, `"`), "is not known")
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return body, invalid(orElse(wrong.Field, "body"), "is invalid")
	}
	return body, &refusal{status: http.StatusBadRequest, text: "Bad Request"}
}

// wanted checks the shape of all items, and gives the files by item and slot.
// Items that are to be fetched are left out.
func (body directBody) wanted() (all []wanted, files []map[string][]byte, err error) {
	if err := checkCount(len(body.Items)); err != nil {
		return nil, nil, err
	}
	for _, it := range body.Items {
		if err := checkName("name", it.Name); err != nil {
			return nil, nil, err
		}
		if len(it.Slots) == 0 {
			return nil, nil, invalid("slots", "can't be blank")
		}
		want, contents := wanted{place: place{folderOf(it.Path), it.Name}, tags: it.Tags}, map[string][]byte{}
		for _, sl := range it.Slots {
			ws, err := sl.wanted(sl.SlotName, sl.FileName, sl.Tags)
			if err != nil {
				return nil, nil, err
			}
			if _, twice := contents[ws.name]; twice {
				return nil, nil, invalid("slot_name", "has already been taken")
			}
			contents[ws.name] = nil
			switch {
			case sl.Content != nil && sl.URL != "":
				return nil, nil, invalid("file_url", "can't be given beside file_content")
			case sl.Content != nil && len(*sl.Content) > 0:
				contents[ws.name] = *sl.Content
			case sl.URL == "":
				return nil, nil, invalid("file_content", "can't be blank")
			}
			want.slots = append(want.slots, ws)
		}
		if !it.toFetch() {
			all, files = append(all, want), append(files, contents)
		}
	}
	return all, files, nil
}

func (it directItem) toFetch() bool {
	for _, sl := range it.Slots {
		if sl.URL != "" {
			return true
		}
	}
	return false
}

// unfetched blocks the items whose files lie elsewhere: the sandbox fetches
// nothing.
func (body directBody) unfetched() (out []registeredV2) {
	for _, it := range body.Items {
		if !it.toFetch() {
			continue
		}
		blocked := registeredV2{Name: it.Name, Path: folderOf(it.Path)}
		for _, sl := range it.Slots {
			blocked.Slots = append(blocked.Slots, answerSlotV2{FileName: sl.FileName, SlotName: sl.SlotName, Reason: uploadFailed})
		}
		out = append(out, blocked)
	}
	return out
}
