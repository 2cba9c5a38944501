package lang

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// eval gives all texts that an expression can be, with "%" for itself written twice.
func (s *engineSource) eval(e ast.Expr) []string {
	if s.busy[e] {
		return nil
	}
	s.busy[e] = true
	defer delete(s.busy, e)
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			s.read[e] = true
			return []string{strings.ReplaceAll(text, "%", "%%")}
		}
	case *ast.ParenExpr:
		return s.eval(e.X)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return s.joined(e)
		}
	case *ast.Ident:
		return s.name(e)
	case *ast.SelectorExpr:
		return s.field(e)
	case *ast.IndexExpr:
		return s.elements(e.X)
	case *ast.CallExpr:
		return s.call(e, 0)
	}
	return []string{gap}
}

// joined glues the parts of a sentence together, each of all of the ways that it can be.
func (s *engineSource) joined(e *ast.BinaryExpr) []string {
	var parts []ast.Expr
	var flatten func(ast.Expr)
	flatten = func(e ast.Expr) {
		if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
			flatten(b.X)
			flatten(b.Y)
			return
		}
		parts = append(parts, e)
	}
	flatten(e)
	ways := []string{""}
	for _, part := range parts {
		ways = product(ways, s.inside(s.eval(part), part))
	}
	return ways
}

// inside is a part of a sentence. Phrases of several words become a gap for a phrase and a text of their own, so that each is
// translated once; where it can be one of several single words, there is a sentence for each, since a language may need another.
func (s *engineSource) inside(part []string, at ast.Node) []string {
	if len(part) < 2 {
		return part
	}
	var kept []string
	for _, text := range part {
		switch clean := strings.TrimSpace(text); {
		case text == phrased || hasWords(text) && clean == text && (strings.Contains(text, " ")):
			if text != phrased {
				s.note(text, at)
			}
			text = phrased
		case clean == text && (!hasWords(text) || name.MatchString(text)) && !strings.ContainsAny(text, "()"):
			text = gap
		}
		kept = merge(kept, []string{text})
	}
	if slices.Contains(kept, phrased) {
		kept = slices.DeleteFunc(kept, func(text string) bool { return text == gap })
	}
	return kept
}

// name is a word that is the same in all languages.
var name = regexp.MustCompile(`^\p{Lu}\pL+$|://`)

func product(left, right []string) []string {
	var all []string
	for _, l := range left {
		for _, r := range right {
			all = append(all, l+r)
		}
	}
	return all
}

// name is what a constant, a variable or a parameter can be.
func (s *engineSource) name(e *ast.Ident) []string {
	if e.Obj == nil {
		return s.union(s.packageOf(e).values[e.Name])
	}
	switch decl := e.Obj.Decl.(type) {
	case *ast.ValueSpec:
		if _, ok := s.parents[s.parents[decl]].(*ast.File); ok {
			return s.union(s.packageOf(e).values[e.Name])
		}
		return s.local(e, decl)
	case *ast.AssignStmt:
		return s.local(e, decl)
	case *ast.Field:
		return s.parameter(e, decl)
	}
	return []string{gap}
}

func (s *engineSource) union(all []ast.Expr) []string {
	if len(all) == 0 {
		return []string{gap}
	}
	var texts []string
	for _, e := range all {
		texts = merge(texts, s.eval(e))
	}
	return texts
}

func merge(a, b []string) []string {
	for _, text := range b {
		if !slices.Contains(a, text) {
			a = append(a, text)
		}
	}
	return a
}

// local is what a variable of a function can be.
func (s *engineSource) local(e *ast.Ident, decl ast.Node) []string {
	if s.busy[decl] {
		return nil
	}
	s.busy[decl] = true
	defer delete(s.busy, decl)
	var texts []string
	if spec, ok := decl.(*ast.ValueSpec); ok {
		for i, name := range spec.Names {
			if name.Name == e.Name && i < len(spec.Values) {
				texts = merge(texts, s.eval(spec.Values[i]))
			}
		}
	}
	var added [][]string
	ast.Inspect(s.function(e), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if id, ok := left.(*ast.Ident); ok && id.Obj == e.Obj {
					if n.Tok == token.ADD_ASSIGN {
						added = append(added, s.eval(n.Rhs[0]))
						continue
					}
					texts = merge(texts, s.assigned(n, i))
				}
			}
		case *ast.RangeStmt:
			if id, ok := n.Value.(*ast.Ident); ok && id.Obj == e.Obj {
				texts = merge(texts, s.elements(n.X))
			}
		}
		return true
	})
	for _, more := range added {
		texts = merge(texts, product(texts, more))
	}
	if len(texts) == 0 {
		return []string{gap}
	}
	return texts
}

// assigned is what the i-th name on the left gets.
func (s *engineSource) assigned(n *ast.AssignStmt, i int) []string {
	if len(n.Rhs) == len(n.Lhs) {
		return s.eval(n.Rhs[i])
	}
	if call, ok := n.Rhs[0].(*ast.CallExpr); ok {
		return s.call(call, i)
	}
	return []string{gap}
}

// parameter is what callers give a function, or what a function gives under the name of its result.
func (s *engineSource) parameter(e *ast.Ident, decl *ast.Field) []string {
	if s.busy[decl] {
		return nil
	}
	s.busy[decl] = true
	defer delete(s.busy, decl)
	texts := s.local(e, e.Obj.Decl.(ast.Node))
	if len(texts) == 1 && texts[0] == gap {
		texts = nil
	}
	list, _ := s.parents[decl].(*ast.FieldList)
	at := position(list, decl, e.Name)
	kind, _ := s.parents[list].(*ast.FuncType)
	if kind == nil || kind.Params != list {
		if len(texts) == 0 {
			return []string{gap}
		}
		return texts
	}
	for _, args := range s.calls(s.parents[kind]) {
		if at < len(args) {
			texts = merge(texts, s.eval(args[at]))
		}
	}
	if len(texts) == 0 {
		return []string{gap}
	}
	return texts
}

// position is how many names stand before this one in a list of parameters.
func position(list *ast.FieldList, field *ast.Field, name string) int {
	at := 0
	for _, f := range list.List {
		for _, n := range f.Names {
			if f == field && n.Name == name {
				return at
			}
			at++
		}
	}
	return at
}

// calls are the arguments of all calls of a function of the engine.
func (s *engineSource) calls(f ast.Node) [][]ast.Expr {
	var name string
	var wanted func(*ast.CallExpr, *enginePackage) bool
	switch f := f.(type) {
	case *ast.FuncDecl:
		home := s.packageOf(f)
		name = f.Name.Name
		wanted = func(c *ast.CallExpr, p *enginePackage) bool {
			switch fun := c.Fun.(type) {
			case *ast.Ident:
				return p == home && fun.Name == f.Name.Name && f.Recv == nil
			case *ast.SelectorExpr:
				x, ok := fun.X.(*ast.Ident)
				of := ok && x.Obj == nil && x.Name == home.name
				return fun.Sel.Name == f.Name.Name && (of && f.Recv == nil || f.Recv != nil && p == home)
			}
			return false
		}
	case *ast.FuncLit:
		assign, ok := s.parents[f].(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != 1 {
			return nil
		}
		to, _ := assign.Lhs[0].(*ast.Ident)
		if to == nil {
			return nil
		}
		name = to.Name
		wanted = func(c *ast.CallExpr, _ *enginePackage) bool {
			id, ok := c.Fun.(*ast.Ident)
			return ok && id.Obj != nil && id.Obj == to.Obj
		}
	default:
		return nil
	}
	var all [][]ast.Expr
	for _, c := range s.callers[name] {
		if wanted(c.call, c.by) {
			all = append(all, c.call.Args)
		}
	}
	return all
}

// field is what a field can be: anything that the package gives to a field of this name.
func (s *engineSource) field(e *ast.SelectorExpr) []string {
	if x, ok := e.X.(*ast.Ident); ok && x.Obj == nil {
		for _, p := range s.packages {
			if values, ok := p.values[e.Sel.Name]; ok && p.name == x.Name {
				return s.union(values)
			}
		}
	}
	if isShown(e.Sel.Name) {
		return []string{phrased} // a sentence of its own, found where it was made
	}
	var texts []string
	for _, g := range s.givens[e.Sel.Name] {
		if g.to == s.packageOf(e) {
			texts = merge(texts, g.text())
		}
	}
	if len(texts) == 0 {
		return []string{gap}
	}
	return texts
}

// elements are what the elements of a list or a table can be.
func (s *engineSource) elements(e ast.Expr) []string {
	var lists []ast.Expr
	switch e := e.(type) {
	case *ast.CompositeLit:
		lists = []ast.Expr{e}
	case *ast.Ident:
		lists = s.packageOf(e).values[e.Name]
	}
	var texts []string
	for _, list := range lists {
		if list, ok := list.(*ast.CompositeLit); ok {
			for _, element := range list.Elts {
				if pair, ok := element.(*ast.KeyValueExpr); ok {
					element = pair.Value
				}
				texts = merge(texts, s.eval(element))
			}
		}
	}
	if len(texts) == 0 {
		return []string{gap}
	}
	return texts
}
