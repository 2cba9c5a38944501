package settings

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, dir, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, fileName), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

var full = Settings{
	Server: "https://darwin.example", Look: LookDark, Language: "ja", Workers: 6, Current: "a1",
	Accounts:       []Account{{ID: "a1", Server: "https://darwin.example", TeamSlug: "alder", TeamName: "Alder Valley", KeyHint: "9xyz"}},
	RecentDatasets: map[string][]int64{"a1": {7, 5}},
	Transfers: Transfers{
		LimitSpeed: true, BytesPerSecond: 8_000_000, LimitHours: true, From: 19 * 60, Until: 7 * 60,
		RequestsPerMinute: NoRequestLimit, MaySleep: true,
	},
	Network:      Network{Proxy: ProxyManual, ProxyAddress: "proxy.office:8080", ProxyUser: "ann", CAFile: "/etc/office.pem"},
	CloseUnasked: true,
	WindowWidth:  1200, WindowHeight: 800.5,
}

func TestSettingsComeBackAtTheNextStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet", "there")
	s := open(t, dir)
	if s.Warning() != "" || !reflect.DeepEqual(s.Get(), Settings{}) {
		t.Fatalf("a fresh store holds %+v and warns %q", s.Get(), s.Warning())
	}
	if err := s.Update(func(v *Settings) { *v = full }); err != nil {
		t.Fatal(err)
	}
	next := open(t, dir)
	if got := next.Get(); !reflect.DeepEqual(got, full) || next.Warning() != "" {
		t.Errorf("got %+v, warning %q", got, next.Warning())
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]fs.FileMode{dir: 0o700, filepath.Join(dir, fileName): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has permissions %v, want %v (%v)", path, info.Mode().Perm(), want, err)
		}
	}
}

func TestWhatGetGivesIsACopy(t *testing.T) {
	s := open(t, t.TempDir())
	_ = s.Update(func(v *Settings) { *v = full.clone() })
	got := s.Get()
	got.Accounts[0].TeamName = "changed"
	got.RecentDatasets["a1"][0] = 99
	if !reflect.DeepEqual(s.Get(), full) {
		t.Error("changing the copy changed the store")
	}
}

func TestFieldsOfOtherVersionsSurvive(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "\xef\xbb\xbf"+`{"version":1,"workers":3,"future":{"deep":[1,2]},
		"accounts":[{"id":"a1","team_name":"Alder","badge":"gold"},{"id":"a2","badge":"tin"}],"recent_datasets":{"a2":[1]},
		"network":{"ca_file":"x.pem","pac":"http://x"},"transfers":{"CURVE":[3]}}`)
	s := open(t, dir)
	err := s.Update(func(v *Settings) {
		v.Workers = 4
		v.PutAccount(Account{ID: "a1", TeamName: "Alder Valley"})
		v.RemoveAccount("a2")
	})
	if err != nil {
		t.Fatal(err)
	}
	content, _ := os.ReadFile(filepath.Join(dir, fileName))
	var got map[string]any
	if err := json.Unmarshal(content, &got); err != nil {
		t.Fatal(err)
	}
	if got["future"] == nil || got["workers"] != 4.0 {
		t.Errorf("the file holds %s", content)
	}
	network, _ := got["network"].(map[string]any)
	if transfers, _ := got["transfers"].(map[string]any); network["pac"] != "http://x" || network["ca_file"] != "x.pem" || transfers["CURVE"] == nil {
		t.Errorf("inside the file's objects something is lost: %s", content)
	}
	accounts, _ := got["accounts"].([]any)
	if len(accounts) != 1 {
		t.Fatalf("accounts are %v", accounts)
	}
	if a := accounts[0].(map[string]any); a["badge"] != "gold" || a["team_name"] != "Alder Valley" {
		t.Errorf("the account is %v", a)
	}
	if strings.Contains(string(content), "a2") {
		t.Errorf("the removed account left something: %s", content)
	}
}

func TestValuesThatMakeNoSenseAreMended(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, `{"version":1,"look":"pink","language":"../de","workers":-4,"window_width":-1,"window_height":1e9,
		"transfers":{"limit_speed":true,"bytes_per_second":-1,"limit_hours":true,"from":1440,"until":60,"requests_per_minute":-7},
		"network":{"proxy":"tunnel"}}`)
	got := open(t, dir).Get()
	want := Settings{WindowHeight: 1e9, Transfers: Transfers{RequestsPerMinute: NoRequestLimit}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	s := open(t, dir)
	_ = s.Update(func(v *Settings) { v.Workers = 5000 })
	if s.Get().Workers != MaxWorkers {
		t.Errorf("workers are %d", s.Get().Workers)
	}
}

func TestUpdatesFromManyGoroutinesAllCount(t *testing.T) {
	s := open(t, t.TempDir())
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := s.Update(func(v *Settings) { v.Workers++ }); err != nil {
				t.Error(err)
			}
			_ = s.Get()
		})
	}
	all.Wait()
	if got := s.Get().Workers; got != 20 {
		t.Errorf("got %d", got)
	}
}

func TestNoFileEverHoldsAKey(t *testing.T) {
	const planted = "pLanTed.0123456789abcdef0123456789abcdef"
	dir := t.TempDir()
	put(t, dir, `{"damaged`)
	s := open(t, dir)
	chain := newMemory()
	chain.fail = errors.New("no keychain")
	keys := NewKeys(chain, 0)
	if _, err := keys.Save(t.Context(), "a1", planted); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(v *Settings) {
		*v = full.clone()
		v.PutAccount(Account{ID: "a1", KeyHint: planted[len(planted)-4:]})
	}); err != nil {
		t.Fatal(err)
	}
	seen := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		seen++
		if strings.Contains(string(content), planted) || strings.Contains(string(content), planted[8:]) {
			t.Errorf("%s holds the key", path)
		}
		return err
	})
	if err != nil || seen < 2 {
		t.Errorf("looked into %d files: %v", seen, err)
	}
}

func TestTheServerComesFromSettingsThenFromTheEnvironment(t *testing.T) {
	t.Setenv(serverEnv, "https://env.example")
	if got := (Settings{Server: "https://set.example"}).ServerAddress(); got != "https://set.example" {
		t.Errorf("got %q", got)
	}
	if got := (Settings{}).ServerAddress(); got != "https://env.example" {
		t.Errorf("got %q", got)
	}
	t.Setenv(serverEnv, "")
	if got := (Settings{}).ServerAddress(); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestTheFolderCanBeMovedByTheEnvironment(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(homeEnv, dir)
	if got, err := DefaultDir(); err != nil || got != dir {
		t.Errorf("got %q, %v", got, err)
	}
	t.Setenv(homeEnv, "")
	if got, err := DefaultDir(); err == nil && filepath.Base(got) != "darwin-uploader" {
		t.Errorf("got %q", got)
	}
}

func TestAccountsAndRecentDatasets(t *testing.T) {
	var s Settings
	s.PutAccount(Account{ID: "a1", TeamName: "Alder"})
	s.PutAccount(Account{ID: "a2"})
	s.PutAccount(Account{ID: "a1", TeamName: "Alder Valley"})
	if len(s.Accounts) != 2 {
		t.Fatalf("accounts are %v", s.Accounts)
	}
	if _, ok := s.CurrentAccount(); ok {
		t.Error("there is a current account before one was chosen")
	}
	s.Current = "a1"
	if a, ok := s.CurrentAccount(); !ok || a.TeamName != "Alder Valley" {
		t.Errorf("the current account is %v", a)
	}
	for id := range int64(12) {
		s.UseDataset("a1", id)
	}
	s.UseDataset("a1", 9)
	if got, want := s.RecentDatasets["a1"], []int64{9, 11, 10, 8, 7, 6, 5, 4}; !reflect.DeepEqual(got, want) {
		t.Errorf("recent are %v, want %v", got, want)
	}
	s.RemoveAccount("a1")
	if _, ok := s.CurrentAccount(); ok || len(s.Accounts) != 1 || len(s.RecentDatasets) != 0 {
		t.Errorf("after removal: %+v", s)
	}
}

func FuzzDecodeNeverPanicsAndWhatItTakesSurvivesEncoding(f *testing.F) {
	f.Add([]byte(`{"version":1,"workers":3,"accounts":[{"id":"a"}],"x":null}`))
	f.Add([]byte(`{"accounts":null,"recent_datasets":{"a":[1]}}`))
	f.Add([]byte(`null`))
	f.Add([]byte(`{"ACCounts":[{"":""}],"workerS":3,"":null}`))
	f.Add([]byte(`{"accounts":[null]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		first, err := decode(content)
		if err != nil {
			return
		}
		again, err := encode(first, content)
		if err != nil {
			t.Fatalf("encode of %q: %v", content, err)
		}
		second, err := decode(again)
		if err != nil {
			t.Fatalf("decode of %q: %v", again, err)
		}
		third, err := encode(second, again)
		if err != nil || string(third) != string(again) {
			t.Errorf("%q became %q, then %q", content, again, third)
		}
	})
}
