package fix

import "testing"

// TestCombined makes several changes of one record at once.
func TestCombined(t *testing.T) {
	type op struct {
		do   string // "after", "before", or the type to give
		decl string
		name string
	}
	for _, tt := range []struct {
		name, src string
		ops       []op
		want      string
	}{
		{
			"all of a shared declaration",
			"struct s {\n\tchar *a, /* a */ *b[2]; /* b */\n};\n",
			[]op{{"__u64", "char *a, /* a */ *b[2];", "b"}, {"__u64", "char *a, /* a */ *b[2];", "a"}},
			"struct s {\n\t__u64 a, /* a */ b[2]; /* b */\n};\n",
		},
		{
			"different types in a shared declaration",
			"struct s {\n\tlong a, b, c, d;\n};\n",
			[]op{{"__u64", "long a, b, c, d;", "a"}, {"__s64", "long a, b, c, d;", "c"}, {"__s64", "long a, b, c, d;", "d"}},
			"struct s {\n\t__u64 a;\n\tlong b;\n\t__s64 c, d;\n};\n",
		},
		{
			"between members of a shared declaration",
			"struct s {\n\tint a, /* a */ b;\n\tlong c;\n};\n",
			[]op{{"after", "int a, /* a */ b;", "a"}, {"after", "int a, /* a */ b;", "b"}},
			"struct s {\n\tint a; /* a */\n\t__u32 __pad;\n\tint b;\n\t__u32 __pad;\n\tlong c;\n};\n",
		},
		{
			"before the second of a shared declaration",
			"struct s { int a, b; };",
			[]op{{"before", "int a, b;", "b"}},
			"struct s { int a; __u32 __pad; int b; };",
		},
		{
			"columns",
			"struct s {\n\tchar\t\t*a, *b;\t/* ab */\n\tint\t\tc;\t/* c */\n};\n",
			[]op{{"after", "char\t\t*a, *b;", "a"}, {"__u64", "char\t\t*a, *b;", "b"}},
			"struct s {\n\tchar\t\t*a;\n\t__u32\t\t__pad;\n\t__u64\t\tb;\t/* ab */\n\tint\t\tc;\t/* c */\n};\n",
		},
		{
			"a new type and a member behind it",
			"struct s {\n\tvoid *p;\t\t/* p */\n\tint a;\n};\n",
			[]op{{"after", "void *p;", "p"}, {"__u64", "void *p;", "p"}},
			"struct s {\n\t__u64 p;\t\t/* p */\n\t__u32 __pad;\n\tint a;\n};\n",
		},
		{
			"in one line",
			"struct s { int a; void *p; };",
			[]op{{"after", "int a;", "a"}, {"before", "void *p;", "p"}, {"__u64", "void *p;", "p"}, {"after", "void *p;", ""}},
			"struct s { int a; __u32 __pad; __u32 __pad; __u64 p; __u32 __pad; };",
		},
		{
			"CRLF",
			"struct s {\r\n\tchar *a, *b;\r\n};\r\n",
			[]op{{"__u64", "char *a, *b;", "b"}, {"after", "char *a, *b;", "a"}},
			"struct s {\r\n\tchar *a;\r\n\t__u32 __pad;\r\n\t__u64 b;\r\n};\r\n",
		},
	} {
		p := whole(tt.src).Plan()
		for _, o := range tt.ops {
			m := member(t, tt.src, o.decl, o.name)
			switch o.do {
			case "after":
				p.InsertAfter(m, pad)
			case "before":
				p.InsertBefore(m, pad)
			default:
				p.Retype(m, o.do)
			}
		}
		if got := apply(t, tt.src, p); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

func TestMacroMembers(t *testing.T) {
	const src = "struct s {\n\tFIELD(void /* v */ *, p)\n\tDECLARE_BITMAP(x, 4);\n\tlong a;\n};\n"
	r := whole(src)
	p := r.Plan()
	field := member(t, src, "FIELD(void /* v */ *, p)", "")
	field.Macro = true
	field.Type = member(t, src, "void /* v */ *", "").Decl
	p.Retype(field, "__u64")
	p.InsertAfter(field, pad)
	p.InsertAfter(member(t, src, "DECLARE_BITMAP(x, 4);", ""), pad)
	const want = "struct s {\n\tFIELD(__u64 /* v */, p)\n\t__u32 __pad;\n\tDECLARE_BITMAP(x, 4);\n\t__u32 __pad;\n\tlong a;\n};\n"
	if got := apply(t, src, p); got != want {
		t.Errorf("got\n%s", got)
	}
	p = r.Plan()
	p.Retype(member(t, src, "DECLARE_BITMAP(x, 4);", ""), "__u64")
	if got := apply(t, src, p); got != "error: line 3: this member has no name of its own" {
		t.Errorf("got\n%s", got)
	}
}
