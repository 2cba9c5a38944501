// Package arrange holds the few layouts that Fyne lacks: a line in which one
// thing grows, chips that flow into rows, and a width that is held.
//
// Fyne's own boxes stretch a button to the height of its neighbours and put
// the theme's padding between things; these keep each thing at the height that
// it asks for, centred, and take their gap as an argument.
//
// Everything here belongs to the main thread.
package arrange
