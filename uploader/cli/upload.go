package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/assign"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/storage"
)

// Upload uploads files without a window and gives the exit code. When ctx
// ends, it stops, and says what is done; when Env.Soon does, it finishes the
// files on their way before that.
func Upload(ctx context.Context, e Env, args []string) int {
	a, err := parseUpload(args)
	if errors.Is(err, ErrHelp) {
		fmt.Fprint(e.Stdout, Help)
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
	e.Log.Info("upload", "version", e.Version)
	e, ctx, release := e.untilBegun(ctx)
	defer release()
	r := newReport(a.typed())
	err = e.upload(ctx, a, r)
	switch {
	case err != nil && ctx.Err() == nil:
		return e.wrong(err)
	case err != nil:
		r.Problem = "The upload was stopped before it began. Nothing was sent."
	case (ctx.Err() != nil || e.soon().Err() != nil) && r.Problem == "" && r.cutShort():
		r.Problem = "The upload was stopped."
	}
	return e.tell(r, a.json)
}

// upload does it and enters what becomes of the files in the report. After an
// error nothing was sent.
func (e Env) upload(ctx context.Context, a uploadArgs, r *report) error {
	paper, err := newSlip(a.receipt)
	if err != nil {
		return err
	}
	defer paper.discard()
	to, err := e.connect(ctx, a)
	if err != nil {
		return err
	}
	to.wait, to.paper = a.wait, paper
	client, dataset := to.client, to.dataset
	defer client.CloseIdle()
	r.into(dataset)
	if a.resume {
		return e.resume(ctx, to, r)
	}
	tags, classes, err := checkTags(ctx, client, dataset, a.tags)
	if err != nil {
		return err
	}
	var table assign.Table
	if a.sheet != "" {
		if table, classes, err = a.readSheet(ctx, client, dataset, classes); err != nil {
			return err
		}
	}
	found, err := scan(ctx, a)
	found = withoutSheet(found, a.sheet)
	r.find(found)
	items := itemsOf(found.Files, tags)
	if err == nil && a.sheet != "" {
		if items, err = e.follow(table, a, items); err != nil {
			return err
		}
	}
	if err == nil && tagged(items) {
		err = e.link(ctx, listed{client, classes}, dataset, items)
	}
	if err != nil {
		r.halt(items)
		return err
	}
	plan := uploader.Plan{Dataset: dataset, Items: items, From: sourceOf(a.paths)}
	if len(items) == 0 {
		e.hand(ctx, to, bookOf(nil, to, plan, nil), r)
		return nil
	}
	return e.sendNew(ctx, to, plan, r)
}

// connect finds the server, the key, the team and the dataset.
func (e Env) connect(ctx context.Context, a uploadArgs) (target, error) {
	server, err := e.server()
	if err != nil {
		return target{}, err
	}
	key, err := e.key(ctx, server, a.team)
	if err != nil {
		return target{}, err
	}
	way := e.way(ctx, a)
	direct := darwin.NewTransport()
	if err := way.Apply(direct); err != nil {
		return target{}, err
	}
	client, err := darwin.New(darwin.Config{
		Server: server, Key: key, UserAgent: e.userAgent(), Log: e.Log, RequestsPerMinute: a.perMinute, Transport: direct,
	})
	if err != nil {
		return target{}, err
	}
	dataset, err := findDataset(ctx, client, a)
	return target{server: server, client: client, dataset: dataset, workers: a.workers, limits: a.limits, noDirect: a.noDirect, way: way}, err
}

func (e Env) userAgent() string { return "darwin-uploader/" + e.Version }

func findDataset(ctx context.Context, client *darwin.Client, a uploadArgs) (darwin.Dataset, error) {
	info, err := patiently(ctx, func() (darwin.TokenInfo, error) { return client.TokenInfo(ctx) })
	if err != nil {
		return darwin.Dataset{}, err
	}
	if a.team != "" && a.team != info.Team.Slug {
		return darwin.Dataset{}, usage(
			fmt.Sprintf("The key belongs to the team %q, not to %q.", info.Team.Slug, a.team),
			"Use a key of that team, or leave the team out.")
	}
	all, err := patiently(ctx, func() ([]darwin.Dataset, error) { return client.Datasets(ctx) })
	if err != nil {
		return darwin.Dataset{}, err
	}
	for _, matches := range []func(darwin.Dataset) bool{
		func(d darwin.Dataset) bool { return d.Slug == a.dataset },
		func(d darwin.Dataset) bool { return d.Name == a.dataset },
	} {
		for _, d := range all {
			if matches(d) {
				return d, nil
			}
		}
	}
	return darwin.Dataset{}, usage(
		fmt.Sprintf("The team %q has no dataset %q.", info.Team.Slug, a.dataset), "Its datasets: "+datasetNames(all)+".")
}

// link makes the dataset take the tags.
func (e Env) link(ctx context.Context, api uploader.TagClasses, d darwin.Dataset, items []uploader.Item) error {
	_, err := patiently(ctx, func() (struct{}, error) { return struct{}{}, uploader.LinkTags(ctx, api, d, items) })
	if err == nil {
		return nil
	}
	if ctx.Err() != nil || fault.Of(err).Reaction() == fault.Retry {
		return err
	}
	// Darwin may take the tags without the link; if not, it blocks the items
	// and the report says so.
	fmt.Fprintln(e.Stderr, "The tags could not be linked to the dataset:", fault.Of(err).Error())
	return nil
}

// send runs the batch to its end and enters the results in the report. j may
// be nil.
func (e Env) send(ctx context.Context, to target, j *journal.Journal, plan uploader.Plan, r *report) error {
	conns := to.workers
	if conns == 0 {
		conns = uploader.MaxAutomatic
	}
	direct := storage.NewTransport(conns)
	if err := to.way.Apply(direct); err != nil {
		return err
	}
	sender := storage.New(storage.Config{Transport: direct, UserAgent: e.userAgent()})
	defer sender.CloseIdle()
	cfg := uploader.Config{Darwin: to.client, Storage: sender, Workers: to.workers, Limits: to.limits, NoDirect: to.noDirect, Log: e.Log}
	if j != nil {
		cfg.Journal = j.For(to.server.String(), "")
	}
	start := time.Now()
	e.begin() // if it came too late, ctx has ended
	batch, err := uploader.New(cfg).Start(ctx, plan)
	if err != nil {
		return err
	}
	e.Log.Info("batch begins", "server", to.server.String(), "dataset", to.dataset.ID, "version", to.dataset.Version,
		"files", len(plan.Items), "again", plan.Batch != 0)
	e.watch(batch)
	end := batch.Snapshot()
	e.Log.Info("batch ends", "in darwin", end.Counts[uploader.InDarwin], "skipped", end.Counts[uploader.Skipped],
		"need you", end.Counts.NeedYou(), "stopped", end.Counts[uploader.Stopped], "bytes", end.Sent, "took", end.Elapsed)
	r.enter(plan.Items, batch)
	if j != nil && batch.Number() != 0 {
		if err := j.LeaveOut(batch.Number(), r.leftOut); err != nil {
			e.Log.Warn("left out", "kind", fault.KindOf(err).String())
		}
	}
	b := bookOf(j, to, plan, batch)
	if err := e.settle(ctx, to, b, r); err != nil {
		fmt.Fprintln(e.Stderr, explain(fault.Of(err)))
	}
	e.hand(ctx, to, b, r)
	// This batch is the newest, unless it has ended and another has not.
	u, ok := e.interrupted(context.WithoutCancel(ctx), j, to)
	if ok && (u.ID == plan.Batch || !u.Began.Before(start.Truncate(time.Microsecond))) {
		r.goOn = to.goOn()
	}
	return nil
}

// sourceOf is what people know the files by: the name of the one folder or
// file that was named, "" for several.
func sourceOf(paths []string) string {
	if len(paths) != 1 {
		return ""
	}
	path, err := filepath.Abs(paths[0])
	if err != nil {
		return ""
	}
	if name := filepath.Base(path); name != string(filepath.Separator) {
		return name
	}
	return ""
}

func itemsOf(files []intake.File, tags []darwin.Tag) []uploader.Item {
	items := make([]uploader.Item, len(files))
	for i, f := range files {
		items[i] = uploader.ItemOf(f)
		items[i].Tags = tags
	}
	return items
}

// scan gathers everything below the paths before anything is sent, so that a
// wrong path is told first.
func scan(ctx context.Context, a uploadArgs) (intake.Found, error) {
	var all intake.Found
	err := intake.Scan(ctx, a.paths, a.scan, func(f intake.Found) {
		all.Files = append(all.Files, f.Files...)
		all.LeftOut = append(all.LeftOut, f.LeftOut...)
	})
	return all, err
}
