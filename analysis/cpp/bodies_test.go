package cpp

import (
	"regexp"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/text"
	"abide/analysis/token"
)

// briefDiffers says what a result without the functions' bodies has otherwise
// than the whole one: outside of bodies anything, in them the definitions of
// types that the main file spells, and whatever the whole one does not have.
func briefDiffers(brief, whole *Result) string {
	if d := difference(withoutBodies(brief), withoutBodies(whole)); d != "" {
		return d
	}
	if d := difference(definitionsOf(brief), definitionsOf(whole)); d != "" {
		return "definitions: " + d
	}
	all := tokensOf(whole)
	for _, s := range tokensOf(brief) {
		i := 0
		for i < len(all) && withoutDigits(all[i]) != withoutDigits(s) {
			i++
		}
		if i == len(all) {
			return s + " is too much"
		}
		all = all[i+1:]
	}
	return ""
}

// withoutDigits puts # in the place of every number in a name or string.
func withoutDigits(s string) string {
	if c := s[0]; c >= '0' && c <= '9' || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return digits.ReplaceAllString(s, "#")
}

var digits = regexp.MustCompile(`\d+`)

// withoutBodies lists the tokens of a result without what stands in braces
// behind a parenthesis. The numbers of __COUNTER__ differ without the bodies
// that count: those in names and strings are left out.
func withoutBodies(r *Result) []string {
	all := tokensOf(r)
	list := make([]string, 0, len(all))
	depth, body := 0, false
	for _, s := range all {
		switch {
		case s == "{":
			if depth == 0 {
				body = len(list) > 0 && list[len(list)-1] == ")"
			}
			if depth++; body && depth > 1 {
				continue
			}
		case s == "}":
			if depth--; body && depth > 0 {
				continue
			}
		case body && depth > 0:
			continue
		}
		list = append(list, withoutDigits(s))
	}
	return list
}

// definitionsOf lists the definitions of records and enums and the typedefs
// that the main file spells, each as one string.
func definitionsOf(r *Result) []string {
	var toks []*Token
	for seg := range r.Segments() {
		for i := range seg.Tokens {
			toks = append(toks, &seg.Tokens[i])
		}
	}
	var list []string
	for i, t := range toks {
		if where, inBody := r.Place(t); inBody || where.Path != r.Main.Path {
			continue
		}
		end := 0
		switch t.Sym {
		case token.SymTypedef:
			end = closes(toks, i, token.Semicolon)
		case token.SymStruct, token.SymUnion, token.SymEnum:
			if open := closes(toks, i+1, token.LBrace); open > 0 {
				end = closes(toks, open+1, token.RBrace)
			}
		}
		if end > 0 {
			var b strings.Builder
			for _, t := range toks[i : end+1] {
				b.WriteString(withoutDigits(t.Text()) + " ")
			}
			list = append(list, b.String())
		}
	}
	return list
}

// closes finds a punctuator, groups passed over; 0 if something stands before it
// that cannot be part of a definition: of a record or an enum, up to the brace,
// all but attributes, a name and the : of an enum's type.
func closes(toks []*Token, i int, what token.Sym) int {
	depth := 0
	for ; i < len(toks); i++ {
		s := toks[i].Sym
		switch {
		case depth == 0 && s == what:
			return i
		case what != token.LBrace || depth > 0 || toks[i].Kind != token.Punct || s == token.Colon:
		case s != token.LParen || !strings.HasPrefix(toks[i-1].Text(), "__attribute"):
			return 0
		}
		if depth += s.Nesting(); depth < 0 {
			return 0
		}
	}
	return 0
}

// TestBodies shows what stays of functions' bodies.
func TestBodies(t *testing.T) {
	const macros = "#define M(x) m(x)\n#define BEGIN {\n#define RECORD struct made { int x; } made;\n#define OPEN M(\n#define PACK _Pragma(\"pack(push, 1)\")\n"
	for _, c := range []struct{ name, body, want string }{
		{"nothing", "M(1); for (;;) { M(2); }", ""},
		{"a record", "M(1); struct s { int a; } x; M(2);", "struct s { int a ; } x ;"},
		{"an untagged one", "int i; static const struct { int a[M(1)]; } x = { M(2) }, y; M(3);", "static const struct { int a [ m ( 1 ) ] ; } x = { m ( 2 ) } , y ;"},
		{"enums and typedefs", "M(1); enum { A = M(2) }; enum e : short { B }; typedef int t; return;", "enum { A = m ( 2 ) } ; enum e : short { B } ; typedef int t ;"},
		{"no definitions", "struct s *p; union u x = { 1 }, y[2] = { M(1) }; enum e z; f((struct s) { .a = 1 }, sizeof(struct s));", ""},
		{"nested blocks", "{ M(1); { union u { int a; } x; } { } if (M(2)) { M(3); } }", "{ { union u { int a ; } x ; } }"},
		{
			"blocks of statements", "if (M(1)) { struct a { int x; }; M(2); } else if (1) { struct b { int x; }; } else { struct c { int x; }; } do { struct d { int x; }; } while (M(3)); M(4);",
			"{ struct a { int x ; } ; } { struct b { int x ; } ; } { struct c { int x ; } ; } { struct d { int x ; } ; }",
		},
		{"a block of a macro", "list_for_each(M(1), 2) { M(3); struct s { int a; } x; }", "{ struct s { int a ; } x ; }"},
		{"labels", "switch (M(1)) { case M(2): struct s { int a; } x; default: out: union { int b : 3; } y; }", "{ struct s { int a ; } x ; union { int b : 3 ; } y ; }"},
		{"a conditional expression", "M(1) ? M(2) : sizeof(struct s { int a; }); M(3);", "m ( 1 ) ? m ( 2 ) : sizeof ( struct s { int a ; } ) ;"},
		{"for", "for (struct { int a; } x = { M(1) }; M(2); x.a++) { M(3); } for (struct t { int a; } x;;) M(4);", "for ( struct { int a ; } x = { m ( 1 ) } ; m ( 2 ) ; x . a ++ ) for ( struct t { int a ; } x ; ; )"},
		{"heads", "if (sizeof(struct s { int a; }) > M(1)) M(2); while (M(3)) M(4); switch ((enum e { A })1) { case 1: M(5); }", "if ( sizeof ( struct s { int a ; } ) > m ( 1 ) ) switch ( ( enum e { A } ) 1 )"},
		{"a statement expression", "M(1); int x = ({ M(2); struct s { int a; } y; y.a; }) + M(3); M(4);", "int x = ( { m ( 2 ) ; struct s { int a ; } y ; y . a ; } ) + m ( 3 ) ;"},
		{"arguments", "f(M(1), sizeof(struct s { int a; })); M(struct t { int a; } *);", "f ( m ( 1 ) , sizeof ( struct s { int a ; } ) ) ; m ( struct t { int a ; } * ) ;"},
		{
			"a literal", "x = (struct s { int a; }) { M(1) }; return (struct t { int a; }) { M(2) }; (struct u { int a; }) { 3 }; M(3);",
			"x = ( struct s { int a ; } ) { m ( 1 ) } ; return ( struct t { int a ; } ) { m ( 2 ) } ; ( struct u { int a ; } ) { 3 } ;",
		},
		{
			"attributes", "struct __attribute__((packed)) s { int a; } x; struct t ATTR(M(1)) { int a; }; __attribute__((unused)) struct u { int a; } y; M(2);",
			"struct __attribute__ ( ( packed ) ) s { int a ; } x ; struct t ATTR ( m ( 1 ) ) { int a ; } ; __attribute__ ( ( unused ) ) struct u { int a ; } y ;",
		},
		{"parameters", "struct s f(struct t { int a; } *); M(1);", "struct s f ( struct t { int a ; } * ) ;"},
		{"a nested function", "int g(int a) { struct s { int b; } x; M(1); return 0; } M(2);", "int g ( int a ) { struct s { int b ; } x ; m ( 1 ) ; return 0 ; } m ( 2 ) ;"},
		{"made by a macro", "RECORD M(1); RECORD struct s { int a; } x; RECORD", "struct made { int x ; } made ; struct s { int a ; } x ;"},
		{"directives between", "M(1);\n#define N 3\n struct s { int a[N]; };\n#undef N\n#ifdef M\n struct t { int a[N]; };\n#else\n struct u { int a; };\n#endif\nM(2);", "struct s { int a [ 3 ] ; } ; struct t { int a [ N ] ; } ;"},
		{"directives inside", "M(1);\n struct s {\n#ifdef M\n int a;\n#else\n int b;\n#endif\n} x; M(2);", "struct s { int a ; } x ; m ( 2 ) ;"},
		{"directives before", "M(1); x = M(3) +\n#ifdef M\n sizeof(struct s { int a; });\n#endif\nM(2);", "m ( 1 ) ; x = m ( 3 ) + sizeof ( struct s { int a ; } ) ; m ( 2 ) ;"},
		{"parentheses missing", "M(1); f(M(2); struct s { int a; } x; M(3);", "f ( m ( 2 ) ; struct s { int a ; } x ; m ( 3 ) ;"},
		{"a macro reaches over the end", "M(1); OPEN struct s { int a; } x; 1); M(2); M(3);", "m ( struct s { int a ; } x ; 1 ) ; m ( 2 ) ; m ( 3 ) ;"},
		{"a pragma", "M(1); PACK struct s { int a; } x; M(2);", "#pragma pack(push, 1) struct s { int a ; } x ; m ( 2 ) ;"},
		{"the operator", "M(1); _Pragma(\"pack(1)\"); M(2);", "#pragma pack(1) ; m ( 2 ) ;"},
		{"at the margin", "M(1);\nstruct s { int a; };\nM(2);\n struct t { int a; };\n", "struct s { int a ; } ; m ( 2 ) ; struct t { int a ; } ;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := Config{ABI: &abi.ABI{}}
			brief := cfg
			brief.SkipBodies = true
			content := macros + "int before;\nint f(void) { " + c.body + " }\nstruct last { int a; };\n"
			cache := new(Cache)
			file := cache.File("main.c", text.New(content), nil)
			show := func(cfg *Config) string {
				var list []string
				for seg := range cache.Preprocess(files{}, cfg, file, nil, nil).Segments() {
					for i := range seg.Tokens {
						s := seg.Tokens[i].Text()
						if seg.Tokens[i].Kind == token.Pragma {
							s = "#pragma " + s
						}
						list = append(list, s)
					}
				}
				return strings.Join(list, " ")
			}
			got := show(&brief)
			want := "int before ; int f ( void ) { " + strings.TrimSpace(c.want+" }") + " struct last { int a ; } ;"
			if got != want {
				t.Errorf("\n got %s\nwant %s\n  of %s", got, want, show(&cfg))
			}
		})
	}
}

// TestInvocationBeforeBody checks that the sections of a body that is left out
// do not count as those of the last invocation.
func TestInvocationBeforeBody(t *testing.T) {
	content := "#define WORD int\nWORD f(void)\n{\n" + strings.Repeat("\tx;\n", 2*coarse.any) + "}\n"
	cache := new(Cache)
	file := cache.File("main.c", text.New(content), nil)
	if len(file.sections) < 2 {
		t.Fatal("the body is in one section")
	}
	r := cache.Preprocess(files{}, &Config{ABI: &abi.ABI{}, SkipBodies: true}, file, nil, nil)
	for seg := range r.Segments() {
		where, inBody := r.Place(&seg.Tokens[0])
		if got := content[where.Start:where.End]; got != "WORD" || !inBody {
			t.Errorf("the type is spelled %q", got)
		}
		break
	}
}

// TestSkipBodies compares a result without the functions' bodies with the
// whole one.
func TestSkipBodies(t *testing.T) {
	c := findCompiler(t, "gcc")
	cfg, _, ok := kernelConfig(c)
	if !ok {
		needKernel(t)
	}
	brief := *cfg
	brief.SkipBodies = true
	cache := new(Cache)
	for _, path := range drivers(t) {
		whole := preprocess(t, cache, cfg, path)
		short := preprocess(t, cache, &brief, path)
		if d := briefDiffers(short, whole); d != "" {
			t.Errorf("%s: %s", path, d)
		}
		t.Logf("%s: %d of %d tokens, %d without any body", path, len(tokensOf(short)), len(tokensOf(whole)), len(withoutBodies(whole)))
	}
}

// TestBodiesOfHeaders checks that a header whose bodies were left out, because
// another file includes it, has its records when it is the main file itself.
func TestBodiesOfHeaders(t *testing.T) {
	const header = "static inline int f(int x)\n{\n\tstruct local { int a; } l = { x };\n\treturn l.a;\n}\n"
	fs := files{"/src/h.h": header}
	cache := new(Cache)
	cfg := &Config{SkipBodies: true}
	cache.Preprocess(fs, cfg, cache.File("/src/a.c", text.New("#include \"h.h\"\n"), nil), nil, nil)
	brief := cache.Preprocess(fs, cfg, cache.File("/src/h.h", text.New(header), nil), nil, nil)
	whole := cache.Preprocess(fs, &Config{}, cache.File("/src/h.h", text.New(header), nil), nil, nil)
	if d := briefDiffers(brief, whole); d != "" {
		t.Error(d)
	}
}
