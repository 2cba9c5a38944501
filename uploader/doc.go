// Package uploader is the engine: it takes a plan (files, a dataset, folders,
// tags) and sees every file through register, sign, send and confirm.
//
// It knows no window, no keychain and no settings; it is given a Darwin and a
// Storage and tells what happens through a Batch.
//
// # The way of one file
//
// One goroutine registers, in requests of at most 500 items and only a little
// ahead of the senders, so that the first bytes leave while later items are
// not yet registered. Three pools then sign, send and confirm; how large each
// is, the package pace finds out, see below. The channels between them are short,
// so that a signature is used soon after it was given and a slow confirm never
// idles the uplink. Darwin is told that a file is complete only after storage
// said that it has every byte.
//
// # Packs of small files
//
// Darwin allows a key 1,000 requests a minute, and the way of one file takes
// two. Where Darwin takes direct uploads (version 2), small files go in packs
// instead: one request has the registration and the bytes of up to a hundred.
// A first small pack has to prove that Darwin does this as its reference says;
// any refusal, then or later, sends the files the way of one file, and packs
// are over for the dataset. packs.go holds the rule, Config.NoDirect switches
// it off.
//
// # Lost answers
//
// A request whose answer does not come may have been done all the same. So what
// Darwin calls there already, or says nothing about, is looked up: items that
// our own lost request registered go on under their ids, items of others are
// never touched, and an item whose file never arrived is not called uploaded.
// lookup.go holds the rule. A confirm that is refused when it is repeated is
// looked up as well. What could not be cleared up stays in Status.Reached; an
// item that is sent again with it goes on from there.
//
// A registration that Darwin refuses as a whole is halved until the item that
// it does not like stands alone; the others arrive.
//
// # The journal
//
// With a Journal, every step that cannot be taken back is written down before
// the next one is taken: that a registration is asked for, the ids that came
// back, that storage has a file. A batch that was interrupted, by whatever, is
// loaded from the journal and started again: what is confirmed is left alone,
// what is stored is confirmed, what is registered goes on under its id, and a
// registration whose answer was lost with the program is looked up like any
// other. If the journal cannot be written, the batch stops and says so.
//
// # When the network is gone
//
// Requests that get no answer at all are tried again as any others, but before
// an item ends for that, or when several in a row got none, Darwin is asked
// something cheap. If that gets no answer either, it is nobody's fault: the
// batch waits, Snapshot.Waiting says since when and why, and goes on by itself
// when something answers; TryNow asks at once. gate.go holds the rule. It has
// no end: a caller that cannot wait looks at Waiting.Since. If Darwin answers
// and only storage does not, items end after their tries.
//
// When the computer slept, or lost an address of its own, requests whose
// connections cannot be alive any more are cut and done again (network.go).
//
// # How much at once, how fast, and when
//
// Config.Workers files are sent at once, or, if it is 0, as many as do the link
// good: it begins with a few, doubles while more arrives for it, and falls back
// when servers refuse, connections stall or nothing is gained (package pace).
// Snapshot.Workers tells the number.
//
// Limits bound the bytes a second of all files together, with them how many files
// may share so few that each still moves, and the hours of the day. Outside the
// hours nothing begins; what is on its way stands still, is cut before storage
// loses patience, and begins anew when the hours come. None of that counts as a
// try. SetLimits and SetWorkers hold at once.
//
// # The file itself
//
// A file that is not what it was when it was added is held back. One that
// changes while its bytes leave is sent anew as it is then, once, with its new
// size and time (Items tells them), and confirmed only if it stayed so.
//
// # State
//
// Each item has one State; one table says which steps are legal. Workers
// change states through the batch only, under its lock.
//
// # Concurrency contract
//
// Engine is safe for concurrent use. Start returns at once; the goroutines it
// starts belong to the batch and end before Done is closed. Cancelling Start's
// context, or Stop, ends a batch: requests in flight are cancelled, everything
// unfinished becomes Stopped, and Done is closed. Finish ends it, too, but lets
// the files whose bytes are on their way arrive; Pause holds back what has not
// begun; TakeOut ends single items that have not begun, or that need the
// person. All methods of a Batch may be called from any goroutine at any
// time, before and after the end; none of them blocks on the network or the
// disk.
//
// Nothing is pushed to the caller: a window samples Snapshot about ten times a
// second.
package uploader
