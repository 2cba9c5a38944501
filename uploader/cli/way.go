package cli

import (
	"context"

	"darwin-uploader/uploader/transport"
)

// way is how requests leave: as the words of the command say, else the settings.
func (e Env) way(ctx context.Context, a uploadArgs) transport.Config {
	var c transport.Config
	if e.Way != nil && (a.proxy == "" || a.caFile == "") {
		c = e.Way(ctx)
	}
	if a.caFile != "" {
		c.CAFile = a.caFile
	}
	if a.proxy != "" {
		c = transport.Config{CAFile: c.CAFile}
	}
	switch a.proxy {
	case "", "system":
	case "none":
		c.Mode = transport.None
	default:
		c.Mode = transport.Manual
		c.Proxy, c.User, c.Password = transport.SplitProxy(a.proxy)
	}
	return c
}
