package truth

import (
	"fmt"
	"strings"
)

var integerTypes = []string{
	"char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int",
	"long", "unsigned long", "long long", "unsigned long long", "int", "unsigned", "unsigned char", "short int",
	"unsigned long long int", "long unsigned int", "_Bool",
	"int long unsigned", "char unsigned", "long int long", "signed", "__signed__ char", "short signed", "int const", "volatile unsigned long",
}

var otherTypes = []string{
	"float", "double", "long double", "void *", "char *", "_Complex float", "_Complex double",
	"_Complex long double", "double", "void *", "const volatile int", "int *const",
	"_Complex int", "__complex__ float", "double long", "void *const *", "char const *",
	"_Atomic int", "_Atomic(long long)", "_Atomic unsigned short", "_Atomic(void *)", "_Complex short", "_Complex long long",
}

// integer is the name of an integer type.
func (g *generator) integer() string {
	if g.feat.Int128 && g.chance(0.05) {
		return pick(g, "__int128", "unsigned __int128")
	}
	return pick(g, integerTypes...)
}

// scalar is the name of a type without declarator parts.
func (g *generator) scalar() string {
	switch {
	case g.chance(0.2) && len(g.typedefs) > 0:
		return pick(g, g.typedefs...)
	case g.chance(0.1) && len(g.ints) > 0:
		return pick(g, g.ints...)
	case g.chance(0.1) && len(g.records) > 0:
		return pick(g, g.records...).name
	case g.chance(0.1) && len(g.feat.Types) > 0:
		return pick(g, g.feat.Types...)
	case g.chance(0.25):
		return pick(g, otherTypes...)
	}
	return g.integer()
}

func (g *generator) vectorElem() string {
	return pick(g, "char", "short", "int", "long long", "float", "double", "unsigned char")
}

func (g *generator) vectorSize() string {
	return " __attribute__((vector_size(" + pick(g, "8", "16", "32", "16", "sizeof(int) * 4", "64") + ")))"
}

// members is the body of a record, and the names of those that offsetof can take.
func (g *generator) members(union bool, depth int) (*node, []string) {
	body := run()
	var names []string
	count := 1 + g.rng.IntN(6)
	if g.chance(0.04) {
		count = 0
	}
	for range count {
		m, name := g.member(union, depth)
		if name != "" {
			names = append(names, name)
		}
		body.add(drop(run(leaf("\t"), m, leaf("\n"))))
		if g.chance(0.01) {
			body.add(opt("#pragma pack(" + pick(g, "1", "2", "4") + ")\n"))
		}
	}
	if !union && len(names) > 0 && g.chance(0.08) {
		body.add(drop(run(leaf("\t"), alt(leaf(pick(g, integerTypes...)), "int", "char"), leaf(" "+g.name("m")+"[]"), g.memberAttrs(), leaf(";\n"))))
	}
	return body, names
}

// member is one member declaration. name is empty if offsetof cannot name it.
func (g *generator) member(union bool, depth int) (n *node, name string) {
	if g.chance(g.bits) {
		return g.bitfields(), ""
	}
	switch r := g.rng.IntN(100); {
	case r < 8 && depth < 3:
		return g.anonymous(depth), ""
	case r < 16 && depth < 3:
		return g.nested(depth)
	case r < 17:
		return g.oddity(union)
	case r < 18:
		return alt(run(g.enum(pick(g, g.name("e"), "")), leaf(";")), "enum { "+g.name("E")+" };"), ""
	case r < 20:
		return leaf("struct " + g.name("F") + ";"), ""
	case r < 24:
		name = g.name("m")
		return run(alt(leaf(g.scalar()), "int", "char"), leaf(" "+name+"[0]"), g.memberAttrs(), leaf(";")), name
	case r < 28:
		name = g.name("m")
		return run(leaf(g.vectorElem()+" "+name+g.vectorSize()), leaf(";")), name
	case r < 31:
		name = g.name("m")
		m := pick(g, "QI", "HI", "SI", "DI", "word", "pointer", "byte")
		return run(leaf(pick(g, "int ", "unsigned int ")+name+" __attribute__((mode("+m+")))"), g.memberAttrs(), leaf(";")), name
	case r < 34:
		name = g.name("m")
		return run(alt(leaf(g.typeof()), "int"), leaf(" "+name), g.memberAttrs(), leaf(";")), name
	case r < 40:
		return g.several(), ""
	}
	name = g.name("m")
	if g.macros && g.chance(0.4) {
		return run(leaf(g.id+"_MEMBER("), alt(leaf(g.scalar()), "int"), leaf(", "+name+", "), g.memberAttrs(), leaf(")")), name
	}
	return run(g.specifierAttrs(), g.declaration(name), g.memberAttrs(), leaf(";")), name
}

// oddity is a form that is rare, legal and easily forgotten.
func (g *generator) oddity(union bool) (n *node, name string) {
	name = g.name("m")
	switch g.rng.IntN(6) {
	case 0:
		return leaf(";"), ""
	case 1:
		return leaf(`_Static_assert(sizeof(int) >= 2, "int");`), ""
	case 2:
		return run(leaf("__extension__ "), g.declaration(name), leaf(";")), name
	case 3:
		return leaf("_Alignas(" + pick(g, "double", "long long", "void *", "long double", "int") + ") char " + name + ";"), name
	case 4:
		return leaf("__attribute__(()) short " + name + " __attribute__((unused, __packed__)) __attribute__((aligned(2)));"), name
	}
	if !union {
		return leaf("unsigned " + name + ";"), name
	}
	// The kernel's way to a flexible array in a union.
	return leaf("struct { struct { } " + g.name("m") + "; " + pick(g, integerTypes...) + " " + name + "[]; };"), ""
}

// declaration is specifiers and a declarator for name.
func (g *generator) declaration(name string) *node {
	if g.chance(0.07) {
		return leaf(fmt.Sprintf(pick(g, "void (*%s)(int, char *)", "int (*%s[3])(void)", "int (*%s)[4]", "char *(*(*%s)(long))(short)", "void *(*%s[2][2])(struct unknown *)"), name))
	}
	if g.chance(0.04) {
		return g.parenthesized(name)
	}
	n := run(opt(pick(g, "", "", "", "", "", "const ", "volatile ")), alt(leaf(g.scalar()), "char", "int", "long long"), g.middleAttrs(), leaf(" "+name))
	if g.chance(0.2) {
		n.add(drop(run(leaf("["), alt(g.bound(), "2", "3"), leaf("]"))))
		if g.chance(0.2) {
			n.add(drop(run(leaf("["), alt(g.bound(), "2"), leaf("]"))))
		}
	}
	return n
}

// parenthesized is a declarator in parentheses, with attributes in them. Those
// of a typedef's array or an _Atomic type are left out: gcc gives the former to
// the typedef itself, and heeds the latter in part.
func (g *generator) parenthesized(name string) *node {
	attrs, of := leaf(""), g.scalar()
	if g.chance(0.7) {
		attrs, of = alt(drop(g.aligned()), " __attribute__((packed)) "), pick(g, integerTypes...)
	}
	form := pick(g, "(%s)", "(%s)", "((%s))", "(%s)[2]", "(*%s)", "(*%s)[3]", "(%s[2])")
	before, after, _ := strings.Cut(form, "%s")
	return run(alt(leaf(of), "char", "int"), leaf(" "+before), attrs, leaf(name+after))
}

// several is a declaration with more than one declarator.
func (g *generator) several() *node {
	n := run(g.specifierAttrs(), alt(leaf(g.integer()), "int", "char"), leaf(" "+g.name("m")))
	for range 1 + g.rng.IntN(2) {
		switch g.rng.IntN(4) {
		case 0:
			n.add(opt(", *" + g.name("m")))
		case 1:
			n.add(drop(run(leaf(", "+g.name("m")+"["), alt(g.bound(), "2"), leaf("]"))))
		default:
			n.add(drop(run(leaf(", "+g.name("m")), g.memberAttrs())))
		}
	}
	return n.add(leaf(";"))
}

// specifierAttrs is attributes and _Alignas in front of a declaration.
func (g *generator) specifierAttrs() *node {
	switch {
	case !g.chance(g.attrs):
		return leaf("")
	case g.chance(0.4):
		return opt(pick(g, "_Alignas(16) ", "_Alignas(0) ", "_Alignas(32) ", "_Alignas(64) ", "_Alignas(16) _Alignas(32) "))
	case g.chance(0.5):
		return opt("__attribute__((packed)) ")
	}
	return drop(g.aligned())
}

// middleAttrs is attributes and _Alignas between a type and its declarator.
func (g *generator) middleAttrs() *node {
	if !g.chance(g.attrs / 3) {
		return leaf("")
	}
	if g.chance(0.3) {
		return opt(" _Alignas(32)")
	}
	if g.chance(0.3) {
		return opt(" __attribute__((packed))")
	}
	return drop(g.aligned())
}

// memberAttrs is attributes behind a declarator.
func (g *generator) memberAttrs() *node {
	switch {
	case !g.chance(g.attrs):
		return leaf("")
	case g.chance(0.05):
		return opt(pick(g, " [[gnu::aligned(8)]]", " [[gnu::packed]]", " [[]]"))
	case g.chance(0.4):
		return opt(" __attribute__((packed))")
	case g.chance(0.25):
		return alt(opt(" __attribute__((packed, aligned("+g.alignment()+")))"), " __attribute__((packed))")
	}
	return drop(g.aligned())
}

// bitType is a type that a bit-field can have and a width that it holds.
func (g *generator) bitType() (string, int) {
	width := func(top int) int {
		switch g.rng.IntN(6) {
		case 0:
			return top
		case 1:
			return 1
		case 2:
			return max(1, top-1)
		}
		return 1 + g.rng.IntN(top)
	}
	switch r := g.rng.IntN(100); {
	case r < 15:
		return pick(g, "char", "unsigned char", "signed char"), width(8)
	case r < 30:
		return pick(g, "short", "unsigned short"), width(16)
	case r < 55:
		return pick(g, "int", "unsigned int"), width(32)
	case r < 65:
		top := 32
		if g.feat.LP64 {
			top = 64
		}
		return pick(g, "long", "unsigned long"), width(top)
	case r < 83:
		return pick(g, "long long", "unsigned long long"), width(64)
	case r < 88:
		return "_Bool", 1
	case r < 90 && g.feat.Int128:
		return pick(g, "__int128", "unsigned __int128"), width(128)
	case len(g.ints) > 0:
		return pick(g, g.ints...), width(8)
	}
	return "unsigned int", width(32)
}

// bitfields is one or more bit-fields of one declaration.
func (g *generator) bitfields() *node {
	t, w := g.bitType()
	of := alt(leaf(t), "int")
	if g.chance(0.05) {
		of, w = g.enum(pick(g, g.name("e"), "")), 1+g.rng.IntN(8)
	}
	n := run(g.bitAttrs(), of)
	for i := range 1 + g.rng.IntN(2)*g.rng.IntN(3) {
		if i > 0 {
			n.add(leaf(","))
			if w > 1 {
				w = 1 + g.rng.IntN(w)
			}
		}
		one := run()
		switch g.rng.IntN(12) {
		case 0:
			one.add(leaf(" : 0"))
		case 1:
			one.add(leaf(fmt.Sprintf(" : %d", w)))
		case 2:
			one.add(leaf(" "+g.name("b")+" : "), alt(run(leaf("1 + (("), g.constant(2), leaf(fmt.Sprintf(") & 0) + %d", w-1))), fmt.Sprint(w)))
		default:
			one.add(leaf(" "+g.name("b")+" : "), alt(leaf(fmt.Sprint(w)), "1", "3"))
		}
		n.add(one, g.memberAttrs())
	}
	return n.add(leaf(";"))
}

// bitAttrs is attributes in front of a bit-field's declaration, which cannot
// have _Alignas.
func (g *generator) bitAttrs() *node {
	if !g.chance(g.attrs) {
		return leaf("")
	}
	if g.chance(0.4) {
		return opt("__attribute__((packed)) ")
	}
	return drop(g.aligned())
}

// anonymous is a C11 anonymous struct or union.
func (g *generator) anonymous(depth int) *node {
	union := g.chance(0.5)
	key := "struct "
	if union {
		key = "union "
	}
	body, _ := g.members(union, depth+1)
	before := leaf("")
	if g.chance(0.1) {
		before = g.specifierAttrs()
	}
	return alt(run(before, leaf(key), g.tagAttrs(), leaf("{\n"), body, leaf("}"), g.recordAttrs(), leaf(";")), key+"{ int "+g.name("m")+"; };", key+"{ char "+g.name("m")+"; };")
}

// nested is a named member of a record type defined in place.
func (g *generator) nested(depth int) (*node, string) {
	union := g.chance(0.3)
	key := "struct "
	if union {
		key = "union "
	}
	body, _ := g.members(union, depth+1)
	tag := ""
	var defines []string
	if g.chance(0.4) {
		tag = g.name("S")
		defines = []string{key + tag}
	}
	name := g.name("m")
	n := run(leaf(key), g.tagAttrs(), leaf(tag+" {\n"), body, leaf("}"), g.recordAttrs())
	n.defines = defines
	decl := leaf(" " + name)
	switch {
	case g.chance(0.25):
		decl = leaf(" " + name + "[" + pick(g, "2", "3", "0") + "]")
	case g.chance(0.1):
		decl = leaf(" *" + name)
	case g.chance(0.15):
		decl = run(leaf(" "+name), opt(", *"+g.name("m")), opt(", "+g.name("m")+"[2]"))
	}
	return alt(run(n, decl, g.memberAttrs(), leaf(";")), "int "+name+";", "char "+name+";"), name
}
