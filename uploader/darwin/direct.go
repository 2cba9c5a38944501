package darwin

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"darwin-uploader/uploader/fault"
)

// MaxDirect is the most bytes that the body of one direct upload may have, the
// files' in base64 (4 bytes for 3) and the JSON around them. V7's reference
// allows 30 MB; what lies between is room for proxies that count differently
// (inferred).
const MaxDirect = 29_000_000

// Direct uploads small files in one request each: registering, storing and
// confirming in one, where the standard way takes two requests a file and a
// share of a third. It exists for datasets of version 2 only.
//
// It may be used from several goroutines at once. Errors are *fault.Error, or
// the context's own error as it is.
type Direct interface {
	// Upload sends at most MaxRegister items with their bytes, MaxDirect in
	// all. Neither flow nor the items' Content are used after it returned. There
	// is no limit on how long it takes as long as bytes move, or flow holds them
	// back.
	//
	// Like Register, it is not idempotent: after a lost answer the items may be
	// there, with their bytes or, as far as is known, without (inferred).
	Upload(ctx context.Context, items []DirectItem, flow Flow) (DirectAnswer, error)
}

// Flow is how the bytes of a direct upload leave. Its methods are called from
// the connection's goroutine, one at a time.
type Flow struct {
	// Sent is told how many bytes of which item have left; nil if nobody asks.
	Sent func(item int, n int64)
	// Pace decides how fast; nil: as fast as it goes.
	Pace Pacer
}

// Pacer decides how fast bytes are handed over, those of the JSON and the
// base64 included. While it makes them wait, the connection is not taken for
// one that stands still.
type Pacer interface {
	// Portion is how many bytes, at least 1, are asked for at once.
	Portion() int
	// Wait returns when n more bytes may leave; its error is ctx's.
	Wait(ctx context.Context, n int) error
}

// DirectItem is an item with the bytes of its file.
type DirectItem struct {
	NewItem
	Content []byte
}

// DirectAnswer is Darwin's answer about each item, sorted by index. Registered
// are those that Darwin took with their bytes; their UploadID may be "".
//
// Odd is "" only if the answer is what the contract says to the letter: each
// item is in one of the two lists exactly once, with an id or a reason, under
// its own folder and name, and nothing else is. Otherwise it says in one phrase
// what is different, for a log; what is certain all the same is in the lists,
// and the rest is Unanswered.
type DirectAnswer struct {
	Registration
	Odd string
}

// Direct gives the way of uploading small files. With a dataset of version 1,
// Upload is refused with a fault of kind Missing, before anything is sent.
func (c *Client) Direct(d Dataset) Direct { return &direct{client: c, dataset: d} }

type direct struct {
	client  *Client
	dataset Dataset
}

func (u *direct) Upload(ctx context.Context, items []DirectItem, flow Flow) (DirectAnswer, error) {
	if len(items) == 0 {
		return DirectAnswer{}, ctx.Err()
	}
	k := call{
		name: "direct upload", method: http.MethodPost, limit: u.client.registerTimeout,
		does: "upload files to this dataset", missing: noDataset,
	}
	if u.dataset.Version < 2 {
		return DirectAnswer{}, u.client.missing(k, 0, "direct upload: the dataset is of version 1")
	}
	parts, err := directParts(u.dataset.Slug, items)
	if err != nil {
		return DirectAnswer{}, &fault.Error{Kind: fault.Unknown, What: "The request to Darwin could not be written.", Detail: "direct upload"}
	}
	k.stream = newStream(parts, flow)
	if len(items) > MaxRegister || k.stream.length > MaxDirect {
		return DirectAnswer{}, &fault.Error{
			Kind:   fault.TooLarge,
			What:   "These are more files than Darwin takes in one request.",
			Safe:   filesAreSafe,
			Detail: fmt.Sprintf("direct upload: %d items, %d bytes", len(items), k.stream.length),
		}
	}
	defer k.stream.shut()
	team, err := u.client.teamOf(ctx, u.dataset)
	if err != nil {
		return DirectAnswer{}, err
	}
	k.path = []string{"v2", "teams", team, "items", "direct_upload"}
	var body json.RawMessage
	if err := u.client.do(ctx, k, &body); err != nil {
		return DirectAnswer{}, err
	}
	return readDirect(items, body, u.client.scrub), nil
}

// directItem is an item as register has it, with the file's content as the
// last word of its one slot.
type directItem struct {
	Name  string        `json:"name"`
	Path  string        `json:"path"`
	Slots [1]directSlot `json:"slots"`
}

type directSlot struct {
	wireOfS
	Content string `json:"file_content"`
}

// afterContent is how the text of an item goes on behind its file.
const afterContent = `"}]}`

// directParts is the body, cut where the files belong.
func directParts(dataset string, items []DirectItem) ([]part, error) {
	slug, err := encode(dataset)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	text.WriteString(`{"dataset_slug":`)
	text.Write(slug)
	text.WriteString(`,"items":[`)
	parts := make([]part, 0, len(items)+1)
	for i, item := range items {
		w := registerV2(dataset, []NewItem{item.NewItem}).Items[0]
		one, err := encode(directItem{Name: w.Name, Path: w.Path, Slots: [1]directSlot{{wireOfS: w.Slots[0]}}})
		if err != nil {
			return nil, err
		}
		if i > 0 {
			text.WriteByte(',')
		}
		text.Write(bytes.TrimSuffix(one, []byte(afterContent)))
		parts = append(parts, part{bytes.Clone(text.Bytes()), item.Content})
		text.Reset()
		text.WriteString(afterContent)
	}
	text.WriteString(`]}`)
	return append(parts, part{text: text.Bytes()}), nil
}

// readDirect takes the answer apart and compares it with the contract.
func readDirect(items []DirectItem, body []byte, scrub func(string) string) DirectAnswer {
	r := directReading{answers: make([]int, len(items)), itemAt: make(map[Place]int, len(items))}
	for i, item := range items {
		p := placeOf(item.Folder, item.Name)
		if _, twice := r.itemAt[p]; twice {
			r.odd("two items have one place")
		}
		r.itemAt[p] = i
	}
	var lists struct {
		Items   *[]itemV2 `json:"items"`
		Blocked []itemV2  `json:"blocked_items"`
	}
	if err := json.Unmarshal(body, &lists); err != nil {
		r.odd("the lists have another shape")
	}
	if lists.Items == nil {
		r.odd("there is no list of items")
	} else {
		for _, reply := range *lists.Items {
			r.read(reply, false, scrub)
		}
	}
	for _, reply := range lists.Blocked {
		r.read(reply, true, scrub)
	}
	return r.answer()
}

// directReading is an answer while it is read.
type directReading struct {
	answers    []int // by item: how many there are
	itemAt     map[Place]int
	registered []Registered
	blocked    []Blocked
	why        string
}

// odd takes note of the first thing that is different.
func (r *directReading) odd(why string) {
	if r.why == "" {
		r.why = why
	}
}

func (r *directReading) read(i itemV2, blocked bool, scrub func(string) string) {
	reply := i.reply(scrub)
	if reply.folder == nil {
		r.odd("an item has no folder")
		return
	}
	index, ours := r.itemAt[placeOf(*reply.folder, reply.name)]
	switch {
	case !ours:
		r.odd("it speaks of an item that was not sent")
		return
	case len(i.Slots) != 1:
		r.odd("an item has not one file")
	case blocked && reply.reason == "":
		r.odd("an item is blocked without a reason")
	case !blocked && reply.reason != "":
		r.odd("an item that was taken has a reason against it")
		r.answers[index]++ // and is not taken for taken
	case !blocked && reply.upload.ItemID == "":
		r.odd("an item has no id")
	case blocked:
		r.answers[index]++
		r.blocked = append(r.blocked, Blocked{Index: index, ItemID: reply.upload.ItemID, Reason: reply.reason})
	default:
		r.answers[index]++
		r.registered = append(r.registered, Registered{Index: index, Upload: reply.upload})
	}
}

// answer sorts what was read by the items. What was answered twice is certain
// of nothing.
func (r *directReading) answer() (a DirectAnswer) {
	registered, blocked := map[int]Registered{}, map[int]Blocked{}
	for _, g := range r.registered {
		registered[g.Index] = g
	}
	for _, b := range r.blocked {
		blocked[b.Index] = b
	}
	for i, times := range r.answers {
		g, took := registered[i]
		b, refused := blocked[i]
		switch {
		case times == 1 && took:
			a.Registered = append(a.Registered, g)
		case times == 1 && refused:
			a.Blocked = append(a.Blocked, b)
		default:
			a.Unanswered = append(a.Unanswered, i)
			if times == 0 {
				r.odd("an item is not answered")
			} else {
				r.odd("an item is answered more than once")
			}
		}
	}
	a.Odd = r.why
	return a
}
