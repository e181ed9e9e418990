// Package decl finds the declarations of a translation unit. It cuts the
// preprocessed tokens into top-level items, indexes the names they declare,
// and parses items on demand through modernc.org/cc/v4 (the only package that
// imports it). What it gives is the same for every ABI: array bounds, bit
// widths and enum values stay expressions. It computes no offset and no value.
package decl

import (
	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/token"
)

// Range is the tokens of a node, first and last inclusive. Both are nil for a
// node that no token spells.
type Range struct{ First, Last *cpp.Token }

// Type is one of *Basic, *Pointer, *Array, *Func, *TypedefRef, *RecordRef,
// *EnumRef, *Typeof, *Attributed.
type Type interface{ typeNode() }

// Basic is a built-in type; Complex marks _Complex.
type Basic struct {
	Kind    abi.Kind
	Complex bool
}

// Pointer is an object or function pointer.
type Pointer struct{ Elem Type }

// Array is T[Len]. Len is nil for T[] (a flexible array, if last in a record).
type Array struct {
	Elem Type
	Len  Expr
}

// Func is a function type; parameters are kept for what rules ask of them.
type Func struct {
	Result   Type
	Params   []Param
	Variadic bool
}

// Param is one parameter of a function type.
type Param struct {
	Name token.Sym
	Type Type
}

// TypedefRef names a typedef; Unit.Typedef resolves it.
type TypedefRef struct{ Name token.Sym }

// RecordRef is `struct tag`, `union tag`, or a definition in place (Def set).
type RecordRef struct {
	Union bool
	Tag   token.Sym // 0 if the definition has none
	Def   *Record
}

// EnumRef is `enum tag`, or a definition in place (Def set).
type EnumRef struct {
	Tag token.Sym
	Def *Enum
}

// Typeof is typeof(type) or typeof(expression); one of the two is set.
type Typeof struct {
	Type Type
	Expr Expr
}

// Attributed is a type with qualifiers and attributes of its own, such as a
// typedef's aligned(8), mode(DI) or vector_size(16), or an address space
// written as a macro (__user expands to nothing, or to an attribute).
type Attributed struct {
	Type  Type
	Attrs Attrs
}

func (*Basic) typeNode()      {}
func (*Pointer) typeNode()    {}
func (*Array) typeNode()      {}
func (*Func) typeNode()       {}
func (*TypedefRef) typeNode() {}
func (*RecordRef) typeNode()  {}
func (*EnumRef) typeNode()    {}
func (*Typeof) typeNode()     {}
func (*Attributed) typeNode() {}

// Attrs are the attributes that bear on layout, in gcc's and C11's spellings.
type Attrs struct {
	Const, Volatile  bool
	Atomic           bool // _Atomic, as a qualifier or with a type in parentheses
	Packed           bool
	Aligned          []Align
	Mode             string // of a type, never of a Field or Typedef: "SI", "DI", "pointer", "word", "byte"…, underscores removed
	VectorSize       Expr   // bytes; of a type, too
	MSStruct         bool
	GCCStruct        bool
	ScalarOrder      string // "big-endian" or "little-endian" of scalar_storage_order
	RandomizeLayout  bool
	DesignatedInit   bool
	TransparentUnion bool

	replaced int  // how many of Aligned stand before mode or vector_size, which make a new type of a typedef's
	late     bool // packed stands behind an aligned, with which gcc ignores it on an enum
}

// Align is one aligned(…) or _Alignas(…). Expr and Type are nil for a bare
// `aligned`; Type is set for _Alignas(type).
type Align struct {
	Expr Expr
	Type Type
	C11  bool // _Alignas: a request below the natural alignment is an error, 0 has no effect
}

// Record is the definition of a struct or union.
type Record struct {
	Range
	Union  bool
	Tag    token.Sym  // 0 if it has none
	TagTok *cpp.Token // nil if it has none
	Open   *cpp.Token // the braces
	Close  *cpp.Token
	Fields []*Field
	Attrs  Attrs
	Pack   int64 // #pragma pack in force at the closing brace, bytes; 0 for none, or NoPack
	MSBits bool  // #pragma ms_struct on

	// Typedefs are the names that the same declaration gives the record type
	// itself: typedef struct {…} name_t.
	Typedefs []token.Sym
	// Parent and ParentField tell where a definition in place stands.
	Parent      *Record
	ParentField *Field
	// Embedded are declarations without a declarator, such as `struct tag;`.
	// With Microsoft's extensions they are members, else they declare nothing.
	Embedded []Embedded
	// Skipped lists members that could not be parsed; the siblings live.
	Skipped []Skip
}

// CName is how C programs call the record's type: "struct sensor", or a typedef
// of one without a tag; empty if it has neither.
func (r *Record) CName() string {
	switch {
	case r.Tag != 0 && r.Union:
		return "union " + r.Tag.String()
	case r.Tag != 0:
		return "struct " + r.Tag.String()
	case len(r.Typedefs) > 0:
		return r.Typedefs[0].String()
	}
	return ""
}

// Embedded is a Field that is one on condition, and the index in Fields of the
// member behind it.
type Embedded struct {
	Field  *Field
	Before int
}

// NoPack is the Record.Pack of #pragma pack(0): members have no limit, not
// even that of -fpack-struct=n.
const NoPack = -1

// Skip is a stretch of tokens that could not be understood, and why.
type Skip struct {
	Range
	Reason string
}

// Field is one member. Members that share a declaration (`int a, b;`) are
// Fields of their own with the same Decl.
type Field struct {
	Range              // declarator, bit width and attributes: `*p`, `a[4]`, `x : 3`; of an anonymous record all but the semicolon
	Decl    Range      // the whole declaration, from its specifiers to the semicolon
	Shared  bool       // the declaration declares other members too
	Name    token.Sym  // 0 for unnamed bit-fields and anonymous records
	NameTok *cpp.Token // nil if unnamed
	Type    Type
	Bits    Expr // nil unless a bit-field
	Attrs   Attrs
	Record  *Record // the record it is a member of
}

// Anonymous tells whether f is a C11 anonymous struct or union: its members
// count as the outer record's. A tagged one declares no member in GNU C, so it
// is no Field.
func (f *Field) Anonymous() bool { return f.Name == 0 && f.Bits == nil }

// Enum is the definition of an enum.
type Enum struct {
	Range
	Tag    token.Sym
	TagTok *cpp.Token
	Values []*Enumerator
	Attrs  Attrs
	Base   Type // C23 enum E : T, else nil
}

// Enumerator is one constant. Value nil means one more than the one before it.
type Enumerator struct {
	Range
	Name  token.Sym
	Enum  *Enum
	Index int
	Value Expr
}

// Typedef is one name of a typedef declaration.
type Typedef struct {
	Range
	Name    token.Sym
	NameTok *cpp.Token
	Type    Type
	Attrs   Attrs
}

// Object is a variable or function at file scope.
type Object struct {
	Range
	Name    token.Sym
	NameTok *cpp.Token
	Type    Type
	Attrs   Attrs
}
