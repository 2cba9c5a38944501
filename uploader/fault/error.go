package fault

import (
	"errors"
	"strings"
	"time"
)

// Error is one problem, told to a person and to the program.
type Error struct {
	Kind Kind

	// What happened, Safe: what is not lost, Do: what helps. Each is one
	// sentence with its full stop, or empty.
	What, Safe, Do string

	// After is how long the other side asked to wait, 0 if it did not say.
	After time.Duration

	// Status is the HTTP status, 0 where there was none.
	Status int

	// Detail is for support: codes and the other side's words. No secret.
	Detail string

	// Err is the cause, for errors.Is and errors.As.
	Err error
}

// Error gives the sentences, and nothing that a person need not see.
func (e *Error) Error() string {
	parts := make([]string, 0, 3)
	for _, s := range []string{e.What, e.Safe, e.Do} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return "Something went wrong: " + e.Kind.String() + "."
	}
	return strings.Join(parts, " ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Reaction says how to react.
func (e *Error) Reaction() Reaction { return e.Kind.Reaction() }

// Of finds the *Error in err's chain. For an error that is none, it makes one
// of kind Unknown that keeps err as its cause and shows its text as Detail.
// Of(nil) is nil.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Kind: Unknown, What: "Something unexpected happened.", Detail: err.Error(), Err: err}
}

// KindOf is the kind of err, Unknown for errors of other types and for nil.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Unknown
}
