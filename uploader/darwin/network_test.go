package darwin

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
)

// over makes a client of https://darwin.test whose connections are dialled by
// dial and trust roots.
func over(t *testing.T, dial func() (net.Conn, error), change func(*http.Transport)) *Client {
	t.Helper()
	transport := NewTransport()
	transport.Proxy = nil
	transport.DialContext = func(context.Context, string, string) (net.Conn, error) { return dial() }
	if change != nil {
		change(transport)
	}
	return newClient(t, "https://darwin.test", func(cfg *Config) { cfg.Transport = transport })
}

func secure(t *testing.T) (*httptest.Server, *x509.CertPool) {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "[]") }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return s, pool
}

func TestNetworkFailuresAreToldApart(t *testing.T) {
	dialError := func(err error) func() (net.Conn, error) {
		return func() (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	}
	s, pool := secure(t)
	toServer := func() (net.Conn, error) { return net.Dial("tcp", s.Listener.Addr().String()) }
	plain := always(t, 200, "[]")
	toPlain := func() (net.Conn, error) { return net.Dial("tcp", plain.Listener.Addr().String()) }

	for name, tc := range map[string]struct {
		client     *Client
		what, does string
	}{
		"unknown name": {
			over(t, dialError(&net.DNSError{Err: "no such host", Name: "darwin.test", IsNotFound: true}), nil),
			"This computer cannot find darwin.test.", "internet connection",
		},
		"name service silent": {
			over(t, dialError(&net.DNSError{Err: "timeout", Name: "darwin.test", IsTimeout: true}), nil),
			"could not look up where darwin.test is", "internet connection",
		},
		"refused": {over(t, dialError(errors.New("connect: connection refused")), nil), "no connection to Darwin", "firewall"},
		"authority": {
			over(t, toServer, func(tr *http.Transport) { tr.TLSClientConfig = &tls.Config{ServerName: "example.com"} }),
			"does not trust the certificate", "IT department for the certificate",
		},
		"name": {
			over(t, toServer, func(tr *http.Transport) { tr.TLSClientConfig = &tls.Config{RootCAs: pool} }),
			"The certificate that answered is not that of darwin.test.", "sign in first",
		},
		"date": {
			over(t, toServer, func(tr *http.Transport) {
				tr.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: "example.com", Time: func() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }}
			}),
			"is not valid today", "date and time",
		},
		"not TLS": {over(t, toPlain, nil), "does not speak the protected protocol", "address"},
		"another check of the certificate": {
			over(t, toServer, func(tr *http.Transport) {
				tr.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: "example.com", VerifyPeerCertificate: func([][]byte, [][]*x509.Certificate) error {
					return &tls.CertificateVerificationError{Err: errors.New("is not trusted")}
				}}
			}),
			"could not check the certificate", "IT department",
		},
		"TLS refused": {
			over(t, toServer, func(tr *http.Transport) {
				tr.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: "example.com", VerifyConnection: func(tls.ConnectionState) error { return tls.AlertError(40) }}
			}),
			"No protected connection", "IT department",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tc.client.Datasets(t.Context())
			e := asFault(t, err, fault.Network)
			if !strings.Contains(e.What, tc.what) || !strings.Contains(e.Do, tc.does) || e.Safe == "" {
				t.Errorf("told as %q (%s)", e, e.Detail)
			}
			if _, ok := errors.AsType[*url.Error](err); ok || strings.Contains(e.Detail, "/api/datasets") {
				t.Errorf("the address is still there: %v", e.Detail)
			}
		})
	}
}

func TestTrustedCertificateWorksOverTheOwnTransport(t *testing.T) {
	s, pool := secure(t)
	c := over(t, func() (net.Conn, error) { return net.Dial("tcp", s.Listener.Addr().String()) }, func(tr *http.Transport) {
		tr.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: "example.com"}
	})
	if _, err := c.Datasets(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestOwnTransportSpeaksHTTP2KeepsTheProxyAndLeavesGosDefaultAlone(t *testing.T) {
	var proto string
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proto = r.Proto
		_, _ = io.WriteString(w, "[]")
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	c := over(t, func() (net.Conn, error) { return net.Dial("tcp", s.Listener.Addr().String()) }, func(tr *http.Transport) {
		tr.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: "example.com"}
	})
	if _, err := c.Datasets(t.Context()); err != nil || proto != "HTTP/2.0" {
		t.Errorf("spoke %q, %v", proto, err)
	}
	own, shared := NewTransport(), http.DefaultTransport.(*http.Transport)
	if own.Proxy == nil || own.MaxIdleConnsPerHost <= http.DefaultMaxIdleConnsPerHost {
		t.Error("no proxy, or too few idle connections")
	}
	if shared.MaxIdleConnsPerHost != 0 || shared.OnProxyConnectResponse != nil || shared.HTTP2 != nil {
		t.Error("Go's default transport was changed")
	}
}

func TestConnectionsThatAreCutAreNetworkFaults(t *testing.T) {
	for name, cut := range map[string]func(net.Conn){
		"before the answer": func(c net.Conn) {},
		"within the body": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\":[")
		},
		"within the chunks": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[\r\n")
		},
		"no HTTP at all": func(c net.Conn) { _, _ = io.WriteString(c, "220 mail ready\r\n") },
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				cut(conn)
				_ = conn.Close()
			})
			for _, do := range everyCall {
				asFault(t, do(t.Context(), s.client(t)), fault.Network)
			}
		})
	}
}

func TestProxiesThatRefuseAreToldApart(t *testing.T) {
	through := func(status int) *Client {
		proxy := always(t, status, "")
		u, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword("person", "PLANTEDPASSWORD")
		return over(t, nil, func(tr *http.Transport) {
			tr.Proxy = http.ProxyURL(u)
			tr.DialContext = nil
		})
	}
	for status, want := range map[int]string{407: "user name and a password", 403: "does not let this program", 503: "does not let this program"} {
		_, err := through(status).Datasets(t.Context())
		e := asFault(t, err, fault.Network)
		if !strings.Contains(e.What, want) || e.Status != status {
			t.Errorf("%d is told as %v", status, e)
		}
		wantNoSecret(t, err)
	}
	u, _ := url.Parse("http://person:PLANTEDPASSWORD@127.0.0.1:1")
	_, err := over(t, func() (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	}, func(tr *http.Transport) {
		tr.Proxy = http.ProxyURL(u)
	}).Datasets(t.Context())
	if e := asFault(t, err, fault.Network); !strings.Contains(e.What, "proxy of your network could not be reached") {
		t.Errorf("a dead proxy is told as %v", e)
	}
	wantNoSecret(t, err)
	_, err = over(t, nil, func(tr *http.Transport) {
		tr.Proxy = func(*http.Request) (*url.URL, error) {
			return nil, errors.New(`invalid proxy address "http://person:PLANTEDPASSWORD@bad host": parse "http://person:PLANTEDPASSWORD@bad host": invalid`)
		}
	}).Datasets(t.Context())
	wantNoSecret(t, asFault(t, err, fault.Network))
}
