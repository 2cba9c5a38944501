package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// formatVersion grows when an older program would misread the file.
const formatVersion = 1

// maxFile is far more than settings can fill, in bytes.
const maxFile = 1 << 20

var (
	errNewer   = errors.New("written by a newer version")
	errDamaged = errors.New("damaged")
)

// stored is what the file holds.
type stored struct {
	Version int `json:"version"`
	Settings
}

// readLimited reads the file; errDamaged if it is none or too large.
func readLimited(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, errDamaged
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(content) > maxFile {
		return nil, errDamaged
	}
	return content, err
}

// decode understands a file's content, or gives errDamaged or errNewer.
func decode(content []byte) (Settings, error) {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")) // Windows editors put it there
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(content, &version); err != nil {
		return Settings{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if version.Version > formatVersion {
		return Settings{}, errNewer
	}
	var file stored
	if err := json.Unmarshal(content, &file); err != nil {
		return Settings{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	file.mend()
	return file.Settings, nil
}

// fields is a JSON object whose values are not looked at.
type fields map[string]json.RawMessage

// encode writes the settings, and keeps what old holds beyond them: fields of
// another version of the program, in the file, in its accounts and in its other objects.
func encode(s Settings, old []byte) ([]byte, error) {
	known, err := json.Marshal(stored{Version: formatVersion, Settings: s})
	if err != nil {
		return nil, err
	}
	var file, before fields
	if err := json.Unmarshal(known, &file); err != nil {
		return nil, err
	}
	old = bytes.TrimPrefix(old, []byte("\xef\xbb\xbf"))
	if json.Unmarshal(old, &before) == nil {
		if file["accounts"], err = keepInAccounts(file["accounts"], before["accounts"]); err != nil {
			return nil, err
		}
		for _, name := range []string{"transfers", "network"} {
			if file[name], err = keepInside(file[name], before[name]); err != nil {
				return nil, err
			}
		}
		file.keep(before)
	}
	content, err := json.MarshalIndent(file, "", "  ")
	return append(content, '\n'), err
}

// keep takes over the fields of before that f does not have. Names are compared
// as encoding/json does, in any case: a "Workers" beside our "workers" would
// otherwise be read instead of it.
func (f fields) keep(before fields) {
	own := slices.Collect(maps.Keys(f))
	for name, value := range before {
		if !slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, name) }) {
			f[name] = value
		}
	}
}

// keepInside is keep for an object inside the file.
func keepInside(object, before json.RawMessage) (json.RawMessage, error) {
	var own, old fields
	if err := json.Unmarshal(object, &own); err != nil {
		return nil, err
	}
	if json.Unmarshal(before, &old) == nil {
		own.keep(old)
	}
	return json.Marshal(own)
}

// keepInAccounts is keep for each account that is in both lists, by its id.
func keepInAccounts(list, before json.RawMessage) (json.RawMessage, error) {
	var accounts, old []fields
	if err := json.Unmarshal(list, &accounts); err != nil {
		return nil, err
	}
	if json.Unmarshal(before, &old) != nil {
		old = nil // not a list of accounts: nothing to keep
	}
	for _, a := range accounts {
		for _, b := range old {
			if bytes.Equal(a["id"], b["id"]) {
				a.keep(b)
			}
		}
	}
	return json.Marshal(accounts)
}
