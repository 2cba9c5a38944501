package settings

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// Settings are all preferences. The zero value is a fresh installation's.
type Settings struct {
	Server   string    `json:"server"`   // address of Darwin, "" = not set, see ServerAddress
	Look     string    `json:"look"`     // "" = as the system, "light" or "dark"
	Language string    `json:"language"` // "" = the system's, else a BCP 47 tag such as "de"
	Workers  int       `json:"workers"`  // files sent at once, 0 = the program chooses
	Current  string    `json:"current"`  // id of the account in use, "" = none
	Accounts []Account `json:"accounts"`

	// RecentDatasets holds dataset ids by account id, the latest first.
	RecentDatasets map[string][]int64 `json:"recent_datasets"`

	// Tags holds the tags that the person likes to use, by account id.
	Tags map[string]TagChoices `json:"tags"`

	// BucketKeys holds, by account id, where Keys keeps the credentials that
	// were entered for buckets; see BucketKeyID.
	BucketKeys map[string][]string `json:"bucket_keys"`

	Transfers Transfers `json:"transfers"`
	Network   Network   `json:"network"`

	CloseUnasked bool `json:"close_unasked"` // closing the window while files are sent asks nothing

	WindowWidth  float32 `json:"window_width"` // in Fyne's units, 0 = not known
	WindowHeight float32 `json:"window_height"`
}

// Transfers says how fast files are sent, and when. The numbers are kept while
// their limit is off, so that it can be put on again as it was.
type Transfers struct {
	LimitSpeed     bool  `json:"limit_speed"`
	BytesPerSecond int64 `json:"bytes_per_second"`

	LimitHours bool `json:"limit_hours"`
	From       int  `json:"from"`  // minutes after midnight, by the computer's clock
	Until      int  `json:"until"` // as From; before it, the night lies between

	// RequestsPerMinute is the most requests to Darwin in a minute; 0 leaves it
	// to the program, NoRequestLimit takes every limit away.
	RequestsPerMinute int `json:"requests_per_minute"`

	MaySleep bool `json:"may_sleep"` // the computer may fall asleep while files are sent
}

// Network says how requests leave the computer. The proxy's password is in the
// keychain under ProxyKeyID.
type Network struct {
	Proxy        string `json:"proxy"`         // "" = as the computer, or ProxyNone, ProxyManual
	ProxyAddress string `json:"proxy_address"` // for ProxyManual; without user name and password
	ProxyUser    string `json:"proxy_user"`
	CAFile       string `json:"ca_file"` // certificates to trust beside the system's, "" = none
}

// Account is one way into Darwin: a team on a server. Its key is in the
// keychain under ID.
type Account struct {
	ID       string `json:"id"`
	Server   string `json:"server"`
	TeamSlug string `json:"team_slug"`
	TeamName string `json:"team_name"`
	KeyHint  string `json:"key_hint"` // the key's last four characters
}

// The looks of Settings.Look; the empty one follows the system.
const (
	LookLight = "light"
	LookDark  = "dark"
)

// The values of Network.Proxy; the empty one does as the computer does.
const (
	ProxyNone   = "none"
	ProxyManual = "manual"
)

// ProxyKeyID is where Keys keeps the password of the proxy. No account has this
// id: theirs begin with an address.
const ProxyKeyID = "proxy"

// Bounds of the values.
const (
	MaxWorkers        = 64
	NoRequestLimit    = -1
	MaxRequests       = 100_000
	MaxBytesPerSecond = 1 << 40
	minutesOfADay     = 24 * 60
)

const (
	serverEnv = "DARWIN_BASE_URL"      // the darwin command line knows it too
	homeEnv   = "DARWIN_UPLOADER_HOME" // replaces the folder of DefaultDir
)

// maxRecent is how many datasets are remembered for one account.
const maxRecent = 8

// DefaultDir is the folder for the settings: DARWIN_UPLOADER_HOME if that is
// set, otherwise darwin-uploader in the user's configuration folder. It fails
// where the system tells no such folder.
func DefaultDir() (string, error) {
	if dir := os.Getenv(homeEnv); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", &FileError{
			What: "This computer does not tell where settings are kept.",
			Safe: "Files can be uploaded all the same.",
			Do:   "Set " + homeEnv + " to a folder of your own.",
			Err:  err,
		}
	}
	return filepath.Join(dir, "darwin-uploader"), nil
}

// ServerAddress is the server to talk to: the one in the settings, else that in
// DARWIN_BASE_URL, else "", which stands for the public one.
func (s Settings) ServerAddress() string {
	if s.Server != "" {
		return s.Server
	}
	return os.Getenv(serverEnv)
}

// CurrentAccount is the account in use, if there is one.
func (s Settings) CurrentAccount() (Account, bool) {
	for _, a := range s.Accounts {
		if a.ID == s.Current && a.ID != "" {
			return a, true
		}
	}
	return Account{}, false
}

// AccountFor is the account for a team on a server: the current one if it fits,
// else the first that does. An empty team fits every account of the server.
func (s Settings) AccountFor(server, team string) (Account, bool) {
	fits := func(a Account) bool { return a.Server == server && (team == "" || a.TeamSlug == team) }
	if a, ok := s.CurrentAccount(); ok && fits(a) {
		return a, true
	}
	for _, a := range s.Accounts {
		if fits(a) {
			return a, true
		}
	}
	return Account{}, false
}

// PutAccount adds the account, or replaces the one with its ID.
func (s *Settings) PutAccount(a Account) {
	for i := range s.Accounts {
		if s.Accounts[i].ID == a.ID {
			s.Accounts[i] = a
			return
		}
	}
	s.Accounts = append(s.Accounts, a)
}

// RemoveAccount forgets the account and what belongs to it. Its key, and those
// of BucketKeys, stay in the keychain until Keys.Remove.
func (s *Settings) RemoveAccount(id string) {
	s.Accounts = slices.DeleteFunc(s.Accounts, func(a Account) bool { return a.ID == id })
	delete(s.RecentDatasets, id)
	delete(s.Tags, id)
	delete(s.BucketKeys, id)
	if s.Current == id {
		s.Current = ""
	}
}

// UseDataset puts the dataset first among the account's recent ones.
func (s *Settings) UseDataset(account string, dataset int64) {
	recent := slices.DeleteFunc(slices.Clone(s.RecentDatasets[account]), func(id int64) bool { return id == dataset })
	recent = slices.Insert(recent, 0, dataset)
	if s.RecentDatasets == nil {
		s.RecentDatasets = map[string][]int64{}
	}
	s.RecentDatasets[account] = recent[:min(len(recent), maxRecent)]
}

// clone copies s with everything that it points to.
func (s Settings) clone() Settings {
	s.Accounts = slices.Clone(s.Accounts)
	s.RecentDatasets = maps.Clone(s.RecentDatasets)
	for id, recent := range s.RecentDatasets {
		s.RecentDatasets[id] = slices.Clone(recent)
	}
	s.Tags = cloneTags(s.Tags)
	s.BucketKeys = cloneLists(s.BucketKeys)
	return s
}

// mend replaces values that make no sense, for example after an edit by hand.
func (s *Settings) mend() {
	if s.Look != LookLight && s.Look != LookDark {
		s.Look = ""
	}
	if !languageTag.MatchString(s.Language) {
		s.Language = ""
	}
	s.Workers = min(max(s.Workers, 0), MaxWorkers)
	t, n := &s.Transfers, &s.Network
	t.BytesPerSecond = min(max(t.BytesPerSecond, 0), MaxBytesPerSecond)
	t.LimitSpeed = t.LimitSpeed && t.BytesPerSecond > 0
	if t.From < 0 || t.From >= minutesOfADay || t.Until < 0 || t.Until >= minutesOfADay {
		t.From, t.Until = 0, 0
	}
	t.LimitHours = t.LimitHours && t.From != t.Until
	t.RequestsPerMinute = min(max(t.RequestsPerMinute, NoRequestLimit), MaxRequests)
	if n.Proxy != ProxyNone && n.Proxy != ProxyManual {
		n.Proxy = ""
	}
	s.WindowWidth, s.WindowHeight = mendLength(s.WindowWidth), mendLength(s.WindowHeight)
}

// languageTag is what a tag looks like. Which languages there are is for the window to know: a newer one may have more.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$`)

func mendLength(f float32) float32 {
	if !(f > 0) || math.IsInf(float64(f), 0) {
		return 0
	}
	return f
}
