package truth

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator makes one random case. Its choices depend on rng alone.
type generator struct {
	rng  *rand.Rand
	feat Features
	id   string // prefix of all names of the case: "t17"
	n    int    // names given out

	typedefs []string // any type
	ints     []string // integer and enum types that a bit-field can have
	records  []known  // complete record types
	consts   []string // enumerators

	bits, attrs float64 // how many members are bit-fields, have attributes
	macros      bool    // attributes and members are written by macros, too
}

// known is a record type and the ordinary members that sizeof, typeof and
// offsetof can name.
type known struct {
	name    string
	members []string
}

// Generate makes the i-th random case of a seed, out of what feat allows.
func Generate(seed uint64, i int, feat Features) *Case {
	g := &generator{
		rng:  rand.New(rand.NewPCG(seed, uint64(i))),
		feat: feat,
		id:   fmt.Sprintf("t%d", i),
	}
	g.bits = pick(g, 0, 0.2, 0.5, 0.9)
	g.attrs = pick(g, 0, 0, 0.1, 0.3)
	return &Case{Name: g.id, root: g.file()}
}

func pick[T any](g *generator, from ...T) T { return from[g.rng.IntN(len(from))] }

func (g *generator) chance(p float64) bool { return g.rng.Float64() < p }

func (g *generator) name(kind string) string {
	g.n++
	return fmt.Sprintf("%s_%s%d", g.id, kind, g.n)
}

// file is the whole case: what the record uses, the record, and the default
// packing back in force.
func (g *generator) file() *node {
	root := run()
	if g.chance(0.1) {
		g.macros = true
		root.add(leaf("#define " + g.id + "_ALIGN(n) __attribute__((__aligned__(n)))\n#define " + g.id + "_MEMBER(type, name, ...) type name __VA_ARGS__;\n"))
	}
	for g.chance(0.6) && len(root.kids) < 5 {
		root.add(drop(g.helper()))
	}
	before, after := g.pragma()
	root.add(before, drop(g.topRecord()), after)
	if g.chance(0.15) {
		root.add(drop(g.topRecord()))
	}
	return root.add(opt("#pragma pack()\n"))
}

// helper is a declaration that the record under test may use.
func (g *generator) helper() *node {
	switch g.rng.IntN(7) {
	case 0, 1:
		return g.typedef()
	case 2:
		return run(g.enum(g.name("e")), leaf(";\n"))
	case 3:
		name := g.name("K")
		n := run(leaf("enum { "+name+" = "), g.constant(3), leaf(" };\n"))
		g.consts = append(g.consts, name)
		return n
	default:
		before, after := g.pragma()
		return run(before, g.topRecord(), after)
	}
}

// typedef names a type, perhaps one with attributes of its own.
func (g *generator) typedef() *node {
	name := g.name("T")
	switch g.rng.IntN(5) {
	case 0:
		m := pick(g, append([]string{"QI", "HI", "SI", "DI", "byte", "word", "pointer", "__DI__", "SF", "DF"}, g.feat.Modes...)...)
		base := pick(g, "int", "unsigned int")
		switch {
		case strings.HasSuffix(m, "F"):
			base = "float"
		case strings.HasSuffix(m, "C"):
			base = "_Complex float"
		default:
			g.ints = append(g.ints, name)
		}
		g.typedefs = append(g.typedefs, name)
		return leaf(fmt.Sprintf("typedef %s %s __attribute__((mode(%s)));\n", base, name, m))
	case 1:
		g.typedefs = append(g.typedefs, name)
		return run(leaf("typedef "+g.vectorElem()+" "+name+" "), leaf(g.vectorSize()+";\n"))
	case 2:
		base := g.integer()
		g.typedefs, g.ints = append(g.typedefs, name), append(g.ints, name)
		return run(leaf("typedef "), alt(leaf(base), "int"), leaf(" "+name), drop(g.aligned()), leaf(";\n"))
	case 3:
		n := run(leaf("typedef "), g.declaration(name), leaf(";\n"))
		g.typedefs = append(g.typedefs, name)
		return n
	default:
		n := run(leaf("typedef "), g.enum(g.name("e")), leaf(" "+name+";\n"))
		g.typedefs, g.ints = append(g.typedefs, name), append(g.ints, name)
		return n
	}
}

// enum is a definition of an enum, perhaps packed.
func (g *generator) enum(tag string) *node {
	n := run(leaf("enum "))
	packed := g.chance(0.25)
	if packed && g.chance(0.5) {
		n.add(opt("__attribute__((packed)) "))
		packed = false
	}
	n.add(leaf(tag + " { "))
	for i := range 1 + g.rng.IntN(3) {
		k := g.name("E")
		value := pick(g, "", "", " = 1", " = -1", " = 200", " = 40000", " = 0x7fffffff", " = 0x80000000", " = 0x100000000", " = -129", " = 255", " = 256")
		if len(g.consts) > 0 && g.chance(0.15) {
			value = " = " + pick(g, g.consts...) + pick(g, "", " + 1", " | 0x40", " << 1")
		}
		kid := leaf(k + value + ", ")
		if i > 0 {
			kid.optional = true
		}
		n.add(alt(kid, k+", "))
		g.consts = append(g.consts, k)
	}
	n.add(leaf("}"))
	if packed {
		n.add(opt(" __attribute__((packed))"))
	}
	if tag != "" {
		g.ints = append(g.ints, "enum "+tag)
	}
	return n
}

// topRecord is a record definition at file scope: tagged, or named by a typedef.
func (g *generator) topRecord() *node {
	union := g.chance(0.2)
	key := "struct"
	if union {
		key = "union"
	}
	members, names := g.members(union, 0)
	tag := g.name("S")
	if g.chance(0.2) {
		n := run(leaf("typedef "+key+" "), g.tagAttrs(), leaf("{\n"), members, leaf("} "), g.recordAttrs(), leaf(tag))
		if g.chance(0.2) {
			n.add(opt(", *"+g.name("P")), opt(", "+g.name("A")+"[3]"))
		}
		n.add(leaf(";\n"))
		n.defines = []string{tag}
		g.records = append(g.records, known{tag, names})
		return n
	}
	n := run(leaf(key+" "), g.tagAttrs(), leaf(tag+" {\n"), members, leaf("}"), g.recordAttrs())
	if g.chance(0.08) {
		n.add(opt(" " + pick(g, "", "*", "**") + g.name("v") + pick(g, "", "[2]")))
	}
	n.add(leaf(";\n"))
	n.defines = []string{key + " " + tag}
	g.records = append(g.records, known{key + " " + tag, names})
	if g.chance(0.1) {
		name := g.name("T")
		n.add(drop(run(leaf("typedef "+pick(g, "", "", "const ", "volatile ")+key+" "+tag+" "+name), drop(g.aligned()), leaf(";\n"))))
		g.typedefs = append(g.typedefs, name)
	}
	return n
}

// tagAttrs is the attributes of a record before its tag.
func (g *generator) tagAttrs() *node {
	if g.chance(0.02) {
		return opt(pick(g, " [[gnu::packed]] ", " [[gnu::aligned(8)]] ", " [[__gnu__::__packed__, gnu::aligned(4)]] "))
	}
	return g.recordAttrs()
}

// recordAttrs is the attributes of a record, before its tag or behind its brace.
func (g *generator) recordAttrs() *node {
	if !g.chance(0.2) {
		return leaf("")
	}
	switch g.rng.IntN(8) {
	case 0, 1, 2:
		return opt(" __attribute__((" + pick(g, "packed", "__packed__") + ")) ")
	case 3, 4:
		return drop(g.aligned())
	case 5:
		return alt(opt(" __attribute__((packed, aligned("+g.alignment()+"))) "), " __attribute__((packed)) ")
	case 6:
		return run(opt(" __attribute__((packed)) "), drop(g.aligned()))
	default:
		return opt(" __attribute__((" + pick(g, "ms_struct", "gcc_struct", "may_alias", "deprecated") + ")) ")
	}
}

// alignment is the argument of aligned.
func (g *generator) alignment() string {
	return pick(g, "1", "2", "4", "8", "16", "32", "64", "sizeof(int)", "1 << 3", "__alignof__(long long)",
		"_Alignof(double)", "sizeof(long long)", "2 * sizeof(void *)", "4", "8", "16", "(2)")
}

// aligned is an aligned attribute with or without argument.
func (g *generator) aligned() *node {
	if g.macros && g.chance(0.5) {
		return leaf(" " + g.id + "_ALIGN(" + g.alignment() + ") ")
	}
	if g.chance(0.15) {
		return leaf(" __attribute__((" + pick(g, "aligned", "__aligned__") + ")) ")
	}
	return leaf(" __attribute__((" + pick(g, "aligned", "__aligned__") + "(" + g.alignment() + "))) ")
}

// pragma is a packing pragma and what undoes it, on lines of their own.
func (g *generator) pragma() (before, after *node) {
	if !g.chance(0.3) {
		return leaf(""), leaf("")
	}
	v := pick(g, "1", "2", "4", "8", "16")
	pair := func(b, a string) (*node, *node) { return opt(b), opt(a) }
	switch g.rng.IntN(9) {
	case 0, 1:
		return pair("#pragma pack(push, "+v+")\n", "#pragma pack(pop)\n")
	case 2:
		return pair("#pragma pack("+v+")\n", "#pragma pack()\n")
	case 3:
		return run(opt("#pragma pack(push)\n"), opt("#pragma pack("+v+")\n")), opt("#pragma pack(pop)\n")
	case 4:
		return pair("#pragma pack(push, here, "+v+")\n#pragma pack(push, 1)\n#pragma pack(push, there, 2)\n#pragma pack(pop)\n#pragma pack(pop)\n", "#pragma pack(pop, here)\n")
	case 5:
		return pair("#pragma pack(push, outer, "+v+")\n#pragma pack(push, 2)\n#pragma pack(pop)\n", "#pragma pack(push, 1)\n#pragma pack(pop, outer)\n")
	case 6:
		return pair("_Pragma(\"pack(push, "+v+")\")\n", "_Pragma(\"pack(pop)\")\n")
	case 7:
		return pair("#define "+g.id+"_DO(x) _Pragma(#x)\n"+g.id+"_DO(pack(push, "+v+"))\n", g.id+"_DO(pack(pop))\n")
	default:
		return pair("#pragma pack(push, "+v+")\n#pragma pack("+pick(g, "0", "")+")\n", "#pragma pack(pop)\n")
	}
}
