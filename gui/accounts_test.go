package gui

import (
	"context"
	"os"
	"testing"

	"darwin-uploader/gui/session"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// twoTeams is a window that works with the first of two teams.
func twoTeams(t *testing.T) (s *stage, second settings.Account) {
	t.Helper()
	other, err := sandbox.Start("127.0.0.1:0", sandbox.Config{Key: newKey, Team: sandbox.Team{ID: 77, Name: "Riverside", Slug: "riverside"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	second, err = session.Whose(context.Background(), other.URL(), newKey, "test", session.NewWays())
	if err != nil {
		t.Fatal(err)
	}
	s = newStage(t, func(o *Options, c *chain) {
		first, err := session.Whose(context.Background(), os.Getenv("DARWIN_BASE_URL"), sandbox.DemoKey, "test", session.NewWays())
		if err != nil {
			t.Fatal(err)
		}
		c.keys[first.ID], c.keys[second.ID] = sandbox.DemoKey, newKey
		err = o.Settings.Update(func(s *settings.Settings) {
			s.PutAccount(first)
			s.PutAccount(second)
			s.UseDataset(second.ID, 7)
			s.Current = first.ID
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	s.untilDatasetsAreThere()
	return s, second
}

// remove does what the settings do once the person has said so, and gives the
// outcome.
func (s *stage) remove(id string) error {
	s.Helper()
	told := make(chan error, 1)
	s.shell.settings.OnRemove(id, func(err error) { told <- err })
	s.until("the outcome", func() bool { return len(told) > 0 })
	return <-told
}

func TestSeveralTeamsAreSwitchedBetweenInTheHeader(t *testing.T) {
	s, second := twoTeams(t)
	first := s.place.Account()
	if n := len(s.place.Header().Accounts()); n != 2 {
		t.Fatalf("the header offers %d teams", n)
	}
	s.place.Header().OnAccount(second.ID)
	s.until("the second team", func() bool { return s.place != nil && s.place.Account() == second.ID })
	s.place.Header().OnAccount(first)
	s.until("the first team", func() bool { return s.place != nil && s.place.Account() == first })
	s.untilChanged()
	if got := s.o.Settings.Get().Current; got != first {
		t.Errorf("the next start would open %s", got)
	}
}

func TestARemovedKeyIsGoneEverywhere(t *testing.T) {
	s, second := twoTeams(t)
	first := s.place.Account()
	if err := s.remove(second.ID); err != nil {
		t.Fatal(err)
	}
	s.until("the header knows", func() bool { return len(s.place.Header().Accounts()) == 1 })
	now := s.o.Settings.Get()
	if _, err := s.chain.Get(second.ID); err == nil || len(now.Accounts) != 1 || len(now.RecentDatasets[second.ID]) > 0 {
		t.Errorf("something of it is left: %+v", now)
	}
	if s.place.Account() != first {
		t.Error("the team in use changed")
	}
	if err := s.remove(first); err != nil {
		t.Fatal(err)
	}
	s.until("the welcome", func() bool { return s.welcome != nil && s.place == nil })
	if now := s.o.Settings.Get(); len(now.Accounts) > 0 || now.Current != "" {
		t.Errorf("something is left: %+v", now)
	}
	if len(s.chain.keys) > 0 {
		t.Errorf("%d keys are left in the keychain", len(s.chain.keys))
	}
}

func TestAKeyThatIsSendingIsNotRemoved(t *testing.T) {
	s, release := sendingSlowly(t)
	id := s.place.Account()
	if err := s.remove(id); fault.KindOf(err) != fault.Usage {
		t.Errorf("it says %v", err)
	}
	if key, err := s.chain.Get(id); key != sandbox.DemoKey || err != nil {
		t.Error("the key is gone")
	}
	release()
	s.until("the end", func() bool { return !s.place.Sending() })
}

func TestThePracticeDarwinIsLeftFromTheSettingsToo(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	if err := s.remove(practiceID); err != nil {
		t.Fatal(err)
	}
	if s.welcome == nil || s.demo != nil || s.place != nil {
		t.Error("it does not lead out of the practice Darwin")
	}
}
