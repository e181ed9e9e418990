package decl

import (
	"slices"
	"sort"

	"abide/analysis/cpp"
	"abide/analysis/token"

	"modernc.org/cc/v4"
)

// conv turns cc's tree into this package's types.
type conv struct {
	f       *feed
	p       *parsed
	parents []*Record
	locals  *locals
	starts  map[int32]int32  // see declStart
	states  []stateFrom      // see stateAt
	skips   map[int32][]Skip // by the record's opening brace
}

// stateFrom is the pragmas in force behind a token.
type stateFrom struct {
	from  int32
	state *pragmas
}

// How many declarations are fed around the item.
const (
	preludeDecls  = 2
	sentinelDecls = 1
)

// run converts everything that was fed.
func (c *conv) run(ast *cc.AST) bool {
	all, ok := c.arguments(ast)
	if !ok {
		return false
	}
	for _, d := range all {
		if d == nil || d.Case != cc.ExternalDeclarationDecl || d.Declaration == nil || d.Declaration.Case != cc.DeclarationDecl {
			return false
		}
	}
	for _, d := range all {
		c.external(d.Declaration)
	}
	return true
}

// arguments converts the attributes' arguments and gives the declarations that
// stand before them.
func (c *conv) arguments(ast *cc.AST) ([]*cc.ExternalDeclaration, bool) {
	var all []*cc.ExternalDeclaration
	for l := ast.TranslationUnit; l != nil; l = l.TranslationUnit {
		all = append(all, l.ExternalDeclaration)
	}
	end := len(all) - sentinelDecls - len(c.f.args)
	if end < preludeDecls {
		return nil, false
	}
	for i, a := range c.f.args {
		if d := all[end+i]; d != nil {
			c.argument(a, d)
		}
	}
	return all[preludeDecls:end], true
}

// argument converts an attribute's argument.
func (c *conv) argument(a argument, d *cc.ExternalDeclaration) {
	at := &c.f.groups[a.group].attrs[a.attr]
	if d.Declaration == nil || d.Declaration.InitDeclaratorList == nil {
		return
	}
	init := d.Declaration.InitDeclaratorList.InitDeclarator.Initializer
	if init == nil {
		return
	}
	if !a.sizeof {
		at.expr = c.expr(init.AssignmentExpression)
		return
	}
	switch s := c.expr(init.AssignmentExpression).(type) {
	case *Sizeof:
		at.expr, at.typ = s.X, s.Type
	}
}

// at is the index in toks of a token of cc's, -1 for one that stands for none.
func (c *conv) at(t cc.Token) int32 {
	if i := t.Seq() - preludeTokens - 1; i >= 0 && i < len(c.f.src) {
		return c.f.src[i]
	}
	return -1
}

func (c *conv) tok(i int32) *cpp.Token {
	if i >= 0 && int(i) < len(c.f.toks) {
		return &c.f.toks[i]
	}
	return nil
}

func (c *conv) sym(i int32) token.Sym {
	if t := c.tok(i); t != nil {
		return t.Sym
	}
	return 0
}

// next is the first kept token behind i, or len(toks).
func (c *conv) next(i int32) int32 {
	k, _ := slices.BinarySearch(c.f.kept, i+1)
	return c.f.index(k)
}

// tagOf is the tag behind the keyword at i, which may be in an attribute.
func (c *conv) tagOf(i int32) int32 {
	if _, kept := slices.BinarySearch(c.f.kept, i); kept {
		return c.next(i)
	}
	if k, ok := slices.BinarySearch(c.f.argKept, i); ok && k+1 < len(c.f.argKept) {
		return c.f.argKept[k+1]
	}
	return i
}

// span is the tokens from first to last, pragmas at the end left out.
func (c *conv) span(first, last int32) Range {
	for last > first && c.f.toks[last].Kind == token.Pragma {
		last--
	}
	if first < 0 || first > last {
		return Range{}
	}
	return Range{First: c.tok(first), Last: c.tok(last)}
}

// after applies the attributes that stand right behind the kept token i, and
// returns the last token of them, or i.
func (c *conv) after(i int32, a *Attrs) int32 {
	last := i
	for _, g := range c.behind(i) {
		a.apply(&g)
		last = g.last
	}
	return last
}

// behind is the groups that stand right behind the kept token i.
func (c *conv) behind(i int32) []group {
	groups := c.f.groups
	n := sort.Search(len(groups), func(n int) bool { return groups[n].after >= i })
	end := n
	for end < len(groups) && groups[end].after == i {
		end++
	}
	return groups[n:end]
}

// ahead is the groups that stand between the kept token before i and i itself,
// but behind a token.
func (c *conv) ahead(i, behind int32) []group {
	groups := c.f.groups
	n := sort.Search(len(groups), func(n int) bool { return groups[n].first >= i })
	for n > 0 && groups[n-1].before == i && groups[n-1].first > behind {
		n--
	}
	end := n
	for end < len(groups) && groups[end].before == i {
		end++
	}
	return groups[n:end]
}

// before applies the groups that are ahead of i.
func (c *conv) before(i, behind int32, a *Attrs) {
	for _, g := range c.ahead(i, behind) {
		a.apply(&g)
	}
}

// ofName applies the attributes of a declarator: those before sep and those
// right behind the name. first is the declarator's first token.
func (c *conv) ofName(first, name, sep int32, a *Attrs) {
	if name >= 0 && c.next(name) != sep {
		c.after(name, a)
	}
	for _, g := range c.ahead(sep, max(name, first-1)) {
		if !c.ofArray(&g, name) {
			a.apply(&g)
		}
	}
}

// ofArray tells whether [[…]] stands behind a declarator's brackets or
// parentheses: it applies to the type that those make.
func (c *conv) ofArray(g *group, name int32) bool {
	return g.brackets && name >= 0 && g.after > name
}

// ofType gives an array the attributes in [[…]] behind its brackets, which make
// a new type.
func (c *conv) ofType(first, name, sep int32, t Type) Type {
	if _, array := t.(*Array); !array {
		return t
	}
	for _, g := range c.ahead(sep, max(name, first-1)) {
		if c.ofArray(&g, name) && c.inside(name, g.after) {
			var a Attrs
			a.apply(&g)
			t = a.onType(t)
		}
	}
	return t
}

// inside tells whether no parenthesis that opens before name closes up to last,
// but for those around the name alone: brackets between them are those of the
// declared array itself.
func (c *conv) inside(name, last int32) bool {
	depth := 0
	for k, _ := slices.BinarySearch(c.f.kept, name); k > 0 && c.sym(c.f.kept[k-1]) == token.LParen; k-- {
		depth++
	}
	for i := name; i <= last; i++ {
		switch c.sym(i) {
		case token.LParen:
			depth++
		case token.RParen:
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return true
}

// declStart is the first token of the declaration whose first kept token is i.
func (c *conv) declStart(i int32) int32 {
	if c.starts == nil {
		c.starts = make(map[int32]int32, len(c.f.members))
		for _, m := range c.f.members {
			c.starts[c.next(m.first-1)] = m.first
		}
	}
	if first, ok := c.starts[i]; ok {
		return first
	}
	return i
}
