package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours that Fyne has no name for.
const (
	ColorSurface     fyne.ThemeColorName = "darwinSurface"     // rail, header, cards, table, inspector, bar
	ColorRaised      fyne.ThemeColorName = "darwinRaised"      // plain buttons, tags in rows, the offline banner
	ColorMuted       fyne.ThemeColorName = "darwinMuted"       // second line, column heads, states that ask nothing
	ColorPrimaryTint fyne.ThemeColorName = "darwinPrimaryTint" // selected row, chosen chip, tinted button, tag chips
	ColorSuccessTint fyne.ThemeColorName = "darwinSuccessTint"
	ColorWarningTint fyne.ThemeColorName = "darwinWarningTint"
	ColorErrorTint   fyne.ThemeColorName = "darwinErrorTint"
	ColorTrack       fyne.ThemeColorName = "darwinTrack"  // the empty part of a bar
	ColorPaused      fyne.ThemeColorName = "darwinPaused" // the full part of a bar that stands still
	ColorFocus       fyne.ThemeColorName = "darwinFocus"  // the ring around what has the focus
)

func lightColours() map[fyne.ThemeColorName]color.Color {
	surface, raised, muted, tint := rgb(0xFFFFFF), rgb(0xECEEF2), rgb(0x566072), rgb(0xE6EDFC)
	primary, overlay, separator := rgb(0x2A5BD7), rgb(0xFFFFFF), rgb(0xE1E4EA)
	return map[fyne.ThemeColorName]color.Color{
		theme.ColorNameBackground:                rgb(0xF4F5F7),
		theme.ColorNameHeaderBackground:          surface,
		theme.ColorNameInputBackground:           surface,
		ColorSurface:                             surface,
		theme.ColorNameButton:                    raised,
		ColorRaised:                              raised,
		theme.ColorNameDisabledButton:            rgb(0xE4E7EC),
		theme.ColorNameMenuBackground:            overlay,
		theme.ColorNameOverlayBackground:         overlay,
		theme.ColorNameForeground:                rgb(0x1B2130),
		theme.ColorNamePlaceHolder:               muted,
		ColorMuted:                               muted,
		theme.ColorNameDisabled:                  rgb(0x667083),
		theme.ColorNamePrimary:                   primary,
		theme.ColorNameHyperlink:                 primary,
		theme.ColorNameFocus:                     rgb(0x6186E1), // Fyne's menus write on it, hence paler than our ring
		ColorFocus:                               primary,
		theme.ColorNameForegroundOnPrimary:       rgb(0xFFFFFF),
		theme.ColorNameSelection:                 tint,
		ColorPrimaryTint:                         tint,
		theme.ColorNameSuccess:                   rgb(0x17763E),
		theme.ColorNameForegroundOnSuccess:       rgb(0xFFFFFF),
		ColorSuccessTint:                         rgb(0xE3F3E9),
		theme.ColorNameWarning:                   rgb(0x8F5400),
		theme.ColorNameForegroundOnWarning:       rgb(0xFFFFFF),
		ColorWarningTint:                         rgb(0xFDF0DA),
		theme.ColorNameError:                     rgb(0xB3261E),
		theme.ColorNameForegroundOnError:         rgb(0xFFFFFF),
		ColorErrorTint:                           rgb(0xFBE9E7),
		theme.ColorNameInputBorder:               rgb(0x858D9E),
		theme.ColorNameSeparator:                 separator,
		ColorTrack:                               rgb(0xDDE1E8),
		ColorPaused:                              rgb(0x858D9E),
		theme.ColorNameHover:                     rgba(0x141C2D, 0x0F),
		theme.ColorNamePressed:                   rgba(0x141C2D, 0x1F),
		theme.ColorNameScrollBar:                 rgb(0xBDC3CE),
		theme.ColorNameScrollBarBackground:       rgba(0xFFFFFF, 0x00),
		theme.ColorNameShadow:                    rgba(0x141C2D, 0x24), // 14 %
		theme.ColorNameInnerWindowBorder:         surface,
		theme.ColorNameInnerWindowBorderInactive: surface,
	}
}

func darkColours() map[fyne.ThemeColorName]color.Color {
	surface, raised, muted, tint := rgb(0x1B1F26), rgb(0x2A303B), rgb(0xA6AFBD), rgb(0x22304F)
	primary, overlay, separator := rgb(0x8FB0FF), rgb(0x262C36), rgb(0x2D333E)
	ink := rgb(0x0E1626)
	return map[fyne.ThemeColorName]color.Color{
		theme.ColorNameBackground:                rgb(0x13161B),
		theme.ColorNameHeaderBackground:          surface,
		theme.ColorNameInputBackground:           surface,
		ColorSurface:                             surface,
		theme.ColorNameButton:                    raised,
		ColorRaised:                              raised,
		theme.ColorNameDisabledButton:            raised,
		theme.ColorNameMenuBackground:            overlay,
		theme.ColorNameOverlayBackground:         overlay,
		theme.ColorNameForeground:                rgb(0xE9ECF1),
		theme.ColorNamePlaceHolder:               muted,
		ColorMuted:                               muted,
		theme.ColorNameDisabled:                  rgb(0x98A1B0),
		theme.ColorNamePrimary:                   primary,
		theme.ColorNameHyperlink:                 primary,
		theme.ColorNameFocus:                     rgb(0x54699B),
		ColorFocus:                               primary,
		theme.ColorNameForegroundOnPrimary:       ink,
		theme.ColorNameSelection:                 tint,
		ColorPrimaryTint:                         tint,
		theme.ColorNameSuccess:                   rgb(0x6CCB8C),
		theme.ColorNameForegroundOnSuccess:       ink,
		ColorSuccessTint:                         rgb(0x173125),
		theme.ColorNameWarning:                   rgb(0xF2B45A),
		theme.ColorNameForegroundOnWarning:       ink,
		ColorWarningTint:                         rgb(0x3A2C14),
		theme.ColorNameError:                     rgb(0xFF8A80),
		theme.ColorNameForegroundOnError:         ink,
		ColorErrorTint:                           rgb(0x3D1F1E),
		theme.ColorNameInputBorder:               rgb(0x717C8F),
		theme.ColorNameSeparator:                 separator,
		ColorTrack:                               rgb(0x323945),
		ColorPaused:                              rgb(0x717C8F),
		theme.ColorNameHover:                     rgba(0xFFFFFF, 0x0F),
		theme.ColorNamePressed:                   rgba(0xFFFFFF, 0x1F),
		theme.ColorNameScrollBar:                 rgb(0x4A5262),
		theme.ColorNameScrollBarBackground:       rgba(0x000000, 0x00),
		theme.ColorNameShadow:                    rgba(0x000000, 0x8C), // 55 %
		theme.ColorNameInnerWindowBorder:         surface,
		theme.ColorNameInnerWindowBorderInactive: surface,
	}
}

func rgb(hex uint32) color.NRGBA { return rgba(hex, 0xFF) }

func rgba(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}
