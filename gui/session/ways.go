package session

import (
	"net/http"

	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/storage"
	"darwin-uploader/uploader/transport"
)

// Ways are the ways to Darwin and to storage, which change together and hold
// for every session that was given them. They are safe for concurrent use.
type Ways struct{ darwin, storage *transport.Switch }

// NewWays makes ways that follow this computer's own settings.
func NewWays() *Ways {
	return &Ways{
		darwin: transport.NewSwitch(darwin.NewTransport),
		// As many connections are kept as the person may ever ask for.
		storage: transport.NewSwitch(func() *http.Transport { return storage.NewTransport(settings.MaxWorkers) }),
	}
}

// Set lets the next requests go the way of c. It reads c's certificate file;
// after an error nothing has changed.
func (w *Ways) Set(c transport.Config) error {
	if err := w.darwin.Set(c); err != nil {
		return err
	}
	return w.storage.Set(c)
}

// Buckets is the way to the team's own buckets.
func (w *Ways) Buckets() http.RoundTripper { return w.storage }

// Close lets idle connections go.
func (w *Ways) Close() {
	w.darwin.CloseIdleConnections()
	w.storage.CloseIdleConnections()
}
