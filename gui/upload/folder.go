package upload

import (
	"net/url"
	"path/filepath"
	"strings"
)

// showFile opens the folder of a file in the computer's file manager.
func (p *Place) showFile(file string) {
	p.deps.OpenURL(folderAddress(filepath.ToSlash(filepath.Dir(file))))
}

// folderAddress is a folder as an address: file:///home/ada, file:///C:/Users
// or, for a folder on a server of Windows, file://server/share.
func folderAddress(folder string) string {
	if rest, onServer := strings.CutPrefix(folder, "//"); onServer {
		host, share, _ := strings.Cut(rest, "/")
		return (&url.URL{Scheme: "file", Host: host, Path: "/" + share}).String()
	}
	if !strings.HasPrefix(folder, "/") {
		folder = "/" + folder
	}
	return (&url.URL{Scheme: "file", Path: folder}).String()
}
