package cpp

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"abide/analysis/text"
	"abide/analysis/token"
)

// files is a file system of texts.
type files map[string]string

func (f files) Read(path string) (string, error) {
	if s, ok := f[path]; ok {
		return s, nil
	}
	return "", errNotFound
}

func (f files) Exists(path string) bool { _, ok := f[path]; return ok }

// scratchRun preprocesses main.c of a file system.
func scratchRun(fs files) *Result {
	cache := new(Cache)
	return cache.Preprocess(fs, &Config{Angle: []string{"/inc"}}, cache.File("main.c", text.New(fs["main.c"]), nil), nil, nil)
}

// TestPlace marks each token of the output by its place: «text» as spelled
// there, or [text] for the invocation that its body came from.
func TestPlace(t *testing.T) {
	const members = "#define M(t, n) t n; t extra;\n"
	for _, c := range []struct{ text, want string }{
		{"int a;", "int:int a:a ;:;"},
		{"#define X int\nX a;", "int:[X] a:a ;:;"},
		{members + "M(u32, x)", "u32:u32 x:x ;:[M(u32, x)] u32:u32 extra:[M(u32, x)] ;:[M(u32, x)]"},
		{"#define G(m...) struct { m }\nG(int a; M b;)", "struct:[G(int a; M b;)] {:[G(int a; M b;)] int:int a:a ;:; M:M b:b ;:; }:[G(int a; M b;)]"},
		{members + "#define W(x) M(x, y)\nW(int)", "int:int y:[W(int)] ;:[W(int)] int:int extra:[W(int)] ;:[W(int)]"},
		{"#define C(a, b) a ## b #a\nC(x, y)", `xy:[C(x, y)] "x":[C(x, y)]`},
		{"#define F(x) x\n#define A F\nA (\n1) 2", "1:1 2:2"},
		{"#define V __VA_LIST\nF\n", "F:F"},
		{"#include \"h.h\"\nH(q) h", "hh:hh q:q 1:[H(q)] h:h"},
		{"#pragma pack(1)\n_Pragma(\"x\")", "pack(1):#pragma pack(1) x:_Pragma"},
	} {
		fs := files{"main.c": c.text, "h.h": "#define H(x) x 1\nhh\n"}
		r := scratchRun(fs)
		var got []string
		for seg := range r.Segments() {
			for i := range seg.Tokens {
				tok := &seg.Tokens[i]
				where, inBody := r.Place(tok)
				s := fs[where.Path][where.Start:where.End]
				if inBody {
					s = "[" + s + "]"
				}
				got = append(got, tok.Text()+":"+s)
				if r.InMain(tok) != (where.Path == "main.c") {
					t.Errorf("%q: InMain of %s is wrong", c.text, tok.Text())
				}
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

func TestMacros(t *testing.T) {
	r := scratchRun(files{"main.c": "#define A 1\n#define B(x, ...) x\n#undef A\n#define C\n#define A 2\n#include <h.h>\n#define C\n", "/inc/h.h": "#define D 4\n"})
	var got []string
	for _, m := range r.MainMacros() {
		where, ok := r.MacroLoc(m)
		got = append(got, fmt.Sprint(m.Name, m.FuncLike, m.Variadic, len(m.Params), where.Start, ok))
	}
	if s := strings.Join(got, "; "); s != "B true true 2 20 true; A false false 0 59 true; C false false 0 86 true" {
		t.Error(s)
	}
	d := r.Macro(token.Intern("D"))
	if where, ok := r.MacroLoc(d); !ok || where.Path != "/inc/h.h" || where.Start != 8 {
		t.Error(where, ok)
	}
	if _, ok := r.MacroLoc(r.Macro(token.Intern("__LINE__"))); ok {
		t.Error("__LINE__ is spelled somewhere")
	}
}

func TestExpand(t *testing.T) {
	r := scratchRun(files{"main.c": `#define _IOC(d, t, n, s) (d << 30 | t << 8 | n | s << 16)
#define _IOR(t, n, s) _IOC(2, t, n, sizeof(s))
#define CMD _IOR('M', 0, struct p)
#define BIG(x) x x x x x x x x x x x x x x x x
`})
	var uses []string
	seen := func(u Use) {
		s := u.Macro.Name.String()
		for _, arg := range u.Args {
			s += "|"
			for i := range arg {
				s += " " + arg[i].Text()
			}
		}
		uses = append(uses, s)
	}
	show := func(toks []Token) string {
		var b strings.Builder
		for i := range toks {
			b.WriteString(toks[i].Text() + " ")
		}
		return b.String()
	}
	if s := show(r.Expand(r.Macro(token.Intern("CMD")).Body, seen)); s != "( 2 << 30 | 'M' << 8 | 0 | sizeof ( struct p ) << 16 ) " {
		t.Error(s)
	}
	if s := strings.Join(uses, "; "); s != "_IOR| 'M'| 0| struct p; _IOC| 2| 'M'| 0| sizeof ( struct p )" {
		t.Error(s)
	}
	bomb := token.Lex("BIG(BIG(BIG(BIG(BIG(BIG(BIG(BIG(x))))))))")
	sec := unspelled(bomb.Text)
	var toks []Token
	for i := range bomb.Tokens[:len(bomb.Tokens)-1] {
		toks = append(toks, raw(sec, &bomb.Tokens[i]))
	}
	start := time.Now()
	if out := r.Expand(toks, nil); len(out) > maxInvocation || time.Since(start) > 5*time.Second {
		t.Errorf("%d tokens in %v", len(out), time.Since(start))
	}
}

// Macros that ask where they are have an answer behind the file's end, too.
func TestExpandPlace(t *testing.T) {
	for source, want := range map[string]string{
		"#define M __FILE__":                        `"main.c"`,
		"#define M __LINE__":                        "__LINE__",
		"#define M __COUNTER__":                     "__COUNTER__",
		"#define M __INCLUDE_LEVEL__":               "0",
		"#define M __has_include(\"h.h\")":          "1",
		"#define M __has_include_next(<h.h>)":       "1",
		"#define M __has_include(<none.h>)":         "0",
		"#define M __has_include(1)":                "0",
		"#define M __has_attribute(packed)":         "1",
		"#define M __has_attribute":                 "__has_attribute",
		"#define M _Pragma(\"pack(push, 1)\") done": "done",
	} {
		t.Run(source, func(t *testing.T) {
			r := scratchRun(files{"main.c": source + "\n", "h.h": "", "/inc/h.h": ""})
			got := r.Expand(r.Macro(token.Intern("M")).Body, nil)
			var words []string
			for i := range got {
				if got[i].Kind != token.Pragma {
					words = append(words, got[i].Text())
				}
			}
			if s := strings.Join(words, " "); s != want {
				t.Errorf("%s, not %s", s, want)
			}
		})
	}
}

func TestTokenAt(t *testing.T) {
	const source = "#define NAME(x) x /* NAME */\nint a; // c\n# include <x.h>\n"
	f := new(Cache).File("x.h", text.New(source), nil)
	for _, c := range []struct {
		offset int
		want   string
	}{
		{0, "# define -1"},
		{1, "define define -1"},
		{8, "NAME define 0"},
		{10, "NAME define 0"},
		{12, "( define 1"},
		{16, "x define 4"},
		{17, "x define 4"},
		{20, ""},
		{29, "int  -1"},
		{32, "int  -1"},
		{34, ";  -1"},
		{37, ""},
		{-1, ""},
		{1000, ""},
		{52, "x include 1"},
	} {
		got := ""
		if tok, ok := f.TokenAt(c.offset); ok {
			got = fmt.Sprint(source[tok.Span.Start:tok.Span.End], " ", tok.Directive, " ", tok.Operand)
			if tok.InDirective != (tok.Directive != "") {
				t.Errorf("offset %d: InDirective is %v", c.offset, tok.InDirective)
			}
		}
		if got != c.want {
			t.Errorf("offset %d: got %q, want %q", c.offset, got, c.want)
		}
	}
	var comments []string
	for _, s := range f.Comments() {
		comments = append(comments, source[s.Start:s.End])
	}
	if s := strings.Join(comments, "; "); s != "/* NAME */; // c" {
		t.Error(s)
	}
}

func TestProblems(t *testing.T) {
	deep := strings.Repeat("#if 1\n", maxNestedIfs+1)
	parens := strings.Repeat("(", 100_000)
	for _, c := range []struct{ text, want string }{
		{"#error  too   bad\n", "0-17 #error too bad"},
		{"#if 1\n", "0-1 unterminated conditional directive: an #endif is missing"},
		{"\n#else\n", "1-6 #else without #if"},
		{"#if 1 +\n#endif", "0-7 an operand is missing at the end of the expression"},
		{"#if 1/0\n#endif", "0-7 division by zero in #if"},
		{"#if " + parens + "\n#endif", "0-100004 the expression is nested too deeply"},
		{"#define 1\n", "8-9 macro names must be identifiers"},
		{"#define F(x) #y\n", "13-14 '#' is not followed by a macro parameter"},
		{"#define F(x) x\nF(1", `15-16 unterminated argument list invoking macro "F"`},
		{"#define F(x) x\nF(1,2)", `15-16 macro "F" takes 1 argument, but 2 are given`},
		{"#frob\n", "0-5 invalid preprocessing directive #frob"},
		{"#include\n", `0-8 #include expects "FILE" or <FILE>`},
		{deep, "60000-60001 conditionals are nested more than 10,000 deep: the rest is left out"},
		{"#define A B B\n#define B C C\n#define C D D\nA;A;A\n", ""},
	} {
		r := scratchRun(files{"main.c": c.text})
		got := ""
		if len(r.Problems()) > 0 {
			p := r.Problems()[0]
			got = fmt.Sprintf("%d-%d %s", p.Loc.Start, p.Loc.End, p.Message)
		}
		if got != c.want {
			t.Errorf("%.40q:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestBounds runs what grows without measure, and expects it to end with a
// message.
func TestBounds(t *testing.T) {
	doubling := "#define A0 x x\n"
	for i := 1; i < 40; i++ {
		doubling += fmt.Sprintf("#define A%d A%d A%d\n", i, i-1, i-1)
	}
	calls := "#define F(x) x x x x x x x x x x\n" + strings.Repeat("F(", 12) + "x" + strings.Repeat(")", 12) + "\n"
	nested := "#define F(x) x\n" + strings.Repeat("F(", 20_000) + strings.Repeat(")", 20_000) + "\n"
	for _, c := range []struct {
		name, want string
		fs         files
	}{
		{"doubling", "macro expansion is too large", files{"main.c": doubling + "A39\n"}},
		{"calls", "macro expansion is too large", files{"main.c": calls}},
		{"nested", "macro expansion is", files{"main.c": nested}},
		{"unterminated", "unterminated argument list", files{"main.c": "#define F(x) x\n" + strings.Repeat("F(\n#define y\n", 20_000)}},
		{"self", "nested too deeply", files{"main.c": "#include \"main.c\"\n"}},
		{"twice", "more than 50,000 files", files{"main.c": "#include \"a.h\"\n", "a.h": "#include \"a.h\"\n#include \"a.h\"\n"}},
		{"next", "nested too deeply", files{"main.c": "#include <a.h>\n", "/inc/a.h": "#include_next <a.h>\n#include <a.h>\n"}},
		{"tokens", "more than 4 million tokens", files{"main.c": strings.Repeat("#include \"a.h\"\n", 40), "a.h": strings.Repeat(strings.Repeat("x ", 500)+"\n", 1000)}},
		{"comment", "unterminated comment", files{"main.c": "#if 0\n#endif\nint x; /* to the end\n"}},
		{"skipped comment", "unterminated comment", files{"main.c": "#if 0\n/* to the end\n"}},
		{"header's comment", "unterminated comment", files{"main.c": "#include \"a.h\"\n", "a.h": "int x;\n/*"}},
		{"string", "missing terminating \"", files{"main.c": "char *s = \"abc\n;"}},
		{"character", "missing terminating '", files{"main.c": "int c = L'a\n;"}},
		{"strings", "", files{"main.c": "#define S(x) #x\n#define T(x) S(x x x x)\n" + strings.Repeat("T(", 30) + "\"" + strings.Repeat(")", 30) + "\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			r := scratchRun(c.fs)
			found := c.want == ""
			for _, p := range r.Problems() {
				found = found || strings.Contains(p.Message, c.want)
			}
			for _, inc := range r.Includes() {
				found = found || strings.Contains(inc.Err, c.want)
			}
			if !found {
				t.Errorf("no %q in %v", c.want, r.Problems()[:min(3, len(r.Problems()))])
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "d.h"), 0o777); err != nil {
		t.Fatal(err)
	}
	cache := new(Cache)
	content := "#include \"none.h\"\n#include <d.h>\n#include_next <x.h>\nint a;\n"
	file := cache.File(filepath.Join(dir, "main.c"), text.New(content), nil)
	r := cache.Preprocess(Disk(), &Config{Angle: []string{dir}}, file, nil, nil)
	var got []string
	for _, inc := range r.Includes() {
		got = append(got, fmt.Sprint(inc.Name, inc.Angle, inc.Next, inc.Loc.Start, inc.Loc.End, inc.Err))
	}
	want := "none.hfalse false 9 17file not found; d.htrue false 27 32is a directory; x.htrue true 47 52file not found"
	if s := strings.Join(got, "; "); s != want || len(tokensOf(r)) != 3 {
		t.Errorf("got %s, %v", s, tokensOf(r))
	}
}

// TestStop gives up when it is told to.
func TestStop(t *testing.T) {
	cache := new(Cache)
	file := cache.File("main.c", text.New(strings.Repeat("int a;\n#include \"x.h\"\n", 100)), nil)
	if r := cache.Preprocess(files{}, &Config{}, file, nil, func() bool { return true }); r != nil {
		t.Error("it went on")
	}
}
