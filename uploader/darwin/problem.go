package darwin

import (
	"bytes"
	"encoding/json"
	"sort"
	"strings"
)

// codeNoStorage is the one code of Darwin's that changes what a status means:
// with it, 429 is not about the rate but about the team's storage.
const codeNoStorage = "INSUFFICIENT_REMAINING_STORAGE"

// problem is what an answer's `errors` say.
type problem struct {
	code     string
	messages []string
}

func (p problem) any() bool { return p.code != "" || len(p.messages) > 0 }

func (p problem) text() string {
	parts := p.messages
	if p.code != "" {
		parts = append([]string{p.code}, parts...)
	}
	return strings.Join(parts, "; ")
}

func (p problem) says(words string) bool {
	return strings.Contains(strings.ToLower(p.text()), words)
}

// maxMessages is how many of Darwin's messages are kept; a request about 500
// items may be told 500 of them.
const maxMessages = 5

// readProblem reads the `errors` of an answer, which come as an object of
// lists, an object with a code, a list or a string; all of them are seen in the
// sources. In the answers of failed calls, where loose is set, it also takes
// `error`, `message`, `detail` and `code` beside or instead of them (inferred:
// the bodies of most failures are not documented).
func readProblem(body []byte, loose bool) problem {
	var p problem
	var top struct {
		Errors  json.RawMessage `json:"errors"`
		Error   json.RawMessage `json:"error"`
		Message json.RawMessage `json:"message"`
		Detail  json.RawMessage `json:"detail"`
		Code    words           `json:"code"`
	}
	if json.Unmarshal(body, &top) != nil {
		return p
	}
	p.collect("", value(top.Errors), 0)
	if loose {
		for _, raw := range []json.RawMessage{top.Error, top.Message, top.Detail} {
			p.collect("", value(raw), 0)
		}
		if p.code == "" {
			p.code = strings.TrimSpace(string(top.Code))
		}
	}
	return p
}

// value is the JSON as Go has it, nil where there is none. Numbers stay text.
func value(raw json.RawMessage) (v any) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&v) != nil {
		return nil
	}
	return v
}

// collect walks through the errors; field is what the messages are about.
func (p *problem) collect(field string, v any, depth int) {
	if depth > 6 || len(p.messages) >= maxMessages {
		return
	}
	switch v := v.(type) {
	case string:
		p.add(field, v)
	case json.Number:
		if v != "0" { // a number of errors, and there are none
			p.add(field, v.String())
		}
	case bool:
		if v {
			p.add(field, "true")
		}
	case []any:
		for _, element := range v {
			p.collect(field, element, depth+1)
		}
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			code, isText := v[key].(string)
			switch {
			case strings.EqualFold(key, "code") && isText && p.code == "":
				p.code = strings.TrimSpace(code)
			case isWordForMessage(key):
				p.collect(field, v[key], depth+1)
			default:
				p.collect(strings.TrimSpace(key), v[key], depth+1)
			}
		}
	}
}

func (p *problem) add(field, message string) {
	message = strings.TrimSpace(message)
	if message == "" || len(p.messages) >= maxMessages {
		return
	}
	if field != "" {
		message = strings.ReplaceAll(field, "_", " ") + " " + message
	}
	p.messages = append(p.messages, message)
}

func isWordForMessage(key string) bool {
	switch strings.ToLower(key) {
	case "message", "messages", "detail", "details", "error", "errors", "description", "reason", "base":
		return true
	}
	return false
}
