// Package finder looks in a bucket for what a read-only storage needs and the
// person did not state: sizes of pictures from their headers, thumbnails by a
// naming rule, the frames of a video by their pattern. It invents nothing: what
// it does not find stays missing, with a reason. It writes only if it was told
// to make thumbnails.
//
// # What it reads
//
// Of each picture a few KB at its beginning, more only where the header is
// longer (a JPEG with a large profile), at most MaxHeader bytes; of a TIFF also
// its directory, wherever that lies. A picture is read whole only to make its
// thumbnail, up to MaxOriginal bytes and MaxPixels pixels.
//
// The size of a JPEG is the one that it is shown with: its EXIF orientation
// counts. That Darwin means that one is inferred. A video has the size of its
// first frame.
//
// # A bucket that does not answer
//
// A bucket that has answered before is waited for, up to five minutes for an
// object. One that never has is told at once, as are credentials that it does
// not accept: both concern all objects, and end a plan.
//
// # Concurrency
//
// A Finder may be used from any goroutine. Find works on several items at once
// (Finder.AtOnce) and ends all its goroutines before it returns.
package finder
