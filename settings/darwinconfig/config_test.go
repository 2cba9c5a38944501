package darwinconfig

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"darwin-uploader/settings"
)

const (
	keyA = "ABCDEFG.0123456789abcdef0123456789abcdef"
	keyB = "HIJKLMN.fedcba9876543210fedcba9876543210"
)

func put(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheTeamsOfTheCommandLineAreFoundWithTheirKeys(t *testing.T) {
	const server = "https://darwin.v7labs.com"
	for _, tt := range []struct {
		name, content string
		want          []Team
	}{
		{"as the command line writes it", "global:\n  api_endpoint: " + server + "/api/\n  base_url: " + server + "\n  default_team: zoo\n  payload_compression_level: '0'\n" +
			"teams:\n  alder:\n    api_key: " + keyA + "\n    datasets_dir: /home/me/.darwin/datasets\n  zoo:\n    api_key: " + keyB + "\n",
			[]Team{{"zoo", server, keyB, true}, {"alder", server, keyA, false}}},
		{"one team is the default one", "teams:\n  alder:\n    api_key: " + keyA + "\n", []Team{{"alder", "", keyA, true}}},
		{"a guest's empty key", "teams:\n  open:\n    api_key: ''\n  none:\n    datasets_dir: x\n  alder:\n    api_key: " + keyA + "\n", []Team{{"alder", "", keyA, false}}},
		{"quoted, flow style and odd names", `{teams: {"12": {api_key: "` + keyA + `"}, true: {api_key: 123}}, global: {base_url: "https://x/"}}`,
			[]Team{{"12", "https://x", keyA, false}, {"true", "https://x", "123", false}}},
		{"Windows line ends and a mark", "\ufeffteams:\r\n  alder:\r\n    api_key: " + keyA + "\r\n", []Team{{"alder", "", keyA, true}}},
		{"no teams", "global:\n  base_url: x\n", nil},
		{"teams of another kind", "teams: [1, 2]\n", nil},
		{"references are not followed", "x: &k\n  api_key: " + keyA + "\nteams:\n  alder: *k\n", nil},
		{"a key without end", "teams:\n  alder:\n    api_key: " + strings.Repeat("x", maxText+1) + "\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read(put(t, tt.content))
			if err != nil || len(got) != len(tt.want) || len(got) > 0 && !reflect.DeepEqual(got, tt.want) {
				t.Errorf("it found %v, %v; want %v", got, err, tt.want)
			}
		})
	}
}

func TestWithoutAFileThereAreNoTeams(t *testing.T) {
	if got, err := Read(filepath.Join(t.TempDir(), "config.yaml")); got != nil || err != nil {
		t.Errorf("Read = %v, %v", got, err)
	}
}

func TestAFileThatCannotBeUsedIsToldWithoutRepeatingIt(t *testing.T) {
	for name, content := range map[string]string{
		"no YAML": "teams: [" + keyA, "a list": "- " + keyA, "words": keyA, "empty": "", "huge": strings.Repeat("#"+keyA+"\n", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read(put(t, content))
			problem, ok := errors.AsType[*settings.FileError](err)
			if got != nil || !ok || problem.What == "" || problem.Do == "" {
				t.Fatalf("Read = %v, %v", got, err)
			}
			if strings.Contains(fmt.Sprintf("%v %v", err, problem.Err), keyA) {
				t.Errorf("the error repeats the key: %v, %v", err, problem.Err)
			}
		})
	}
	if _, err := Read(t.TempDir()); err == nil {
		t.Error("a folder is read as a file")
	}
}

func TestNoPrintedFormOfATeamShowsItsKey(t *testing.T) {
	team := Team{Slug: "alder", Key: keyA}
	if text := fmt.Sprintf("%v %+v %#v %s %v", team, team, team, team, []Team{team}); strings.Contains(text, keyA) {
		t.Errorf("it prints %q", text)
	}
}

func TestThePathIsInThePersonsOwnFolder(t *testing.T) {
	t.Setenv("HOME", "/home/ann")
	t.Setenv("USERPROFILE", "/home/ann")
	if got, err := Path(); err != nil || got != filepath.Join("/home/ann", ".darwin", "config.yaml") {
		t.Errorf("Path = %q, %v", got, err)
	}
}

func FuzzParseNeverPanicsAndGivesOnlyWholeTeams(f *testing.F) {
	for _, seed := range []string{"teams:\n  a:\n    api_key: k\n", "{teams: {a: {api_key: k}}}", "? - a\n: b\n", "a: &x [*x]\n", "<<: *a\n", "teams:\n  ? |\n   x\n  : {api_key: >\n y}", "---\n...\n", "teams: !!binary x"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > maxFile {
			return
		}
		teams, err := parse(content)
		if err != nil && len(teams) > 0 {
			t.Error("teams beside an error")
		}
		for _, team := range teams {
			if team.Slug == "" || team.Key == "" || len(team.Key) > maxText {
				t.Errorf("it found %q with a key of %d bytes", team.Slug, len(team.Key))
			}
		}
	})
}
