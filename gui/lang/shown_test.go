package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatTheEngineSaysIsShownInTheLanguage finds places of the window that hand a sentence of the engine on, to be shown or glued to
// others, without S or Fault. A line that nobody sees says so in a comment: "not shown".
func TestWhatTheEngineSaysIsShownInTheLanguage(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "desktop" || entry.Name() == "lang" || entry.Name() == "scenes" || entry.Name() == "testdata" || strings.HasSuffix(entry.Name(), "test")) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, n := range plainly(set, file) {
			t.Errorf("%s: this is English; give it to lang.S, or the whole problem to lang.Fault", set.Position(n.Pos()))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAPlainSentenceOfTheEngineIsNoticed(t *testing.T) {
	const source = `package x
func f() {
	say(err.Error())
	say(fault.Of(err).What)
	text := problem.What + " More."
	say(strings.TrimSuffix(line.Reason, "."))
	say(lang.L("Line %d: %s", n, problem.Safe))

	say(lang.S(problem.What), lang.Fault(err))
	log.Info("x", "detail", err.Error())
	if problem.What == "" || strings.Contains(line.Reason, "x") { line.Reason = problem.Error() }
	say(err.Error()) // not shown
}`
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "x.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, n := range plainly(set, file) {
		lines = append(lines, set.Position(n.Pos()).Line)
	}
	if want := []int{3, 4, 5, 6, 7}; len(lines) != len(want) {
		t.Errorf("lines %v were noticed, want %v", lines, want)
	}
}

// plainly are the sentences of the engine that a file hands on as they are.
func plainly(set *token.FileSet, file *ast.File) (found []ast.Node) {
	silent := silentLines(set, file)
	var above []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if of, ok := n.(*ast.SelectorExpr); ok && (of.Sel.Name == "What" || of.Sel.Name == "Safe" || of.Sel.Name == "Reason" || of.Sel.Name == "Error" || of.Sel.Name == "Warning") {
			if handedOn(n, above) && !silent[set.Position(n.Pos()).Line] {
				found = append(found, n)
			}
		}
		above = append(above, n)
		return true
	})
	return found
}

// handedOn says that an expression is given to a function that is not known to translate it, or glued to another text.
func handedOn(n ast.Node, above []ast.Node) bool {
	for i := len(above) - 1; i >= 0; i-- {
		switch p := above[i].(type) {
		case *ast.CallExpr:
			if p.Fun == n { // of.Error(): what becomes of its result counts
				if len(p.Args) > 0 {
					return false // a logger's
				}
				break
			}
			name := called(p)
			switch {
			case name == "lang.S" || name == "lang.Fault" || name == "append" || name == "receipt.Refusal" || unseen[name] || logs.MatchString(name) || strings.HasPrefix(name, "slog."):
				return false
			case strings.HasPrefix(name, "strings.") || name == "string":
			default:
				return true
			}
		case *ast.BinaryExpr:
			if p.Op != token.ADD {
				return false
			}
			return true
		case *ast.SelectorExpr, *ast.ParenExpr:
			if s, ok := p.(*ast.SelectorExpr); ok && s.X == n {
				return false // a field of it, such as Reason.String
			}
		default:
			return false
		}
		n = above[i]
	}
	return false
}
