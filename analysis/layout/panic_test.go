package layout_test

import (
	"math/rand/v2"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// rough makes declarations that no parser would: with parts missing, and
// operands of any kind anywhere.
type rough struct {
	*rand.Rand
	*scope
}

var names = []string{"", "A", "B", "C", "NEXT", "al8", "s", "inner", "e", "object", "array", "object_s", "name", "in", "b", "nothing"}

func (g *rough) name() token.Sym { return sym(names[g.IntN(len(names))]) }

func pick[T any](g *rough, of ...T) T { return of[g.IntN(len(of))] }

func (g *rough) expr(depth int) decl.Expr {
	if depth == 0 || g.IntN(30) == 0 {
		return pick[decl.Expr](g, nil, &decl.Int{Value: g.Uint64() >> g.IntN(64), Long: abi.Int, Unsigned: g.IntN(2) == 0},
			&decl.Int{Value: g.Uint64(), Long: abi.LongLong, Char: true}, &decl.Float{Value: g.NormFloat64() * 1e20, Kind: abi.Float16 + abi.Kind(g.IntN(int(abi.Decimal128-abi.Float16)+1))},
			&decl.Name{Name: g.name()}, &decl.Str{Size: g.Int64(), Kind: abi.Kind(g.IntN(40))}, &decl.Bad{})
	}
	d := depth - 1
	switch g.IntN(15) {
	case 0:
		return &decl.Unary{Op: pick[decl.Op](g, "+", "-", "~", "!", "*", "&", "++", "?"), X: g.expr(d)}
	case 1, 2, 3:
		return &decl.Binary{Op: pick[decl.Op](g, "+", "-", "*", "/", "%", "<<", ">>", "<", "==", "&&", "||", "&", "|", "^", ",", "="), X: g.expr(d), Y: g.expr(d)}
	case 4:
		return &decl.Cond{C: g.expr(d), A: g.expr(d), B: g.expr(d)}
	case 5:
		return &decl.Cast{Type: g.typ(d), X: g.expr(d)}
	case 6:
		return &decl.Sizeof{Type: g.typ(d), X: g.expr(d)}
	case 7:
		return &decl.Alignof{GNU: g.IntN(2) == 0, Type: g.typ(d), X: g.expr(d)}
	case 8:
		return &decl.Offsetof{Type: g.typ(d), Path: []decl.Step{{Name: g.name()}, {Index: g.expr(d)}}}
	case 9:
		return &decl.Call{Fun: pick[decl.Expr](g, nil, name("__builtin_ctz"), name("__builtin_bswap32"), name("__builtin_expect"), name("object"), g.expr(d)), Args: []decl.Expr{g.expr(d)}}
	case 10:
		return &decl.Member{X: g.expr(d), Arrow: g.IntN(2) == 0, Name: g.name()}
	case 11:
		return &decl.Index{X: g.expr(d), I: g.expr(d)}
	case 12:
		return &decl.Compat{A: g.typ(d), B: g.typ(d)}
	case 13:
		return &decl.Generic{X: g.expr(d), Cases: []decl.Association{{Type: g.typ(d), X: g.expr(d)}, {X: g.expr(d)}}}
	}
	return &decl.Choose{C: g.expr(d), A: g.expr(d), B: g.expr(d)}
}

func (g *rough) typ(depth int) decl.Type {
	if depth == 0 || g.IntN(20) == 0 {
		return pick[decl.Type](g, nil, &decl.Basic{Kind: abi.Kind(g.IntN(40)), Complex: g.IntN(5) == 0},
			&decl.TypedefRef{Name: g.name()}, &decl.RecordRef{Tag: g.name()}, &decl.EnumRef{Tag: g.name()})
	}
	d := depth - 1
	switch g.IntN(8) {
	case 0:
		return &decl.Pointer{Elem: g.typ(d)}
	case 1:
		return &decl.Array{Elem: g.typ(d), Len: g.expr(d)}
	case 2:
		return &decl.Func{Result: g.typ(d), Params: []decl.Param{{Type: g.typ(d)}}}
	case 3:
		return &decl.Typeof{Type: g.typ(d), Expr: g.expr(d)}
	case 4:
		return &decl.Attributed{Type: g.typ(d), Attrs: g.attrs(d)}
	case 5:
		return &decl.EnumRef{Def: &decl.Enum{Attrs: g.attrs(d), Values: []*decl.Enumerator{{Value: g.expr(d)}}}}
	}
	return &decl.RecordRef{Def: g.record(d)}
}

func (g *rough) attrs(depth int) decl.Attrs {
	a := decl.Attrs{Packed: g.IntN(3) == 0, Atomic: g.IntN(9) == 0, MSStruct: g.IntN(9) == 0}
	if g.IntN(3) == 0 {
		a.Aligned = []decl.Align{{Expr: g.expr(depth), Type: g.typ(depth), C11: g.IntN(2) == 0}}
	}
	a.Mode = pick(g, "", "", "", "DI", "SC", "word", "XF", "nonsense")
	if g.IntN(6) == 0 {
		a.VectorSize = g.expr(depth)
	}
	return a
}

func (g *rough) record(depth int) *decl.Record {
	r := &decl.Record{Union: g.IntN(4) == 0, Attrs: g.attrs(depth), Pack: pick[int64](g, 0, 0, 1, 2, 4, -1)}
	for range g.IntN(4) {
		f := &decl.Field{Name: g.name(), Type: g.typ(depth), Attrs: g.attrs(depth), Record: r}
		if g.IntN(3) == 0 {
			f.Bits = g.expr(depth)
		}
		r.Fields = append(r.Fields, f)
	}
	return r
}

// TestNoPanic holds that whatever the declarations, there is a figure or an error.
func TestNoPanic(t *testing.T) {
	g := &rough{rand.New(rand.NewPCG(*seed, 2)), samplesScope()}
	laid := 0
	for range 3000 {
		e := layout.New(g.scope, pick(g, abi.All()...), layout.Flags{PackStruct: pick[int64](g, 0, 0, 1, 4), MSExtensions: g.IntN(2) == 0})
		for range 10 {
			_, _ = e.Eval(g.expr(5))
			ty := g.typ(4)
			_, _ = e.Resolve(ty)
			_, _ = e.Type(ty)
			_ = e.TypeString(ty)
			if l, err := e.Record(g.record(3)); err == nil {
				laid++
				for m := range l.Members() {
					if m.BitOffset < 0 || m.Field.BitSize < 0 || m.BitOffset+m.Field.BitSize > 8*l.Size {
						t.Fatalf("%s at %d, %d bits, in %d bytes", m.Path, m.BitOffset, m.Field.BitSize, l.Size)
					}
				}
			} else if err.Error() == "" {
				t.Fatal("an error without a reason")
			}
		}
	}
	if laid == 0 {
		t.Error("no record at all was laid out")
	}
}
