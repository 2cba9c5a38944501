package fault

// Kind says what sort of problem it is. Everything that the program decides
// about a problem follows from its kind.
type Kind uint8

// The kinds. The comment beside each names where it comes from.
const (
	Unknown     Kind = iota // nothing better is known
	Usage                   // wrong words on the command line or in a field
	Network                 // no answer: refused, reset, unreachable, cut
	Stalled                 // the connection stood open, but no byte moved
	Busy                    // 408, 429 for the rate, 5xx
	Unexpected              // an answer that is not what the API's contract says
	Key                     // 401: the key is missing or wrong
	Permission              // 403 of Darwin: the key may not do this
	Quota                   // 429 with INSUFFICIENT_REMAINING_STORAGE
	Missing                 // 404: no such team, dataset or item
	Refused                 // any other 4xx
	TooLarge                // 413, or storage's EntityTooLarge
	Expired                 // storage no longer takes the signature
	Vanished                // the file is no longer where it was
	Unreadable              // the file is there, but cannot be read
	Changed                 // the file is not what it was when it was added
	Empty                   // a file of no bytes
	Unsupported             // a type of file that Darwin does not take
	SameName                // two files of one upload would be one item
	NotAFile                // a link, a pipe, a socket, a device
	Exists                  // blocked: the dataset has this item already
	UnknownTag              // blocked: the team has no such tag class
	TagText                 // blocked: text for a tag class that takes none
	ItemLimit               // blocked: the plan's number of items is reached
	Blocked                 // blocked: any other reason
	Keychain                // the system's keychain is missing, locked or silent
	Stopped                 // the person stopped it
	Disk                    // this computer's disk: full, read-only, broken
)

// Reaction is what the program does about a problem.
type Reaction uint8

// The reactions.
const (
	// GiveUp ends the item; nothing will change by itself.
	GiveUp Reaction = iota
	// Retry does the same again after a pause, on a new connection.
	Retry
	// SignAgain asks for a new signature and sends the body from its start.
	SignAgain
	// Ask ends the item for now; the person can mend the cause.
	Ask
	// StopBatch holds for every item, not for one: nothing more is sent until
	// the person has mended the cause.
	StopBatch
)

// Reaction says how to react to a problem of this kind.
func (k Kind) Reaction() Reaction {
	switch k {
	case Network, Stalled, Busy, Unexpected:
		return Retry
	case Expired:
		return SignAgain
	case Key, Permission, Quota:
		return StopBatch
	case Vanished, Unreadable, Changed, UnknownTag, TagText, Disk, Stopped:
		return Ask
	default:
		return GiveUp
	}
}

var names = [...]string{
	Unknown: "unknown", Usage: "usage", Network: "network", Stalled: "stalled", Busy: "busy",
	Unexpected: "unexpected answer", Key: "key", Permission: "permission", Quota: "quota",
	Missing: "missing", Refused: "refused", TooLarge: "too large", Expired: "expired",
	Vanished: "vanished", Unreadable: "unreadable", Changed: "changed", Empty: "empty",
	Unsupported: "unsupported", SameName: "same name", NotAFile: "not a file", Exists: "exists",
	UnknownTag: "unknown tag", TagText: "tag text", ItemLimit: "item limit", Blocked: "blocked",
	Keychain: "keychain", Stopped: "stopped", Disk: "disk",
}

// String is the kind's name for logs.
func (k Kind) String() string {
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}
