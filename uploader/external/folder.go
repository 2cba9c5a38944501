package external

import (
	"strings"

	"darwin-uploader/uploader/intake"
)

// Folders says which Darwin folder an object's item goes to.
type Folders struct {
	// Base is the Darwin folder that all items go below, "" or "/" for the root.
	Base string
	// Flat puts all items into Base. Otherwise the folders of an object's key
	// are kept below Base.
	Flat bool
	// Below is a prefix of keys that makes no folders: with "animals/originals",
	// the key animals/originals/cats/1.jpg goes to Base/cats. Keys that do not
	// begin with it keep all of their folders.
	Below string
}

// Folder is the Darwin folder of a key. own is the folder that the object's row
// states itself, "" for none; it goes below Base, too. A name that cannot be a
// Darwin folder is a fault of kind Usage.
func (f Folders) Folder(key, own string) (string, error) {
	if strings.TrimSpace(own) != "" {
		return intake.CleanFolder(f.Base + "/" + own)
	}
	if f.Flat {
		return intake.CleanFolder(f.Base)
	}
	if below := strings.Trim(f.Below, "/"); below != "" {
		if rest, ok := strings.CutPrefix(key, below+"/"); ok {
			key = rest
		}
	}
	last := strings.LastIndexByte(key, '/')
	return intake.CleanFolder(f.Base + "/" + key[:last+1])
}

// nameOf is the last part of a key.
func nameOf(key string) string { return key[strings.LastIndexByte(key, '/')+1:] }
