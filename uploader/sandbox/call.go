package sandbox

// Call is one kind of call that the sandbox answers.
type Call uint8

// The calls. Any stands for all of them but Page, in a Fault.
const (
	Any           Call = iota
	TokenInfo          // GET /api/users/token_info
	Datasets           // GET /api/datasets
	GetDataset         // GET /api/datasets/{id}
	CreateDataset      // POST /api/datasets
	Classes            // GET /api/teams/{team}/annotation_classes
	CreateClass        // POST of an annotation class, both ways
	LinkClass          // PUT /api/annotation_classes/{id}
	Register           // of either version
	DirectUpload       // register, store and confirm in one, of version 2
	Sign               // of either version
	Store              // the bytes, as a form or by PUT
	Confirm            // of either version
	List               // items, of either version
	Delete             // items, of either version
	Page               // the web page and its pictures
	Other              // anything that the sandbox does not know
	Storages           // GET /api/teams/{team}/storage
	External           // registration from a storage; of version 1 it is Register until its body is read
	Process            // not a request: what happens to an item after its confirmation
)

var callNames = [...]string{
	Any: "any", TokenInfo: "token info", Datasets: "datasets", GetDataset: "dataset",
	CreateDataset: "create dataset", Classes: "classes", CreateClass: "create class",
	LinkClass: "link class", Register: "register", DirectUpload: "direct upload", Sign: "sign", Store: "store",
	Confirm: "confirm", List: "list", Delete: "delete", Page: "page", Other: "other", Process: "process",
	Storages: "storages", External: "external",
}

// String is the call's name for logs.
func (c Call) String() string {
	if int(c) < len(callNames) {
		return callNames[c]
	}
	return "other"
}
