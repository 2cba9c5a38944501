package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// target is where the About page looks, below the root of the module.
const target = "gui/help/licences.txt"

// part is one module that the program is made of.
type part struct{ path, version, dir string }

// linked lists the modules of the program on all systems that it is built for, and Go itself.
func linked(root string) ([]part, error) {
	tool, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	all := []part{{path: "Go", version: strings.TrimPrefix(runtime.Version(), "go"), dir: strings.TrimSpace(string(tool))}}
	for _, system := range []string{"linux", "windows", "darwin"} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
		list.Dir = root
		list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.Lines(string(out)) {
			fields := strings.Split(strings.TrimSpace(line), "\t")
			if len(fields) == 3 {
				all = append(all, part{fields[0], fields[1], fields[2]})
			}
		}
	}
	slices.SortFunc(all, func(a, b part) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.path), strings.ToLower(b.path)), cmp.Compare(a.version, b.version))
	})
	return slices.Compact(all), nil
}

// text is the file's content: for each licence text one line "=== module version (kind)" for each module that has it,
// and the text itself.
func text(parts []part) (string, error) {
	var order []string
	holders := map[string][]string{}
	for _, p := range parts {
		words, err := licenceOf(p.dir)
		if err != nil {
			return "", fmt.Errorf("%s: %w", p.path, err)
		}
		kind, ok := kindOf(words)
		if !ok {
			return "", fmt.Errorf("%s: this licence has no name here", p.path)
		}
		if _, seen := holders[words]; !seen {
			order = append(order, words)
		}
		holders[words] = append(holders[words], fmt.Sprintf("=== %s %s (%s)", p.path, p.version, kind))
	}
	var b strings.Builder
	for _, words := range order {
		fmt.Fprintf(&b, "%s\n\n%s\n\n", strings.Join(holders[words], "\n"), words)
	}
	return strings.TrimRight(b.String(), "\n") + "\n", nil
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[sc]e|copying|unlicense|notice)`)

// licenceOf is what a module says of its licence, all files of that kind after each other.
func licenceOf(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var all [][]byte
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		all = append(all, tidy(content))
	}
	if len(all) == 0 {
		return "", errors.New("no licence file")
	}
	return string(bytes.Join(all, []byte("\n\n"))), nil
}

var blanks = regexp.MustCompile(`[ \t\f]+(\n|$)`)

// tidy drops what a screen cannot show, so that equal texts are equal.
func tidy(content []byte) []byte {
	content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	content = bytes.ToValidUTF8(content, []byte("?"))
	content = bytes.ReplaceAll(content, []byte("\f"), nil)
	return bytes.Trim(blanks.ReplaceAll(content, []byte("$1")), "\n")
}

// kindOf names a licence by the sentence that only it has.
func kindOf(words string) (string, bool) {
	flat := strings.ToLower(strings.Join(strings.Fields(words), " "))
	for _, k := range []struct{ name, sentence string }{
		{"Apache-2.0", "apache license version 2.0"},
		{"MPL-2.0", "mozilla public license version 2.0"},
		{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose"},
		{"ISC", "permission to use, copy, modify, and distribute this software for any purpose"},
		{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
		{"BSD-3-Clause", "neither the name"},
		{"BSD-3-Clause", "may not be used to endorse or promote products"},
		{"BSD-2-Clause", "redistributions in binary form must reproduce"},
		{"Unlicense", "this is free and unencumbered software released into the public domain"},
		{"Zlib", "this software is provided 'as-is', without any express or implied warranty"},
	} {
		if strings.Contains(flat, k.sentence) {
			return k.name, true
		}
	}
	return "", false
}
