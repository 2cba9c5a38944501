package darwin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"darwin-uploader/uploader/fault"
)

// The most items that one request may register from a storage, as Darwin
// documents it, and the number that V7 asks its own clients to keep to, so that
// processing is not overrun. Darwin takes ExternalPerMinute such requests a
// minute; see ExternalPace.
const (
	MaxExternal       = 100
	DefaultExternal   = 10
	ExternalPerMinute = 100
)

// ExternalItem is an object in a storage as Darwin is to list it. Name must not
// be empty and holds no "/". Folder is "/" or "/a/b". Type is "image", "video",
// "pdf" or "dicom", or "" to have it inferred from the ending of Name.
//
// Key is relative to the bucket's root (with Azure to the container's), in
// exact case, without scheme and bucket; so are all other keys.
//
// For a storage that Darwin may write to, that is all. For a read-only one an
// image needs Thumbnail, Width and Height; a video needs these and Frames, or
// Compact, which holds all but Thumbnail, Width and Height by itself.
type ExternalItem struct {
	Name, Folder string
	Tags         []Tag
	Type         string
	Key          string
	Thumbnail    string // key of a small JPEG, about 356x200 pixels
	Width        int    // pixels
	Height       int    // pixels
	Video        *Video // nil: Darwin's own choice
	Frames       []Frame
	Compact      *Compact
}

// Frame is one picture of a video, in order. Low, a smaller one, may be "".
type Frame struct {
	High, Low     string // keys
	Width, Height int    // pixels
}

// Compact describes a video whose pictures and segments were made beforehand,
// in a form that does not grow with its length. Extension, LowSections, Peaks
// and Size may be left out.
type Compact struct {
	NativeFPS                  float64
	VisibleFrames, TotalFrames int
	HighIndex, LowIndex        string // the text of the playlists, which name keys
	HighBitrate, LowBitrate    float64
	Sections, LowSections      string // prefixes of the keys of the pictures
	Extension                  string // of the pictures; "" is png
	FramesManifest, AudioPeaks string // keys
	Size                       int64  // bytes of the video
}

// External registers objects of one storage in one dataset. It may be used from
// several goroutines at once. Errors are *fault.Error, or the context's own.
type External interface {
	// Register makes items of at most MaxExternal objects. Every index comes
	// back exactly once in the Registration; an Upload in it names an item, and
	// there is nothing to sign or to confirm. Whether Darwin can read an object
	// shows only in the item's processing status. As with Uploads, the call is
	// not idempotent.
	Register(ctx context.Context, items []ExternalItem) (Registration, error)

	// Pace is what the caller keeps to: it waits before each Register, and says
	// how Darwin answered. It is the same for all that a client registers.
	Pace() *ExternalPace

	// Find and Now are those of Uploads.
	Find(ctx context.Context, places []Place) ([]Found, error)
	Now() (time.Time, bool)
}

// External gives the way of registering objects of s in d that d's version
// and s ask for.
func (c *Client) External(d Dataset, s StorageInfo) External {
	return &external{Uploads: c.Uploads(d), client: c, dataset: d, storage: s}
}

type external struct {
	Uploads
	client  *Client
	dataset Dataset
	storage StorageInfo
}

func (e *external) Pace() *ExternalPace { return e.client.externalPace }

func (e *external) Register(ctx context.Context, items []ExternalItem) (Registration, error) {
	if len(items) == 0 {
		return Registration{}, ctx.Err()
	}
	if len(items) > MaxExternal {
		return Registration{}, &fault.Error{
			Kind:   fault.Usage,
			What:   "These are more objects than Darwin takes in one request.",
			Detail: fmt.Sprintf("register external: %d items, at most %d", len(items), MaxExternal),
		}
	}
	team, err := e.client.teamOf(ctx, e.dataset)
	if err != nil {
		return Registration{}, err
	}
	k, read, err := e.call(team, items)
	if err != nil {
		return Registration{}, err
	}
	k.name, k.limit = "register external", e.client.registerTimeout
	k.does = "register files of a storage"
	k.missing = fmt.Sprintf("Darwin does not find the dataset %q, or the storage %q.", e.dataset.Slug, e.storage.Name)
	var body json.RawMessage
	if err := e.client.do(ctx, k, &body); err != nil {
		return Registration{}, e.explain(ctx, err)
	}
	if len(body) == 0 || body[0] != '{' {
		return Registration{}, e.explain(ctx, e.client.unexpected(k, http.StatusOK, "the answer is no object"))
	}
	places := make([]NewItem, len(items))
	for i, item := range items {
		places[i] = NewItem{Name: item.Name, Folder: item.Folder}
	}
	return match(places, read(body, e.client.scrub)), nil
}

// call is the request for the dataset's version and the storage's kind.
func (e *external) call(team string, items []ExternalItem) (call, reader, error) {
	if e.dataset.Version < 2 {
		body, err := externalV1(e.storage, items)
		return call{
			method: http.MethodPut, path: []string{"teams", team, "datasets", e.dataset.Slug, "data"}, body: body,
		}, readV1, err
	}
	last, write := "register_existing", existingV2
	if e.storage.ReadOnly {
		last, write = "register_existing_readonly", readOnlyV2
	}
	body, err := write(e.dataset.Slug, e.storage.Name, items)
	return call{method: http.MethodPost, path: []string{"v2", "teams", team, "items", last}, body: body}, readExternalV2, err
}

// readExternalV2 reads an answer in which slots may be called anything and
// have no upload: an item's own id stands for it.
func readExternalV2(body []byte, scrub func(string) string) (r replies) {
	var answer answerV2
	_ = json.Unmarshal(body, &answer) // what cannot be read stays unanswered
	one := func(i itemV2) reply {
		p := reply{
			upload: Upload{ItemID: string(i.ID), UploadID: string(i.ID)},
			name:   string(i.Name), folder: (*string)(i.Path), reason: reasonOf(scrub, i.Reason),
		}
		for _, s := range i.Slots {
			if s.Reason != "" && p.reason == "" {
				p.reason = reasonOf(scrub, s.Reason)
			}
		}
		return p
	}
	for _, i := range answer.Items {
		r.registered = append(r.registered, one(i))
	}
	for _, i := range answer.Blocked {
		r.blocked = append(r.blocked, one(i))
	}
	return r
}

// objectsAreSafe takes the place of the sentence about this computer's files.
const objectsAreSafe = "The files in the storage were not touched."

// explain gives a problem the sentences that fit objects in a storage. What 400
// and 401 mean here is from V7's page about external storage; a 401 for a key
// that Darwin has accepted before is about what the key may do.
func (e *external) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	problem := *fault.Of(err)
	if problem.Safe != "" || problem.Kind != fault.Unknown {
		problem.Safe = objectsAreSafe
	}
	switch problem.Status {
	case http.StatusBadRequest:
		if problem.Do != "" { // Darwin did not say what it is
			problem.What = "Darwin did not accept this list of files: something in it is not as it should be."
		}
		problem.Do = "Register fewer files at once to find out which, and show the details to support."
	case http.StatusUnauthorized:
		problem.Kind = fault.Permission
		problem.What = "Darwin does not accept this key for registering files of a storage."
		problem.Do = "Ask whoever manages the team whether the key is still there and may do this."
	case http.StatusNotFound:
		problem.Do = "Choose both again; they may have been renamed or deleted, or belong to another team than the key."
	case http.StatusRequestEntityTooLarge:
		problem.Do = "Register fewer files in a request."
	}
	return &problem
}
