// Package desktop tests the program as a person meets it: its real window on a real X server, with a real drop from outside, a
// real keyboard and a real keychain. It has no code of its own to offer; package session is the desktop, package xdnd the hand
// that drops.
//
// The tests run with DARWIN_UPLOADER_WINDOW_TEST=1, as packaging/test.sh sets it; a missing tool then fails them. Without it they
// are skipped, because a machine may have no X server to offer.
//
// DARWIN_UPLOADER_PICTURES names a folder in which the tests leave pictures of what they saw.
package desktop
