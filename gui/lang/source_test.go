package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// use is one place in the window's source that asks for a text.
type use struct {
	at     string
	text   string
	plural bool
}

// source is what the code of one room asks for, and what it seems to show without asking.
type source struct {
	uses  []use
	plain []string
}

// rooms reads the source of the whole window, by the name of the catalogue that each part has.
func rooms(t *testing.T) map[string]*source {
	t.Helper()
	found := map[string]*source{}
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
		parts := strings.Split(filepath.ToSlash(path), "/")
		room := "window"
		if len(parts) > 2 {
			room = parts[1]
		}
		if found[room] == nil {
			found[room] = &source{}
		}
		return found[room].read(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (s *source) read(path string) error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	silent := silentLines(set, file)
	at := func(n ast.Node) string { return set.Position(n.Pos()).String() }
	var look func(ast.Node) bool
	look = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			if n.Tag != nil {
				return false
			}
		case *ast.CallExpr:
			name := called(n)
			switch {
			case name == "lang.L" || name == "lang.Mark":
				if text, ok := literal(n.Args[0]); ok {
					s.uses = append(s.uses, use{at: at(n), text: text})
					for _, arg := range n.Args[1:] {
						ast.Inspect(arg, look)
					}
					return false
				}
			case name == "lang.N":
				_, one := literal(n.Args[0])
				other, ok := literal(n.Args[1])
				if !ok || !one {
					s.plain = append(s.plain, at(n)+": lang.N wants its texts as literals")
					return false
				}
				s.uses = append(s.uses, use{at: at(n), text: other, plural: true})
				for _, arg := range n.Args[2:] {
					ast.Inspect(arg, look)
				}
				return false
			case unseen[name] || strings.HasPrefix(name, "slog."), logs.MatchString(name):
				return false
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING && !silent[set.Position(n.Pos()).Line] {
				if text, err := strconv.Unquote(n.Value); err == nil && text != "" && text[0] != '<' && reads.MatchString(text) {
					s.plain = append(s.plain, at(n)+": "+strconv.Quote(text))
				}
			}
		}
		return true
	}
	ast.Inspect(file, look)
	return nil
}

// silentLines are those that say themselves that nobody sees their text.
func silentLines(set *token.FileSet, file *ast.File) map[int]bool {
	silent := map[int]bool{}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if strings.Contains(c.Text, "not shown") {
				silent[set.Position(c.Pos()).Line] = true
			}
		}
	}
	return silent
}

// unseen are calls whose texts no person reads.
var unseen = map[string]bool{"fmt.Errorf": true, "errors.New": true, "panic": true, "regexp.MustCompile": true}

// logs are calls of a logger.
var logs = regexp.MustCompile(`(?i)log\.(debug|info|warn|error|with|log)$`)

// reads is how a text for people looks: several words, or one that begins as a sentence does.
var reads = regexp.MustCompile(`[\pL]{2,}[,.:;]? .*[\pL]{2,}|[\pL]{2,} %[sd]|%[sd] [\pL]{2,}|^[A-Z][a-z]{2,}[.:]?$|^ [\pL]{2,}|[\pL]{2,} $`)

func called(n *ast.CallExpr) string {
	switch f := n.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		switch x := f.X.(type) {
		case *ast.Ident:
			return x.Name + "." + f.Sel.Name
		case *ast.SelectorExpr:
			return x.Sel.Name + "." + f.Sel.Name
		}
	}
	return ""
}

// literal is a text that stands in the source, perhaps in several parts.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return "", false
}
