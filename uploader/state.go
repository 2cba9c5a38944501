package uploader

// State is where one item of a batch is on its way into Darwin.
type State uint8

// The states, in the order of a smooth journey. The last five are final: the
// engine does nothing more with them.
const (
	Ready       State = iota // in the batch, nothing done yet
	Registering              // the request that registers it is under way
	Registered               // Darwin knows it; it waits for its turn to be sent
	Signing                  // asking where its bytes may go
	Sending                  // its bytes are leaving
	Confirming               // storage has all of it; Darwin is being told
	InDarwin                 // Darwin confirmed it
	Skipped                  // the dataset has it already
	Blocked                  // Darwin refused to register it; the person can act
	Failed                   // something went wrong for good; the person can act
	Stopped                  // the batch ended before it was done

	states = int(Stopped) + 1
)

// next is the one table of legal transitions; move refuses all others.
// A small file is sent without having been registered: from Ready to Sending;
// what becomes of it then may be anything that becomes of a registration, and
// the answer is its confirmation. If that answer was lost and found again by a
// registration, an item goes from there to Confirming.
// A retried item goes back from Sending to Signing, because every try gets a
// signature of its own. An item that an earlier batch took some of the way
// goes on from there: from Ready to Registered or to Confirming.
var next = [states][]State{
	Ready:       {Registering, Registered, Sending, Confirming, Failed, Stopped},
	Registering: {Ready, Registered, Confirming, Skipped, Blocked, Failed, Stopped},
	Registered:  {Signing, Failed, Stopped},
	Signing:     {Sending, Failed, Stopped},
	Sending:     {Ready, Registered, Signing, Confirming, Skipped, Blocked, Failed, Stopped},
	Confirming:  {InDarwin, Failed, Stopped},

	// The person takes out what needs them.
	Blocked: {Stopped},
	Failed:  {Stopped},
}

// Final says whether nothing more will happen to an item in this state by itself.
func (s State) Final() bool { return int(s) < states && s >= InDarwin }

// CanBecome says whether the table allows the step from s to t.
func (s State) CanBecome(t State) bool {
	if int(s) >= states {
		return false
	}
	for _, allowed := range next[s] {
		if allowed == t {
			return true
		}
	}
	return false
}

var stateNames = [states]string{
	"ready", "registering", "registered", "signing", "sending", "confirming",
	"in Darwin", "skipped", "blocked", "failed", "stopped",
}

// String is the state's name for logs.
func (s State) String() string {
	if int(s) < states {
		return stateNames[s]
	}
	return "unknown"
}

// Stage is the step in which a problem arose.
type Stage uint8

// The stages of the way of one file.
const (
	StageNone Stage = iota
	StageRegister
	StageSign
	StageSend
	StageConfirm
)

// String is the stage's name, as `upload --json` prints it.
func (s Stage) String() string {
	switch s {
	case StageRegister:
		return "register"
	case StageSign:
		return "sign"
	case StageSend:
		return "send"
	case StageConfirm:
		return "confirm"
	default:
		return ""
	}
}
