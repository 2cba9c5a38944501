package cloud

import (
	"context"
	"errors"

	"darwin-uploader/uploader/fault"
)

// wantsKey says that another key would mend a problem.
func wantsKey(problem error) bool {
	f, ok := errors.AsType[*fault.Error](problem)
	return ok && f != nil && (f.Kind == fault.Key || f.Kind == fault.Permission)
}

// keyRefused asks the window for another key if that is what it takes.
func (v *View) keyRefused(problem error) {
	if wantsKey(problem) && v.deps.OnKey != nil {
		v.deps.OnKey(fault.Of(problem))
	}
}

// GoOn goes on, once there is another key, with what the old one stopped: the
// person asked for it already.
func (v *View) GoOn() {
	if !v.shown {
		return
	}
	if wantsKey(v.problem) {
		v.loadStorages()
	}
	if v.classes == nil {
		v.loadClasses()
	}
	switch r := v.run; {
	case r == nil || r.under || r.book == nil:
	case r.problem != nil && wantsKey(r.problem):
		v.again()
	case r.unasked != nil && wantsKey(r.unasked):
		r.unasked, r.follows = nil, true
		v.show()
		v.tasks.Go(func(ctx context.Context) { v.settle(ctx, r, r.book, r.id) })
	}
}
