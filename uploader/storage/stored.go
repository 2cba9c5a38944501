package storage

import (
	"encoding/hex"
	"strings"
)

// Stored is what storage took.
type Stored struct {
	ETag  string // as storage gave it, without quotes; "" if it gave none
	MD5   string // hex; of the bytes that were sent, computed on their way
	Bytes int64  // of the file
}

// Verdict compares what was sent with what storage says it holds.
type Verdict uint8

// The verdicts.
const (
	Unknown Verdict = iota // the ETag is missing or is no MD5
	Same                   // the ETag is the MD5 of what was sent
	Differs                // the ETag has the shape of an MD5, and is another
)

// String is the verdict's name for logs.
func (v Verdict) String() string {
	switch v {
	case Same:
		return "same"
	case Differs:
		return "differs"
	}
	return "unknown"
}

// Verdict compares the ETag with the MD5. Same proves that storage holds what
// was sent. Differs proves nothing by itself: the ETag of an object that
// storage encrypts with a key of its own (SSE-KMS, SSE-C) has the shape of an
// MD5 and is none. A bucket does either for all of its objects, so Differs is
// alarming only where others of the same bucket were Same. That is why Send
// does not fail on it.
func (s Stored) Verdict() Verdict {
	if raw, err := hex.DecodeString(s.ETag); err != nil || len(raw) != 16 {
		return Unknown
	}
	if strings.EqualFold(s.ETag, s.MD5) {
		return Same
	}
	return Differs
}

// bareETag takes quotes and the mark of a weak tag away.
func bareETag(s string) string {
	return strings.Trim(strings.TrimPrefix(strings.TrimSpace(s), "W/"), `"`)
}
