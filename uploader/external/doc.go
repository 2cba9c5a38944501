// Package external registers objects that lie in a team's own storage already,
// ten of them or a million, and sees to it that each is registered once.
//
// # The way of a row
//
// A source (a sheet, a list of keys, a listing of the bucket) gives entries:
// text, as it was written. Rules make an Item of each: a key from the bucket's
// root, a folder, tags. A Finder may look in the bucket for what is missing.
// Plan does this for all entries, writes what came of it into the ledger, and
// says how many rows are fit; nothing has been sent then. Start registers what
// waits in the ledger, in small requests, and can be stopped, also by a crash,
// and started again. Follow asks Darwin what became of it.
//
// # For a screen
//
// darwin.Client.Storages lists what to choose from; whether it is read-only
// decides what is asked for. objects.Open, List and Search browse the bucket;
// Keys, Pasted and Entries are the other sources. Rules.Item and Rules.Lacks of
// single entries make a preview of names, folders, tags and of what is missing;
// finder.Finder.Preview one of thumbnails. Plan gives the counts, and
// ledger.Rows the unfit rows with their lines. Link Import.Tags to the dataset,
// then Start; sample Run.Snapshot; Follow; Receipt, Lines and History; Again for
// rows that failed. List tells at the start of the program what was interrupted
// (an Import without Ended). The ledger belongs to one program at a time; a
// second one keeps its own beside it until the first takes that over.
//
// # Lost answers
//
// That a row is asked for is on the disk before the request leaves. If no
// answer comes, or the program ends, the row's place is looked up in the
// dataset before it is asked for again: an item that was registered since the
// first time counts as ours. (That inserted_at and the Date of Darwin's answers
// are of one clock is inferred.) If the lookup finds nothing and Darwin says
// nevertheless that the item exists, it is looked up again, as lists may lag.
//
// # The pace
//
// Darwin takes 100 registrations a minute for external storage; all runs with
// one client keep below together (darwin.ExternalPace). Where Darwin refuses
// more all the same, because another program uses the key, they go slower until
// both fit; a run ends only if Darwin takes none for a quarter of an hour. What
// Darwin refuses as a whole is halved until the item that it does not like
// stands alone. While there is no network a run waits and goes on by itself;
// after Config.Tries other failures in a row it ends, and can be started again
// later.
//
// # Concurrency
//
// Root, Folders, Rules and the sources are values without state. Plan works on
// the calling goroutine (a Finder may use more). Start returns at once; its
// goroutines belong to the Run and end before Done is closed. All methods of a
// Run may be called from any goroutine; none of them waits.
package external
