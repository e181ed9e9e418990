package decl

import (
	"abide/analysis/abi"
	"abide/analysis/token"
)

// Expr is a constant expression as written; layout.Engine evaluates it.
// It is one of *Int, *Name, *Unary, *Binary, *Cond, *Cast, *Sizeof, *Alignof,
// *Offsetof, *Call, *Member, *Index, *Str, *Compat, *Choose, *Generic, *Bad.
type Expr interface{ exprNode() }

// Int is an integer or character constant. Type is the type its suffix and
// digits ask for at least; Decimal tells which ladder of types applies (C11 6.4.4.1).
type Int struct {
	Value    uint64
	Unsigned bool     // u suffix
	Long     abi.Kind // Int, Long or LongLong by the suffix
	Decimal  bool
	Char     bool // a character constant: plain char converted to int
	Wide     bool // a wide character constant: its type is the ABI's wchar_t
}

// Float is a floating constant (in casts and conditions only). Kind is the type
// that its suffix asks for; Imaginary marks GNU's i or j.
type Float struct {
	Value     float64
	Kind      abi.Kind
	Imaginary bool
}

// Name is an enumerator, variable or function.
type Name struct{ Name token.Sym }

// Op is an operator as spelled: "+", "<<", "&&", "!", "~", "*" (dereference), "&" (address).
type Op string

// Unary is Op X.
type Unary struct {
	Op Op
	X  Expr
}

// Binary is X Op Y; also the comma operator.
type Binary struct {
	Op   Op
	X, Y Expr
}

// Cond is C ? A : B; A is nil for GNU's C ?: B.
type Cond struct{ C, A, B Expr }

// Cast is (Type)X; also compound literals of scalar use, whose X is nil.
type Cast struct {
	Type Type
	X    Expr
}

// Sizeof is sizeof(Type) or sizeof X.
type Sizeof struct {
	Type Type
	X    Expr
}

// Alignof is _Alignof (C11, minimum alignment) or __alignof__ (GNU, preferred
// alignment) of a type or expression.
type Alignof struct {
	GNU  bool
	Type Type
	X    Expr
}

// Offsetof is __builtin_offsetof(Type, path).
type Offsetof struct {
	Type Type
	Path []Step
}

// Step is one .name or [index] of a member designator.
type Step struct {
	Name  token.Sym
	Index Expr
}

// Call is a call; constant only for builtins known to layout.
type Call struct {
	Fun  Expr
	Args []Expr
}

// Member is X.Name or X->Name.
type Member struct {
	X     Expr
	Arrow bool
	Name  token.Sym
}

// Index is X[I].
type Index struct{ X, I Expr }

// Str is a string literal: Size counts code units, the final 0 included; Kind
// is the type of one unit.
type Str struct {
	Size int64
	Kind abi.Kind
}

// Compat is __builtin_types_compatible_p(A, B).
type Compat struct{ A, B Type }

// Choose is __builtin_choose_expr(C, A, B).
type Choose struct{ C, A, B Expr }

// Generic is _Generic(X, Cases…).
type Generic struct {
	X     Expr
	Cases []Association
}

// Association is one case of a Generic; Type is nil for the default.
type Association struct {
	Type Type
	X    Expr
}

// Bad is an expression that has no constant meaning here, and why.
type Bad struct{ Reason string }

func (*Int) exprNode()      {}
func (*Float) exprNode()    {}
func (*Name) exprNode()     {}
func (*Unary) exprNode()    {}
func (*Binary) exprNode()   {}
func (*Cond) exprNode()     {}
func (*Cast) exprNode()     {}
func (*Sizeof) exprNode()   {}
func (*Alignof) exprNode()  {}
func (*Offsetof) exprNode() {}
func (*Call) exprNode()     {}
func (*Member) exprNode()   {}
func (*Index) exprNode()    {}
func (*Str) exprNode()      {}
func (*Compat) exprNode()   {}
func (*Choose) exprNode()   {}
func (*Generic) exprNode()  {}
func (*Bad) exprNode()      {}
