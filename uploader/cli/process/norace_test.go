//go:build !race

package process

// race says that these tests run under the race detector.
const race = false
