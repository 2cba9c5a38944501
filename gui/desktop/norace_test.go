//go:build !race

package desktop

// race says that these tests run under the race detector.
const race = false
