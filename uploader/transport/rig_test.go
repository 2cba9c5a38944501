package transport

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// host is a name that only the proxy of these tests knows, as the names of an
// office's proxy are resolved by the proxy alone.
const host = "darwin.example"

// authority is a private certificate authority, as companies have one.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Alder Valley IT"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}
}

// file writes the authority's certificate where a person would be given it.
func (a *authority) file(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office-ca.pem")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// server answers "here" with a certificate of the authority for host.
func (a *authority) server(t *testing.T) *httptest.Server {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), DNSNames: []string{host}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") }))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// proxy is an HTTP proxy that lets nobody through without the right user name
// and password, and takes every connection to one address.
type proxy struct {
	*httptest.Server
	to             string
	user, password string

	mu       sync.Mutex
	let, not int // connections let through and refused
	tunnels  sync.WaitGroup
}

func newProxy(t *testing.T, to, user, password string) *proxy {
	t.Helper()
	p := &proxy{to: to, user: user, password: password}
	p.Server = httptest.NewServer(p)
	t.Cleanup(func() {
		p.Close()
		p.tunnels.Wait()
	})
	return p
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asking := &http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}
	user, password, _ := asking.BasicAuth()
	good := user == p.user && password == p.password
	p.count(good)
	if !good {
		w.Header().Set("Proxy-Authenticate", `Basic realm="office"`)
		http.Error(w, "who are you", http.StatusProxyAuthRequired)
		return
	}
	if r.Method != http.MethodConnect {
		_, _ = io.WriteString(w, "plain through the proxy")
		return
	}
	up, err := net.Dial("tcp", p.to)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
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
	p.tunnels.Go(func() { join(up, early) }) // which may hold the first bytes already
	p.tunnels.Go(func() { join(down, up) })
}

func (p *proxy) count(good bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if good {
		p.let++
	} else {
		p.not++
	}
}

func (p *proxy) seen() (let, not int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.let, p.not
}

// fetch asks for an address and gives the answer's text.
func fetch(t *testing.T, way http.RoundTripper, address string) (string, error) {
	t.Helper()
	client := &http.Client{Transport: way, Timeout: 20 * time.Second}
	defer client.CloseIdleConnections()
	answer, err := client.Get(address)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		return answer.Status, nil
	}
	return string(text), err
}
