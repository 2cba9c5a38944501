package storage

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// proxyRefusal is a proxy that would not connect to storage.
type proxyRefusal struct{ status int }

func (e *proxyRefusal) Error() string {
	return "the proxy refused to connect: " + strings.ToLower(http.StatusText(e.status))
}

// heedProxy keeps apart what a proxy says and what storage says.
func heedProxy(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return &proxyRefusal{status: answer.StatusCode}
	}
	return nil
}
