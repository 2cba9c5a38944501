// Package darwin is a typed client of the part of V7 Darwin's HTTP API that an
// uploader needs: whose key it is, datasets, tag classes, the three calls
// around storing a file (register, sign, confirm) in both of the API's
// generations, the one call that does all of that for small files, registering
// what lies in a team's own storage already, and looking up what became of an
// item whose answer was lost. But for small files it stores no bytes itself,
// and it retries nothing: each call is one request (Find: as many as its list
// has parts and pages), and its error says through package fault how to react.
//
// # Concurrency
//
// A Client, and the Uploads it gives, may be used from any number of
// goroutines. All their state is the key's team, which is kept once Darwin has
// named it (calls that need it at the same time may each ask), what Darwin's
// clock showed in its latest answer, and a turn for linking tag classes, so
// that two links made at once do not undo each other. Values (Dataset, TagClass,
// Registration ...) are the caller's own. The client starts no goroutines; its
// connections are net/http's, and CloseIdle closes the idle ones.
//
// # The key
//
// The key goes into one header, Authorization: ApiKey, of requests to the
// configured scheme, host and port. A redirect is followed only within these,
// and only where it repeats the request as it is. The key is kept where no
// printing of the client reaches it, and what Darwin or the network say is
// cleaned of it, and of the credentials in URLs, before it becomes part of a
// fault or of the log. Destinations show themselves only by their host.
//
// # Where the rules of the API come from
//
// From V7's public import guide (version 1: register with PUT, the form for
// storing, the reasons UNKNOWN_TAG and MISSING_TEXT_FOR_TAG), and from V7's own
// open client darwin-py in its present form (version 2, token_info, datasets,
// classes, the quota code in a 429, errors in answers that say 2xx) and in that
// of early 2024 (version 1: paths of the calls, upload_url as a second answer
// to sign). V7's reference pages add the rate limit of 1000 requests a minute
// per key, and that the list of classes needs no key.
//
// Inferred, because no source says so:
//
//   - Replies to register are matched by folder and name first. Where the
//     folder is missing, as in the guide's sample, the name alone and then the
//     order decide, but only where they leave no doubt; a reply that could be
//     about two items is about none, and these stay unanswered.
//   - In version 2 a plain tag beside a tag with text is sent with an empty
//     text, and tags are sent in the slot, where darwin-py sends them.
//   - If sign answers with both a form and a URL, the form is used.
//   - Retry-After is honoured as HTTP defines it, and X-Request-Id is shown to
//     support; Darwin is not documented to send either.
//   - A tag class must be linked to a dataset before items there carry it.
//   - The bodies of most failures: errors may be an object of lists, an object
//     with a code, a list or a string (all seen); error, message, detail and
//     code are read too.
//   - Items are listed as darwin-py lists them (version 2: GET items with
//     item_ids[], or item_names[] and item_paths[]; version 1: POST
//     datasets/{id}/items with a filter). That these filters compare whole
//     names and folders is inferred, so every item of a list is compared again.
//   - inserted_at without a zone is UTC, and is of the same clock as the Date
//     of Darwin's answers; both are cut to seconds.
//   - An item that such a list does not have when it is asked for by its id was
//     deleted or moved, or the list lags behind; whether archived items are in
//     the list is not documented (they are read where they are).
//   - Deleting items by id (version 2: DELETE items with filters, version 1:
//     DELETE datasets/{slug}/items with a filter, both from Darwin's own client)
//     also takes those away that wait for their bytes, and passes over ids that
//     are not there.
//   - A slot's own processing_status counts for the slot, the item's for an item
//     whose uploads are done. processing_error is known from a client that is
//     not V7's own.
//   - Objects of a storage are registered as V7's own client does it: simple
//     items with as_frames as text, tags at the item. Version 1 states an
//     object's type only where the caller does, as the guide's example has none.
//     Darwin may call the slots of such items anything.
//   - A direct upload (items/direct_upload, 30 MB: V7's reference) takes the
//     body of register with a file_content in each slot, and answers like it;
//     its items then have their bytes and need no confirm. What it does with an
//     item that it cannot store is not documented.
//   - Addresses may be 8 KB long.
//   - Ids may be JSON numbers or strings of digits.
package darwin
