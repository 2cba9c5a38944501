package prefs

import (
	"slices"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/fault"
)

// Account is one account as the settings show it.
type Account struct {
	ID      string
	Team    string
	Server  string // address; shown where accounts have different ones
	KeyHint string // the key's last characters, "" if not known
	Kept    Kept
	Current bool // the one that uploads now
}

// Kept says where an account's key is.
type Kept uint8

const (
	// InKeychain is the computer's keychain.
	InKeychain Kept = iota
	// ThisRunOnly is the program's memory: the keychain did not take it.
	ThisRunOnly
	// Practice is the demo: there is no key that matters.
	Practice
)

// note says in one line where the key is.
func (a Account) note() string {
	switch {
	case a.Kept == Practice:
		return lang.L("on this computer only")
	case a.Kept == ThisRunOnly && a.KeyHint == "":
		return lang.L("key, for this run only")
	case a.Kept == ThisRunOnly:
		return lang.L("key ending %s, for this run only", a.KeyHint)
	case a.KeyHint == "":
		return lang.L("key, in the keychain")
	default:
		return lang.L("key ending %s, in the keychain", a.KeyHint)
	}
}

// doing is what happens to an account's row.
type doing uint8

const (
	idle doing = iota
	trying
	works
	broken // the test found a problem
	asking // whether the key is really to go
	removing
	notRemoved
)

// status is the state of one account's row.
type status struct {
	doing   doing
	problem *fault.Error // in broken and notRemoved
}

// accounts is the list of accounts without its looks. It belongs to the main
// thread.
type accounts struct {
	list   []Account
	states map[string]status
}

// set takes over a list and forgets the states of accounts that are gone.
func (a *accounts) set(list []Account) {
	a.list = slices.Clone(list)
	for id := range a.states {
		if !slices.ContainsFunc(list, func(acc Account) bool { return acc.ID == id }) {
			delete(a.states, id)
		}
	}
}

// mark notes what happens to an account; of one that is gone it notes nothing.
func (a *accounts) mark(id string, s status) {
	if slices.ContainsFunc(a.list, func(acc Account) bool { return acc.ID == id }) {
		if a.states == nil {
			a.states = map[string]status{}
		}
		a.states[id] = s
	}
}

// tested is a test's outcome.
func (a *accounts) tested(id string, err error) {
	if a.states[id].doing != trying {
		return
	}
	if err != nil {
		a.mark(id, status{broken, fault.Of(err)})
		return
	}
	a.mark(id, status{doing: works})
}

// removed is a removal's outcome. The account itself goes when the owner says
// so with a new list.
func (a *accounts) removed(id string, err error) {
	if a.states[id].doing != removing {
		return
	}
	if err != nil {
		a.mark(id, status{notRemoved, fault.Of(err)})
		return
	}
	a.mark(id, status{})
}
