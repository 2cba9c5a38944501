// Package scenes draws the six small landscapes that stand for a person's
// pictures: in the frame of the welcome screen and on the empty drop zone.
//
// They are vector pictures of our own, 120 by 93, without rounded corners (give
// the canvas.Image a CornerRadius). They look the same in both themes, as
// photographs do.
//
// Everything here is immutable and may be used from any goroutine.
package scenes
