package sysroot

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
)

// What an installed compiler searches is searched, in its order; only embedded
// headers may stand between, where the compiler has no C library.
func TestSearchPath(t *testing.T) {
	fs := Layer(cpp.Disk())
	for _, c := range compilers {
		words := strings.Fields(c.command)
		if strings.Contains(c.command, "-isystem") {
			continue
		}
		if _, err := exec.LookPath(words[0]); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Logf("%s: %v", c.abi, err)
			continue
		}
		cmd := exec.Command(words[0], append(words[1:], "-E", "-Wp,-v", "-x", "c", "/dev/null")...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", c.abi, err, out)
		}
		var want []string
		for line := range strings.Lines(string(out)) {
			if dir, ok := strings.CutPrefix(line, " /"); ok {
				want = append(want, filepath.Clean("/"+strings.TrimSpace(dir)))
			}
		}
		parsed := compdb.Parse("/w", words)
		if parsed.ABI != abi.Lookup(c.abi) {
			t.Errorf("%s: %s is taken for another ABI", c.abi, c.command)
		}
		got := Config(&parsed, abi.Lookup(c.abi), fs).Angle
		at := 0
		for _, dir := range want {
			i := slices.Index(got[at:], dir)
			if i < 0 {
				t.Errorf("%s: %s is missing or out of order in\n%s, want\n%s", c.abi, dir, strings.Join(got, " "), strings.Join(want, " "))
				break
			}
			at += i + 1
		}
	}
}
