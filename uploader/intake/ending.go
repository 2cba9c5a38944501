package intake

import (
	"path/filepath"
	"strings"
)

// endingOf is the lower-cased ending of a file's name with its dot, "" if it has
// none. ".nii.gz" counts as one ending.
func endingOf(name string) string {
	lower := strings.ToLower(name)
	if strings.HasSuffix(lower, ".nii.gz") {
		return ".nii.gz"
	}
	ending := filepath.Ext(lower)
	if ending == "." {
		return ""
	}
	return ending
}

// mayBeDICOM reports whether a file with this ending is worth a look inside.
// Scanners and archives name DICOM files without ending, by a UID
// ("1.2.840.10008.5") or with an ending of their own.
func mayBeDICOM(ending string) bool {
	switch ending {
	case "", ".dicom", ".dic", ".ima":
		return true
	}
	return strings.Trim(ending[1:], "0123456789") == ""
}

// KindOf tells the kind of a file from the ending of its name alone; false for
// an ending that tells none, as many DICOM files have.
func KindOf(name string) (Kind, bool) { return kindOf(endingOf(name)) }
