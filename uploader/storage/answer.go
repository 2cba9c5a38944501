package storage

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"darwin-uploader/uploader/fault"
)

// Sentences that several faults share.
const (
	nothingStored = "Nothing was stored, and the file on this computer is untouched."
	nothingLost   = "The file on this computer is untouched."
)

// s3Error is the part of S3's answer that is worth keeping. The other elements
// repeat the request, signature included.
type s3Error struct{ Code, Message string }

// refused reads an answer that is no success. It leaves the last byte of it
// unread: a connection whose answer was read to its end is used again, and the
// failure may lie in this one, or in the host behind it.
func (s *sending) refused(resp *http.Response) *fault.Error {
	body := newByteReader(resp)
	e := readS3Error(body)
	if body.ended {
		s.client.forgetConns()
	}
	f := classify(resp.StatusCode, e)
	f.Status = resp.StatusCode
	if f.Kind == fault.Busy {
		f.After = retryAfter(resp.Header.Get("Retry-After"), time.Now())
	}
	detail := fmt.Sprintf("storage answered %d", resp.StatusCode)
	if e.Code != "" {
		detail += " " + e.Code
	}
	if e.Message != "" {
		detail += ": " + e.Message
	}
	// Cut after scrubbing: half a secret would not be found.
	f.Detail = oneLine(scrub(detail, s.secrets))
	return f
}

// classify gives the fault for a status and a code. The codes are S3's; those
// of a permission that is too old are spread over several statuses.
func classify(status int, e s3Error) *fault.Error {
	switch e.Code {
	case "ExpiredToken", "RequestTimeTooSkewed", "TokenRefreshRequired":
		return expired()
	case "EntityTooLarge", "MaxMessageLengthExceeded":
		return tooLarge("")
	case "RequestTimeout":
		// S3 waited for the body in vain, about 20 s.
		return stalled(false)
	case "IncompleteBody":
		return network(nil)
	case "SlowDown", "InternalError", "ServiceUnavailable", "OperationAborted":
		return busy()
	}
	switch {
	case status == http.StatusForbidden:
		// "Request has expired", "Policy expired" and a signature made under an
		// old secret all come as 403. A new signature mends what can be mended.
		return expired()
	case status == http.StatusRequestEntityTooLarge:
		return tooLarge("")
	case status == http.StatusRequestTimeout, status == http.StatusTooManyRequests, status >= 500:
		return busy()
	case status/100 == 4:
		return &fault.Error{
			Kind: fault.Refused, What: "Storage refused the file.", Safe: nothingStored,
			Do: "Try again, and tell Darwin's support if it stays so.",
		}
	case status/100 == 3:
		return &fault.Error{
			Kind: fault.Unexpected, What: "Storage sent the file to another address, and it was not followed.",
			Safe: nothingStored, Do: "Check whether this network asks for a sign-in.",
		}
	}
	return &fault.Error{Kind: fault.Unexpected, What: "Storage gave an answer that makes no sense.", Safe: nothingLost}
}

// byteReader reads an answer byte by byte, so that no more of it is taken than
// what is looked at.
type byteReader struct {
	body  io.Reader
	left  int64 // bytes that may still be read
	ended bool  // the answer's end was met all the same
}

func newByteReader(resp *http.Response) *byteReader {
	b := &byteReader{body: resp.Body, left: maxAnswer, ended: resp.ContentLength == 0}
	if resp.ContentLength >= 0 {
		b.left = min(b.left, max(resp.ContentLength-1, 0))
	}
	return b
}

// ReadByte is what the XML decoder asks for.
func (b *byteReader) ReadByte() (byte, error) {
	var one [1]byte
	_, err := io.ReadFull(b, one[:])
	return one[0], err
}

// Read reads one byte at most.
func (b *byteReader) Read(p []byte) (int, error) {
	if b.left == 0 || len(p) == 0 {
		return 0, io.EOF
	}
	n, err := b.body.Read(p[:1])
	b.left -= int64(n)
	b.ended = b.ended || errors.Is(err, io.EOF)
	return n, err
}

// readS3Error reads S3's XML as far as code and message; other texts give an empty one.
func readS3Error(r io.Reader) s3Error {
	var e s3Error
	dec := xml.NewDecoder(r)
	var into *string
	for depth := 0; ; {
		token, err := dec.Token()
		if err != nil {
			return e.trimmed()
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			into = nil
			switch {
			case depth == 1 && t.Name.Local != "Error":
				return e.trimmed()
			case depth == 2 && t.Name.Local == "Code":
				into = &e.Code
			case depth == 2 && t.Name.Local == "Message":
				into = &e.Message
			}
		case xml.EndElement:
			if e.Code != "" && e.Message != "" {
				return e.trimmed()
			}
			depth--
			into = nil
		case xml.CharData:
			if into != nil {
				*into += string(t)
			}
		}
	}
}

func (e s3Error) trimmed() s3Error {
	return s3Error{strings.TrimSpace(e.Code), strings.TrimSpace(e.Message)}
}

// oneLine makes a text of the other side fit for a log line.
func oneLine(s string) string {
	const longest = 300
	s = strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "?")
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "")
	}
	return s
}

// retryAfter reads a Retry-After header: seconds or a date. 0 for others.
func retryAfter(text string, now time.Time) time.Duration {
	const longest = 24 * time.Hour
	var d time.Duration
	if n, err := strconv.ParseInt(text, 10, 32); err == nil {
		d = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), longest)
}

func busy() *fault.Error {
	return &fault.Error{Kind: fault.Busy, What: "Storage is busy.", Safe: nothingStored}
}

func expired() *fault.Error {
	return &fault.Error{
		Kind: fault.Expired, What: "Storage no longer takes the permission for this file.", Safe: nothingStored,
		Do: "Check the date and time of this computer if it stays so.",
	}
}

func tooLarge(detail string) *fault.Error {
	return &fault.Error{
		Kind: fault.TooLarge, What: "The file is larger than storage takes at once.", Safe: nothingStored,
		Do: "Split it into parts of at most 5 GiB.", Detail: detail,
	}
}

// stalled is for a request that stood still. inFile: the file gave no bytes.
func stalled(inFile bool) *fault.Error {
	if inFile {
		return &fault.Error{
			Kind: fault.Stalled, What: "The drive with the file gave no data for too long.", Safe: nothingStored,
			Do: "Check the drive's connection.", Err: errStalled,
		}
	}
	return &fault.Error{
		Kind: fault.Stalled, What: "The connection to storage stood still for too long.", Safe: nothingLost,
		Do: "Check the internet connection.", Err: errStalled,
	}
}

func stopped(cause error) *fault.Error {
	return &fault.Error{Kind: fault.Stopped, What: "The upload of this file was stopped.", Safe: nothingLost, Err: cause}
}

// network is for a request without an answer. Its cause must be clean.
func network(err error) *fault.Error {
	f := &fault.Error{
		Kind: fault.Network, What: "The connection to storage broke.", Safe: nothingLost,
		Do: "Check the internet connection.", Err: err,
	}
	if err != nil {
		f.Detail = oneLine(err.Error())
	}
	if refusal, ok := errors.AsType[*proxyRefusal](err); ok {
		f.What = "The proxy of your network does not let this program reach Darwin's storage."
		f.Do = "Ask your IT department to allow it."
		f.Status = refusal.status
	} else if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "proxyconnect" {
		f.What = "The proxy of your network could not be reached."
		f.Do = "Check the network, and the proxy in the settings."
	} else if _, ok := errors.AsType[*net.DNSError](err); ok {
		f.What = "Storage could not be found."
	} else if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		f.What = "Storage could not be reached."
	} else if badCertificate(err) {
		f.What = "Storage could not prove its identity."
		f.Do = "Check the date and time of this computer, and ask who runs the network whether it inspects connections."
	}
	return f
}

func badCertificate(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	_, ok := errors.AsType[x509.UnknownAuthorityError](err)
	return ok
}

func cannotOpen(err error) *fault.Error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &fault.Error{
			Kind: fault.Vanished, What: "The file is no longer where it was.", Safe: "Nothing was stored.",
			Do: "Put it back, or remove it from the list.", Err: err,
		}
	}
	return unreadable(err)
}

func unreadable(err error) *fault.Error {
	return &fault.Error{
		Kind: fault.Unreadable, What: "The file could not be read.", Safe: nothingStored,
		Do: "Check that the file may be opened and that its drive is connected.", Detail: reason(err), Err: err,
	}
}

// reason is why a file could not be read, without its path, which the person
// sees anyway and which does not belong into a log.
func reason(err error) string {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Op + ": " + pe.Err.Error()
	}
	return err.Error()
}

func changed(found, promised int64) *fault.Error {
	f := &fault.Error{
		Kind: fault.Changed, What: "The file changed after it was added.", Safe: nothingStored,
		Do: "Add it again once nothing writes to it any more.",
	}
	switch {
	case found > promised:
		f.Detail = fmt.Sprintf("it has more than the %d bytes that it had", promised)
	case found < promised:
		f.Detail = fmt.Sprintf("it has %d bytes and had %d", found, promised)
	default:
		f.Detail = "it was written to while it was sent"
	}
	return f
}
