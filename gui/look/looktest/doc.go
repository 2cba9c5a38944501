// Package looktest is for the tests of what the window shows: it draws views in
// their states, both looks, all languages and the sizes they are made for, finds texts
// that are cut off and controls without words, and compares themes.
//
// With DARWIN_UPLOADER_PICTURES set to a folder every picture lands there as a
// PNG file, for a person to look at. Without it every state is laid out all the
// same, so that one that does not fit is found, but not drawn, which is slow.
//
// Everything here belongs to the goroutine of the test, which is the main
// thread of Fyne's test driver.
package looktest
