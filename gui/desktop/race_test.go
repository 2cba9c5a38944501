//go:build race

package desktop

// race says that these tests run under the race detector; the program is then built with it too, so that it watches the real
// window.
const race = true
