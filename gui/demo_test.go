package gui

import (
	"sync/atomic"
	"testing"

	"darwin-uploader/uploader/sandbox"
)

// counted counts how many practice Darwins are open.
type counted struct {
	*sandbox.Sandbox
	open *atomic.Int32
}

func (c counted) Close() error {
	c.open.Add(-1)
	return c.Sandbox.Close()
}

func TestASecondDemoClosesTheFirst(t *testing.T) {
	var open, started atomic.Int32
	s := newStage(t, func(o *Options, _ *chain) {
		o.Demo = true
		o.Practice = func() (Practice, error) {
			sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
			open.Add(1)
			started.Add(1)
			return counted{sb, &open}, err
		}
	})
	s.untilDatasetsAreThere()
	s.leaveDemo()
	s.openDemo()
	s.until("the second demo alone", func() bool {
		if started.Load() == 2 && open.Load() == 1 {
			return true
		}
		s.post(func() {}) // look again
		return false
	})
	s.untilDatasetsAreThere()
}
