package darwin

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// The types below read what the API's sources show in more than one form, and
// never fail: what they cannot read is their zero value.

// integer reads 5, 5.0 and "5".
type integer struct {
	value int64
	known bool
}

func (n *integer) UnmarshalJSON(b []byte) error {
	*n = integer{}
	text := strings.TrimSpace(plainText(b))
	if v, err := strconv.ParseInt(text, 10, 64); err == nil {
		*n = integer{v, true}
	} else if f, err := strconv.ParseFloat(text, 64); err == nil && f == float64(int64(f)) && f > -1<<53 && f < 1<<53 {
		*n = integer{int64(f), true}
	}
	return nil
}

// identity reads an id: an integer (V1) or a UUID (V2), as text. An id goes
// into addresses, so anything but letters, digits, "-" and "_" is none.
type identity string

var anIdentity = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

func (id *identity) UnmarshalJSON(b []byte) error {
	*id = ""
	if text := strings.TrimSpace(plainText(b)); anIdentity.MatchString(text) {
		*id = identity(text)
	}
	return nil
}

// words reads a text, and the text of a number.
type words string

func (w *words) UnmarshalJSON(b []byte) error {
	*w = words(plainText(b))
	return nil
}

// flag reads true; everything else is false.
type flag bool

func (f *flag) UnmarshalJSON(b []byte) error {
	*f = flag(string(bytes.TrimSpace(b)) == "true")
	return nil
}

// plainText is the text of a JSON string or number, "" for anything else.
func plainText(b []byte) string {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return ""
	}
	switch {
	case b[0] == '"':
		var s string
		if json.Unmarshal(b, &s) != nil {
			return ""
		}
		return s
	case b[0] == '-' || b[0] >= '0' && b[0] <= '9':
		return string(b)
	}
	return ""
}
