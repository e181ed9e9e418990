package cpp

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// TestKnown asks gcc about every attribute and builtin of the tables.
func TestKnown(t *testing.T) {
	for name, arch := range map[string]string{"gcc": "x86", "aarch64-linux-gnu-gcc": "arm64"} {
		c := findCompiler(t, name)
		a := *c.abi
		a.Arch = arch
		var names []string
		for name := range attributes() {
			names = append(names, "__has_attribute("+name+")", "__has_c_attribute("+name+")", "__has_attribute(__"+name+"__)")
		}
		for name := range functions() {
			names = append(names, "__has_builtin("+name+")")
		}
		for name := range standardAttributes {
			names = append(names, "__has_c_attribute("+name+")", "__has_cpp_attribute("+name+")", "__has_c_attribute(__"+name+"__)")
		}
		names = append(names, "__has_c_attribute(gnu::packed)", "__has_c_attribute(__gnu__::__packed__)", "__has_attribute(gnu::packed)",
			"__has_c_attribute(clang::packed)", "__has_attribute(no_such)", "__has_builtin(no_such)", "__has_builtin(__builtin_no_such)")
		sort.Strings(names)
		path := filepath.Join(t.TempDir(), "known.c")
		// Another macro may have the name: Linux, m68k, unix.
		text := "#undef unix\n#undef linux\n"
		for _, n := range names {
			text += fmt.Sprintf("%q %s\n", n, n)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		want, _, err := c.run(path)
		if err != nil {
			t.Fatal(err)
		}
		cfg := c.config()
		cfg.ABI = &a
		got := tokensOf(preprocess(t, new(Cache), cfg, path))
		if len(got) != len(want) {
			t.Fatal(difference(got, want))
		}
		wrong := 0
		for i := range got {
			if got[i] != want[i] {
				if wrong++; wrong < 20 {
					t.Errorf("%s: %s is %s, want %s", c.name, strings.Trim(got[i-1], `"`), got[i], want[i])
				}
			}
		}
		t.Logf("%s: %d names", c.name, len(names))
	}
}
