//go:build race

package process

// race says that these tests run under the race detector. The program is then
// built with it too, and takes several times the memory.
const race = true
