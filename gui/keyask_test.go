package gui

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/session"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/sandbox"
)

const newKey = "NEWKEY1.0123456789abcdef0123456789abcdef"

// atWork is a window that works with an account, with a journal or without.
func atWork(t *testing.T, withJournal bool) *stage {
	t.Helper()
	s := newStage(t, func(o *Options, c *chain) {
		account, err := session.Whose(context.Background(), os.Getenv("DARWIN_BASE_URL"), sandbox.DemoKey, "test", session.NewWays())
		if err != nil {
			t.Fatal(err)
		}
		c.keys[account.ID] = sandbox.DemoKey
		if err := o.Settings.Update(func(s *settings.Settings) { s.PutAccount(account); s.Current = account.ID }); err != nil {
			t.Fatal(err)
		}
		if withJournal {
			dir := t.TempDir()
			o.Journal = func() (*journal.Journal, error) { return journal.Open(dir) }
		}
	})
	s.untilDatasetsAreThere()
	return s
}

func TestARevokedKeyInMidBatchIsAskedForAndTheSameBatchGoesOn(t *testing.T) {
	for name, withJournal := range map[string]bool{"with a journal": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			s := atWork(t, withJournal)
			folder := s.pictures()
			release := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Status: 503})
			s.drop(folder)
			s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
			s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
			s.place.Upload()
			s.until("the items are registered", func() bool { return len(s.sandbox.Items("nest-boxes")) == 3 })
			s.sandbox.SetKey(newKey) // all are registered, none is confirmed
			release()
			s.until("the question", func() bool { return s.keyAsked != nil && !s.place.Sending() })
			q := s.keyAsked
			if !q.box.Visible() || q.goOn.Text() != "Test key and go on" {
				t.Fatalf("the question is not shown, or says %q", q.goOn.Text())
			}

			q.field.SetText(sandbox.DemoKey) // the old one once more
			q.test()
			s.until("the reason", func() bool { return !q.testing })
			if !q.shown.Visible() || s.keyAsked != q || !strings.Contains(q.result.Text(), "key") {
				t.Errorf("it says %q", q.result.Text())
			}
			q.field.SetText(newKey)
			q.test()
			s.until("it goes on", func() bool { return s.keyAsked == nil && s.place.Sending() })
			s.until("the end", func() bool { return !s.place.Sending() })
			if arrived, of := s.place.Progress(); arrived != 3 || of != 3 {
				t.Errorf("%d of %d arrived", arrived, of)
			}
			for _, item := range s.sandbox.Items("nest-boxes") {
				if item.Registrations != 1 || item.Confirms != 1 {
					t.Errorf("%s was registered %d times and confirmed %d times", item.Name, item.Registrations, item.Confirms)
				}
			}
			account, _ := s.o.Settings.Get().CurrentAccount()
			if key, err := s.chain.Get(account.ID); key != newKey || err != nil || account.KeyHint != newKey[len(newKey)-4:] {
				t.Errorf("the new key is not kept: %v, hint %q", err, account.KeyHint)
			}
			if withJournal {
				j, err := s.journal()
				if err != nil {
					t.Fatal(err)
				}
				left, err := j.Unfinished(t.Context())
				if err != nil || len(left) > 0 {
					t.Errorf("%d uploads are left unfinished, %v", len(left), err)
				}
				all, err := j.History(t.Context(), "", 10)
				if err != nil || len(all) != 1 {
					t.Errorf("the history has %d uploads, %v", len(all), err)
				}
			}
		})
	}
}

func TestAKeyOfAnotherTeamIsRefusedAndTheQuestionCanBeLeft(t *testing.T) {
	s := atWork(t, false)
	other, err := sandbox.Start("127.0.0.1:0", sandbox.Config{Key: newKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	s.sandbox.SetKey(newKey)
	s.place.Header().OnReload()
	s.until("the question", func() bool { return s.keyAsked != nil })
	q := s.keyAsked
	if q.goOn.Text() != "Test key" {
		t.Errorf("without an upload the button says %q", q.goOn.Text())
	}
	q.account.ID = "https://elsewhere/other" // the account is of another team than the key
	q.field.SetText(newKey)
	q.test()
	s.until("the reason", func() bool { return !q.testing })
	if !strings.Contains(q.result.Text(), "Alder Valley Wildlife") {
		t.Errorf("it says %q", q.result.Text())
	}
	q.leave()
	if s.keyAsked != nil || q.box.Visible() {
		t.Error("the question stays")
	}
	if key, _ := s.chain.Get(s.place.Account()); key != sandbox.DemoKey {
		t.Error("a key of another team was kept")
	}
}

func TestTheKeyQuestionFitsInBothLooksAndSizes(t *testing.T) {
	for _, choice := range []look.Choice{look.Light, look.Dark} {
		for _, size := range []fyne.Size{{Width: 1180, Height: 760}, {Width: 900, Height: 600}} {
			name := fmt.Sprintf("key-%s-%.0f", choice, size.Width)
			t.Run(name, func(t *testing.T) {
				s := atWork(t, false)
				s.setLook(choice)
				s.win.Resize(size)
				s.drop(s.pictures())
				s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
				s.sandbox.SetKey(newKey)
				s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
				s.place.Upload()
				s.until("the question", func() bool { return s.keyAsked != nil && !s.place.Sending() })
				q := s.keyAsked
				q.field.SetText(sandbox.DemoKey)
				q.test()
				s.until("the reason", func() bool { return !q.testing })
				if need := q.box.Content.MinSize(); need.Width > size.Width-32 || need.Height > size.Height-32 {
					t.Errorf("the question needs %v", need)
				}
				looktest.Save(t, name, s.win)
			})
		}
	}
}
