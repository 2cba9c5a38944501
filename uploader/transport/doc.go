// Package transport is how requests leave this computer: directly or through a
// proxy, and which certificates are trusted on the way. One Config holds for
// the Darwin API and for object storage alike, whose own transports it only
// changes in these two points.
//
// A Config is a value. A Switch may be used from any goroutine, and gives
// later requests another way while earlier ones are still under way.
//
// The proxy's password is in Config alone. It leaves the package only towards
// the proxy, and is in no error and in no printed form of a Config.
package transport
