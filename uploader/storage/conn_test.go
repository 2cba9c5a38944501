package storage

import (
	"bufio"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
)

// counter counts the connections of a test server.
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) state(_ net.Conn, s http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s == http.StateNew {
		c.n++
	}
}

func (c *counter) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func TestAConnectionIsUsedAgainAfterASuccessOnly(t *testing.T) {
	for _, shape := range shapes {
		for _, tt := range []struct {
			status, want int
			body         string
		}{{200, 1, "fine"}, {201, 1, ""}, {503, 4, s3XML("SlowDown", "x")}, {500, 4, ""}, {403, 4, s3XML("AccessDenied", "x")}} {
			t.Run(fmt.Sprint(shape.name, tt.status), func(t *testing.T) {
				server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					_, _ = io.Copy(io.Discard, r.Body)
					w.WriteHeader(tt.status)
					_, _ = io.WriteString(w, tt.body)
				}))
				conns := &counter{}
				server.Config.ConnState = conns.state
				server.Start()
				defer server.Close()
				client := newClient(t, Config{})
				for range 4 {
					send(t, client, targetOf(shape.name, server.URL), newFile(100_000).body())
				}
				if got := conns.count(); got != tt.want {
					t.Errorf("%d connections for four requests, want %d", got, tt.want)
				}
			})
		}
	}
}

func TestAsManyConnectionsAreKeptAsThereAreWorkers(t *testing.T) {
	const workers = 6
	var arrived sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived.Done()
		arrived.Wait() // all workers are here at once
	}))
	conns := &counter{}
	server.Config.ConnState = conns.state
	server.Start()
	defer server.Close()
	client := newClient(t, Config{MaxConns: workers})
	for range 3 {
		arrived.Add(workers)
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() { send(t, client, targetOf("PUT", server.URL), newFile(1000).body()) })
		}
		wg.Wait()
	}
	if got := conns.count(); got != workers {
		t.Errorf("%d connections, want %d", got, workers)
	}
}

// TestAnEarlyRefusalIsToldEvenIfTheConnectionBreaks has a server that refuses
// after the first bytes and resets the connection while the rest is sent.
func TestAnEarlyRefusalIsToldEvenIfTheConnectionBreaks(t *testing.T) {
	answer := s3XML("AccessDenied", "Request has expired")
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			address := startRaw(t, func(conn *net.TCPConn, r *bufio.Reader) {
				_, _ = io.CopyN(io.Discard, r, 200_000)
				fmt.Fprintf(conn, "HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(answer), answer)
				// Closing with bytes unread resets the connection.
			})
			client := newClient(t, Config{})
			for range 20 {
				f := expectFault(t, client, targetOf(shape.name, address), newFile(8<<20), fault.Expired)
				if !strings.Contains(f.Detail, "Request has expired") {
					t.Fatalf("detail %q", f.Detail)
				}
			}
		})
	}
}

func TestAConnectionThatBreaksWithoutAnAnswerIsTheNetworksFault(t *testing.T) {
	address := startRaw(t, func(conn *net.TCPConn, r *bufio.Reader) {
		_, _ = io.CopyN(io.Discard, r, 200_000)
		_ = conn.SetLinger(0)
	})
	began := time.Now()
	f := expectFault(t, newClient(t, Config{}), targetOf("PUT", address), newFile(8<<20), fault.Network)
	if f.What != "The connection to storage broke." {
		t.Errorf("says %q (%s)", f.What, f.Detail)
	}
	if took := time.Since(began); took > lastWord {
		t.Errorf("took %v: nothing was left to listen for", took)
	}
}

func TestAStandingConnectionIsCut(t *testing.T) {
	release := make(chan struct{})
	address := startRaw(t, func(*net.TCPConn, *bufio.Reader) { <-release })
	defer close(release)
	f := newFile(32 << 20)
	got := expectFault(t, newClient(t, Config{Stall: 100 * time.Millisecond}), targetOf("PUT", address), f, fault.Stalled)
	if !errors.Is(got, errStalled) {
		t.Errorf("the cause is %v", got.Err)
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	for _, shape := range shapes {
		for _, status := range []int{301, 302, 303, 307, 308} {
			var mu sync.Mutex
			var paths []string
			server := startServer(t, func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				paths = append(paths, r.URL.Path)
				mu.Unlock()
				_, _ = io.Copy(io.Discard, r.Body)
				http.Redirect(w, r, "/elsewhere?token=planted-secret-in-a-redirect", status)
			})
			f := expectFault(t, newClient(t, Config{}), targetOf(shape.name, server.URL), newFile(1000), fault.Unexpected)
			mu.Lock()
			if len(paths) != 1 || strings.Contains(fmt.Sprintf("%+v", *f), "elsewhere") {
				t.Errorf("%d: asked for %q, says %+v", status, paths, *f)
			}
			mu.Unlock()
		}
	}
}

func TestHTTP1IsSpokenEvenWhereHTTP2IsOffered(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("X-Proto", r.Proto)
		if r.ProtoMajor != 1 {
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // the refused handshake is meant
	server.StartTLS()
	defer server.Close()
	client := newClient(t, Config{})

	// First without knowing the server's certificate.
	f := expectFault(t, client, targetOf("PUT", server.URL), newFile(10), fault.Network)
	if f.What != "Storage could not prove its identity." {
		t.Errorf("says %q (%s)", f.What, f.Detail)
	}

	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	client.own.TLSClientConfig.RootCAs = pool
	if _, f := send(t, client, targetOf("PUT", server.URL), newFile(1<<20).body()); f != nil {
		t.Errorf("%v (%s)", f, f.Detail)
	}
}
