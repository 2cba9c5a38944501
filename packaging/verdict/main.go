// Command verdict reads the events of `go test -json` on standard input and prints what a person wants to read of them: go test's
// own line for each package, everything about a test that failed, and why a test was skipped. It counts as it reads.
//
//	go test -json ./... | verdict -tally FILE    read, print, and add the numbers to FILE
//	verdict -sum FILE                            print "N passed, N failed" of all that FILE holds
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	tally := flag.String("tally", "", "file to which the numbers are added")
	sum := flag.String("sum", "", "file whose numbers are summed up")
	flag.Parse()
	if err := run(*tally, *sum); err != nil {
		fmt.Fprintln(os.Stderr, "verdict:", err)
		os.Exit(1)
	}
}

func run(tally, sum string) error {
	if sum != "" {
		file, err := os.Open(sum)
		if err != nil {
			return err
		}
		defer file.Close()
		count, err := total(file)
		if err != nil {
			return err
		}
		fmt.Println(count)
		return nil
	}
	count, err := read(os.Stdin, os.Stdout)
	if err != nil {
		return err
	}
	if tally == "" {
		fmt.Println(count)
		return nil
	}
	file, err := os.OpenFile(tally, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	fmt.Fprintln(file, count)
	return file.Close()
}
