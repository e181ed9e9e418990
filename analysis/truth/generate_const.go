package truth

import (
	"fmt"
	"strings"
)

// bound is an array bound between 1 and 8, often a constant expression.
func (g *generator) bound() *node {
	if g.chance(0.6) {
		return leaf(pick(g, "1", "2", "3", "4", "7", "16"))
	}
	return run(leaf("(("), alt(g.constant(3), "1"), leaf(") & 7) + 1"))
}

// constant is an integer constant expression of at most the given depth.
func (g *generator) constant(depth int) *node {
	if depth == 0 || g.chance(0.15) {
		return leaf(g.atom())
	}
	switch g.rng.IntN(14) {
	case 0:
		op := pick(g, "+", "-", "*", "&", "|", "^", "<", ">", "==", "!=", "<=", ">=", "&&", "||")
		return run(leaf("("), g.small(depth-1), leaf(" "+op+" "), g.small(depth-1), leaf(")"))
	case 1:
		op := pick(g, "<<", ">>")
		return run(leaf("("), g.small(depth-1), leaf(" "+op+" ("), g.constant(depth-1), leaf(" & 7))"))
	case 2:
		op := pick(g, "/", "%")
		return run(leaf("("), g.constant(depth-1), leaf(" "+op+" (("), g.constant(depth-1), leaf(" & 3) + 1))"))
	case 3:
		return run(leaf("("), g.constant(depth-1), leaf(" ? "), g.constant(depth-1), leaf(" : "), g.constant(depth-1), leaf(")"))
	case 4:
		t := pick(g, "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned", "long", "unsigned long", "long long", "unsigned long long", "_Bool")
		return run(leaf("("+t+")("), g.constant(depth-1), leaf(")"))
	case 5:
		return run(leaf(pick(g, "~", "!", "+", "-")+"("), g.small(depth-1), leaf(")"))
	case 6:
		return run(leaf("sizeof("), g.constant(depth-1), leaf(")"))
	case 7:
		return run(leaf(pick(g, "__builtin_choose_expr(1, ", "__builtin_choose_expr(sizeof(long) == 8, ")), g.constant(depth-1), leaf(", "), g.constant(depth-1), leaf(")"))
	case 8:
		f := pick(g, "__builtin_popcount", "__builtin_ffs", "__builtin_bswap32", "__builtin_popcountll", "__builtin_bswap16", "__builtin_bswap64", "__builtin_constant_p", "__builtin_parity")
		return run(leaf(f+"("), g.constant(depth-1), leaf(")"))
	case 10:
		return run(leaf("("), g.constant(depth-1), leaf(" ?: "), g.constant(depth-1), leaf(")"))
	case 11:
		f := pick(g, "__builtin_expect(%s, 1)", "__builtin_abs(%s)", "__builtin_clrsb(%s)", "__extension__ (%s)", "sizeof (%s)", "sizeof -(%s)")
		before, after, _ := strings.Cut(f, "%s")
		return run(leaf(before+"("), g.small(depth-1), leaf(")"+after))
	case 9:
		f := pick(g, "__builtin_clz", "__builtin_ctz", "__builtin_clzll", "__builtin_ctzl")
		return run(leaf(f+"(("), g.constant(depth-1), leaf(" & 31) | 16)"))
	}
	return leaf(g.atom())
}

// small is a constant expression whose value fits in 16 bits, so that
// arithmetic does not overflow.
func (g *generator) small(depth int) *node {
	return run(leaf("(("), g.constant(depth), leaf(") & 0x7f)"))
}

// atom is an operand.
func (g *generator) atom() string {
	switch g.rng.IntN(14) {
	case 0:
		return "sizeof(" + g.typeName() + ")"
	case 1:
		return pick(g, "_Alignof", "__alignof__") + "(" + g.typeName() + ")"
	case 2, 3:
		if len(g.consts) > 0 {
			return pick(g, g.consts...)
		}
	case 4, 5:
		if r, m, ok := g.known(); ok {
			return fmt.Sprintf(pick(g, "__builtin_offsetof(%s, %s)", "((unsigned long)&((%s *)0)->%s)", "((unsigned long)(char *)&((%s *)0)->%s)"), r, m)
		}
	case 6:
		if r, m, ok := g.known(); ok {
			return fmt.Sprintf(pick(g, "sizeof(((%s *)0)->%s)", "__alignof__(((%s *)0)->%s)"), r, m)
		}
	case 7:
		return fmt.Sprintf("__builtin_types_compatible_p(%s, %s)", g.typeName(), g.typeName())
	case 11:
		return fmt.Sprintf("_Generic((%s)0, int: 3, unsigned char: 2, const void *: 7, %sdefault: sizeof(%s))", pick(g, "int", "char", "unsigned char", "long", "const int", "void *", "const void *"),
			pick(g, "", "long: 4, ", "void *: 5, "), pick(g, integerTypes...))
	case 9:
		t := pick(g, integerTypes...)
		return pick(g, "sizeof", "_Alignof", "__alignof__") + "(" + pick(g, "struct", "union") + " { char c; " + t + " m; })"
	case 10:
		return pick(g, "(int)2.7", "(unsigned char)-1", "(char)300", "(int)1e2f", "(short)0x18000", "(_Bool)0.5", "0b101", "0B11u", "1uLL", "2LLU", "0x7fL",
			"'ab'", "u'x'", "U'x'", "'\\377'", "'\\x7f'", "(0 && 1 / 0)", "(1 || 1 / 0)", "sizeof 1", "sizeof \"abc\"", "sizeof u\"ab\"", "__builtin_strlen(\"abc\")", "__CHAR_BIT__", "__INT_MAX__", "__SIZEOF_LONG__")
	case 8:
		return pick(g, "'a'", "'\\xff'", "'\\0'", "sizeof(\"four\")", "L'x'", "sizeof(L\"wide\")", "sizeof('a')")
	}
	return pick(g, "0", "1", "2", "3", "5", "8", "0x10", "017", "255", "4u", "7l", "9ul", "11ll", "13ull", "0x7fffffff", "0xffffffffu", "0x100000000", "-1")
}

// known picks a member of a record that is complete here.
func (g *generator) known() (record, member string, ok bool) {
	if len(g.records) == 0 {
		return "", "", false
	}
	r := pick(g, g.records...)
	if len(r.members) == 0 {
		return "", "", false
	}
	return r.name, pick(g, r.members...), true
}

// typeName is a type name, abstract declarators included.
func (g *generator) typeName() string {
	t := g.scalar()
	return t + pick(g, "", "", "", "[3]", " *", "[2][2]", " (*)(int)")
}

// typeof is a typeof specifier.
func (g *generator) typeof() string {
	k := pick(g, "__typeof__", "typeof")
	if r, m, ok := g.known(); ok && g.chance(0.4) {
		return k + "(((" + r + " *)0)->" + m + ")"
	}
	return k + "(" + pick(g, g.scalar(), "int[3]", "char *", "sizeof(int)", "1 ? 1 : 2L", "(char)1", "1 + 1ull", "*(long long *)0", "(short)1 + (char)1", "'c'", "1.0f", "\"abc\"", "&\"abc\"", "1 == 2", "(long double)1 * 2", "-(unsigned char)3", "!1ull") + ")"
}
