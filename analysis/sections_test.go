package analysis_test

import (
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/text"
)

// Where a version has its sections, and what it has of an earlier one, changes
// nothing: each @ stands for an edit.
func TestEditsFarAway(t *testing.T) {
	const ioc = "#define _IOC(d,t,n,s) (((d)<<30)|((t)<<8)|(n)|((s)<<16))\n#define _IO(t,n) _IOC(0,t,n,0)\n"
	far := strings.Repeat("int far;\n\n", 60)
	empty := "int far;\n" + strings.Repeat("\n", 200)
	for _, test := range []struct{ name, source, edit string }{
		{
			"a section ends within a statement of a body",
			"#define MAKE(n) struct n { int a; long b; }\nint f(void)\n{\n@" + strings.Repeat("\tq++;\n", 155) +
				"\tstruct seen {\n\t\tint a;\n\t\tlong b;\n\t\tint c;\n\t\tlong d;\n\t\tint e;\n\t} v;\n\tMAKE(hidden) h;\n}\n", "\n\n\n\n\n",
		},
		{"a byte order mark within the file", "struct a { int x; };\n\n@struct b { int x; };\n", "\ufeff"},
		{
			"an argument that is pasted",
			ioc + "#define Q(x) _IO('a', x##1)\n#define P(x) Q(x)\n#define W() P(N)\nenum { N1 = 5 };\n" + far + "#define CMD W()\n" + far + "@int z;\n", "#define N 2\n",
		},
		{
			"a file that includes itself",
			"int first;\n" + empty + "#if defined(AGAIN) || @1\n" + empty + "struct a { int x1; };\n" + empty + "#else\n" + empty + "struct a { int x2[2]; };\n" + empty +
				"#endif\n" + empty + "struct user { struct a m; };\n" + empty + "#ifndef AGAIN\n#define AGAIN\n#include \"driver.c\"\n#endif\nstruct late { struct a m; };\n", "0 * ",
		},
		{
			"a size that _IOC drops",
			"#define _IOC(d,t,n,s) 3\n#define _IOR(t,n,x) _IOC(2,t,n,sizeof(x))\nstruct a { int x; };\nstruct b { int x; };\n" + far +
				"#define TYPE a_t\n#define CMD _IOR('a', 1, TYPE)\ntypedef struct a a_t;\n" + far + "@int z;\n", "#define a_t struct b\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			live := session(analysis.Config{}, files{})
			for _, edit := range []string{"", test.edit, "", test.edit} {
				source := strings.Replace(test.source, "@", edit, 1)
				live.SetBuffer(mainFile, text.New(source))
				got, _ := describe(t, live, mainFile)
				scratch := session(analysis.Config{}, files{mainFile: source})
				if want, _ := describe(t, scratch, mainFile); got != want {
					t.Errorf("with %q:\n%s", edit, text.Unified("scratch", "edited", text.New(want), text.New(got)))
				}
			}
		})
	}
}
