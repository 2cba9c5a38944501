//go:build !race

package looktest

// Watched says that the race detector runs.
const Watched = false
