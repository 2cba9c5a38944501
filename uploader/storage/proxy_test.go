package storage

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

func TestAProxyThatRefusesOrIsAwayIsToldAsSuch(t *testing.T) {
	const password = "pLanted-passw0rd"
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
	}))
	defer refusing.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, tt := range []struct{ proxy, says string }{
		{refusing.Listener.Addr().String(), "does not let this program reach"}, {gone.Listener.Addr().String(), "could not be reached"},
	} {
		way := NewTransport(1)
		way.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: tt.proxy, User: url.UserPassword("ann", password)})
		client := newClient(t, Config{Transport: way})
		_, err := client.Send(t.Context(), targetOf(shapes[0].name, "https://storage.example"), newFile(100).body(), nil)
		f := fault.Of(err)
		if f.Kind != fault.Network || !strings.Contains(f.What, "proxy") || !strings.Contains(f.What, tt.says) {
			t.Errorf("it says %v (%s)", err, f.Detail)
		}
		if strings.Contains(f.Error()+f.Detail, password) {
			t.Errorf("it tells the password: %v, %s", f, f.Detail)
		}
	}
}
