package lang

import (
	"errors"

	"darwin-uploader/uploader/fault"
)

// Fault is a problem in the person's language, as fault.Error.Error tells it in English: what happened, what is safe, what to do. An
// error of another type is told by S. That of nil is "".
func Fault(err error) string {
	if err == nil {
		return ""
	}
	problem, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return S(err.Error())
	}
	if problem.What == "" && problem.Safe == "" && problem.Do == "" {
		return S(problem.Error())
	}
	return Sentences(S(problem.What), S(problem.Safe), S(problem.Do))
}
