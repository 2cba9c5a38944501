package transport

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

const secret = "pLanted-proxy-passw0rd"

func TestAPrivateAuthorityBehindAProxyWithAPasswordIsReached(t *testing.T) {
	ca := newAuthority(t)
	server := ca.server(t)
	p := newProxy(t, server.Listener.Addr().String(), "ann", secret)
	for _, form := range []struct {
		name    string
		content []byte
	}{{"PEM", ca.pem}, {"PEM with a mark and words around", append([]byte("\xef\xbb\xbfThe office's certificate\n"), ca.pem...)}, {"DER", ca.cert.Raw}} {
		t.Run(form.name, func(t *testing.T) {
			way, err := New(Config{Mode: Manual, Proxy: p.Listener.Addr().String(), User: "ann", Password: secret, CAFile: ca.file(t, form.content)})
			if err != nil {
				t.Fatal(err)
			}
			before, _ := p.seen()
			if got, err := fetch(t, way, "https://"+host); got != "here" || err != nil {
				t.Errorf("the answer is %q, %v", got, err)
			}
			if after, _ := p.seen(); after != before+1 {
				t.Errorf("%d connections went through the proxy, want 1", after-before)
			}
		})
	}
}

func TestWithoutPasswordOrCertificateNothingGetsThroughAndNoErrorTellsThePassword(t *testing.T) {
	ca := newAuthority(t)
	server := ca.server(t)
	p := newProxy(t, server.Listener.Addr().String(), "ann", "another")
	good := Config{Mode: Manual, Proxy: p.Listener.Addr().String(), User: "ann", Password: "another", CAFile: ca.file(t, ca.pem)}
	for name, change := range map[string]func(*Config){
		"no user":        func(c *Config) { c.User, c.Password = "", "" },
		"wrong password": func(c *Config) { c.Password = secret },
		"no certificate": func(c *Config) { c.CAFile = "" },
	} {
		t.Run(name, func(t *testing.T) {
			c := good
			change(&c)
			way, err := New(c)
			if err != nil {
				t.Fatal(err)
			}
			got, err := fetch(t, way, "https://"+host)
			if err == nil {
				t.Fatalf("the answer is %q", got)
			}
			if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "another") {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
	if _, not := p.seen(); not != 2 {
		t.Errorf("the proxy refused %d connections, want 2", not)
	}
}

func TestThisComputersOwnAddressesNeverGoThroughAProxyByHand(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "direct") }))
	defer server.Close()
	p := newProxy(t, "127.0.0.1:1", "ann", secret)
	way, err := New(Config{Mode: Manual, Proxy: p.URL, User: "ann", Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{server.URL, strings.Replace(server.URL, "127.0.0.1", "localhost", 1)} {
		if got, err := fetch(t, way, address); got != "direct" || err != nil {
			t.Errorf("%s answers %q, %v", address, got, err)
		}
	}
	if got, err := fetch(t, way, "http://"+host); got != "plain through the proxy" || err != nil {
		t.Errorf("another address answers %q, %v", got, err)
	}
}

func TestTheSystemsProxyIsReadWhenItIsAskedForAndNoneIgnoresIt(t *testing.T) {
	p := newProxy(t, "127.0.0.1:1", "ann", secret)
	t.Setenv("HTTP_PROXY", strings.Replace(p.URL, "http://", "http://ann:"+secret+"@", 1))
	t.Setenv("NO_PROXY", "")
	way, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := fetch(t, way, "http://"+host); got != "plain through the proxy" || err != nil {
		t.Errorf("the answer is %q, %v", got, err)
	}
	if way, err = New(Config{Mode: None}); err != nil {
		t.Fatal(err)
	}
	if way.Proxy != nil {
		t.Error("without a proxy one is asked for all the same")
	}
}

func TestASwitchTakesTheNewWayForTheNextRequest(t *testing.T) {
	ca := newAuthority(t)
	server := ca.server(t)
	p := newProxy(t, server.Listener.Addr().String(), "ann", secret)
	made := 0
	s := NewSwitch(func() *http.Transport {
		made++
		return http.DefaultTransport.(*http.Transport).Clone()
	})
	if _, err := fetch(t, s, server.URL); err == nil {
		t.Fatal("a certificate that nobody knows is trusted")
	}
	good := Config{Mode: Manual, Proxy: p.URL, User: "ann", Password: secret, CAFile: ca.file(t, ca.pem)}
	if err := s.Set(good); err != nil {
		t.Fatal(err)
	}
	if got, err := fetch(t, s, "https://"+host); got != "here" || err != nil {
		t.Errorf("after the change the answer is %q, %v", got, err)
	}
	bad := good
	bad.Proxy = "ftp://nowhere"
	if err := s.Set(bad); fault.KindOf(err) != fault.Usage {
		t.Errorf("a wrong address gives %v", err)
	}
	if got, err := fetch(t, s, "https://"+host); got != "here" || err != nil {
		t.Errorf("after a change that failed the answer is %q, %v", got, err)
	}
	if made != 3 {
		t.Errorf("%d transports were made", made)
	}
}

func TestARequestUnderWayEndsOnTheOldWay(t *testing.T) {
	arrived, goOn := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(arrived)
		<-goOn
		_, _ = io.WriteString(w, "whole")
	}))
	defer server.Close()
	s := NewSwitch(func() *http.Transport { return &http.Transport{} })
	type outcome struct {
		text string
		err  error
	}
	ended := make(chan outcome, 1)
	go func() {
		text, err := fetch(t, s, server.URL)
		ended <- outcome{text, err}
	}()
	<-arrived
	if err := s.Set(Config{Mode: None}); err != nil {
		t.Fatal(err)
	}
	close(goOn)
	if got := <-ended; got.text != "whole" || got.err != nil {
		t.Errorf("it ended with %+v", got)
	}
}

func TestAFileWithoutCertificatesIsToldInASentence(t *testing.T) {
	ca := newAuthority(t)
	huge := make([]byte, maxRoots+1)
	for _, tt := range []struct {
		name    string
		content []byte
		kind    fault.Kind
	}{
		{"empty", nil, fault.Usage},
		{"words", []byte("no certificate at all"), fault.Usage},
		{"a key", []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), fault.Usage},
		{"a broken certificate", []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), fault.Usage},
		{"cut off", ca.pem[:len(ca.pem)/2], fault.Usage},
		{"huge", huge, fault.Usage},
	} {
		t.Run(tt.name, func(t *testing.T) { refused(t, ca.file(t, tt.content), tt.kind) })
	}
	t.Run("not there", func(t *testing.T) { refused(t, "/no/such/file.pem", fault.Unreadable) })
	t.Run("a folder", func(t *testing.T) { refused(t, t.TempDir(), fault.Unreadable) })
}

func refused(t *testing.T, path string, kind fault.Kind) {
	t.Helper()
	_, err := New(Config{CAFile: path})
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != kind || f.What == "" || f.Do == "" || strings.Contains(f.Error()+f.Detail, path) {
		t.Errorf("New gives %v (%+v)", err, f)
	}
}

func TestAnAddressIsReadAsPeopleWriteIt(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"proxy.office:3128", "http://proxy.office:3128"}, {" proxy.office ", "http://proxy.office:8080"},
		{"http://10.0.0.1:80/", "http://10.0.0.1:80"}, {"https://proxy.office", "https://proxy.office:443"},
		{"socks5://[fe80::1]:1080", "socks5://[fe80::1]:1080"}, {"socks5h://s", "socks5h://s:1080"},
		{"", ""}, {"ftp://p", ""}, {"http://ann:" + secret + "@p:1", ""}, {"http://p:0", ""}, {"p:99999", ""}, {"p:x", ""},
		{"http://p/path", ""}, {"http://p?q", ""}, {"two words", ""}, {"http://", ""}, {"%zz:" + secret, ""}, {strings.Repeat("p", 600), ""},
	} {
		u, err := ParseProxy(tt.text)
		if tt.want == "" {
			if fault.KindOf(err) != fault.Usage || strings.Contains(err.Error(), secret) {
				t.Errorf("ParseProxy(%q) = %v, %v", tt.text, u, err)
			}
		} else if err != nil || u.String() != tt.want {
			t.Errorf("ParseProxy(%q) = %v, %v; want %s", tt.text, u, err, tt.want)
		}
	}
}

func TestUserNameAndPasswordAreTakenOutOfAnAddress(t *testing.T) {
	for _, tt := range []struct{ text, address, user, password string }{
		{"http://ann:p%40ss@proxy:1", "http://proxy:1", "ann", "p@ss"}, {"ann:a@b:c@proxy:1", "proxy:1", "ann", "a@b:c"},
		{"socks5://ann@proxy", "socks5://proxy", "ann", ""}, {"proxy:1", "proxy:1", "", ""}, {"ann:50%@p", "p", "ann", "50%"},
	} {
		if a, u, p := SplitProxy(tt.text); a != tt.address || u != tt.user || p != tt.password {
			t.Errorf("SplitProxy(%q) = %q, %q, %q", tt.text, a, u, p)
		}
	}
}

func TestNoPrintedFormShowsThePassword(t *testing.T) {
	c := Config{Mode: Manual, Proxy: "p:1", User: "ann", Password: secret}
	for _, text := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprintf("%s %d", c, c), c.LogValue().String()} {
		if strings.Contains(text, secret) || strings.Contains(text, "ann") {
			t.Errorf("it prints %q", text)
		}
	}
}

func FuzzAnAddressThatIsTakenIsAProxyAndNeverCarriesAPassword(f *testing.F) {
	for _, seed := range []string{"proxy:8080", "http://a:b@c:1", "socks5://[::1]:1", "http://%41", "//", "http://a b", "x://y", ":@:", "http://p:1/#"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		address, _, _ := SplitProxy(text)
		u, err := ParseProxy(address)
		if err != nil {
			if fault.KindOf(err) != fault.Usage {
				t.Errorf("%q gives %v", text, err)
			}
			return
		}
		if u.User != nil || u.Hostname() == "" || u.Port() == "" || u.Path != "" {
			t.Errorf("%q became %v", text, u)
		}
		again, err := ParseProxy(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q became %v, then %v, %v", text, u, again, err)
		}
		if _, err := url.Parse(u.String()); err != nil {
			t.Error(err)
		}
	})
}

func FuzzCertificatesNeverPanics(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Add([]byte{0x30, 0x82, 0x01})
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, c := range certificates(content) {
			if len(c.Raw) == 0 {
				t.Error("an empty certificate")
			}
		}
	})
}
