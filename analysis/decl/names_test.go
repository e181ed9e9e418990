package decl

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestScope looks up every kind of name.
func TestScope(t *testing.T) {
	u := unit(`
typedef unsigned int u32, *pu32, arr[4] __attribute__((aligned(8)));
typedef int __attribute__((mode(DI))) di;
typedef enum color color_t;
typedef struct node node_t;
struct node { node_t *next; enum color { RED, GREEN = RED + 2, BLUE } c; };
union both { int i; };
extern int a, *b[3];
static u32 table[] = { 1, 2, 3 }, after = ({ 4; });
int f(int x, char *s) { int hidden; return x; }
void (*handler(int))(void);
__attribute__((noreturn)) void stop(void) __asm__("halt");
MODULE_LICENSE("GPL");
EXPORT_SYMBOL(f)
DEFINE_THING(x, y)
STATIC u32 *hidden_type(void) { return 0; }
LOCAL struct node *list;
void __sched slow(int x) __weird(3) { }
struct node first __initmv = { 0 };
struct late { int z; } instance = { .z = 1 }, *pointer;
enum { ANON = 1 << 4, };
`)
	typedef := func(name string) string {
		d := u.Typedef(sym(name))
		if d == nil {
			return "none"
		}
		return typeString(d.Type) + attrString(d.Attrs)
	}
	object := func(name string) string {
		d := u.Object(sym(name))
		if d == nil {
			return "none"
		}
		return typeString(d.Type)
	}
	for _, c := range []struct{ got, want string }{
		{typedef("u32"), "uint"},
		{typedef("pu32"), "*uint"},
		{typedef("arr"), "[4]uint aligned(8)"},
		{typedef("di"), "(int mode(DI))"},
		{typedef("color_t"), "enum color"},
		{typedef("node_t"), "struct node"},
		{typedef("a"), "none"},
		{object("a"), "int"},
		{object("b"), "[3]*int"},
		{object("table"), "[]u32"},
		{object("after"), "u32"},
		{object("f"), "func(x int, s *char) int"},
		{object("hidden"), "none"},
		{object("handler"), "func(int) *func() void"},
		{object("stop"), "func() void"},
		{object("instance"), "struct late{…}"},
		{object("pointer"), "*struct late{…}"},
		{object("u32"), "none"},
		{object("hidden_type"), "func() *u32"},
		{object("list"), "*struct node"},
		{object("slow"), "func(x int) void"},
		{object("first"), "struct node"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	if r := u.Record(false, sym("node")); r == nil || len(r.Fields) != 2 {
		t.Errorf("struct node: %v", r)
	}
	if u.Record(true, sym("node")) != nil || u.Record(true, sym("both")) == nil || u.Record(false, sym("nothing")) != nil {
		t.Error("tags are mixed up")
	}
	e := u.Enum(sym("color"))
	if e == nil || len(e.Values) != 3 || exprString(e.Values[1].Value) != "(RED + 2)" || rangeString(u, e.Values[1].Range) != "GREEN = RED + 2" {
		t.Errorf("enum color: %v", e)
	}
	if v := u.Enumerator(sym("BLUE")); v == nil || v.Enum != e || v.Index != 2 || v.Value != nil {
		t.Errorf("BLUE: %v", v)
	}
	if v := u.Enumerator(sym("ANON")); v == nil || exprString(v.Value) != "(1 << 4)" {
		t.Errorf("ANON: %v", v)
	}
}

// TestTokens checks the tokens that nodes point at.
func TestTokens(t *testing.T) {
	u := unit(`
struct s {
	const unsigned int a, *b, c : 3 __attribute__((packed));
	static_assert(1, "");
	__extension__ struct { int i; } __attribute__((packed));
	int (*f)(void) __attribute__((aligned(4)));
	int : 2;
} __attribute__((aligned(8))) v;
`)
	r := u.Record(false, sym("s"))
	var lines []string
	add := func(what string, ranges ...Range) {
		for _, g := range ranges {
			what += " | " + rangeString(u, g)
		}
		lines = append(lines, what)
	}
	add("record", r.Range, Range{r.TagTok, r.TagTok}, Range{r.Open, r.Open}, Range{r.Close, r.Close})
	for _, f := range r.Fields {
		add(f.Name.String(), f.Range, f.Decl)
		if f.NameTok != nil && f.NameTok.Sym != f.Name {
			t.Errorf("%s: name token %s", f.Name, f.NameTok.Text())
		}
		if f.Record != r {
			t.Errorf("%s: wrong record", f.Name)
		}
	}
	whole := "struct s { const unsigned int a, *b, c : 3 __attribute__((packed)); static_assert(1, \"\"); __extension__ struct { int i; } __attribute__((packed)); int (*f)(void) __attribute__((aligned(4))); int : 2; } __attribute__((aligned(8)))"
	first := "const unsigned int a, *b, c : 3 __attribute__((packed));"
	inner := "__extension__ struct { int i; } __attribute__((packed))"
	want := []string{
		"record | " + whole + " | s | { | }",
		"a | a | " + first,
		"b | *b | " + first,
		"c | c : 3 __attribute__((packed)) | " + first,
		" | " + inner + " | " + inner + ";",
		"f | (*f)(void) __attribute__((aligned(4))) | int (*f)(void) __attribute__((aligned(4)));",
		" | : 2 | int : 2;",
	}
	check(t, strings.Join(lines, "\n"), strings.Join(want, "\n"))
}

// TestItems shows where items end.
func TestItems(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{
			"declarations", "int a; struct s { int x; } b; int f(void) { ; } int c;",
			"int a ;|struct s { int x ; } b ;|int f ( void ) { ; }|int c ;",
		},
		{
			"initializers", "int a[] = { 1, { 2 } }; struct s b = (struct s) { 1 }; int c = ({ int x; x; });",
			"int a [ ] = { 1 , { 2 } } ;|struct s b = ( struct s ) { 1 } ;|int c = ( { int x ; x ; } ) ;",
		},
		{
			"macro calls", "MODULE(\"x\")\nint a;\nDEFINE(y)\nstruct s { int x; };\nSYSCALL(z, int, a)\n{ return 0; }\nint b;",
			"MODULE ( \"x\" )|int a ;|DEFINE ( y )|struct s { int x ; } ;|SYSCALL ( z , int , a ) { return 0 ; }|int b ;",
		},
		{
			"attributes at the front", "__attribute__((packed))\nstatic int a;\n__printf(1, 2)\nint b;",
			"__attribute__ ( ( packed ) ) static int a ;|__printf ( 1 , 2 )|int b ;",
		},
		{
			"semicolon missing", "struct a { int x; }\nstruct b { int y; };\nstruct c { int z; }\nu32 d;\nstruct e { int w; }\nname;",
			"struct a { int x ; }|struct b { int y ; } ;|struct c { int z ; }|u32 d ;|struct e { int w ; } name ;",
		},
		{
			"semicolon missing after a name", "int x\nstatic int y;\nint f(void)\ntypedef int z;",
			"int x|static int y ;|int f ( void )|typedef int z ;",
		},
		{
			"brace missing", "struct a {\n\tint x;\n\nstruct b {\n\tint y;\n};\nint c;",
			"struct a { int x ;|struct b { int y ; } ;|int c ;",
		},
		{
			"brace missing before a function", "struct a {\n\tint x;\n\nint f(void)\n{\n\treturn 0;\n}\nint c;",
			"struct a { int x ;|int f ( void ) { return 0 ; }|int c ;",
		},
		{
			"brace missing in a function", "int f(void)\n{\n\tif (x) {\n\t\ty;\n}\n\nint g(void)\n{\n\treturn 0;\n}\nstatic int h;",
			"int f ( void ) { if ( x ) { y ; }|int g ( void ) { return 0 ; }|static int h ;",
		},
		{
			"inner brace missing", "struct a {\n\tunion {\n\t\tint x;\n};\n\ntypedef int b;\nint c;",
			"struct a { union { int x ; } ;|typedef int b ;|int c ;",
		},
		{
			"brace missing in an enum", "enum a {\n\tA,\n\nstruct b {\n\tint y;\n};",
			"enum a { A ,|struct b { int y ; } ;",
		},
		{
			"brace missing at the end", "int a;\nstruct b {\n\tint x;\n",
			"int a ;|struct b { int x ;",
		},
		{
			"brace too many", "struct a { int x; } };\nstruct b { int y; };",
			"struct a { int x ; }|}|struct b { int y ; } ;",
		},
		{
			"parenthesis missing", "int f(void {\n\treturn 0;\n}\nint a;",
			"int f ( void { return 0 ; }|int a ;",
		},
		{
			"indented as a whole", "  struct a {\n    int x;\n\n  struct b {\n    int y;\n  };\n  int c;",
			"struct a { int x ;|struct b { int y ; } ;|int c ;",
		},
		{
			"members at the margin", "struct a {\nint x;\nstruct b { int y; } z;\nstruct c w;\nunion { int q; };\n};\nint d;",
			"struct a { int x ; struct b { int y ; } z ; struct c w ; union { int q ; } ; } ;|int d ;",
		},
		{
			"statements at the margin", "int f(void)\n{\nfor (;;)\n{\nif (x)\n{\ny();\n}\n}\nreturn 0;\n}\nint d;",
			"int f ( void ) { for ( ; ; ) { if ( x ) { y ( ) ; } } return 0 ; }|int d ;",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := unit(c.src)
			var items []string
			for r := range u.runs() {
				for _, it := range r.part.items {
					items = append(items, itemText(it))
				}
			}
			check(t, strings.Join(items, "|"), c.want)
		})
	}
}

func itemText(it *Item) string {
	var words []string
	for i := range it.Tokens {
		words = append(words, it.Tokens[i].Text())
	}
	return strings.Join(words, " ")
}

// TestRecovery shows what is left of records that do not parse.
func TestRecovery(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"members", "struct s { int a; int b c; int d; DECLARE(e); int f[2; int g; *h; int; u32; 5; int i; };", `
			struct s
			a: int
			d: int
			g: int
			i: int
			skipped: int b c;
			skipped: DECLARE(e);
			skipped: int f[2;
			skipped: *h;
			skipped: u32;
			skipped: 5;`},
		{"a semicolon missing", "struct s {\n\tint a;\n\tint b\n\tint c;\n\tint d;\n};", `
			struct s
			a: int
			c: int
			d: int
			skipped: int b`},
		{"a member begun", "struct s {\n\tint a;\n\tstruct\n\tint c;\n\tint *\n\tint e;\n\tun\n\tint g;\n\tchar i;\n};", `
			struct s
			a: int
			c: int
			e: int
			g: int
			i: char
			skipped: struct
			skipped: int *
			skipped: un`},
		{"a macro without a semicolon", "struct s {\n\tFIELDS(1)\n\tint a;\n\tMORE(2, 3)\n};", `
			struct s
			a: int
			skipped: FIELDS(1)
			skipped: MORE(2, 3)`},
		{"nested", "struct s { struct { int a; int b b; int c; } x; int d; };", `
			struct s
			x: struct{…}
			d: int
			struct in struct s.x
			a: int
			c: int
			skipped: int b b;`},
		{"unknown macros", "struct s { PRIVATE unsigned int a; int b; } UNKNOWN(3);", `
			struct s
			b: int
			skipped: PRIVATE unsigned int a;`},
		{"others live", "struct a {\n\tint x;\n\nstruct b {\n\tint y;\n};\nint f(void) {\n\nstruct c { int z; };\n", `
			struct b
			y: int
			struct c
			z: int`},
		{"bad bounds", "struct s { int a[-]; int b[(]; int c[1 2]; int d[]; int e:; };", `
			struct s
			d: []int
			skipped: int a[-];
			skipped: int b[(];
			skipped: int c[1 2];
			skipped: int e:;`},
		{"enum", "enum e { A, B = , 5, C = 2 }; struct s { int a; };", `
			struct s
			a: int`},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, trim(dump(unit(c.src))), trim(c.want)) })
	}
	e := unit("enum e { A, B = , 5, C = 2 3, D = 4 };").Enum(sym("e"))
	var values []string
	for _, v := range e.Values {
		values = append(values, fmt.Sprint(v.Name, " ", exprString(v.Value)))
	}
	check(t, strings.Join(values, ", "), "A , B bad, C bad, D 4")
}

// TestSharedParse parses an item once for all units that see it alike.
func TestSharedParse(t *testing.T) {
	src := "struct s { int a[(x)-1]; };\n"
	a, b := unit(src), unit(src)
	if a.Record(false, sym("s")) != b.Record(false, sym("s")) {
		t.Error("parsed twice")
	}
	c := unit("#pragma pack(1)\n" + src)
	if r := c.Record(false, sym("s")); r == a.Record(false, sym("s")) || r.Pack != 1 {
		t.Error("pack is not seen")
	}
}

// TestOrder gives the order of what a file declares.
func TestOrder(t *testing.T) {
	u := unit("struct a { struct b { int x; } y; }; int f(void) { struct c { int z; } v; } union d { int w; };")
	var tags []string
	for _, r := range u.MainRecords() {
		tags = append(tags, r.Tag.String())
	}
	if want := []string{"a", "b", "c", "d"}; !slices.Equal(tags, want) {
		t.Errorf("got %v, want %v", tags, want)
	}
	if u.Record(false, sym("c")) != nil {
		t.Error("a function's record is at file scope")
	}
	if u.Record(false, sym("b")) == nil {
		t.Error("a nested record is not at file scope")
	}
}
