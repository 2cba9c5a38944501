// Package rule makes something of the folders that files lie in: tags of their
// names, or other folders in Darwin. It works out what would become of each
// file, so that a person sees it before anything is changed.
//
// It is pure: a plan changes nothing, whoever asked for it carries it out.
// Folders are paths in Darwin, "/" or "/a/b". Everything here may be called
// from any goroutine.
package rule
