package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheAboutPageNamesEveryModuleOfTheProgramInItsPresentVersion(t *testing.T) {
	root := filepath.Join("..", "..")
	parts, err := linked(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) < 10 {
		t.Fatalf("only %d modules are linked", len(parts))
	}
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(target)))
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for line := range strings.Lines(string(content)) {
		if rest, ok := strings.CutPrefix(line, "=== "); ok {
			module, _, _ := strings.Cut(rest, " (")
			named[module] = true
		}
	}
	for _, p := range parts {
		name := p.path + " " + p.version
		if p.path == "Go" { // another patch of Go has the same licence
			delete(named, goLine(named))
			continue
		}
		if !named[name] {
			t.Errorf("%s is linked and not named: go run ./packaging/licences", name)
		}
		delete(named, name)
	}
	for name := range named {
		t.Errorf("%s is named and not linked: go run ./packaging/licences", name)
	}
}

func goLine(named map[string]bool) string {
	for name := range named {
		if strings.HasPrefix(name, "Go ") {
			return name
		}
	}
	return ""
}

func TestALicenceIsNamedByWhatOnlyItSays(t *testing.T) {
	for words, want := range map[string]string{
		"Apache License\n   Version 2.0, January 2004":                                  "Apache-2.0",
		"Permission is hereby granted, free of charge, to any person obtaining\na copy": "MIT",
		"Redistributions in binary form must reproduce ... Neither the name of":         "BSD-3-Clause",
		"Redistributions in binary form must reproduce the above":                       "BSD-2-Clause",
	} {
		if got, ok := kindOf(words); got != want || !ok {
			t.Errorf("%q is called %q, want %q", words, got, want)
		}
	}
	if _, ok := kindOf("All rights reserved."); ok {
		t.Error("a text without a known sentence got a name")
	}
}
