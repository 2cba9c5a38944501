package session

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"darwin-uploader/settings"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAKeyTellsItsTeamAndOpensASession(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer sb.Close()
	account, err := Whose(t.Context(), sb.URL(), sb.Key(), "test", NewWays())
	if err != nil {
		t.Fatal(err)
	}
	key := sb.Key()
	if account.TeamName != "Alder Valley Wildlife" || account.KeyHint != key[len(key)-4:] || account.ID != sb.URL()+"/alder-valley-wildlife" {
		t.Errorf("the account is %+v", account)
	}
	s, err := Open(Config{Account: account, Key: key, Agent: "test", Ways: NewWays()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if all, err := s.Darwin.Datasets(t.Context()); err != nil || len(all) == 0 {
		t.Errorf("the session lists %d datasets, %v", len(all), err)
	}
}

func TestAWrongKeyIsAFaultOfTheKey(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer sb.Close()
	_, err = Whose(t.Context(), sb.URL(), "ABCDEFG.00000000000000000000000000000000", "test", NewWays())
	if fault.KindOf(err) != fault.Key {
		t.Errorf("it says %v", err)
	}
}

func TestAnEmptyServerIsThePublicOne(t *testing.T) {
	server, err := Server("")
	if err != nil || server.Host != "darwin.v7labs.com" || server.Scheme != "https" {
		t.Errorf("Server(\"\") = %v, %v", server, err)
	}
}

func TestAShortKeyGivesNothingOfItselfAway(t *testing.T) {
	if h := hint("abcdef"); h != "" {
		t.Errorf("hint = %q", h)
	}
}

func TestSettingsOfTransfersHoldForASessionThatIsInUse(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer sb.Close()
	s, err := Open(Config{Account: settings.Account{Server: sb.URL()}, Key: sb.Key(), Agent: "test", Ways: NewWays()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ask := func() error {
		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := s.Darwin.TokenInfo(soon)
		return err
	}
	s.Apply(settings.Settings{Transfers: settings.Transfers{RequestsPerMinute: 1}})
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	if err := ask(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second request in the same minute gives %v", err)
	}
	s.Apply(settings.Settings{Transfers: settings.Transfers{RequestsPerMinute: settings.NoRequestLimit}})
	if err := ask(); err != nil {
		t.Errorf("without a limit a request gives %v", err)
	}
}

func TestLimitsThatAreSwitchedOffAreKeptAndDoNotHold(t *testing.T) {
	off := settings.Transfers{BytesPerSecond: 5, From: 60, Until: 120}
	if got := limitsOf(off); got != (uploader.Limits{}) {
		t.Errorf("switched off they are %+v", got)
	}
	off.LimitSpeed, off.LimitHours = true, true
	if got, want := limitsOf(off), (uploader.Limits{BytesPerSecond: 5, From: time.Hour, Until: 2 * time.Hour}); got != want {
		t.Errorf("switched on they are %+v", got)
	}
}
