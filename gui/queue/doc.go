// Package queue is the list of files that wait to be sent, are being sent or
// have arrived: its model, its table, the lines around it, the bar below it,
// the empty drop zone before it and the receipt after it.
//
// # The model
//
// Model holds the entries and everything that is decided about them: the tree
// by Darwin folder, filter, search, selection, tags, undo. It knows no widget
// and can be tested without one. An entry is named by its ID for as long as the
// program runs; its place in a running batch is Entry.Batch.
//
// The controller that owns an uploader.Batch uses it like this:
//
//	m.StartAdding(); m.Add(found) as often as intake emits; m.EndAdding()
//	items := m.Begin(m.Unsent())           // batch numbers 0..n-1, in the order of the table
//	batch, err := engine.Start(ctx, uploader.Plan{Dataset: d, Items: items})
//	m.ApplyStatuses(batch.Statuses(buf))   // about ten times a second
//	m.Renew(versions...)                   // newer versions of files are sent
//	items = m.ItemsOf(ids); first, ok := batch.Add(items...); m.Join(ids, first)
//	at := m.Places(ids); ids = m.Detach(ids)  // what ended is to be sent once more: Add, TakeOut(at), Join
//	m.End()                                // when the batch is done
//
// # The view
//
// View draws a Model. Body and Bar are the two objects that the shell places;
// the rest is callbacks in Actions. The view never calls the engine: the
// controller gives it a Snapshot and the model its statuses.
//
// Under the chip Needs you the view explains what needs the person, one card
// for each cause; package cause sorts and words them, Actions.OnMend does what
// a card's button says. Package rule works out what folders can become.
//
// Words come from package lang in the language that is in use when a view is
// made; what a row's state needs is measured then. How long a batch takes is
// worked out by estimate, from the snapshots alone.
//
// # Concurrency
//
// Everything here belongs to the main thread, the model too: it has no lock.
// Only ParseClipboard, AddedWords and ShowWords may be called from anywhere.
package queue
