// Package session runs a program on a desktop of its own, for tests that need a real window: an X server without a screen
// (Xvfb), a window manager (openbox), a message bus and an unlocked keychain (gnome-keyring), all in a private home folder.
//
// [Start] makes a session that ends with its test, each process by its own id. A [Session] and what it hands out belong to the
// test's goroutine. Nothing here sleeps for a fixed time: [Await] asks again and again until a condition holds or the test has
// waited too long.
//
// It runs on Linux. A tool that is missing fails the test by name: packaging/test.sh installs them all.
package session
