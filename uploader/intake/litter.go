package intake

import "strings"

// litterFile says what a file is that an operating system, a viewer or a disc
// format leaves behind, or "" if it is none.
func litterFile(name string) string {
	switch strings.ToLower(name) {
	case "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini":
		return "Windows keeps this file for itself."
	case ".ds_store", ".localized", "icon\r", ".apdisk":
		return "macOS keeps this file for itself."
	case ".picasa.ini", ".nomedia", ".directory":
		return "A picture viewer keeps this file for itself."
	case "dicomdir":
		return "This is only the list of contents of a DICOM disc; its images are files of their own."
	}
	return ""
}

// litterFolder is litterFile for folders.
func litterFolder(name string) string {
	switch strings.ToLower(name) {
	case "__macosx", ".spotlight-v100", ".trashes", ".fseventsd", ".temporaryitems", ".documentrevisions-v100":
		return "macOS keeps this folder for itself."
	case "$recycle.bin", "system volume information":
		return "Windows keeps this folder for itself."
	case "@eadir", "#recycle":
		return "The network drive keeps this folder for itself."
	case ".thumbnails", "lost+found":
		return "The system keeps this folder for itself."
	}
	if strings.HasPrefix(strings.ToLower(name), ".trash-") {
		return "The system keeps this folder for itself."
	}
	return ""
}

const appleDoubleSays = "macOS keeps this file beside the one of the same name; it holds no picture."
