package cli

import (
	"errors"
	"os"
	"time"

	"darwin-uploader/uploader/sandbox"
)

// practiceProcessing is how long the practice Darwin "processes" an item.
const practiceProcessing = 2 * time.Second

// Practice is a practice Darwin that keeps what it gets in a temporary folder
// of its own.
type Practice struct {
	*sandbox.Sandbox
	dir string
}

// StartPractice starts one on addr, which must be a loopback address.
func StartPractice(addr string) (*Practice, error) {
	dir, err := os.MkdirTemp("", "darwin-practice-")
	if err != nil {
		return nil, err
	}
	s, err := sandbox.Start(addr, sandbox.Config{Dir: dir, ProcessAfter: practiceProcessing})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &Practice{Sandbox: s, dir: dir}, nil
}

// Close ends it and removes what was uploaded to it.
func (p *Practice) Close() error {
	return errors.Join(p.Sandbox.Close(), os.RemoveAll(p.dir))
}
