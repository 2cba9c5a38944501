package storage

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
)

func s3XML(code, message string) string {
	return "<?xml version=\"1.0\"?>\n<Error><Code>" + code + "</Code><Message>" + message +
		"</Message><Resource>/b</Resource><RequestId>1</RequestId></Error>"
}

func TestEveryAnswerOfStorageHasItsKind(t *testing.T) {
	tests := []struct {
		status int
		body   string
		want   fault.Kind
	}{
		{403, s3XML("AccessDenied", "Request has expired"), fault.Expired},
		{403, s3XML("AccessDenied", "Invalid according to Policy: Policy expired."), fault.Expired},
		{403, s3XML("SignatureDoesNotMatch", "x"), fault.Expired},
		{403, s3XML("RequestTimeTooSkewed", "x"), fault.Expired},
		{403, "<html>denied</html>", fault.Expired},
		{400, s3XML("ExpiredToken", "x"), fault.Expired},
		{400, s3XML("TokenRefreshRequired", "x"), fault.Expired},
		{400, s3XML("EntityTooLarge", "x"), fault.TooLarge},
		{413, "", fault.TooLarge},
		{400, s3XML("RequestTimeout", "x"), fault.Stalled},
		{400, s3XML("IncompleteBody", "x"), fault.Network},
		{400, s3XML("InvalidArgument", "x"), fault.Refused},
		{400, "", fault.Refused},
		{401, "", fault.Refused},
		{404, s3XML("NoSuchBucket", "x"), fault.Refused},
		{405, "", fault.Refused},
		{411, s3XML("MissingContentLength", "x"), fault.Refused},
		{408, "", fault.Busy},
		{409, s3XML("OperationAborted", "x"), fault.Busy},
		{429, "", fault.Busy},
		{500, s3XML("InternalError", "x"), fault.Busy},
		{502, "<html>", fault.Busy},
		{503, s3XML("SlowDown", "Please reduce your request rate."), fault.Busy},
		{599, "", fault.Busy},
		{301, s3XML("PermanentRedirect", "x"), fault.Unexpected},
		{302, "", fault.Unexpected},
		{307, s3XML("TemporaryRedirect", "x"), fault.Unexpected},
		{304, "", fault.Unexpected},
		{600, "", fault.Busy},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status, tt.want), func(t *testing.T) {
			client := newClient(t, Config{Transport: answering(tt.status, tt.body, nil)})
			f := expectFault(t, client, targetOf("PUT", "https://s3.test"), newFile(100), tt.want)
			if f.Status != tt.status || !strings.Contains(f.Detail, fmt.Sprint(tt.status)) {
				t.Errorf("status %d, detail %q", f.Status, f.Detail)
			}
			for _, s := range []string{f.What, f.Safe} {
				if !strings.HasSuffix(s, ".") {
					t.Errorf("the sentence %q has no end", s)
				}
			}
		})
	}
}

// answering takes the whole body and answers.
func answering(status int, body string, header http.Header) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
		resp := response(status, body)
		if header != nil {
			resp.Header = header
		}
		return resp, nil
	})
}

func TestTheDetailHoldsStoragesCodeAndMessage(t *testing.T) {
	client := newClient(t, Config{Transport: answering(503, s3XML("SlowDown", "Reduce  your\nrate &amp; wait"), http.Header{"Retry-After": {"7"}})})
	f := expectFault(t, client, targetOf("PUT", "https://s3.test"), newFile(1), fault.Busy)
	if want := "storage answered 503 SlowDown: Reduce your rate & wait"; f.Detail != want {
		t.Errorf("detail %q, want %q", f.Detail, want)
	}
	if f.After != 7*time.Second {
		t.Errorf("after %v, want 7s", f.After)
	}
}

func TestASuccessBeforeTheWholeFileWasTakenIsNone(t *testing.T) {
	client := newClient(t, Config{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		_, _ = io.CopyN(io.Discard, r.Body, 10)
		_ = r.Body.Close()
		return response(200, ""), nil
	})})
	expectFault(t, client, targetOf("PUT", "https://s3.test"), newFile(1000), fault.Unexpected)
}

func TestReadS3Error(t *testing.T) {
	for body, want := range map[string]s3Error{
		s3XML("A", "b"):                        {"A", "b"},
		"<Error><Code>A</Code><Message>b":      {"A", "b"},
		"<Error><Code>A</Co":                   {"A", ""},
		"<Error><X><Code>A</Code></X></Error>": {},
		"<html><Code>A</Code></html>":          {},
		"not xml":                              {},
		"":                                     {},
		`{"Code":"A"}`:                         {},
		"<Error xmlns=\"urn:x\"><Code> A </Code><Message>b&lt;c</Message></Error>": {"A", "b<c"},
		"<Error><Code>A</Code><StringToSign>secret</StringToSign></Error>":         {"A", ""},
	} {
		if got := readS3Error(strings.NewReader(body)); got != want {
			t.Errorf("%s: %+v, want %+v", body, got, want)
		}
	}
}

func FuzzReadS3Error(f *testing.F) {
	f.Add(s3XML("A", "b"))
	f.Add("<Error><Code>")
	f.Add("<!DOCTYPE x [<!ENTITY a 'b'>]><Error><Code>&a;</Code></Error>")
	f.Fuzz(func(t *testing.T, body string) {
		e := readS3Error(strings.NewReader(body))
		if line := oneLine(e.Code + e.Message); strings.ContainsAny(line, "\r\n") || len(line) > 300 {
			t.Errorf("not fit for one line: %q", line)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "0": 0, "120": 2 * time.Minute, "-5": 0, "soon": 0, "1.5": 0, "999999999": 24 * time.Hour, "99999999999999": 0,
		"Wed, 04 Mar 2026 12:00:30 GMT": 30 * time.Second, "Wed, 04 Mar 2026 11:00:00 GMT": 0,
	} {
		if got := retryAfter(text, now); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestNoAnswerIsTheNetworksFault(t *testing.T) {
	client := newClient(t, Config{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	f := expectFault(t, client, targetOf("PUT", "http://"+address), newFile(10), fault.Network)
	if f.What != "Storage could not be reached." || f.Detail == "" {
		t.Errorf("says %q (%s)", f.What, f.Detail)
	}
	dns := &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "s3.test", IsNotFound: true}}
	client = newClient(t, Config{Transport: failing(dns)})
	if f := expectFault(t, client, targetOf("PUT", "https://s3.test"), newFile(10), fault.Network); f.What != "Storage could not be found." {
		t.Errorf("says %q", f.What)
	}
}

func failing(err error) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		_ = r.Body.Close()
		return nil, err
	})
}

func TestAFileThatCannotBeOpenedSaysWhy(t *testing.T) {
	own := &fault.Error{Kind: fault.Changed, What: "It is another file now."}
	tests := []struct {
		err  error
		want fault.Kind
	}{
		{&fs.PathError{Op: "open", Path: "/home/someone/x.jpg", Err: fs.ErrNotExist}, fault.Vanished},
		{&fs.PathError{Op: "open", Path: "/home/someone/x.jpg", Err: fs.ErrPermission}, fault.Unreadable},
		{errors.New("odd"), fault.Unreadable},
		{fmt.Errorf("around: %w", own), fault.Changed},
	}
	client := newClient(t, Config{Transport: failing(errors.New("sent"))})
	for _, tt := range tests {
		_, f := send(t, client, targetOf("PUT", "https://s3.test"), Body{Size: 1, Open: func() (io.ReadCloser, error) { return nil, tt.err }})
		if f == nil || f.Kind != tt.want {
			t.Errorf("%v: %v, want kind %v", tt.err, f, tt.want)
		} else if strings.Contains(f.Error()+f.Detail, "someone") {
			t.Errorf("the path is told: %s %s", f, f.Detail)
		}
	}
}
