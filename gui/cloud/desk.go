package cloud

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sheet"
)

// order is what the person wants registered, and how.
type order struct {
	storage darwin.StorageInfo
	dataset darwin.Dataset
	folders external.Folders
	tags    tagging
	classes []darwin.TagClass
	source  source
	lookup  lookup
	making  *making // not nil: thumbnails that are missing are made
}

// source says where the objects are named.
type source struct {
	way  way
	keys string // as pasted
	path string // of a sheet
	picks
}

// way is how objects are chosen.
type way uint8

const (
	byKeys way = iota
	bySheet
	byBrowsing
	ways
)

func (s source) empty() bool {
	switch s.way {
	case bySheet:
		return s.path == ""
	case byBrowsing:
		return s.picks.empty()
	}
	return strings.TrimSpace(s.keys) == ""
}

// What the record of imports calls sources that have no name of their own.
const (
	chosenObjects = "chosen objects" // not shown: sourceWords has the words
	pastedKeys    = "pasted keys"    // not shown
)

// name is what the record of imports calls it.
func (s source) name() string {
	switch s.way {
	case bySheet:
		return filepath.Base(s.path)
	case byBrowsing:
		return chosenObjects
	}
	return pastedKeys
}

// draft is an order as it will be registered.
type draft struct {
	external.Import
	order   order
	folders []folderCount // the first of them, by their names
	more    int           // folders that are not in there
	films   films         // where frames are looked for
	bare    int           // rows that lack a thumbnail
	list    bool          // the sheet is a list of keys
	known   []string      // columns of a sheet that are used
	unknown []string      // columns of a sheet that nobody knows
}

type folderCount struct {
	scope scope
	items int
}

const (
	surveyStep  = 5000 // rows read at a time
	mostFolders = 200  // that are shown
)

// desk makes drafts, in a folder that goes with it. Its methods wait for the
// disk, and are called one at a time but for rows.
type desk struct {
	dir  string
	book *ledger.Ledger
}

// open makes the desk's ledger, once.
func (d *desk) open() error {
	if d.book != nil {
		return nil
	}
	dir, err := os.MkdirTemp("", "darwin-draft-")
	if err != nil {
		return err
	}
	book, err := ledger.Open(dir)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	d.dir, d.book = dir, book
	return nil
}

// close removes everything that lies on the desk.
func (d *desk) close() error {
	if d.book == nil {
		return nil
	}
	return errors.Join(d.book.Close(), os.RemoveAll(d.dir))
}

// plan makes a draft of an order; told hears how many rows were read so far.
func (d *desk) plan(ctx context.Context, o order, bucket Bucket, told func(int)) (*draft, error) {
	if err := d.open(); err != nil {
		return nil, err
	}
	made := &draft{order: o}
	var store objects.Store
	if bucket != nil && (o.source.way == byBrowsing || o.looks()) {
		opened, release, err := bucket(ctx, o.storage, o.lookup.endpoint)
		if err != nil {
			return nil, err
		}
		defer release()
		store = opened
	}
	complete, err := o.finder(store)
	if err != nil {
		return nil, err
	}
	from, done, err := made.entries(ctx, store)
	if err != nil {
		return nil, err
	}
	defer done()
	rules := external.Rules{
		Root: external.Root{Storage: o.storage}, Version: o.dataset.Version, Folders: o.folders, Tags: o.tags[everything], Classes: o.classes,
		Manifest: o.manifests(ctx, store),
	}
	about := external.About{Dataset: o.dataset, Storage: o.storage, From: o.source.name()}
	made.Import, err = external.Plan(ctx, d.book, about, rules, o.tagged(o.framed(from)), complete, told)
	if err != nil {
		return nil, err
	}
	if err := made.survey(ctx, d.book); err != nil {
		return nil, errors.Join(err, d.book.Discard(context.WithoutCancel(ctx), made.ID))
	}
	return made, nil
}

// entries opens the source.
func (d *draft) entries(ctx context.Context, store objects.Store) (from iter.Seq2[external.Entry, error], done func(), err error) {
	switch d.order.source.way {
	case byKeys:
		return external.Pasted(d.order.source.keys), func() {}, nil
	case byBrowsing:
		return d.order.picked(ctx, store), func() {}, nil
	}
	if path := d.order.source.path; isKeyList(path) {
		d.list = true
		return keyList(path), func() {}, nil
	}
	s, err := sheet.Open(d.order.source.path, external.Columns()...)
	if err != nil {
		return nil, nil, err
	}
	for _, column := range external.Columns() {
		if s.Has(column) {
			d.known = append(d.known, column)
		}
	}
	return external.Entries(s), func() {
		d.unknown = s.Unknown() // JSON lines tell theirs only as they go
		_ = s.Close()           // it was only read
	}, nil
}

// survey counts the items of each folder, and looks at what became of videos
// and thumbnails.
func (d *draft) survey(ctx context.Context, book *ledger.Ledger) error {
	counts := map[scope]int{}
	others := map[scope]bool{}
	base := cmp.Or(d.order.folders.Base, "/")
	moving := d.order.frames() != ""
	for after := -1; ; {
		rows, err := book.Rows(ctx, d.ID, after, surveyStep, ledger.Waiting, ledger.Unfit)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		for _, row := range rows {
			if moving {
				d.films.add(row)
			}
			if row.State == ledger.Unfit {
				if strings.Contains(row.Reason, "thumbnail") {
					d.bare++
				}
				continue
			}
			s := scopeOf(row.Folder, base)
			if _, known := counts[s]; known || len(counts) < mostFolders {
				counts[s]++
			} else if len(others) < 100*mostFolders {
				others[s] = true
			}
		}
		after = rows[len(rows)-1].Place
	}
	d.more = len(others)
	for s, n := range counts {
		d.folders = append(d.folders, folderCount{s, n})
	}
	slices.SortFunc(d.folders, func(a, b folderCount) int { return cmp.Compare(a.scope, b.scope) })
	return nil
}

// enter copies a draft into the record of imports, with or without the rows
// that cannot be registered, and gives its number there. Told hears how many
// rows are copied.
func (d *draft) enter(ctx context.Context, from, to *ledger.Ledger, about external.About, unfit bool, told func(int)) (int64, error) {
	id, err := to.Begin(ctx, about, time.Now())
	if err != nil {
		return 0, err
	}
	states := []ledger.State{ledger.Waiting}
	if unfit {
		states = append(states, ledger.Unfit)
	}
	copied := 0
	for after := -1; ; {
		rows, err := from.Rows(ctx, d.ID, after, surveyStep, states...)
		if err == nil && len(rows) > 0 {
			after = rows[len(rows)-1].Place
			for i := range rows {
				rows[i].Place = copied + i // without gaps
			}
			err = to.Add(ctx, id, rows)
		}
		if err != nil {
			return 0, errors.Join(err, to.Discard(context.WithoutCancel(ctx), id))
		}
		if len(rows) == 0 {
			// Rows that would be one item are unfit in the draft already.
			return id, to.Seal(ctx, id, "", time.Now())
		}
		copied += len(rows)
		told(copied)
	}
}
