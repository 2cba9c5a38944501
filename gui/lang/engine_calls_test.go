package lang

import (
	"go/ast"
	"strings"
)

// call is what the i-th result of a call can be.
func (s *engineSource) call(c *ast.CallExpr, i int) []string {
	switch name := called(c); name {
	case "fmt.Sprintf":
		if c.Ellipsis.IsValid() {
			return s.passedOn(c)
		}
		return s.format(c.Args)
	case "strings.TrimSpace", "strings.TrimRight", "string":
		return s.eval(c.Args[0])
	case "strings.Cut":
		return s.cut(c, i)
	}
	if f, ok := c.Fun.(*ast.SelectorExpr); ok && (f.Sel.Name == "Error" || f.Sel.Name == "Warning") && len(c.Args) == 0 {
		return []string{phrased} // sentences that are found where they were made
	}
	var texts []string
	for _, f := range s.callee(c) {
		texts = merge(texts, s.results(f, i))
	}
	if len(texts) == 0 {
		return []string{gap}
	}
	return texts
}

// passedOn is what a function makes that hands its own format and arguments on.
func (s *engineSource) passedOn(c *ast.CallExpr) []string {
	var texts []string
	format, ok := c.Args[0].(*ast.Ident)
	if !ok || format.Obj == nil {
		return []string{gap}
	}
	field, ok := format.Obj.Decl.(*ast.Field)
	if !ok {
		return []string{gap}
	}
	list, _ := s.parents[field].(*ast.FieldList)
	at := position(list, field, format.Name)
	for _, args := range s.calls(s.parents[s.parents[list]]) {
		texts = merge(texts, s.format(args[at:]))
	}
	return texts
}

// callee are the functions of the engine that a call may mean.
func (s *engineSource) callee(c *ast.CallExpr) []*ast.FuncDecl {
	home := s.packageOf(c)
	switch f := c.Fun.(type) {
	case *ast.Ident:
		if f.Obj == nil || f.Obj.Kind == ast.Fun {
			return home.funcs[f.Name]
		}
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Obj == nil {
			for _, p := range s.packages {
				if p.name == x.Name {
					return p.funcs[f.Sel.Name]
				}
			}
			return nil
		}
		if f.Sel.Name != "String" {
			return home.funcs[f.Sel.Name]
		}
	}
	return nil
}

// results are what a function can return in the i-th place.
func (s *engineSource) results(f *ast.FuncDecl, i int) []string {
	if f.Body == nil || f.Type.Results == nil || s.busy[f] {
		return nil
	}
	s.busy[f] = true
	defer delete(s.busy, f)
	var named *ast.Ident
	at := 0
	for _, field := range f.Type.Results.List {
		if id, ok := field.Type.(*ast.Ident); at == i && len(field.Names) == 0 && (!ok || id.Name != "string") {
			return nil
		}
		for _, name := range field.Names {
			if at == i {
				named = name
			}
			at++
		}
		if len(field.Names) == 0 {
			at++
		}
	}
	var texts []string
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			switch {
			case i < len(n.Results) && len(n.Results) == at:
				texts = merge(texts, s.eval(n.Results[i]))
			case len(n.Results) == 1:
				if c, ok := n.Results[0].(*ast.CallExpr); ok {
					texts = merge(texts, s.call(c, i))
				}
			case len(n.Results) == 0 && named != nil:
				texts = merge(texts, s.name(named))
			}
		}
		return true
	})
	return texts
}

// format is a format with what its arguments can be.
func (s *engineSource) format(args []ast.Expr) []string {
	var all []string
	for _, format := range s.eval(args[0]) {
		format = strings.ReplaceAll(format, "%%", "%") // a literal of a format has its verbs already
		ways := []string{""}
		rest, next := format, 0
		for {
			at := verb.FindStringIndex(strings.ReplaceAll(rest, "%%", "\x00\x00"))
			if at == nil {
				ways = product(ways, []string{rest})
				break
			}
			given := []string{rest[at[0]:at[1]]}
			if v := given[0]; v == "%s" || v == "%v" {
				given = []string{gap}
				if next+1 < len(args) {
					given = s.inside(s.eval(args[next+1]), args[next+1])
					if len(given) == 1 && given[0] != phrased && !hasWords(given[0]) {
						given = []string{gap}
					}
				}
			}
			ways = product(ways, product([]string{rest[:at[0]]}, given))
			rest, next = rest[at[1]:], next+1
		}
		all = merge(all, ways)
	}
	return all
}

// cut is one half of a text with a sign between its halves.
func (s *engineSource) cut(c *ast.CallExpr, i int) []string {
	sign, ok := literal(c.Args[1])
	if !ok || i > 1 {
		return nil
	}
	var halves []string
	for _, text := range s.eval(c.Args[0]) {
		before, after, _ := strings.Cut(text, sign)
		halves = merge(halves, []string{[]string{before, after}[i]})
	}
	return halves
}

func (s *engineSource) packageOf(n ast.Node) *enginePackage {
	for n != nil {
		if file, ok := n.(*ast.File); ok {
			return s.owner[file]
		}
		n = s.parents[n]
	}
	panic("a node of no file")
}

// function is the declaration around a node.
func (s *engineSource) function(n ast.Node) ast.Node {
	for n != nil {
		if f, ok := n.(*ast.FuncDecl); ok {
			return f
		}
		if f, ok := n.(*ast.File); ok {
			return f
		}
		n = s.parents[n]
	}
	panic("a node of no file")
}
