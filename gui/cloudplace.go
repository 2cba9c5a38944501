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
	if s.Practice { // its keys are nobody's to change
		deps.Bucket, deps.Endpoint = practiceBucket, s.Darwin.Server()
	} else {
		keys := &bucketKeys{w, s.Account.ID}
		deps.Bucket, deps.Access, deps.OnKey = w.bucket(keys), keys, w.askForKey
	}
	return cloud.New(w.ctx, deps)
}

// bucket looks into the buckets of an account's storages: with the credentials
// that the person entered for them, or else with the computer's own sign-in.
func (w *window) bucket(keys *bucketKeys) cloud.Bucket {
	return func(ctx context.Context, s darwin.StorageInfo, endpoint string) (objects.Store, func(), error) {
		c, err := keys.of(ctx, s, endpoint)
		if err != nil {
			return nil, nil, err
		}
		return w.openBucket(ctx, s, endpoint, c)
	}
}

// openBucket opens a bucket; without credentials, with the computer's own
// sign-in.
func (w *window) openBucket(ctx context.Context, s darwin.StorageInfo, endpoint string, c *objects.Credentials) (objects.Store, func(), error) {
	w.wayReady(ctx)
	cfg := bucketOf(s, endpoint)
	cfg.Transport, cfg.Credentials = w.ways.Buckets(), c
	store, err := objects.Open(ctx, cfg)
	return store, func() {}, err
}

// practiceBucket opens the demo's own buckets, which take any credentials.
func practiceBucket(ctx context.Context, s darwin.StorageInfo, endpoint string) (objects.Store, func(), error) {
	cfg, way := bucketOf(s, endpoint), darwin.NewTransport()
	cfg.Transport, cfg.Credentials = way, &objects.Credentials{AccessKey: "practice", Secret: "practice"}
	store, err := objects.Open(ctx, cfg)
	return store, way.CloseIdleConnections, err
}

func bucketOf(s darwin.StorageInfo, endpoint string) objects.Config {
	container, _ := s.Container()
	return objects.Config{
		Provider: objects.Provider(s.Provider), Bucket: s.Bucket, Container: container, Region: s.Region, Endpoint: endpoint,
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
