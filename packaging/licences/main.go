// Command licences writes the licences of everything that is linked into the program, as the About page shows them:
//
//	go run ./packaging/licences
//
// Run it when a dependency comes, goes or changes its version; a test beside it says when that was forgotten.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := run(root); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(root string) error {
	parts, err := linked(root)
	if err != nil {
		return err
	}
	text, err := text(parts)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, filepath.FromSlash(target)), []byte(text), 0o644)
}
