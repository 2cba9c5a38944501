package inspector

import (
	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/darwin"
)

// frameRates are the frames per second that are offered; 0 is every frame as
// the video has them.
var frameRates = [...]float64{0, 1, 2, 5, 10, 15, 30}

// asFramesLabel is the choice that turns each frame into an item of its own.
func asFramesLabel() string { return lang.L("As separate frames") }

// rateLabel names a frame rate.
func rateLabel(fps float64) string {
	switch n := int(fps); {
	case fps == 0:
		return lang.L("Every frame")
	case float64(n) == fps:
		return lang.N("%s frame per second", "%s frames per second", n)
	default:
		return lang.L("%s frames per second", lang.Decimal(fps))
	}
}

// rateLabels names the rates of the list, and fps if it is none of them (a
// batch may come back with a rate from elsewhere).
func rateLabels(fps float64) []string {
	labels := make([]string, 0, len(frameRates)+1)
	known := false
	for _, r := range frameRates {
		labels = append(labels, rateLabel(r))
		known = known || r == fps
	}
	if !known {
		labels = append(labels, rateLabel(fps))
	}
	return labels
}

// videoLabels are the choices of the video field, in their order.
func videoLabels(v *darwin.Video) []string {
	return append(rateLabels(fpsOf(v)), asFramesLabel())
}

// videoLabel names the choice that v is.
func videoLabel(v *darwin.Video) string {
	if v != nil && v.AsFrames {
		return asFramesLabel()
	}
	return rateLabel(fpsOf(v))
}

// chosenVideo is what the videos become when a person picks a label of the
// video field while they are v. "As separate frames" keeps the rate.
func chosenVideo(label string, v *darwin.Video) *darwin.Video {
	if label == asFramesLabel() {
		return &darwin.Video{FPS: fpsOf(v), AsFrames: true}
	}
	return &darwin.Video{FPS: chosenRate(label, fpsOf(v))}
}

// chosenRate is the rate that a label names.
func chosenRate(label string, otherwise float64) float64 {
	for _, r := range frameRates {
		if rateLabel(r) == label {
			return r
		}
	}
	return otherwise
}

func fpsOf(v *darwin.Video) float64 {
	if v == nil {
		return 0
	}
	return v.FPS
}
