package inspector

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"darwin-uploader/gui/lang"
)

// jsonProblem says what is wrong with a text that starts like JSON, "" for all
// other text and for JSON that is whole. It never stops anybody: a text may
// start with a bracket and be no JSON.
func jsonProblem(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || text[0] != '{' && text[0] != '[' {
		return ""
	}
	d := json.NewDecoder(strings.NewReader(text))
	var value json.RawMessage
	err := d.Decode(&value)
	switch wrong, ok := errors.AsType[*json.SyntaxError](err); {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return lang.L("This starts like JSON and has no end yet.")
	case ok:
		return lang.L("This starts like JSON, but line %s cannot be read.", lang.Number(lineAt(text, wrong.Offset)))
	case err != nil:
		return lang.L("This starts like JSON, but cannot be read.")
	}
	if rest := strings.TrimSpace(text[d.InputOffset():]); rest != "" {
		return lang.L("This starts like JSON, but has more text behind its end.")
	}
	return ""
}

// lineAt is the line, from 1, of the byte before offset.
func lineAt(text string, offset int64) int {
	return 1 + bytes.Count([]byte(text[:min(max(offset-1, 0), int64(len(text)))]), []byte("\n"))
}
