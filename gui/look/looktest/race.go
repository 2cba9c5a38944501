//go:build race

package looktest

// Watched says that the race detector runs. Drawing takes ten times as long with it.
const Watched = true
