package decl

import (
	"slices"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/token"

	"modernc.org/cc/v4"
)

// expr converts an expression.
func (c *conv) expr(n cc.ExpressionNode) Expr {
	switch x := n.(type) {
	case *cc.ConstantExpression:
		return c.expr(x.ConditionalExpression)
	case *cc.ExpressionList:
		return c.list(x)
	case *cc.AssignmentExpression:
		if x.Case == cc.AssignmentExpressionCond {
			return c.expr(x.ConditionalExpression)
		}
		return &Bad{Reason: "an assignment is not constant"}
	case *cc.ConditionalExpression:
		if x.Case == cc.ConditionalExpressionLOr {
			return c.expr(x.LogicalOrExpression)
		}
		cond := &Cond{C: c.expr(x.LogicalOrExpression), B: c.expr(x.ConditionalExpression)}
		if x.ExpressionList != nil {
			cond.A = c.expr(x.ExpressionList)
		}
		return cond
	case *cc.LogicalOrExpression:
		return c.binary(x.Token, x.LogicalOrExpression, x.LogicalAndExpression)
	case *cc.LogicalAndExpression:
		return c.binary(x.Token, x.LogicalAndExpression, x.InclusiveOrExpression)
	case *cc.InclusiveOrExpression:
		return c.binary(x.Token, x.InclusiveOrExpression, x.ExclusiveOrExpression)
	case *cc.ExclusiveOrExpression:
		return c.binary(x.Token, x.ExclusiveOrExpression, x.AndExpression)
	case *cc.AndExpression:
		return c.binary(x.Token, x.AndExpression, x.EqualityExpression)
	case *cc.EqualityExpression:
		return c.binary(x.Token, x.EqualityExpression, x.RelationalExpression)
	case *cc.RelationalExpression:
		return c.binary(x.Token, x.RelationalExpression, x.ShiftExpression)
	case *cc.ShiftExpression:
		return c.binary(x.Token, x.ShiftExpression, x.AdditiveExpression)
	case *cc.AdditiveExpression:
		return c.binary(x.Token, x.AdditiveExpression, x.MultiplicativeExpression)
	case *cc.MultiplicativeExpression:
		return c.binary(x.Token, x.MultiplicativeExpression, x.CastExpression)
	case *cc.CastExpression:
		if x.Case == cc.CastExpressionUnary {
			return c.expr(x.UnaryExpression)
		}
		return &Cast{Type: c.typeName(x.TypeName, Attrs{}), X: c.expr(x.CastExpression)}
	case *cc.UnaryExpression:
		return c.unary(x)
	case *cc.PostfixExpression:
		return c.postfix(x)
	case *cc.PrimaryExpression:
		return c.primary(x)
	}
	return &Bad{Reason: "not an expression"}
}

func (c *conv) list(x *cc.ExpressionList) Expr {
	e := c.expr(x.AssignmentExpression)
	for l := x.ExpressionList; l != nil; l = l.ExpressionList {
		e = &Binary{Op: ",", X: e, Y: c.expr(l.AssignmentExpression)}
	}
	return e
}

// binary converts a node of a binary operator. Where there is no operator cc
// has put the operand in one of the two places.
func (c *conv) binary(op cc.Token, x, y cc.ExpressionNode) Expr {
	if op.Seq() == 0 || x == nil {
		if y == nil {
			y = x
		}
		return c.expr(y)
	}
	return &Binary{Op: Op(op.SrcStr()), X: c.expr(x), Y: c.expr(y)}
}

// unaryOps are the operators that need nothing but their operand.
var unaryOps = map[cc.UnaryExpressionCase]Op{
	cc.UnaryExpressionDeref: "*",
	cc.UnaryExpressionPlus:  "+",
	cc.UnaryExpressionMinus: "-",
	cc.UnaryExpressionCpl:   "~",
	cc.UnaryExpressionNot:   "!",
}

func (c *conv) unary(x *cc.UnaryExpression) Expr {
	i := c.at(x.Token)
	if reason, bad := c.f.bad[i]; bad {
		return &Bad{Reason: reason}
	}
	if op, ok := unaryOps[x.Case]; ok {
		return &Unary{Op: op, X: c.expr(x.CastExpression)}
	}
	switch x.Case {
	case cc.UnaryExpressionPostfix:
		return c.expr(x.PostfixExpression)
	case cc.UnaryExpressionAddrof:
		return &Unary{Op: "&", X: c.expr(x.CastExpression)}
	case cc.UnaryExpressionSizeofExpr:
		return c.size(i, nil, c.expr(x.UnaryExpression))
	case cc.UnaryExpressionSizeofType:
		return c.size(i, c.typeName(x.TypeName, Attrs{}), nil)
	}
	return &Bad{Reason: "not a constant expression"}
}

// size is a sizeof or alignof, by the token.
func (c *conv) size(i int32, t Type, x Expr) Expr {
	s := c.sym(i)
	if wordOf(s) == wordAlignof {
		return &Alignof{GNU: s == token.SymAlignof2 || s == token.SymAlignof4, Type: t, X: x}
	}
	return &Sizeof{Type: t, X: x}
}

// offsetOf takes ((T *)0)->path, as which offsetof is fed to cc, apart.
func offsetOf(e Expr) *Offsetof {
	var path []Step
	for {
		switch x := e.(type) {
		case *Index:
			path = append(path, Step{Index: x.I})
			e = x.X
		case *Member:
			path = append(path, Step{Name: x.Name})
			e = x.X
			if !x.Arrow {
				continue
			}
			return nullBase(e, path)
		case *Unary: // (*(T *)0).path
			if x.Op != "*" {
				return nil
			}
			return nullBase(x.X, path)
		default:
			return nil
		}
	}
}

// nullBase is the offset of a path, which was collected backwards, from (T *)0.
func nullBase(e Expr, path []Step) *Offsetof {
	cast, ok := e.(*Cast)
	if !ok {
		return nil
	}
	t, ok := cast.Type.(*Pointer)
	if !ok || !zero(cast.X) {
		return nil
	}
	slices.Reverse(path)
	return &Offsetof{Type: t.Elem, Path: path}
}

// zero tells whether a null pointer constant is meant.
func zero(e Expr) bool {
	for {
		c, ok := e.(*Cast)
		if !ok {
			break
		}
		e = c.X
	}
	n, ok := e.(*Int)
	return ok && n.Value == 0
}

func (c *conv) postfix(x *cc.PostfixExpression) Expr {
	switch x.Case {
	case cc.PostfixExpressionPrimary:
		return c.expr(x.PrimaryExpression)
	case cc.PostfixExpressionIndex:
		return &Index{X: c.expr(x.PostfixExpression), I: c.expr(x.ExpressionList)}
	case cc.PostfixExpressionCall:
		return c.call(x)
	case cc.PostfixExpressionSelect, cc.PostfixExpressionPSelect:
		return &Member{
			X:     c.expr(x.PostfixExpression),
			Arrow: x.Case == cc.PostfixExpressionPSelect,
			Name:  c.sym(c.at(x.Token2)),
		}
	case cc.PostfixExpressionComplit:
		return &Cast{Type: c.typeName(x.TypeName, Attrs{})}
	}
	return &Bad{Reason: "not a constant expression"}
}

func (c *conv) call(x *cc.PostfixExpression) Expr {
	call := &Call{Fun: c.expr(x.PostfixExpression)}
	for l := x.ArgumentExpressionList; l != nil; l = l.ArgumentExpressionList {
		call.Args = append(call.Args, c.expr(l.AssignmentExpression))
	}
	switch f, ok := call.Fun.(*Name); {
	case !ok:
	case f.Name == token.SymBuiltinChooseExpr && len(call.Args) == 3:
		return &Choose{C: call.Args[0], A: call.Args[1], B: call.Args[2]}
	case f.Name == token.SymGeneric && len(call.Args) > 0:
		return generic(call.Args)
	}
	return call
}

// generic takes a _Generic apart, as which (*walker).generic feeds it.
func generic(args []Expr) Expr {
	g := &Generic{X: args[0]}
	for i := 1; i+1 < len(args); i += 2 {
		a := Association{X: args[i+1]}
		if s, ok := args[i].(*Sizeof); ok {
			a.Type = s.Type
		}
		g.Cases = append(g.Cases, a)
	}
	return g
}

func (c *conv) primary(x *cc.PrimaryExpression) Expr {
	i := c.at(x.Token)
	if reason, bad := c.f.bad[i]; bad {
		return &Bad{Reason: reason}
	}
	t := c.tok(i)
	switch x.Case {
	case cc.PrimaryExpressionExpr:
		switch c.sym(i) {
		case token.SymBuiltinOffsetof:
			if u, ok := c.expr(x.ExpressionList).(*Unary); ok && u.Op == "&" {
				if o := offsetOf(u.X); o != nil {
					return o
				}
			}
			return &Bad{Reason: "__builtin_offsetof is not understood"}
		case token.SymBuiltinTypesCompatibleP:
			if b, ok := c.expr(x.ExpressionList).(*Binary); ok {
				return &Compat{A: sizeofType(b.X), B: sizeofType(b.Y)}
			}
		}
		return c.expr(x.ExpressionList)
	case cc.PrimaryExpressionIdent:
		return c.name(t)
	case cc.PrimaryExpressionInt:
		switch {
		case t == nil:
			return &Bad{Reason: "not a constant expression"}
		case t.Kind == token.Number:
			return number(spelling(t))
		}
		return &Int{Decimal: true, Long: abi.Int} // the 0 of an offsetof
	case cc.PrimaryExpressionChar:
		if t != nil {
			return character(spelling(t))
		}
	case cc.PrimaryExpressionString:
		return c.str(i)
	}
	return &Bad{Reason: "not a constant expression"}
}

func sizeofType(e Expr) Type {
	if s, ok := e.(*Sizeof); ok && s.Type != nil {
		return s.Type
	}
	return &Typeof{Expr: &Bad{Reason: "an unknown type"}}
}

func (c *conv) name(t *cpp.Token) Expr {
	if t == nil {
		return &Bad{Reason: "not a constant expression"}
	}
	if v := c.locals.value(t.Sym); v != nil {
		return v
	}
	return &Name{Name: t.Sym}
}

// str converts adjacent string literals: a prefix of one counts for all.
func (c *conv) str(i int32) Expr {
	prefix := ""
	var bodies []string
	for k := int(i); k < len(c.f.toks) && c.f.toks[k].Kind == token.String; k++ {
		p, body := splitLiteral(spelling(&c.f.toks[k]))
		if p != "" && p != "R" {
			prefix = strings.TrimSuffix(p, "R")
		}
		bodies = append(bodies, body)
	}
	s := &Str{Size: 1, Kind: abi.Char}
	for _, b := range bodies {
		s.Size += stringUnits(b, prefix)
	}
	switch prefix {
	case "L":
		s.Kind = abi.Int // wchar_t, which has four bytes on every ABI
	case "u":
		s.Kind = abi.UShort
	case "U":
		s.Kind = abi.UInt
	}
	return s
}
