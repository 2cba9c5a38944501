// Package looktest is for the tests of what the window shows: it draws views in
// their states, both looks and the sizes they are made for, and compares themes.
//
// With DARWIN_UPLOADER_PICTURES set to a folder every picture that is drawn
// lands there as a PNG file, for a person to look at; without it the pictures
// are drawn all the same, so that a state that does not fit or that panics is
// found.
//
// Everything here belongs to the goroutine of the test, which is the main
// thread of Fyne's test driver.
package looktest
