package darwinconfig

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"darwin-uploader/settings"
)

// Bounds of what is read. A person is in a handful of teams; an API key has 40
// characters.
const (
	maxFile  = 64 << 10 // bytes
	maxTeams = 100
	maxText  = 512 // bytes of a key, a team's name or an address
)

// Team is a key for one team.
type Team struct {
	Slug    string // the team's short name, as in web addresses
	Server  string // the address of Darwin, "" if the file names none
	Key     string `json:"-"`
	Default bool   // the one that the command line uses unless told otherwise
}

// String leaves the key out.
func (t Team) String() string { return t.Slug + " at " + cmp.Or(t.Server, "the usual server") }

// Format makes every verb show what String shows.
func (t Team) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, t.String()) }

// Path is where the file is, on every system: .darwin/config.yaml in the
// person's own folder.
func Path() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".darwin", "config.yaml"), nil
}

// Read gives the teams of a file that have a key: the default one first, then
// by name. Without the file there are none, and no error. Other errors are a
// *settings.FileError whose text repeats nothing of the file.
func Read(path string) ([]Team, error) {
	content, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var teams []Team
	if err == nil {
		teams, err = parse(content)
	}
	if err != nil {
		return nil, &settings.FileError{
			What: "The keys of the darwin command line cannot be read.",
			Safe: "Its configuration file is untouched.",
			Do:   "Paste the key here instead.",
			Err:  err,
		}
	}
	return teams, nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("not a file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(content) > maxFile {
		err = errors.New("too large")
	}
	return content, err
}

// errYAML stands for the parser's own errors, which quote the file.
var errYAML = errors.New("not the configuration of the darwin command line")

// parse looks at the file's outline and takes out what it needs. What refers to
// other places of the file (YAML's aliases) is not followed.
func parse(content []byte) ([]Team, error) {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")) // Windows editors put it there
	file, err := parser.ParseBytes(content, 0)
	if err != nil || len(file.Docs) == 0 {
		return nil, errYAML
	}
	top := entries(file.Docs[0].Body)
	if top == nil {
		return nil, errYAML
	}
	global := entries(top["global"])
	server := strings.TrimSuffix(strings.TrimSpace(text(global["base_url"])), "/")
	usual := text(global["default_team"])
	all := entries(top["teams"])
	if len(all) > maxTeams {
		return nil, errYAML
	}
	var teams []Team
	for slug, node := range all {
		key := strings.TrimSpace(text(entries(node)["api_key"]))
		if key == "" || slug == "" || max(len(key), len(slug), len(server)) > maxText {
			continue
		}
		teams = append(teams, Team{Slug: slug, Server: server, Key: key, Default: slug == usual || len(all) == 1})
	}
	slices.SortFunc(teams, func(a, b Team) int {
		if a.Default != b.Default {
			if a.Default {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Slug, b.Slug)
	})
	return teams, nil
}

// entries are what a mapping holds, by name; nil if it is none.
func entries(n ast.Node) map[string]ast.Node {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		return nil
	}
	all := make(map[string]ast.Node, len(values))
	for _, v := range values {
		if key, ok := v.Key.(ast.Node); ok && v.Key != nil {
			all[text(key)] = v.Value
		}
	}
	return all
}

// text is a plain value as it is written, "" for anything else.
func text(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		if n.Value != nil {
			return n.Value.Value
		}
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode: // a key or a name that only looks like one
		if t := n.GetToken(); t != nil {
			return t.Value
		}
	}
	return ""
}
