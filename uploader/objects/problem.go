package objects

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"golang.org/x/oauth2"

	"darwin-uploader/uploader/fault"
)

// explain makes a fault of what a library says. Detail holds the provider's
// code only: the text of such errors may hold signed addresses.
func explain(ctx context.Context, err error, bucket, what string, status int, code string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	e := &fault.Error{Status: status, Detail: strings.TrimSpace(fmt.Sprintf("%s HTTP %d", code, status))}
	switch {
	case code == "NoSuchBucket" || code == "InvalidBucketName" || code == "ContainerNotFound" || code == "AccountIsDisabled":
		e.Kind, e.What, e.Do = fault.Missing, fmt.Sprintf("There is no bucket %q, or not at this address.", bucket), "Compare it with the storage's settings in Darwin."
	case status == http.StatusNotFound:
		e.Kind, e.What, e.Do = fault.Missing, fmt.Sprintf("The bucket has no object %q.", what), "Check the key, in its upper and lower case too."
	case code == "InvalidAccessKeyId" || code == "SignatureDoesNotMatch" || code == "InvalidToken" || code == "ExpiredToken" || code == "AuthenticationFailed" || status == http.StatusUnauthorized:
		e.Kind, e.What, e.Do = fault.Key, fmt.Sprintf("The bucket %q does not accept these credentials.", bucket), "Sign in again, or enter others."
	case status == http.StatusForbidden:
		e.Kind, e.What = fault.Permission, fmt.Sprintf("These credentials may not do this in the bucket %q.", bucket)
		e.Do = "Ask whoever manages the bucket to allow listing and reading, or sign in otherwise."
	case status == http.StatusTooManyRequests || status >= 500 && status != http.StatusNotImplemented || code == "SlowDown":
		e.Kind, e.What, e.Do = fault.Busy, fmt.Sprintf("The bucket %q is too busy at the moment.", bucket), "Try again in a minute."
	case status != 0:
		e.Kind, e.What, e.Do = fault.Unexpected, fmt.Sprintf("The bucket %q gave an answer that this program does not understand.", bucket), "Check its address."
	default:
		return silent(err, bucket)
	}
	return e
}

// silent is a problem without an answer.
func silent(err error, bucket string) error {
	if _, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return &fault.Error{Kind: fault.Key, What: "Google does not accept these credentials.", Do: "Sign in again, or enter others."}
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return &fault.Error{
			Kind: fault.Network, What: fmt.Sprintf("The bucket %q does not answer.", bucket),
			Do: "Check the network, and the address if the bucket has one of its own.",
		}
	}
	return &fault.Error{
		Kind: fault.Key, What: fmt.Sprintf("There are no credentials on this computer that open the bucket %q.", bucket),
		Do: "Sign in with the provider's own program, or enter credentials.",
	}
}

func noCredentials(provider, do string) error {
	return &fault.Error{Kind: fault.Key, What: "There are no credentials for " + provider + " on this computer.", Do: do}
}
