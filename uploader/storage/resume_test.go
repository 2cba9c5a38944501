package storage

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

func TestANewConnectionGoesOnWithTheOldOnesKeys(t *testing.T) {
	var resumed, all atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		all.Add(1)
		if r.TLS.DidResume {
			resumed.Add(1)
		}
	}))
	server.StartTLS()
	defer server.Close()
	transport := NewTransport(4)
	transport.TLSClientConfig.RootCAs = x509.NewCertPool()
	transport.TLSClientConfig.RootCAs.AddCert(server.Certificate())
	client := newClient(t, Config{Transport: transport})
	for range 3 {
		if _, f := send(t, client, targetOf("PUT", server.URL), newFile(1000).body()); f != nil {
			t.Fatal(f)
		}
		client.CloseIdle()
	}
	if all.Load() != 3 || resumed.Load() != 2 {
		t.Errorf("%d of %d connections went on with old keys, want 2 of 3", resumed.Load(), all.Load())
	}
	if transport.TLSClientConfig.MinVersion < tls.VersionTLS12 {
		t.Error("old versions of TLS are allowed")
	}
}

func TestNoMoreConnectionsAreMadeThanAllowed(t *testing.T) {
	const allowed = 3
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
	}))
	conns := &counter{}
	server.Config.ConnState = conns.state
	server.Start()
	defer server.Close()
	client := newClient(t, Config{MaxConns: allowed})
	done := make(chan struct{})
	for range 8 * allowed {
		go func() {
			defer func() { done <- struct{}{} }()
			send(t, client, targetOf("PUT", server.URL), newFile(1000).body())
		}()
	}
	for range 8 * allowed {
		<-done
	}
	if n := conns.count(); n > allowed {
		t.Errorf("%d connections, at most %d are allowed", n, allowed)
	}
}
