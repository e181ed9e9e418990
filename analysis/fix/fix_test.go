package fix

import (
	"strings"
	"testing"

	"abide/analysis/text"
)

// member finds a member by the text of its declaration and its name. The
// declaration's first occurrence counts; an empty name is an unnamed member.
func member(t *testing.T, src, decl, name string) Member {
	t.Helper()
	at := strings.Index(src, decl)
	if at < 0 {
		t.Fatalf("%q is not in %q", decl, src)
	}
	m := Member{Decl: text.Span{Start: at, End: at + len(decl)}}
	if name == "" {
		return m
	}
	for i := 0; ; i++ {
		n := strings.Index(decl[i:], name)
		if n < 0 {
			t.Fatalf("%q is not in %q", name, decl)
		}
		i += n
		end := i + len(name)
		if (i == 0 || !inWord(decl[i-1])) && (end == len(decl) || !inWord(decl[end])) {
			m.Name = text.Span{Start: at + i, End: at + end}
			return m
		}
	}
}

// apply applies a plan and checks that no edit touches a byte of a comment.
func apply(t *testing.T, src string, p *Plan) string {
	t.Helper()
	edits, err := p.Edits()
	if err != nil {
		return "error: " + err.Error()
	}
	for _, e := range edits {
		for _, note := range p.record.notes {
			if e.Span.Start < note.End && note.Start < e.Span.End || e.Span.Start > note.Start && e.Span.Start < note.End {
				t.Errorf("edit %v touches the comment %q", e, src[note.Start:note.End])
			}
		}
	}
	f, err := text.New(src).Apply(edits...)
	if err != nil {
		t.Errorf("%v", err)
		return ""
	}
	return f.Content()
}

func whole(src string) *Record {
	return Read(text.New(src), text.Span{End: len(src)})
}

var pad = Decl{"__u32", "__pad"}

func TestInsertAfter(t *testing.T) {
	for _, tt := range []struct{ name, src, decl, want string }{
		{
			"own line",
			"struct s {\n\tint a;\n\tlong b;\n};\n", "int a;",
			"struct s {\n\tint a;\n\t__u32 __pad;\n\tlong b;\n};\n",
		},
		{
			"spaces",
			"struct s {\n    int a;\n    long b;\n};\n", "int a;",
			"struct s {\n    int a;\n    __u32 __pad;\n    long b;\n};\n",
		},
		{
			"behind the trailing comment",
			"struct s {\n\tint a;\t/* length */\n\tlong b;\n};\n", "int a;",
			"struct s {\n\tint a;\t/* length */\n\t__u32 __pad;\n\tlong b;\n};\n",
		},
		{
			"behind a trailing line comment",
			"struct s {\n\tint a; // length\n\tlong b;\n};\n", "int a;",
			"struct s {\n\tint a; // length\n\t__u32 __pad;\n\tlong b;\n};\n",
		},
		{
			"behind a trailing comment of several lines",
			"struct s {\n\tint a; /* length\n\t\tof it */ /* x */\n\tlong b;\n};\n", "int a;",
			"struct s {\n\tint a; /* length\n\t\tof it */ /* x */\n\t__u32 __pad;\n\tlong b;\n};\n",
		},
		{
			"a comment above the next member stays with it",
			"struct s {\n\tint a;\n\n\t/* next */\n\tlong b;\n};\n", "int a;",
			"struct s {\n\tint a;\n\t__u32 __pad;\n\n\t/* next */\n\tlong b;\n};\n",
		},
		{
			"two members in a line",
			"struct s {\n\tint a; long b;\n};\n", "int a;",
			"struct s {\n\tint a; __u32 __pad; long b;\n};\n",
		},
		{
			"two members in a line, the second",
			"struct s {\n\tint a; long b; /* both */\n};\n", "long b;",
			"struct s {\n\tint a; long b; /* both */\n\t__u32 __pad;\n};\n",
		},
		{
			"two members with comments in a line",
			"struct s {\n\tint a; /* a */ long b; /* b */\n};\n", "int a;",
			"struct s {\n\tint a; /* a */ __u32 __pad; long b; /* b */\n};\n",
		},
		{
			"record in one line",
			"struct s { int x; long y; };", "int x;",
			"struct s { int x; __u32 __pad; long y; };",
		},
		{
			"record in one line, last member",
			"struct s { long x; int y; };", "int y;",
			"struct s { long x; int y; __u32 __pad; };",
		},
		{
			"record in one line without blanks",
			"struct s {long x;int y;};", "int y;",
			"struct s {long x;int y; __u32 __pad;};",
		},
		{
			"record in one line without blanks, first member",
			"struct s {int x;long y;};", "int x;",
			"struct s {int x; __u32 __pad; long y;};",
		},
		{
			"first line of several",
			"struct s { int x;\n\t   long y;\n};", "int x;",
			"struct s { int x;\n\t__u32 __pad;\n\t   long y;\n};",
		},
		{
			"columns",
			"struct s {\n\t__u8\t\ta;\n\t__u64\t\tb;\n};\n", "__u8\t\ta;",
			"struct s {\n\t__u8\t\ta;\n\t__u32\t\t__pad;\n\t__u64\t\tb;\n};\n",
		},
		{
			"columns by spaces",
			"struct s {\n    int      a;\n    uint64_t b;\n};\n", "int      a;",
			"struct s {\n    int      a;\n    __u32    __pad;\n    uint64_t b;\n};\n",
		},
		{
			"columns with a pointer",
			"struct s {\n\tchar\t\t*a;\n\t__u64\t\tb;\n};\n", "char\t\t*a;",
			"struct s {\n\tchar\t\t*a;\n\t__u32\t\t__pad;\n\t__u64\t\tb;\n};\n",
		},
		{
			"columns of neighbours",
			"struct s {\n\tstruct { int x; };\n\t__u64\t\tb;\n};\n", "struct { int x; };",
			"struct s {\n\tstruct { int x; };\n\t__u32\t\t__pad;\n\t__u64\t\tb;\n};\n",
		},
		{
			"CRLF",
			"struct s {\r\n\tint a; // x\r\n\tlong b;\r\n};\r\n", "int a;",
			"struct s {\r\n\tint a; // x\r\n\t__u32 __pad;\r\n\tlong b;\r\n};\r\n",
		},
		{
			"comment in front of the member",
			"struct s {\n\t/* 0 */ int a;\n\t/* 8 */ long b;\n};\n", "int a;",
			"struct s {\n\t/* 0 */ int a;\n\t__u32 __pad;\n\t/* 8 */ long b;\n};\n",
		},
		{
			"anonymous member",
			"struct s {\n\tunion {\n\t\tint a;\n\t\tchar b;\n\t};\n\tlong c;\n};\n", "union {\n\t\tint a;\n\t\tchar b;\n\t};",
			"struct s {\n\tunion {\n\t\tint a;\n\t\tchar b;\n\t};\n\t__u32 __pad;\n\tlong c;\n};\n",
		},
		{
			"member of several lines",
			"struct s {\n\tint\n\t\ta;\n\tlong b;\n};\n", "int\n\t\ta;",
			"struct s {\n\tint\n\t\ta;\n\t__u32 __pad;\n\tlong b;\n};\n",
		},
		{
			"before a directive",
			"struct s {\n\tint a;\n#ifdef X\n\tlong b;\n#endif\n};\n", "int a;",
			"struct s {\n\tint a;\n\t__u32 __pad;\n#ifdef X\n\tlong b;\n#endif\n};\n",
		},
		{
			"argument of a macro",
			"struct s {\n\t__struct_group(h, hdr, ,\n\t\tint a;\n\t\tlong b;\n\t);\n};\n", "int a;",
			"struct s {\n\t__struct_group(h, hdr, ,\n\t\tint a;\n\t\t__u32 __pad;\n\t\tlong b;\n\t);\n};\n",
		},
	} {
		p := whole(tt.src).Plan()
		p.InsertAfter(member(t, tt.src, tt.decl, ""), pad)
		if got := apply(t, tt.src, p); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

func TestInsertBefore(t *testing.T) {
	for _, tt := range []struct{ name, src, decl, want string }{
		{
			"first member",
			"struct s {\n\tint a;\n};\n", "int a;",
			"struct s {\n\t__u32 __pad;\n\tint a;\n};\n",
		},
		{
			"above its comment",
			"struct s {\t/* of */\n\t/* a */\n\tint a;\n};\n", "int a;",
			"struct s {\t/* of */\n\t__u32 __pad;\n\t/* a */\n\tint a;\n};\n",
		},
		{
			"behind the member before",
			"struct s {\n\tint a; // a\n\n\t/* b */\n\tint b;\n};\n", "int b;",
			"struct s {\n\tint a; // a\n\t__u32 __pad;\n\n\t/* b */\n\tint b;\n};\n",
		},
		{
			"below a directive",
			"struct s {\n\tint a;\n#ifdef X /* x */\n\tint b;\n#endif\n};\n", "int b;",
			"struct s {\n\tint a;\n#ifdef X /* x */\n\t__u32 __pad;\n\tint b;\n#endif\n};\n",
		},
		{
			"in a line",
			"struct s { int a; };", "int a;",
			"struct s { __u32 __pad; int a; };",
		},
	} {
		p := whole(tt.src).Plan()
		p.InsertBefore(member(t, tt.src, tt.decl, ""), pad)
		if got := apply(t, tt.src, p); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

func TestRetype(t *testing.T) {
	for _, tt := range []struct{ decl, name, want string }{
		{"void *p;", "p", "__u64 p;"},
		{"void*p;", "p", "__u64 p;"},
		{"const struct foo __user *p; /* c */", "p", "__u64 p; /* c */"},
		{"void __user * const __restrict p;", "p", "__u64 p;"},
		{"char **p;", "p", "__u64 p;"},
		{"char *names[4];", "names", "__u64 names[4];"},
		{"char *names[N + 1][2];", "names", "__u64 names[N + 1][2];"},
		{"void (*cb)(int);", "cb", "__u64 cb;"},
		{"void (*cb[2])(int, void (*)(int));", "cb", "__u64 cb[2];"},
		{"int (*a)[4];", "a", "__u64 a;"},
		{"int (*(*f)(void))(int);", "f", "__u64 f;"},
		{"void (__user *cb)(void) __packed;", "cb", "__u64 cb __packed;"},
		{"unsigned long x;", "x", "__u64 x;"},
		{"const unsigned long x;", "x", "const __u64 x;"},
		{"long x : 3;", "x", "__u64 x : 3;"},
		{"size_t n[2];", "n", "__u64 n[2];"},
		{"void *p __attribute__((aligned(8)));", "p", "__u64 p __attribute__((aligned(8)));"},
		{"__attribute__((aligned(8))) void *p;", "p", "__attribute__((aligned(8))) __u64 p;"},
		{"void __aligned(8) *p;", "p", "__u64 __aligned(8) p;"},
		{"_Alignas(8) const void *p;", "p", "_Alignas(8) __u64 p;"},
		{"typeof(x * y) *p;", "p", "__u64 p;"},
		{"struct foo * /* why */ p;", "p", "__u64 /* why */ p;"},
		{"struct /* a */ foo /* b */ *p /* c */;", "p", "__u64 /* a */ /* b */ p /* c */;"},
		{"void (*cb)(int /* n */, char);", "cb", "__u64 cb /* n */;"},
		{"void // why\n\t\t*p;", "p", "__u64 // why\n\t\tp;"},
		{"void\t\t*p;\t/* c */", "p", "__u64\t\tp;\t/* c */"},
		{"struct a_long_name\t*p;\t/* c */", "p", "__u64\t\t\tp;\t/* c */"},
		{"unsigned long\tp;\t\t/* c */", "p", "__u64\t\tp;\t\t/* c */"},
		{"const struct foo *p;    /* c */", "p", "__u64 p;                /* c */"},
		{"char *\t p;", "p", "__u64\t p;"},
		{"void\n\t\t*p;", "p", "__u64\n\t\tp;"},
		{"va\\\nlist *p;", "p", "__u64 p;"},
		// one of several
		{"char *a, *b;", "a", "__u64 a;\n\tchar *b;"},
		{"char *a, *b;", "b", "char *a;\n\t__u64 b;"},
		{"char *a, *b, c[2];", "b", "char *a;\n\t__u64 b;\n\tchar c[2];"},
		{"char *a, *b; /* both */", "a", "__u64 a;\n\tchar *b; /* both */"},
		{"char *a, /* a */ *b; /* b */", "b", "char *a; /* a */\n\t__u64 b; /* b */"},
		{"char *a, /* a */\n\t     *b; /* b */", "a", "__u64 a; /* a */\n\tchar *b; /* b */"},
		{"char *a, // a\n\t     *b; // b", "b", "char *a; // a\n\t__u64 b; // b"},
		{"char *a, * /* b */ bb;", "bb", "char *a; /* b */\n\t__u64 bb;"},
		{"char\t*a, *b;", "b", "char\t*a;\n\t__u64\tb;"},
		{"const struct foo /* f */ __user *a, *b;", "a", "__u64 /* f */ a;\n\tconst struct foo __user *b;"},
		{"int a : 3, b : 4;", "b", "int a : 3;\n\t__u64 b : 4;"},
		{"void (*f)(int, int), *p;", "f", "__u64 f;\n\tvoid *p;"},
		{"void (*f)(int, int), *p;", "p", "void (*f)(int, int);\n\t__u64 p;"},
		// not to be done
		{"struct { int x; } *p;", "p", "error: line 2: this declaration defines a type in place"},
		{"char *a,\n#ifdef X\n\t*b;", "a", "error: line 2: a preprocessor directive divides this declaration"},
		{"char *p", "p", "error: line 2: no member declaration is spelled here"},
		{"int f(void);", "f", "error: line 2: this declarator cannot be taken apart"},
	} {
		src := "struct s {\n\t" + tt.decl + "\n};\n"
		p := whole(src).Plan()
		semicolon := strings.LastIndex(tt.decl, ";") + 1
		if semicolon == 0 {
			semicolon = len(tt.decl)
		}
		p.Retype(member(t, src, tt.decl[:semicolon], tt.name), "__u64")
		want := "struct s {\n\t" + tt.want + "\n};\n"
		if strings.HasPrefix(tt.want, "error: ") {
			want = tt.want
		}
		if got := apply(t, src, p); got != want {
			t.Errorf("%s:\n got %q\nwant %q", tt.decl, got, want)
		}
	}
}

// Where names line up and stars stand before them, a name stays in its column.
func TestRetypeColumn(t *testing.T) {
	for _, tt := range []struct{ before, decl, after, want string }{
		{"unsigned long  a;", "void __user   *p;", "size_t         n;", "__u64          p;"},
		{"", "void          *p;", "size_t         n;", "__u64          p;"},
		{"size_t         n;", "void          *p;", "", "__u64          p;"},
		{"size_t         n;", "void           *p;", "", "__u64          p;"},
		{"int            *q;", "void           *p;", "", "__u64          p;"},
		{"", "void           *p;", "", "__u64          p;"},
	} {
		src := "struct s {\n\t" + tt.before + "\n\t" + tt.decl + "\n\t" + tt.after + "\n};\n"
		p := whole(src).Plan()
		p.Retype(member(t, src, tt.decl, "p"), "__u64")
		if got, want := apply(t, src, p), strings.Replace(src, tt.decl, tt.want, 1); got != want {
			t.Errorf("%s:\n got %q\nwant %q", tt.decl, got, want)
		}
	}
}
