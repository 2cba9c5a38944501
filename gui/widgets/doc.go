// Package widgets holds the small controls that the screens of Darwin Uploader are made of. They know nothing of
// uploads; they know how things look (package look) and how they are operated.
//
// # Threads
//
// Every call belongs on Fyne's main thread, constructors included, and every callback comes on it. Nothing here starts a goroutine.
//
// # Colours
//
// No widget keeps a colour: each names one (theme.ColorName…, look.Color…) and reads it again in Refresh, so a change
// of theme needs no code. Icons come from look.Icon; controls recolour them to suit their state.
//
// # Operation
//
// What can be tapped can be focused, in the order of the layout, and is operated with Space or Enter. The focus shows as a
// ring of 2 px outside the control (inside it for a Field, as its border). The ring is drawn beyond the bounds, so nothing
// moves when it appears; leave look.Space1 (4 px) around a control where something clips, such as the edge of a Scroll.
// A tap does not focus, as elsewhere in Fyne: the ring is for those who use the keyboard. Disabled controls are skipped.
//
// Icon buttons show their tip over the window when its content is a TipLayer.
//
// # Screen readers
//
// Everything here is a fyne.Accessible: its label holds the words, the state and the count, "Needs you, 23, chosen", in the person's
// language. What has no words of its own is told them with SetLabel (Labelled); looktest.Silent finds what was not. Fyne reads labels
// when it is built with the tag "accessibility" for Windows or macOS. Version 2.8.1 then looks only at what stands in containers below
// the window's content, and into no widget.
//
// # Text
//
// Every text is one line that shortens with an ellipsis when it gets less room than it needs. A Text asks for its whole
// width as its minimum unless it may shrink (NewShrinkingText, SetShrinks): use that for whatever a person or a server
// has named, so that a long name never widens the window.
//
// # Looking at them
//
//	DARWIN_UPLOADER_PICTURES=/some/folder go test -run Gallery ./gui/widgets
//
// draws every widget in its states, in both themes and at two densities.
package widgets
