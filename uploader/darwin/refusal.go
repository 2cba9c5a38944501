package darwin

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"darwin-uploader/uploader/fault"
)

// ErrNameTaken is in the chain of the error when a dataset or a tag class of
// this name exists already.
var ErrNameTaken = errors.New("the name is taken")

const filesAreSafe = "The files on this computer are safe."

// refused makes the fault of an answer that is no success.
func (c *Client) refused(k call, res *http.Response, words []byte) error {
	p := readProblem(words, true)
	e := c.byStatus(k, res.StatusCode, p)
	e.Status = res.StatusCode
	e.Detail = c.detail(k, res.StatusCode, p)
	if id := res.Header.Get("X-Request-Id"); requestID.MatchString(id) {
		e.Detail += ", request " + c.scrub(id)
	}
	if e.Kind == fault.Busy {
		e.After = c.pause(res.Header)
	}
	return e
}

// told makes the fault of an answer that says 2xx and still has `errors`.
func (c *Client) told(k call, status int, p problem) error {
	e := c.byStatus(k, status, p)
	e.Status = status
	e.Detail = c.detail(k, status, p)
	return e
}

// requestID is an id fit to show: Darwin is not documented to send one
// (inferred), so it is taken only where it looks like one.
var requestID = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

func (c *Client) detail(k call, status int, p problem) string {
	d := "HTTP " + strconv.Itoa(status) + " to " + k.name
	if p.any() {
		d += ": " + c.scrub(p.text())
	}
	return d
}

// byStatus gives the kind and the sentences.
func (c *Client) byStatus(k call, status int, p problem) *fault.Error {
	if strings.EqualFold(p.code, codeNoStorage) {
		return &fault.Error{
			Kind: fault.Quota,
			What: "Your team's storage in Darwin is full.",
			Safe: "What is in Darwin stays there, and the other files are safe on this computer.",
			Do:   "Ask whoever manages the team for more storage, or delete items that nobody needs.",
		}
	}
	switch {
	case status >= 300 && status <= 399:
		return strangerFault()
	case status == http.StatusUnauthorized:
		return &fault.Error{
			Kind: fault.Key,
			What: "Darwin does not accept this key.",
			Safe: filesAreSafe,
			Do:   "Compare it with the keys in Darwin's settings, or enter another one.",
		}
	case status == http.StatusForbidden:
		return &fault.Error{
			Kind: fault.Permission,
			What: "This key may not " + k.does + ".",
			Safe: filesAreSafe,
			Do:   "Ask whoever manages the team to allow it for this key, or use another key.",
		}
	case status == http.StatusNotFound:
		return missingFault(k)
	case status == http.StatusProxyAuthRequired:
		return proxyFault(status)
	case status == http.StatusRequestTimeout:
		return &fault.Error{
			Kind: fault.Busy,
			What: "Darwin stopped waiting for the request, as happens on a slow connection.",
			Safe: filesAreSafe,
			Do:   "Try again in a moment.",
		}
	case status == http.StatusRequestEntityTooLarge:
		return &fault.Error{
			Kind: fault.TooLarge,
			What: "This is more than Darwin takes at once.",
			Safe: filesAreSafe,
			Do:   "Upload fewer files at once, or shorten the text of their tags.",
		}
	case status == http.StatusTooManyRequests:
		return &fault.Error{
			Kind: fault.Busy,
			What: "Darwin asks for a pause, because it got many requests with this key.",
			Safe: filesAreSafe,
			Do:   "Try again in a minute.",
		}
	case status >= 500:
		return &fault.Error{
			Kind: fault.Busy,
			What: "Darwin has a problem of its own at the moment.",
			Safe: filesAreSafe,
			Do:   "Try again in a few minutes.",
		}
	}
	return c.refusal(p)
}

// refusal is everything that Darwin refused for what the request said.
func (c *Client) refusal(p problem) *fault.Error {
	e := &fault.Error{
		Kind: fault.Refused,
		What: "Darwin did not accept this.",
		Safe: filesAreSafe,
		Do:   "The details hold what support needs to know.",
	}
	if len(p.messages) > 0 {
		said := c.scrub(strings.Join(p.messages, "; "))
		e.What = "Darwin did not accept this: " + strings.TrimRight(said, ".") + "."
		e.Do = ""
	}
	if p.says("already been taken") || p.says("already exists") {
		e.Err = ErrNameTaken
	}
	return e
}

// missing is a 404, or a call that cannot be made because a name that belongs
// into its address is empty.
func (c *Client) missing(k call, status int, detail string) error {
	e := missingFault(k)
	e.Status, e.Detail = status, detail
	return e
}

func missingFault(k call) *fault.Error {
	return &fault.Error{
		Kind: fault.Missing,
		What: k.missing,
		Safe: filesAreSafe,
		Do:   "It may have been deleted or renamed, or belong to another team than the key.",
	}
}

// stranger is an answer that is not of Darwin at all: the page of a hotel's
// Wi-Fi, a proxy's message, another server.
func (c *Client) stranger(k call, status int, detail string) error {
	e := strangerFault()
	e.Status, e.Detail = status, "HTTP "+strconv.Itoa(status)+" to "+k.name+": "+detail
	return e
}

func strangerFault() *fault.Error {
	return &fault.Error{
		Kind: fault.Unexpected,
		What: "Something other than Darwin answered.",
		Safe: filesAreSafe,
		Do:   "Open a web page to see whether this network wants you to sign in first, and check the server's address.",
	}
}

// unexpected is an answer of Darwin's that the contract does not know.
func (c *Client) unexpected(k call, status int, detail string) error {
	return &fault.Error{
		Kind: fault.Unexpected,
		What: "Darwin gave an answer that this program does not understand.",
		Safe: filesAreSafe,
		Do:   "Try again, and look for a newer version of this program if it stays so.",

		Status: status,
		Detail: "HTTP " + strconv.Itoa(status) + " to " + k.name + ": " + detail,
	}
}

// maxPause keeps a pause that a server gone wrong asks for within a day.
const maxPause = 24 * time.Hour

// pause reads Retry-After, in seconds or as a date. A date is compared with the
// server's own clock where the answer has it, because this computer's may be
// wrong. No source says that Darwin sends the header; it is taken as HTTP
// defines it (inferred).
func (c *Client) pause(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if !(seconds > 0) {
			return 0
		}
		return time.Duration(min(seconds, maxPause.Seconds()) * float64(time.Second))
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = c.now()
	}
	return min(max(until.Sub(now), 0), maxPause)
}
