//go:build race

package external

// raceDetector says that memory is not what it is otherwise.
const raceDetector = true
