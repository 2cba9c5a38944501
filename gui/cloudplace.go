package gui

import (
	"context"
	"sync"

	"darwin-uploader/gui/cloud"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/session"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/objects"
)

// newCloud makes the Cloud import place. The demo keeps no record of imports:
// its Darwin is gone with it.
func (w *window) newCloud(s *session.Session) *cloud.View {
	deps := cloud.Deps{
		Post: w.post, Darwin: s.Darwin, Server: s.Account.Server, Account: s.Account.ID, Team: s.Account.TeamSlug,
		PickSheet: func(chosen func([]string)) { w.pickFile(lang.L("Choose a sheet"), chosen) },
		OnState:   w.stateChanged, OnReceipt: w.importChanged, Log: w.o.Log,
	}
	if !s.Practice && w.o.Imports != nil {
		deps.Record = w.imports.open
		w.imports.heed(func(words string) {
			w.post(func() {
				if w.place != nil {
					w.place.Tell(lang.S(words))
				}
			})
		})
	}
	deps.Bucket = w.bucket(s.Practice)
	if !s.Practice { // the practice Darwin's key is nobody's to change
		deps.OnKey = w.askForKey
	}
	if s.Practice {
		deps.Endpoint = s.Darwin.Server()
	}
	return cloud.New(w.ctx, deps)
}

// bucket looks into buckets with the person's own credentials; those of the
// demo are its own, which takes any.
func (w *window) bucket(practice bool) cloud.Bucket {
	return func(ctx context.Context, s darwin.StorageInfo, endpoint string) (objects.Store, func(), error) {
		container, _ := s.Container()
		cfg := objects.Config{
			Provider: objects.Provider(s.Provider), Bucket: s.Bucket, Container: container, Region: s.Region, Endpoint: endpoint,
		}
		release := func() {}
		if practice {
			way := darwin.NewTransport()
			cfg.Transport, release = way, way.CloseIdleConnections
			cfg.Credentials = &objects.Credentials{AccessKey: "practice", Secret: "practice"}
		} else {
			w.wayReady(ctx)
			cfg.Transport = w.ways.Buckets()
		}
		store, err := objects.Open(ctx, cfg)
		return store, release, err
	}
}

// imports opens the record of imports when it is first asked for. It is safe
// for concurrent use.
type imports struct {
	make func() (*ledger.Ledger, error)

	mu   sync.Mutex
	book *ledger.Ledger
	told func(words string)
}

// heed says who hears what was wrong with the record when it is opened.
func (i *imports) heed(told func(words string)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.told = told
}

// open opens it, or tries once more what failed before: another program may
// have had it.
func (i *imports) open() (*ledger.Ledger, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.book != nil {
		return i.book, nil
	}
	book, err := i.make()
	if err != nil {
		return nil, err
	}
	i.book = book
	if words := book.Warning(); words != "" && i.told != nil {
		i.told(words)
	}
	return book, nil
}

// close closes it if it was opened.
func (i *imports) close() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.book == nil {
		return nil
	}
	return i.book.Close()
}

// askToStopImport is for the window's close button while an import is under
// way.
func (w *window) askToStopImport() {
	c := w.shell.cloud
	registered, of := c.Progress()
	question := lang.N("%s of %s item is registered.", "%s of %s items are registered.", of, lang.Number(registered), lang.Number(of))
	if c.Resumable() {
		question = lang.L("%s If you close now, Cloud import offers to continue with the others after the next start.", question)
	} else {
		question = lang.L("%s If you close now, the others are not imported.", question)
	}
	w.ask(lang.L("Stop and close?"), question, answer{words: lang.L("Keep importing")}, answer{words: lang.L("Stop and close"), do: w.win.Close})
}
