package decl

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestHostile feeds big and deep nonsense. None of it may take long.
func TestHostile(t *testing.T) {
	rep := strings.Repeat
	var enum strings.Builder
	for i := range 30000 {
		fmt.Fprintf(&enum, "A%d = (A%d | (B%d)),\n", i, i-1, i)
	}
	for _, c := range []struct{ name, src string }{
		{"open records", rep("struct a {\n", 30000)},
		{"open records, indented", rep(" struct a {\n  int x;\n", 20000)},
		{"open records on one line", rep("struct a { ", 30000)},
		{"open functions", rep("int f(void)\n{\n", 30000)},
		{"open functions on one line", rep("int f(void) { ", 30000)},
		{"closed deep", rep("struct { ", 5000) + rep("} x;", 5000)},
		{"parentheses", "int x[" + rep("(", 100000)},
		{"closed parentheses", "struct s { int x[" + rep("(", 50000) + "1" + rep(")", 50000) + "]; int y; };"},
		{"brackets", rep("[", 100000)},
		{"typedefs", rep("typedef ", 100000)},
		{"typedefs in a body", "int f(void) { " + rep("typedef ", 50000) + rep("typedef int x ", 20000) + " struct { int a; } b; }"},
		{"closing braces", rep("}", 100000)},
		{"semicolons", rep(";", 100000)},
		{"garbage members", "struct s {\n" + rep("x y z\n", 30000) + "};"},
		{"broken members", "struct s {\n" + rep("int a b;\n", 30000) + "};"},
		{"nested broken members", "struct s {\n" + rep("struct { int a b; } c d;\n", 10000) + "};"},
		{"macro calls", "struct s {\n" + rep("FOO(x, y)\n", 30000) + "};"},
		{"members", "struct s {\n" + rep("int a;\n", 30000) + "};"},
		{"declarators", "struct s { int a" + rep(", *b", 30000) + "; };"},
		{"enumerators", "enum e {\n" + enum.String() + "};\nstruct s { int a[A7]; };"},
		{"pointers", "struct s { int " + rep("*", 100000) + "x; int y; };"},
		{"arrays", "struct s { int x" + rep("[1]", 50000) + "; int y; };"},
		{"prefixes", "struct s { int x[" + rep("- ", 100000) + "1]; int y; };"},
		{"sums", "struct s { int x[1" + rep("+ 1", 50000) + "]; int y; };"},
		{"conditions", "struct s { int x[1" + rep("? 1 : 1", 50000) + "]; int y; };"},
		{"commas", "struct s { int x[" + rep("1, ", 50000) + "1]; };"},
		{"casts", "struct s { int x[" + rep("(int)", 50000) + "1]; int y; };"},
		{"sizeofs", "struct s { int x[" + rep("sizeof ", 50000) + "1]; int y; };"},
		{"typeofs", "struct s { " + rep("typeof(", 20000) + "int" + rep(")", 20000) + " x; int y; };"},
		{"functions", "int f(" + rep("int (*)(", 20000) + "void" + rep(")", 20000) + ");"},
		{"attributes", "struct s { int x " + rep("__attribute__((packed)) ", 30000) + "; };"},
		{"open attributes", rep("__attribute__((aligned(", 30000)},
		{"attribute arguments", "struct s { int x __attribute__((" + rep("aligned(1 + 1), ", 10000) + ")); };"},
		{"pragmas", rep("#pragma pack(push, 1)\n", 30000) + "struct s { int x; };\n"},
		{"pragmas in a record", "struct s {\n" + rep("#pragma pack(push, 1)\nstruct { int x; } y;\n", 10000) + "};"},
		{"pragmas of many kinds", func() string {
			var b strings.Builder
			for i := range 20000 {
				fmt.Fprintf(&b, "#pragma pack(push, n%d, 1)\n", i)
			}
			return b.String() + "struct s { int x; };\n"
		}()},
		{"strings", "int x[sizeof(" + rep(`"a" `, 50000) + ")];"},
		{"records in initializers", "int x[] = { " + rep("sizeof(struct { int a; }), ", 20000) + "};"},
		{"records in a body", "int f(void) { " + rep("struct { int a; } b; ", 10000) + "}"},
		{"keywords", rep("struct union enum typedef sizeof typeof ", 20000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			u := unit(c.src)
			u.MainRecords()
			u.Record(false, sym("s"))
			u.Object(sym("f"))
			u.Object(sym("x"))
			u.Enumerator(sym("A7"))
			took := time.Since(start)
			t.Logf("%v, %d bytes", took, len(c.src))
			if took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if len(runaways.texts) > 0 {
				t.Error("the parser did not come back")
			}
		})
	}
}
