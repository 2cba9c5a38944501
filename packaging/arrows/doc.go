// Package arrows proves by its tests what the README's picture of the house promises: which room may know which, what lies at the
// top level, and that no file tells anything of the machine it was written on. It has no code to offer.
package arrows
