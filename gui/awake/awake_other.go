//go:build !linux && !freebsd && !openbsd && !netbsd

package awake

import (
	"log/slog"

	"fyne.io/fyne/v2"
)

// Keeper keeps the computer awake while it is on.
type Keeper struct{ on bool }

// New makes a Keeper that is off.
func New(_, _ string, _ *slog.Logger) *Keeper { return &Keeper{} }

// Set says whether the computer is to stay awake.
func (k *Keeper) Set(on bool) {
	if k.on != on {
		k.on = on
		fyne.CurrentApp().Driver().SetDisableScreenBlanking(on)
	}
}

// Close lets the computer sleep.
func (k *Keeper) Close() { k.Set(false) }
