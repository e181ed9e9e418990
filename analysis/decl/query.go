package decl

import (
	"errors"
	"strings"
	"sync"

	"abide/analysis/cpp"
	"abide/analysis/token"

	"modernc.org/cc/v4"
)

// ParseType parses a type name (`struct foo *`, `__u32[4]`).
func (u *Unit) ParseType(tokens []cpp.Token) (Type, error) {
	q, err := u.query(tokens, true)
	if err != nil {
		return nil, err
	}
	return q.typ, nil
}

// ParseExpr parses a fully macro-expanded expression.
func (u *Unit) ParseExpr(tokens []cpp.Token) (Expr, error) {
	q, err := u.query(tokens, false)
	if err != nil {
		return nil, err
	}
	return q.expr, nil
}

// query is the answer to ParseType or ParseExpr.
type query struct {
	typ     Type
	expr    Expr
	err     error
	answers []answer
}

// queries are the answers of all units, by the text; the same commands are
// asked for after every keystroke and for every ABI.
var queries struct {
	sync.Mutex
	types, exprs map[string]*query
}

// maxQueries bounds each of the two; at the bound they start anew.
// maxQueryText is the longest text that is kept, in bytes.
const (
	maxQueries   = 1 << 13
	maxQueryText = 1 << 10
)

var errNoTokens = errors.New("parse an empty expression")

func (u *Unit) query(tokens []cpp.Token, isType bool) (*query, error) {
	if len(tokens) == 0 {
		return nil, errNoTokens
	}
	key := queryText(tokens)
	table := &queries.exprs
	if isType {
		table = &queries.types
	}
	queries.Lock()
	q := (*table)[key]
	queries.Unlock()
	if q == nil || !answersHold(q.answers, u.class) {
		var keep bool
		q, keep = ask(tokens, isType, u.class)
		if keep && len(key) <= maxQueryText {
			queries.Lock()
			if *table == nil || len(*table) >= maxQueries {
				*table = make(map[string]*query)
			}
			(*table)[key] = q
			queries.Unlock()
		}
	}
	return q, q.err
}

func queryText(tokens []cpp.Token) string {
	var b strings.Builder
	for i := range tokens {
		b.WriteString(spelling(&tokens[i]))
		b.WriteByte(' ')
		if b.Len() > maxQueryText {
			break
		}
	}
	return b.String()
}

// ask parses. keep tells that the answer holds no tokens.
func ask(tokens []cpp.Token, isType bool, class func(token.Sym) nameClass) (q *query, keep bool) {
	q = &query{}
	if !isType && len(tokens) == 1 && tokens[0].Kind == token.Number {
		q.expr = number(spelling(&tokens[0]))
		return q, true
	}
	f := newFeed(tokens, class)
	f.text = append(f.text, prelude...)
	for _, s := range []string{"int", "v", "="} {
		f.emitAt(-1, s)
	}
	w := walker{f: f, end: len(f.kept)}
	ok := false
	if isType {
		f.emitAt(-1, "sizeof")
		f.emitAt(-1, "(")
		ok = w.abstractType()
		f.emitAt(-1, ")")
	} else {
		f.emitAt(-1, "(")
		ok = w.expression(true)
		f.emitAt(-1, ")")
	}
	if ok && w.k < w.end {
		ok = w.fail("unexpected '" + spelling(f.tok(w.k)) + "'")
	}
	f.emitAt(-1, ";")
	nkept := w.end
	if ok {
		f.feedArgs(nkept)
	}
	q.answers = answersOf(f.answers)
	if !ok {
		q.err = errors.New("parse '" + shorten(queryText(tokens)) + "': " + w.why)
		return q, true
	}
	f.text = append(f.text, sentinel...)
	ast, err := parseText(string(f.text))
	if err != nil {
		q.err = errors.New("parse '" + shorten(queryText(tokens)) + "': not an expression that is understood")
		return q, true
	}
	c := &conv{f: f, p: &parsed{}}
	x := c.initializer(ast)
	if x == nil {
		q.err = errors.New("parse '" + shorten(queryText(tokens)) + "': not an expression")
		return q, true
	}
	q.expr = x
	if isType {
		q.typ = sizeofType(x)
	}
	return q, len(c.p.records) == 0 && len(c.p.enums) == 0
}

// initializer is the expression that the first fed declaration is set to.
func (c *conv) initializer(ast *cc.AST) Expr {
	n := 0
	for l := ast.TranslationUnit; l != nil; l = l.TranslationUnit {
		if n++; n <= preludeDecls || l.ExternalDeclaration == nil || l.ExternalDeclaration.Declaration == nil {
			continue
		}
		list := l.ExternalDeclaration.Declaration.InitDeclaratorList
		if list == nil || list.InitDeclarator.Initializer == nil {
			return nil
		}
		c.arguments(ast)
		return c.expr(list.InitDeclarator.Initializer.AssignmentExpression)
	}
	return nil
}

func shorten(s string) string {
	s = strings.TrimSpace(s)
	const most = 60
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
