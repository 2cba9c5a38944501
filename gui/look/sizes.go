package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Text sizes that Fyne has no name for.
const (
	SizeBodyLarge fyne.ThemeSizeName = "darwinBodyLarge" // 16: the big button, the title of a card
	SizeDisplay   fyne.ThemeSizeName = "darwinDisplay"   // 32: the one number at the end
)

// Heights and widths of the parts of the window, in device-independent pixels.
const (
	HeaderHeight     float32 = 64
	RowHeight        float32 = 40
	TableHeadHeight  float32 = 36
	ControlHeight    float32 = 36 // buttons and fields
	BigButtonHeight  float32 = 44
	ChipHeight       float32 = 28
	BarHeight        float32 = 76
	BarSendingHeight float32 = 132
	RailWidth        float32 = 88
	InspectorWidth   float32 = 328
	InspectorNarrow  float32 = 296
	NarrowBelow      float32 = 1000 // windows less wide than this use the narrow forms
)

// Space between things, in steps.
const (
	Space1       float32 = 4
	Space2       float32 = 8
	Space3       float32 = 12
	Space4       float32 = 16
	Space5       float32 = 20
	Space6       float32 = 24
	Space8       float32 = 32
	Margin       float32 = 24 // of a page
	MarginNarrow float32 = 16
)

// Radii of corners, and sides of icons.
const (
	RadiusButton    float32 = 8
	RadiusSelection float32 = 6
	RadiusThumbnail float32 = 4
	RadiusCard      float32 = 12
	RadiusFrame     float32 = 16
	IconRow         float32 = 18
	IconInline      float32 = 20
	IconRail        float32 = 22
)

func sizes() map[fyne.ThemeSizeName]float32 {
	return map[fyne.ThemeSizeName]float32{
		theme.SizeNameText:               14,
		theme.SizeNameCaptionText:        12,
		SizeBodyLarge:                    16,
		theme.SizeNameSubHeadingText:     18,
		theme.SizeNameHeadingText:        24,
		SizeDisplay:                      32,
		theme.SizeNameInlineIcon:         IconInline,
		theme.SizeNamePadding:            4,
		theme.SizeNameInnerPadding:       8,
		theme.SizeNameLineSpacing:        4,
		theme.SizeNameSeparatorThickness: 1,
		theme.SizeNameInputBorder:        1,
		theme.SizeNameInputRadius:        RadiusButton,
		theme.SizeNameButtonRadius:       RadiusButton,
		theme.SizeNameSelectionRadius:    RadiusSelection,
		theme.SizeNameCardRadius:         RadiusCard,
		theme.SizeNameDialogRadius:       RadiusCard,
		theme.SizeNamePopupRadius:        RadiusButton,
		theme.SizeNameMenuRadius:         RadiusButton,
		theme.SizeNameScrollBar:          10,
		theme.SizeNameScrollBarSmall:     6,
		theme.SizeNameScrollBarRadius:    3,
	}
}
