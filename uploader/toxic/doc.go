// Package toxic lets the engine upload through a network that another
// project's proxy makes bad: it has no code to offer. It is a module of its own
// so that the proxy and what it needs stay out of the program's go.mod.
package toxic
