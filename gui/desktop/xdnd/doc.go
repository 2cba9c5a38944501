// Package xdnd drops files on another program's window the way a file manager does, over the X11 drag-and-drop protocol
// (XDND, version 5): the tests of the real window use it, since no toolkit's test driver delivers a drop.
//
// A [Source] owns one connection to the X server and one invisible window. Its methods are meant for one goroutine at a time;
// Close may be called from anywhere, and a Drop that is under way then ends with an error.
//
// The protocol is described at https://www.freedesktop.org/wiki/Specifications/XDND/; file URIs follow RFC 8089 and text/uri-list
// RFC 2483.
package xdnd
