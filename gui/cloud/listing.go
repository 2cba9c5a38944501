package cloud

import (
	"context"

	"darwin-uploader/gui/tasks"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/objects"
)

const (
	listStep  = 500 // objects that are listed at a time
	listAhead = 200 // how near to the end somebody has to look for the next ones
)

// listing reads a folder of a bucket, or what has words in its key, as far as
// somebody scrolls.
type listing struct {
	run    func(func(ctx context.Context)) // in a goroutine
	post   func(func())                    // back on the main thread
	told   func()                          // something came
	listed []objects.Object
	more   bool // there are others
	asking bool
	wrong  error

	asked int // grows with each listing, so that only the latest counts
	halt  context.CancelFunc
	next  chan struct{} // asks for the next ones
}

// from is what is listed.
type from struct {
	bucket   Bucket
	storage  darwin.StorageInfo
	endpoint string
	folder   string // "" or with a slash at its end
	words    string // in the keys below the folder, "" to list the folder itself
}

// start lists something else.
func (l *listing) start(f from) {
	if l.halt != nil {
		l.halt()
	}
	next := make(chan struct{}, 1)
	l.next = next
	l.asked++
	l.asking, l.wrong, l.listed, l.more = true, nil, nil, true
	asked := l.asked
	give := func(found []objects.Object, more bool, err error) {
		l.post(func() {
			if asked != l.asked {
				return
			}
			l.listed = append(l.listed, found...)
			l.asking, l.more, l.wrong = false, more, err
			l.told()
		})
	}
	work, halt := tasks.Stoppable(func(ctx, _ context.Context) { f.list(ctx, next, give) })
	l.halt = halt
	l.run(work)
}

// list gives what it finds, some at a time, each time it is asked for more.
func (f from) list(ctx context.Context, next <-chan struct{}, give func(found []objects.Object, more bool, err error)) {
	store, release, err := f.bucket(ctx, f.storage, f.endpoint)
	if err != nil {
		give(nil, false, err)
		return
	}
	defer release()
	all := store.List(ctx, f.folder, false)
	if f.words != "" {
		all = objects.Search(ctx, store, f.folder, f.words)
	}
	var found []objects.Object
	for o, err := range all {
		switch {
		case err != nil:
			give(found, false, err)
			return
		case o.Key == f.folder:
			continue
		}
		if len(found) == listStep {
			give(found, true, nil)
			found = nil
			select {
			case <-next:
			case <-ctx.Done():
				return
			}
		}
		found = append(found, o)
	}
	give(found, false, nil)
}

// seen says that somebody looks at object i; the next ones are read when the
// end is near.
func (l *listing) seen(i int) {
	if l.asking || !l.more || i < len(l.listed)-listAhead {
		return
	}
	l.asking = true
	l.next <- struct{}{} // has room: it is asked once for each answer
}
