package cli

import (
	"context"
	"errors"
	"fmt"
)

// Sandbox runs the practice Darwin until ctx ends.
func Sandbox(ctx context.Context, e Env, args []string) int {
	addr, err := parseSandbox(args)
	if errors.Is(err, ErrHelp) {
		fmt.Fprint(e.Stdout, Help)
		return ExitDone
	}
	if err != nil {
		return e.wrong(err)
	}
	p, err := StartPractice(addr)
	if err != nil {
		return e.wrong(err)
	}
	fmt.Fprintf(e.Stdout, "address %s\nkey     %s\n", p.URL(), p.Key())
	fmt.Fprintln(e.Stderr, "This is a practice Darwin. It forgets everything when it ends; press Ctrl+C to end it.")
	<-ctx.Done()
	if err := p.Close(); err != nil {
		return e.wrong(err)
	}
	return ExitDone
}
