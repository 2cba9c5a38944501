package cli

import (
	"context"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/sandbox"
	"darwin-uploader/uploader/transport"
)

// office is a network with its own rules: Darwin is reached through a proxy
// that asks for a password, and answers with a certificate of the office's own.
type office struct {
	proxy  string // its address with user name and password
	caFile string
	server string // Darwin's address behind it

	mu      sync.Mutex
	refused int
}

func newOffice(t *testing.T, sb *sandbox.Sandbox) *office {
	t.Helper()
	inside, err := url.Parse(sb.URL())
	if err != nil {
		t.Fatal(err)
	}
	quiet := log.New(io.Discard, "", 0)
	front := httptest.NewUnstartedServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(inside) },
		// What is signed leads to storage, which lies behind the proxy too.
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			text := strings.ReplaceAll(string(body), sb.URL(), "https://example.com")
			text = strings.ReplaceAll(text, inside.Host, "example.com")
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
			r.Header.Set("Content-Length", strconv.Itoa(len(text)))
			return err
		},
		ErrorLog: quiet,
	})
	front.Config.ErrorLog = quiet
	front.StartTLS()
	t.Cleanup(front.Close)
	// The certificate of httptest is for example.com, which only the proxy knows here.
	o := &office{caFile: filepath.Join(t.TempDir(), "office.pem"), server: "https://example.com"}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: front.Certificate().Raw})
	if err := os.WriteFile(o.caFile, cert, 0o600); err != nil {
		t.Fatal(err)
	}
	var tunnels sync.WaitGroup
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := &http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}
		if user, password, _ := asked.BasicAuth(); r.Method != http.MethodConnect || user != "ann" || password != "p@ss" {
			o.mu.Lock()
			o.refused++
			o.mu.Unlock()
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		up, err := net.Dial("tcp", front.Listener.Addr().String())
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusOK)
		down, early, err := http.NewResponseController(w).Hijack()
		if err != nil {
			_ = up.Close()
			return
		}
		join := func(to io.Writer, from io.Reader) {
			_, _ = io.Copy(to, from)
			_ = up.Close()
			_ = down.Close()
		}
		tunnels.Go(func() { join(up, early) }) // which may hold the first bytes already
		tunnels.Go(func() { join(down, up) })
	}))
	t.Cleanup(func() {
		proxy.Close()
		front.CloseClientConnections()
		tunnels.Wait()
	})
	o.proxy = "http://ann:p%40ss@" + proxy.Listener.Addr().String()
	return o
}

func TestAnOfficesProxyAndCertificateAreUsedFromFlagsOrSettings(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	o := newOffice(t, s.sandbox)
	s.vars["DARWIN_BASE_URL"] = o.server
	file := func(name string) string {
		return write(t, filepath.Join(t.TempDir(), name), []byte("content of "+name))
	}

	if code := s.upload("-d", "camera-traps-2026", "--proxy", o.proxy, "--ca-file", o.caFile, file("a.jpg")); code != ExitDone {
		t.Errorf("with flags it ended with %d: %s%s", code, s.out.String(), s.errout.String())
	}
	address, user, password := transport.SplitProxy(o.proxy)
	s.env.Way = func(context.Context) transport.Config {
		return transport.Config{Mode: transport.Manual, Proxy: address, User: user, Password: password, CAFile: o.caFile}
	}
	if code := s.upload("-d", "camera-traps-2026", file("b.jpg")); code != ExitDone {
		t.Errorf("with settings it ended with %d: %s", code, s.errout.String())
	}
	if n := len(s.sandbox.Items("camera-traps-2026")); n != 2 {
		t.Errorf("%d items arrived", n)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refused != 0 {
		t.Errorf("the proxy refused %d requests", o.refused)
	}
}

func TestAWrongProxyOrCertificateFileIsToldBeforeAnythingIsSent(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	for _, args := range [][]string{{"--proxy", "ftp://proxy"}, {"--ca-file", "/no/such/file.pem"}} {
		if code := s.upload(append(args, "-d", "camera-traps-2026", write(t, filepath.Join(t.TempDir(), "a.jpg"), []byte("x")))...); code != ExitWrong {
			t.Errorf("%q ended with %d: %s", args, code, s.errout.String())
		}
	}
	if n := len(s.sandbox.Items("camera-traps-2026")); n != 0 {
		t.Errorf("%d items arrived", n)
	}
}

func TestWordsOfTheCommandGoBeforeTheSettings(t *testing.T) {
	set := transport.Config{Mode: transport.Manual, Proxy: "set:1", User: "u", CAFile: "set.pem"}
	e := Env{Way: func(context.Context) transport.Config { return set }}
	for _, tt := range []struct {
		args uploadArgs
		want transport.Config
	}{
		{uploadArgs{}, set},
		{uploadArgs{proxy: "none"}, transport.Config{Mode: transport.None, CAFile: "set.pem"}},
		{uploadArgs{proxy: "system", caFile: "own.pem"}, transport.Config{CAFile: "own.pem"}},
		{uploadArgs{proxy: "own:2"}, transport.Config{Mode: transport.Manual, Proxy: "own:2", CAFile: "set.pem"}},
		{uploadArgs{caFile: "own.pem"}, transport.Config{Mode: transport.Manual, Proxy: "set:1", User: "u", CAFile: "own.pem"}},
	} {
		if got := e.way(t.Context(), tt.args); got != tt.want {
			t.Errorf("%+v gives %#v", tt.args, got)
		}
	}
}
