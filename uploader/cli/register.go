package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

// Register registers what lies in a storage of the team's own, and gives the
// exit code. When ctx or Env.Soon ends, it stops, and says what is done.
func Register(ctx context.Context, e Env, args []string) int {
	a, err := parseRegister(args)
	if errors.Is(err, ErrHelp) {
		fmt.Fprint(e.Stdout, RegisterHelp)
		return ExitDone
	}
	if err != nil {
		return e.wrong(err)
	}
	if e.Log == nil {
		e.Log = slog.New(slog.DiscardHandler)
	}
	if e.LogLevel != nil && a.level != nil {
		e.LogLevel(*a.level)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.soon(), cancel)()
	r := &registration{Dataset: a.to.typed(), Storage: a.storage, Left: []leftRow{}}
	err = e.register(ctx, a, r)
	switch {
	case err != nil && ctx.Err() == nil:
		return e.wrong(err)
	case err != nil && r.Rows == 0:
		r.Problem = "The import was stopped before it began. Nothing was sent."
	}
	return e.tellRegistration(r, a.json)
}

// register does it and enters what becomes of the rows. After an error nothing
// was sent.
func (e Env) register(ctx context.Context, a registerArgs, r *registration) error {
	paper, err := newSlip(a.receipt)
	if err != nil {
		return err
	}
	defer paper.discard()
	to, err := e.connect(ctx, a.to)
	if err != nil {
		return err
	}
	defer to.client.CloseIdle()
	r.Dataset = to.dataset.TeamSlug + "/" + to.dataset.Slug
	book, closeBook, err := e.openLedger()
	if err != nil {
		return err
	}
	defer closeBook()
	var plan external.Import
	if a.resume {
		var found bool
		if plan, found, err = unfinishedImport(ctx, book, to); err != nil {
			return err
		}
		if !found && book.Beside() { // the import may be in the other's record
			return &fault.Error{
				Kind: fault.Disk, What: "Another Darwin Uploader on this computer has the record of imports open.",
				Safe: "Nothing was sent.", Do: "Go on with the import there, or close it and try again.", Err: ledger.ErrInUse,
			}
		}
		if !found {
			r.idle = fmt.Sprintf("No import to %s was interrupted. There is nothing to go on with.", shown(r.Dataset))
			return nil
		}
		fmt.Fprintf(e.Stderr, "Going on with the import of %s from %s.\n", plan.Begun.Format("2 January 2006, 15:04"), shown(plan.From))
	} else if plan, err = e.planImport(ctx, a, to, book); err != nil {
		return err
	}
	r.Storage = plan.Storage.Name
	return e.sendImport(ctx, a, to, book, plan, paper, r)
}

// openLedger opens the record of imports; where there is no place for it, in a
// folder that is removed at the end. While another program has it open, this one
// keeps its own beside it.
func (e Env) openLedger() (*ledger.Ledger, func(), error) {
	dir, remove := e.JournalDir, func() {}
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "darwin-import-"); err != nil {
			return nil, nil, err
		}
		remove = func() { _ = os.RemoveAll(dir) }
	}
	book, err := ledger.Open(dir)
	if errors.Is(err, ledger.ErrInUse) {
		book, err = ledger.OpenBeside(dir)
	}
	if err != nil {
		remove()
		return nil, nil, err
	}
	if w := book.Warning(); w != "" {
		fmt.Fprintln(e.Stderr, w)
	}
	return book, func() {
		if err := book.Close(); err != nil {
			e.Log.Warn("ledger", "close", err)
		}
		remove()
	}, nil
}

// unfinishedImport is the newest import to the dataset that has not ended.
func unfinishedImport(ctx context.Context, book *ledger.Ledger, to target) (external.Import, bool, error) {
	list, err := external.List(ctx, book)
	if err != nil {
		return external.Import{}, false, err
	}
	for _, i := range list {
		if i.Ended.IsZero() && i.Server == to.server.String() && i.Dataset.ID == to.dataset.ID {
			return i, true, nil
		}
	}
	return external.Import{}, false, nil
}

// planImport reads and checks everything before anything is sent.
func (e Env) planImport(ctx context.Context, a registerArgs, to target, book *ledger.Ledger) (external.Import, error) {
	storage, err := chooseStorage(ctx, to.client, to.dataset, a.storage)
	if err != nil {
		return external.Import{}, err
	}
	rules, err := e.rules(ctx, a, to, storage)
	if err != nil {
		return external.Import{}, err
	}
	var bucket objects.Store
	if a.find || a.listed {
		var closeBucket func()
		if bucket, closeBucket, err = e.openBucket(ctx, a, storage); err != nil {
			return external.Import{}, err
		}
		defer closeBucket()
	}
	from, about, closeSource, err := e.source(ctx, a, bucket)
	if err != nil {
		return external.Import{}, err
	}
	defer closeSource()
	if a.frames != "" {
		from = withFrames(from, a.frames)
	}
	var complete external.Finder
	if a.find {
		complete = &finder.Finder{Store: bucket, Rule: a.rule(), Make: a.make}
	}
	show := e.importDisplay()
	plan, err := external.Plan(ctx, book, external.About{
		Server: to.server.String(), Dataset: to.dataset, Storage: storage, From: about,
	}, rules, from, complete, show.reading)
	show.wipe()
	if err != nil {
		return plan, err
	}
	if plan.Counts[ledger.Unfit] > 0 && !a.skipUnfit {
		err := refuseUnfit(ctx, book, plan)
		return plan, errors.Join(err, book.Discard(context.WithoutCancel(ctx), plan.ID))
	}
	if len(plan.Tags) > 0 {
		err = e.link(ctx, listed{to.client, rules.Classes}, to.dataset, []uploader.Item{{Tags: plan.Tags}})
	}
	return plan, err
}

func chooseStorage(ctx context.Context, client *darwin.Client, d darwin.Dataset, name string) (darwin.StorageInfo, error) {
	all, err := patiently(ctx, func() ([]darwin.StorageInfo, error) { return client.Storages(ctx, d.TeamSlug) })
	if err != nil {
		return darwin.StorageInfo{}, err
	}
	names := make([]string, len(all))
	for i, s := range all {
		if s.Name == name {
			return s, nil
		}
		names[i] = s.Name
	}
	return darwin.StorageInfo{}, usage(fmt.Sprintf("The team %q has no storage %q.", d.TeamSlug, name), "Its storages: "+someOf(names)+".")
}

func (e Env) rules(ctx context.Context, a registerArgs, to target, storage darwin.StorageInfo) (external.Rules, error) {
	tags, classes, err := checkTags(ctx, to.client, to.dataset, a.tags)
	if err != nil {
		return external.Rules{}, err
	}
	if classes == nil { // rows may have tags of their own
		if classes, err = patiently(ctx, func() ([]darwin.TagClass, error) { return to.client.TagClasses(ctx, to.dataset.TeamSlug) }); err != nil {
			return external.Rules{}, err
		}
	}
	root := external.Root{Storage: storage, AnyPrefix: a.anyPrefix}
	if _, host, ok := strings.Cut(a.endpoint, "://"); ok {
		root.Endpoint = strings.TrimSuffix(host, "/")
	}
	manifest := func(path string) (*external.Manifest, error) {
		if !filepath.IsAbs(path) { // beside the sheet that names it
			path = filepath.Join(filepath.Dir(a.sheet), path)
		}
		return external.ReadManifest(path)
	}
	return external.Rules{
		Root: root, Version: to.dataset.Version, Folders: a.folders, Tags: tags, Classes: classes, Manifest: manifest,
	}, nil
}

// openBucket opens the way to the storage's bucket; what it gives besides closes
// its connections.
func (e Env) openBucket(ctx context.Context, a registerArgs, storage darwin.StorageInfo) (objects.Store, func(), error) {
	transport := darwin.NewTransport()
	way := e.way(ctx, a.to)
	if err := way.Apply(transport); err != nil {
		return nil, nil, err
	}
	container, _ := storage.Container()
	store, err := objects.Open(ctx, objects.Config{
		Provider: objects.Provider(storage.Provider), Bucket: storage.Bucket, Container: container,
		Region: storage.Region, Endpoint: a.endpoint, Transport: transport,
	})
	return store, transport.CloseIdleConnections, err
}

// sendImport registers what waits, follows it, and enters the result.
func (e Env) sendImport(ctx context.Context, a registerArgs, to target, book *ledger.Ledger, plan external.Import, paper *slip, r *registration) error {
	start := time.Now()
	run, err := external.Start(ctx, external.Config{
		Ledger: book, API: to.client.External(to.dataset, plan.Storage), PerRequest: a.perRequest, Log: e.Log,
	}, plan.ID)
	if err != nil {
		return err
	}
	e.watchImport(run)
	end := run.Snapshot()
	switch {
	case end.Problem != nil:
		r.Problem, r.detail = end.Problem.Error(), end.Problem.Detail
	case ctx.Err() != nil && end.Counts.Open() > 0:
		r.Problem = "The import was stopped."
	}
	if end.Counts.Open() > 0 && e.JournalDir != "" {
		r.goOn = "darwin-uploader register --resume --dataset " + r.Dataset
	}
	if a.wait >= 0 && ctx.Err() == nil && end.Counts[ledger.Registered] > 0 {
		e.followImport(ctx, a, to, book, plan.ID)
	}
	ctx = context.WithoutCancel(ctx) // what is known is told
	if err := r.fill(ctx, book, plan.ID); err != nil {
		return err
	}
	r.Seconds = time.Since(start).Round(time.Millisecond).Seconds()
	if paper != nil {
		if err := paper.writeImport(ctx, book, plan.ID); err != nil {
			fmt.Fprintln(e.Stderr, explain(fault.Of(err)))
			r.unwritten = true
		}
	}
	return nil
}

// followImport asks Darwin what became of the items. What it does not say is
// no error: they are registered.
func (e Env) followImport(ctx context.Context, a registerArgs, to target, book *ledger.Ledger, id int64) {
	show := e.importDisplay()
	defer show.wipe()
	patience := a.wait
	if patience == 0 {
		patience = -1
	}
	err := external.Follow(ctx, external.Following{
		Ledger: book, Listing: to.client.Listing(to.dataset), Patience: patience, Told: show.settling,
	}, id)
	if err != nil && ctx.Err() == nil {
		show.say("Darwin did not say what became of the items: " + fault.Of(err).What)
	}
}

// writeImport is write for an import.
func (s *slip) writeImport(ctx context.Context, book *ledger.Ledger, id int64) error {
	sum, err := external.Receipt(ctx, book, id)
	if err != nil {
		return err
	}
	return s.finish(func(w io.Writer) error {
		return receiptWriter(s.name)(w, sum, external.Lines(ctx, book, id))
	})
}
