// Package look is how Darwin Uploader looks: the colours and sizes of both themes, the icons and the mark.
//
// Colours are asked for by NAME, never by value, so that everything follows the theme while the window is open:
//
//	theme.ColorForWidget(look.ColorMuted, w)       // a colour, to be read again in each Refresh
//	look.IconIn(look.IconFolder, theme.ColorNamePrimary) // a picture that reads its colour when it is drawn
//
// Names that Fyne has keep their Fyne name (theme.ColorNamePrimary, theme.SizeNameText); names that Fyne lacks are
// the Color… and Size… constants here. Measures that do not depend on the theme (heights, margins) are plain constants.
//
// Everything here is read-only after it was made and safe from any goroutine, apart from what Fyne itself asks to be
// done on the main thread: Content of an icon reads the current theme, and belongs there.
//
// Icon.png in the root of the project is the mark, drawn by icon_png.go.
//
//go:generate go run icon_png.go ../../Icon.png
package look
