// Package inspector is the panel at the right of the queue: what is selected,
// the Darwin folder, how videos are read, and the tags.
//
// It is a view with callbacks. It knows tag classes and files only as the
// values that it is shown, sends nothing anywhere and never sees the queue: the
// owner calls SetSelection after each change, and the view keeps
// what a person is typing.
//
// Everything here belongs to the main thread. The only exception is the done
// function that OnCreateTag hands out: it may be called once from any
// goroutine, and reaches the view through the poster given to New.
package inspector
