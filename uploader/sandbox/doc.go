// Package sandbox is a local Darwin with its object storage, in one process
// and on loopback only. It is the app's demo mode and what all tests of the
// uploader talk to. It is an independent reading of the API: it shares no
// code with the client.
//
// It verifies what it can: the key, team and dataset, the shape of every
// body, names, tags, duplicates, signatures, and that the bytes are stored
// before an upload is confirmed. It counts per item how often it was
// registered, signed, stored and confirmed, and keeps the length and SHA-256
// of what arrived, so that a test can prove that each file arrived exactly
// once and whole. Faults can be injected into every call.
//
// The demo's team has two storages of its own, team-uploads and the read-only
// field-archive. Their buckets can be looked into at the sandbox's own address,
// as an S3-compatible server's, with any credentials. Other storages may lie over
// any such server; see S3.
//
// # What is inferred
//
// Nobody has written down the following, so the sandbox guesses, and a client
// that passes here may still meet another answer from the real Darwin:
//
//   - the bodies of 400, 401, 404 and most 422 answers;
//   - more than 500 items in one registration: 422;
//   - one bad item (no name, "/" in the name, unknown type) refuses the whole
//     registration with 422, while duplicates and bad tags block single items;
//   - a version 1 dataset with the V2 calls, and the other way round: 422;
//   - a V2 file whose type can neither be read from its extension nor is
//     given: 422;
//   - the same path, name and slot twice inside one registration: the second
//     is blocked with ALREADY_EXISTS;
//   - an item with the path and name of an existing one, but other slots,
//     joins it, also inside one registration;
//   - the list of classes leaves out tags unless include_tags=true;
//   - ITEM_COUNT_LIMIT_EXCEEDED blocks each new item beyond the limit;
//   - MISSING_TEXT_FOR_TAG in V2, UNKNOWN_TAGS (plural) in V2 and UNKNOWN_TAG
//     in V1;
//   - an empty text in the object form of tags is a plain tag;
//   - a tag class need not be linked to the dataset (Quirks.LinkedTagsOnly
//     asks for it);
//   - a confirm before the bytes are stored: 422; a second confirm of the same
//     upload: accepted, and counted;
//   - a direct upload is checked like a registration, and refused as a whole
//     for a field that is not known, for file_content that is empty or not
//     base64 to the letter, and with 413 beyond 30,000,000 bytes; file_url,
//     which would have to be fetched, blocks its item with FILE_UPLOAD_FAILED;
//   - between being registered and being confirmed, the items of a direct
//     upload are listed as uploading;
//   - the limit of requests holds for any minute, not for calendar minutes, and
//     the body of its 429; Retry-After is in whole seconds, rounded up;
//   - item_paths[] compares whole folders; statuses[] compares both status and
//     processing_status;
//   - deleting with an empty filter: 422;
//   - a signature lasts one hour (Config.Lifetime);
//   - of registrations from a storage: 400 for more than 100 items, for a
//     missing key and for a read-only storage with the wrong call; blocked with
//     MISSING_METADATA where a read-only storage lacks size, thumbnail or
//     frames; a key that nothing lies under makes the processing fail; the
//     limit of 100 a minute is a sliding window over both versions.
//
// # Concurrency
//
// A Sandbox may be used from any goroutine. Close ends everything that Start
// began and waits for it. An item's processing takes no goroutine: its state
// is worked out from the clock when somebody asks.
package sandbox
