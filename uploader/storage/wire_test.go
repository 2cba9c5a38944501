package storage

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

// capture is one request as it came over the wire.
type capture struct {
	line    string
	headers []string // "Name: value", sorted
	body    []byte
}

// startCapture takes one request per connection and answers 200.
func startCapture(t *testing.T, got chan<- capture) string {
	return startRaw(t, func(conn *net.TCPConn, r *bufio.Reader) {
		var c capture
		length := int64(-1)
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			line = strings.TrimSuffix(line, "\r\n")
			if line == "" {
				break
			}
			if c.line == "" {
				c.line = line
				continue
			}
			c.headers = append(c.headers, line)
			if _, err := fmt.Sscanf(line, "Content-Length: %d", &length); err == nil {
				continue
			}
		}
		slices.Sort(c.headers)
		if length >= 0 {
			c.body = make([]byte, length)
			if _, err := io.ReadFull(r, c.body); err != nil {
				return
			}
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		got <- c
	})
}

func TestAPutCarriesTheBytesAndNothingElse(t *testing.T) {
	got := make(chan capture, 1)
	address := startCapture(t, got)
	const path = `/bucket/a%20b/%C3%BC+(1)!~%2F?X-Amz-Credential=K%2F20260304&X-Amz-Signature=abc&empty=&x`
	f := newFile(100_000)
	client := newClient(t, Config{UserAgent: "darwin-uploader/1.2.3"})
	if _, f := send(t, client, Target{URL: address + path}, f.body()); f != nil {
		t.Fatalf("%v (%s)", f, f.Detail)
	}
	c := <-got
	if want := "PUT " + path + " HTTP/1.1"; c.line != want {
		t.Errorf("request line\n%s, want\n%s", c.line, want)
	}
	want := []string{"Content-Length: 100000", "Host: " + strings.TrimPrefix(address, "http://"), "User-Agent: darwin-uploader/1.2.3"}
	if !slices.Equal(c.headers, want) {
		t.Errorf("headers %q, want %q", c.headers, want)
	}
	if !bytes.Equal(c.body, f.content) {
		t.Error("the body is not the file")
	}
}

func TestAFormHoldsTheFieldsSortedAndTheFileLast(t *testing.T) {
	got := make(chan capture, 1)
	address := startCapture(t, got)
	fields := map[string]string{
		"X-amz-algorithm": "AWS4-HMAC-SHA256", "X-amz-signature": "feed", "acl": "private", "key": "a/b c.jpg",
		"policy": "eyJ9==\n", "success_action_status": "201", `odd "name"`: "line\r\nline", "empty": "",
	}
	f := newFile(50_000)
	b := f.body()
	b.Name = "C:\\pictures\\a \"quoted\"\r\nname\x00 ü.jpg"
	if _, f := send(t, newClient(t, Config{}), Target{URL: address + "/bucket", Fields: fields}, b); f != nil {
		t.Fatalf("%v (%s)", f, f.Detail)
	}
	c := <-got
	if want := "POST /bucket HTTP/1.1"; c.line != want {
		t.Errorf("request line %q, want %q", c.line, want)
	}
	if len(c.headers) != 4 || !strings.HasPrefix(c.headers[1], "Content-Type: multipart/form-data; boundary=") {
		t.Errorf("headers %q", c.headers)
	}
	_, params, err := mime.ParseMediaType(strings.TrimPrefix(c.headers[1], "Content-Type: "))
	if err != nil {
		t.Fatal(err)
	}
	parts := readParts(t, c.body, params["boundary"])
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	// A quote in a field's name cannot be sent as it is: it is escaped.
	want := []string{"X-amz-algorithm", "X-amz-signature", "acl", "empty", "key", `odd "name"`, "policy", "success_action_status", "file"}
	if len(names) != len(want) || names[len(names)-1] != "file" || !slices.IsSorted(names[:len(names)-1]) {
		t.Errorf("fields %q, want %q", names, want)
	}
	for _, p := range parts[:len(parts)-1] {
		if value, ok := fields[p.name]; ok && value != p.content {
			t.Errorf("field %s is %q, want %q", p.name, p.content, value)
		}
	}
	last := parts[len(parts)-1]
	if last.content != string(f.content) || strings.ContainsAny(last.fileName, "\r\n\x00") || !strings.HasSuffix(last.fileName, " ü.jpg") {
		t.Errorf("the file is called %q and has %d bytes", last.fileName, len(last.content))
	}
}

type part struct{ name, fileName, content string }

func readParts(t *testing.T, body []byte, boundary string) []part {
	t.Helper()
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	var parts []part
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{p.FormName(), p.FileName(), string(raw)})
	}
}

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"a.jpg": "a.jpg", "": "file", "dir/": "file", "/x/y.png": "y.png", `C:\x\y.png`: "y.png",
		"a\r\nb": "a__b", "\xff.jpg": "_.jpg", `q"q`: `q"q`, "ü 日本.dcm": "ü 日本.dcm", "\x7f": "_",
	} {
		if got := safeName(name); got != want {
			t.Errorf("safeName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestOnlyHTTPSOutsideThisComputer(t *testing.T) {
	sent := 0
	client := newClient(t, Config{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		sent++
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
		return response(200, ""), nil
	})})
	for address, ok := range map[string]bool{
		"https://s3.test/b/k": true, "http://127.0.0.1:1/b": true, "http://localhost/b": true, "http://[::1]:9/b": true, "http://127.8.8.8/b": true,
		"http://s3.test/b": false, "http://10.0.0.1/b": false, "http://localhost.evil.test/b": false, "ftp://127.0.0.1/b": false, "//s3.test/b": false,
		"/b": false, "": false, "https://": false, "https://user:pw@s3.test/b": false, "https:s3.test": false, "https://s3.test/%zz": false, "\x00": false,
	} {
		sent = 0
		f := newFile(10)
		_, got := send(t, client, Target{URL: address}, f.body())
		if ok != (got == nil) || ok != (sent == 1) {
			t.Errorf("%s: %v, sent %d times", address, got, sent)
		}
		if got != nil && (got.Kind != fault.Unexpected || f.opened.Load() != 0) {
			t.Errorf("%s: kind %v, opened %d times", address, got.Kind, f.opened.Load())
		}
	}
}

func TestAFormWithAFieldOfAnImpossibleNameIsNotSent(t *testing.T) {
	client := newClient(t, Config{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		t.Error("sent")
		return response(200, ""), nil
	})})
	for _, name := range []string{"file", "File", "", "a\r\nb", "\x7f"} {
		expectFault(t, client, Target{URL: "https://s3.test/b", Fields: map[string]string{name: "x"}}, newFile(1), fault.Unexpected)
	}
}

// FuzzFrame reads what was framed with another parser: whatever the names and
// values are, the file comes last and whole, and no field more than was given.
func FuzzFrame(f *testing.F) {
	f.Add("key", "value", "name.jpg")
	f.Add("a;b\"", "--\r\n", "\r\n\"; name=\"policy")
	f.Add("é", "\x00\xff", "../..")
	f.Fuzz(func(t *testing.T, field, value, name string) {
		if _, refused := (Target{URL: "https://s3.test", Fields: map[string]string{field: value}}).parse(); refused != nil {
			return
		}
		head, tail, contentType := frame(map[string]string{field: value}, name)
		_, params, err := mime.ParseMediaType(contentType)
		if err != nil {
			t.Fatal(err)
		}
		body := slices.Concat(head, []byte("the file\r\n--x"), tail)
		parts := readParts(t, body, params["boundary"])
		if len(parts) != 2 || parts[0].content != value || parts[1].name != "file" || parts[1].content != "the file\r\n--x" {
			t.Errorf("read back as %+v", parts)
		}
	})
}
