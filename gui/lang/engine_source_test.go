package lang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// engineSource reads the texts for people out of the engine's source. It follows an expression to all the texts that it can be:
// through constants and variables, what functions return, and what their callers give them. What it cannot follow is a gap.
type engineSource struct {
	set      *token.FileSet
	packages map[string]*enginePackage // by folder
	texts    map[string]string         // each text or phrase, and where it stands
	parents  map[ast.Node]ast.Node
	owner    map[*ast.File]*enginePackage
	busy     map[ast.Node]bool // what is being followed, to end in circles
	read     map[ast.Node]bool // literals that are part of a text
	callers  map[string][]caller
	givens   map[string][]given
	lost     []string // where a text is given that cannot be followed
}

// caller is a call, by the last part of the function's name.
type caller struct {
	call *ast.CallExpr
	by   *enginePackage
}

// given is what a field gets somewhere.
type given struct {
	to   *enginePackage
	text func() []string
}

type enginePackage struct {
	name, folder string
	files        []*ast.File
	values       map[string][]ast.Expr // of constants and variables of the package
	funcs        map[string][]*ast.FuncDecl
}

// In a text, gap stands for what is not known before the program runs, and phrased for what is a text or a phrase of its own.
const (
	gap     = "%s"
	phrased = "%v"
)

// readEngine reads the packages whose problems a person meets in the window. What only the command line says stays English and is
// left out, as are the sandbox and what is for tests.
func readEngine(t *testing.T) *engineSource {
	t.Helper()
	s := &engineSource{
		set: token.NewFileSet(), packages: map[string]*enginePackage{}, texts: map[string]string{}, parents: map[ast.Node]ast.Node{},
		owner: map[*ast.File]*enginePackage{}, busy: map[ast.Node]bool{}, read: map[ast.Node]bool{},
		callers: map[string][]caller{}, givens: map[string][]given{},
	}
	for _, root := range []string{"uploader", "settings"} {
		err := filepath.WalkDir(filepath.Join("..", "..", root), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			switch name := entry.Name(); {
			case entry.IsDir() && (name == "cli" || name == "sandbox" || name == "toxic" || name == "conformance" || name == "testdata"):
				return fs.SkipDir
			case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			return s.add(path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.add(filepath.Join("..", "..", "main.go")); err != nil { // what it tells the window at the start
		t.Fatal(err)
	}
	for _, folder := range slices.Sorted(maps.Keys(s.packages)) {
		for _, file := range s.packages[folder].files {
			s.collect(file)
		}
	}
	return s
}

func (s *engineSource) add(path string) error {
	file, err := parser.ParseFile(s.set, path, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	folder := filepath.ToSlash(filepath.Dir(path))
	p := s.packages[folder]
	if p == nil {
		p = &enginePackage{name: file.Name.Name, folder: folder, values: map[string][]ast.Expr{}, funcs: map[string][]*ast.FuncDecl{}}
		s.packages[folder] = p
	}
	p.files = append(p.files, file)
	s.owner[file] = p
	var above []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if len(above) > 0 {
			s.parents[n] = above[len(above)-1]
		}
		above = append(above, n)
		s.index(n, p)
		return true
	})
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			p.funcs[d.Name.Name] = append(p.funcs[d.Name.Name], d)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					for i, name := range spec.Names {
						if i < len(spec.Values) {
							p.values[name.Name] = append(p.values[name.Name], spec.Values[i])
						}
					}
				}
			}
		}
	}
	return nil
}

// index keeps calls by the function's name, and what fields get by the field's.
func (s *engineSource) index(n ast.Node, p *enginePackage) {
	switch n := n.(type) {
	case *ast.CallExpr:
		switch f := n.Fun.(type) {
		case *ast.Ident:
			s.callers[f.Name] = append(s.callers[f.Name], caller{n, p})
		case *ast.SelectorExpr:
			s.callers[f.Sel.Name] = append(s.callers[f.Sel.Name], caller{n, p})
		}
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok {
			s.givens[id.Name] = append(s.givens[id.Name], given{p, func() []string { return s.eval(n.Value) }})
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if to, ok := left.(*ast.SelectorExpr); ok {
				s.givens[to.Sel.Name] = append(s.givens[to.Sel.Name], given{p, func() []string { return s.assigned(n, i) }})
			}
		}
	}
}

// shown are the fields that a person reads, by the type that has them; "" stands for those of any type.
var shown = map[string][]string{
	"Error":         {"What", "Safe", "Do"},
	"FileError":     {"What", "Safe", "Do"},
	"KeychainError": {"What", "Safe", "Do"},
	"Mismatch":      {"Why"},
	"Verdict":       {"Reason"},
}

// collect finds where a file gives a field its text.
func (s *engineSource) collect(file *ast.File) {
	p := s.owner[file]
	if p.name == "main" {
		s.notices(file)
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if p.name == "fault" && n.Name.Name == "Error" {
				for _, text := range s.results(n, 0) {
					s.note(text, n)
				}
			}
		case *ast.CompositeLit:
			for _, e := range n.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok && slices.Contains(shown[typeName(n.Type)], fieldName(pair.Key)) {
					s.take(pair.Value)
				}
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if !isShown(fieldOf(left)) {
					continue
				}
				if fieldOf(left) == "warning" && called(asCall(n.Rhs[0])) == "strings.TrimSpace" {
					continue // one warning after another, which warn has been told
				}
				for _, text := range s.assigned(n, i) {
					s.note(text, n)
				}
			}
		case *ast.BasicLit:
			if strings.Contains(n.Value, "{line} ") { // filled by the ledger itself
				for _, text := range s.eval(n) {
					s.note(strings.ReplaceAll(text, "{line}", "%d"), n)
				}
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "warn" && len(n.Args) == 1 {
				s.take(n.Args[0])
			}
		}
		return true
	})
}

// notices finds what the window is given to tell when it opens. The rest of the program's start speaks to the command line.
func (s *engineSource) notices(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n, ok := n.(*ast.AssignStmt); ok && len(n.Lhs) == 1 && fieldOf(n.Lhs[0]) == "Notice" {
			s.take(n.Rhs[0])
		}
		return true
	})
}

// fieldOf is the field that something is given to, "" for anything else.
func fieldOf(e ast.Expr) string {
	if field, ok := e.(*ast.SelectorExpr); ok {
		return field.Sel.Name
	}
	return ""
}

func asCall(e ast.Expr) *ast.CallExpr {
	if c, ok := e.(*ast.CallExpr); ok {
		return c
	}
	return &ast.CallExpr{}
}

func isShown(field string) bool {
	return field == "What" || field == "Safe" || field == "Do" || field == "Reason" || field == "warning"
}

func (s *engineSource) take(e ast.Expr) {
	for _, text := range s.eval(e) {
		if text == gap {
			s.lost = append(s.lost, s.set.Position(e.Pos()).String())
		}
		s.note(text, e)
	}
}

// note keeps a text, each of its sentences by itself where they can be told apart later.
func (s *engineSource) note(text string, at ast.Node) {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, phrased+" "); ok && text[len(phrased)+1] <= 'Z' {
		text = rest // sentences that were made elsewhere stand before it
	}
	for _, sentence := range apart(text) {
		if _, ok := s.texts[sentence]; !ok && hasWords(sentence) {
			s.texts[sentence] = s.set.Position(at.Pos()).String()
		}
	}
}

// apart cuts a text into its sentences. One that has gaps and few words of its own stays with the one before it, since S could
// take others for it.
func apart(text string) []string {
	var all []string
	for text != "" {
		sentence, rest := text, ""
		if at := stop.FindStringIndex(text); at != nil {
			sentence, rest = text[:at[0]+1], text[at[0]+2:]
		}
		last := len(all) - 1
		if short := verb.MatchString(sentence) && len(verb.ReplaceAllString(sentence, "")) < 24; short && last >= 0 {
			all[last] += " " + sentence
		} else {
			all = append(all, sentence)
		}
		text = rest
	}
	return all
}

// stop is where a sentence ends and another begins.
var stop = regexp.MustCompile(`\. [\p{Lu}%]`)

// hasWords says that a text is more than gaps and signs.
func hasWords(text string) bool {
	for _, part := range verb.Split(text, -1) {
		if words.MatchString(part) {
			return true
		}
	}
	return false
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func fieldName(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return fmt.Sprint(e)
}
