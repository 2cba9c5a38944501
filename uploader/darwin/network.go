package darwin

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"darwin-uploader/uploader/fault"
)

// broken makes the error of a call that got no whole answer. Where ctx has
// ended, it is ctx's error as it is; own is ctx with the call's time limit.
func (c *Client) broken(ctx, own context.Context, k call, err error) error {
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	if web, ok := errors.AsType[*url.Error](err); ok {
		err = web.Err // the rest of it is the address
	}
	var e *fault.Error
	if own.Err() != nil {
		e = &fault.Error{
			Kind: fault.Stalled,
			What: "Darwin did not answer in time.",
			Safe: filesAreSafe,
			Do:   "Check the internet connection, and try again.",
		}
	} else {
		e = c.network(err)
	}
	safe := &cause{err: err, text: c.scrub(err.Error())}
	e.Detail, e.Err = k.name+": "+safe.text, safe
	return e
}

// network gives the kind and the sentences of a connection that failed.
func (c *Client) network(err error) *fault.Error {
	host := c.server.Hostname()
	e := &fault.Error{Kind: fault.Network, Safe: filesAreSafe}

	if refusal, ok := errors.AsType[*proxyRefusal](err); ok {
		return proxyFault(refusal.status)
	}
	op, isOp := errors.AsType[*net.OpError](err)
	if isOp && op.Op == "proxyconnect" {
		return proxyFault(0)
	}
	if what, do := certificate(err, host); what != "" {
		e.What, e.Do = what, do
		return e
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		e.What = "This computer cannot find " + host + "."
		e.Do = "Check the internet connection, and the server's address in the settings."
		if dns.IsTimeout || dns.IsTemporary {
			e.What = "This computer could not look up where " + host + " is."
			e.Do = "Check the internet connection."
		}
		return e
	}
	if isOp && op.Op == "dial" {
		e.What = "There is no connection to Darwin."
		e.Do = "Check the internet connection, and whether a firewall lets this program reach " + host + "."
		return e
	}
	e.What = "The connection to Darwin was cut."
	e.Do = "Check the internet connection, and try again."
	return e
}

// certificate explains the failures of TLS that a person can do something
// about; both sentences are empty for anything else.
func certificate(err error, host string) (what, do string) {
	const askIT = "Ask your IT department for the certificate of your network's security software, and have it installed on this computer."
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "This computer does not trust the certificate with which " + host + " answered.", askIT
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		if invalid.Reason == x509.Expired {
			return "The certificate of " + host + " is not valid today.", "Check the date and time of this computer, and ask your IT department if they are right."
		}
		return "This computer does not trust the certificate with which " + host + " answered.", askIT
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "The certificate that answered is not that of " + host + ".", "Open a web page to see whether this network wants you to sign in first, and check the server's address."
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "This computer could not check the certificate of " + host + ".", askIT
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		return "What answered at " + host + " does not speak the protected protocol.", "Check the server's address."
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return "No protected connection to " + host + " could be made.", "Ask your IT department whether its security software lets this program through."
	}
	return "", ""
}

func proxyFault(status int) *fault.Error {
	e := &fault.Error{
		Kind: fault.Network,
		What: "The proxy of your network does not let this program reach Darwin.",
		Safe: filesAreSafe,
		Do:   "Ask your IT department to allow it.",

		Status: status,
	}
	switch status {
	case 0:
		e.What = "The proxy of your network could not be reached."
		e.Do = "Check the network and its proxy settings, and ask your IT department if they are right."
	case http.StatusProxyAuthRequired:
		e.What = "The proxy of your network wants a user name and a password."
		e.Do = "Ask your IT department how programs are to sign in to the proxy."
	}
	if status != 0 {
		e.Detail = "HTTP " + strconv.Itoa(status) + " from the proxy"
	}
	return e
}

// cause keeps an error for errors.Is and errors.As, and shows only what may be
// shown of it. It has no Unwrap, so that nobody prints the original.
type cause struct {
	err  error
	text string
}

func (e *cause) Error() string        { return e.text }
func (e *cause) Is(target error) bool { return errors.Is(e.err, target) }
func (e *cause) As(target any) bool   { return errors.As(e.err, target) }
