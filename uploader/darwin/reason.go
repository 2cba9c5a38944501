package darwin

import "darwin-uploader/uploader/fault"

// Reason is why Darwin did not take an item, in upper case. Others than the
// constants exist; "" is a blocked item without a reason.
type Reason string

// The reasons that the sources name.
const (
	ReasonAlreadyExists Reason = "ALREADY_EXISTS"            // same dataset, folder, name and slot
	ReasonUnknownTag    Reason = "UNKNOWN_TAG"               // the guide's spelling
	ReasonUnknownTags   Reason = "UNKNOWN_TAGS"              // Darwin's own client's spelling
	ReasonMissingText   Reason = "MISSING_TEXT_FOR_TAG"      // a tag was given text, but its class takes none
	ReasonItemLimit     Reason = "ITEM_COUNT_LIMIT_EXCEEDED" // the plan's number of items (meaning inferred)
	ReasonTimeout       Reason = "FILE_UPLOAD_TIMEOUT"       // probably only where Darwin fetches the file itself (inferred)
	ReasonUploadFailed  Reason = "FILE_UPLOAD_FAILED"        // as above
	ReasonUnexpected    Reason = "UNEXPECTED_ERROR"          // a fault of the server
)

// Fault tells the reason to a person. An unknown reason stands verbatim in
// Detail.
func (r Reason) Fault() *fault.Error {
	e := &fault.Error{Detail: "reason " + string(r)}
	const fromHere = "The file is safe on this computer."
	switch r {
	case ReasonAlreadyExists:
		e.Kind = fault.Exists
		e.What = "The dataset has an item with this name in this folder already."
		e.Safe = "The item in Darwin was not touched."
		e.Do = "To upload this file as well, choose another folder for it."
	case ReasonUnknownTag, ReasonUnknownTags:
		e.Kind = fault.UnknownTag
		e.What = "Darwin does not know a tag of this file."
		e.Safe = fromHere
		e.Do = "Create the tag, or take it off the file, and upload the file again."
	case ReasonMissingText:
		e.Kind = fault.TagText
		e.What = "A tag of this file has text, but this tag takes none in Darwin."
		e.Safe = fromHere
		e.Do = "Remove the tag's text, and upload the file again."
	case ReasonItemLimit:
		e.Kind = fault.ItemLimit
		e.What = "The team has as many items in Darwin as its plan allows."
		e.Safe = fromHere
		e.Do = "Ask whoever manages the team to make room or to change the plan."
	case ReasonTimeout, ReasonUploadFailed, ReasonUnexpected:
		e.Kind = fault.Blocked
		e.What = "Darwin could not take this file."
		e.Safe = fromHere
		e.Do = "Upload it again later."
	case "":
		e.Kind = fault.Blocked
		e.What = "Darwin did not take this file and gave no reason."
		e.Safe = fromHere
		e.Do = "Upload it again later."
		e.Detail = "blocked without a reason"
	default:
		e.Kind = fault.Blocked
		e.What = "Darwin did not take this file."
		e.Safe = fromHere
		e.Do = "The details hold Darwin's own reason."
	}
	return e
}
