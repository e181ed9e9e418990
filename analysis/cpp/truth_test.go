package cpp

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/text"
	"abide/analysis/token"
)

// gnuc is a gcc and what the preprocessor needs to know of it.
type gnuc struct {
	name  string
	abi   *abi.ABI
	angle []string
}

var compilers = map[string]func() (*gnuc, error){}

// findCompiler asks a gcc for its predefined macros and include directories.
func findCompiler(tb testing.TB, name string) *gnuc {
	tb.Helper()
	if compilers[name] == nil {
		compilers[name] = sync.OnceValues(func() (*gnuc, error) { return askCompiler(name) })
	}
	c, err := compilers[name]()
	if err != nil {
		if os.Getenv("CI") != "" {
			tb.Fatalf("%s: %v", name, err)
		}
		tb.Skipf("%s is not installed", name)
	}
	return c
}

func askCompiler(name string) (*gnuc, error) {
	if _, err := exec.LookPath(name); err != nil {
		return nil, err
	}
	macros, err := exec.Command(name, "-std=gnu11", "-dM", "-E", "-x", "c", "/dev/null").Output()
	if err != nil {
		return nil, err
	}
	c := &gnuc{name: name, abi: &abi.ABI{Name: name, Arch: "x86", Macros: string(macros)}}
	c.abi.CharSigned = !bytes.Contains(macros, []byte("__CHAR_UNSIGNED__"))
	c.abi.WCharT = abi.Int
	if bytes.Contains(macros, []byte("__WCHAR_TYPE__ unsigned int")) {
		c.abi.WCharT = abi.UInt
	}
	cmd := exec.Command(name, "-v", "-E", "-x", "c", "/dev/null")
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	_, dirs, _ := strings.Cut(log.String(), "#include <...> search starts here:\n")
	dirs, _, _ = strings.Cut(dirs, "End of search list.")
	c.angle = strings.Fields(dirs)
	return c, nil
}

// run gives the tokens that the compiler makes of a file.
func (c *gnuc) run(path string, args ...string) (tokens []string, failed bool, err error) {
	args = append([]string{"-std=gnu11", "-E", "-P", "-nostdinc"}, args...)
	for _, dir := range c.angle {
		args = append(args, "-isystem", dir)
	}
	cmd := exec.Command(c.name, append(args, "-x", "c", path)...)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	err = cmd.Run()
	failed = err != nil
	if _, ok := err.(*exec.ExitError); ok {
		err = nil
	}
	return spellings(out.String()), failed, err
}

// spellings lexes what a preprocessor put out.
func spellings(s string) []string {
	lx := token.Lex(s)
	list := make([]string, 0, len(lx.Tokens))
	for _, t := range lx.Tokens[:len(lx.Tokens)-1] {
		list = append(list, token.Spelling(lx, t))
	}
	return list
}

// tokensOf lists what a result puts out, pragmas as their tokens.
func tokensOf(r *Result) []string {
	n := 0
	for seg := range r.Segments() {
		n += len(seg.Tokens)
	}
	list := make([]string, 0, n)
	for seg := range r.Segments() {
		for i := range seg.Tokens {
			t := &seg.Tokens[i]
			if t.Kind != token.Pragma {
				list = append(list, t.Text())
				continue
			}
			list = append(list, "#")
			if !identPragma(t) {
				list = append(list, "pragma")
			}
			list = append(list, spellings(t.Text())...)
		}
	}
	return list
}

func (c *gnuc) config(dirs ...string) *Config {
	return &Config{ABI: c.abi, Angle: append(dirs, c.angle...)}
}

// preprocess runs the preprocessor from scratch on a file.
func preprocess(tb testing.TB, cache *Cache, cfg *Config, path string) *Result {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return cache.Preprocess(testDisk, cfg, cache.File(path, text.New(string(content)), nil), nil, nil)
}

var testDisk = Disk()

// difference says where two token streams part.
func difference(got, want []string) string {
	for i := range max(len(got), len(want)) {
		if i < len(got) && i < len(want) && got[i] == want[i] {
			continue
		}
		show := func(list []string) string {
			from, to := max(0, min(i, len(list))-12), min(len(list), i+8)
			return strings.Join(list[from:to], " ")
		}
		return fmt.Sprintf("token %d of %d:\n got: %s\nwant: %s", i, len(want), show(got), show(want))
	}
	return ""
}

// TestTruthHeaders compares installed headers with what gcc makes of them.
func TestTruthHeaders(t *testing.T) {
	n := 16
	if *Full {
		n = 2
	}
	score := Score{Name: "installed headers"}
	for _, name := range []string{"gcc", "i686-linux-gnu-gcc", "aarch64-linux-gnu-gcc", "arm-linux-gnueabi-gcc"} {
		c := findCompiler(t, name)
		cache := new(Cache)
		cfg := c.config()
		for _, path := range Sample(name, n, headersOf(c)) {
			want, refused, err := c.run(path)
			if err != nil {
				t.Fatal(err)
			}
			score.Files++
			if refused { // on its own
				score.Refused++
				continue
			}
			score.Tokens += len(want)
			if d := difference(tokensOf(preprocess(t, cache, cfg, path)), want); d != "" {
				if score.Differences++; score.Differences <= 20 {
					t.Errorf("%s: %s: %s", name, path, d)
				}
			}
		}
	}
	Tell(score)
}

// headersOf lists the kernel's and the C library's headers for a compiler.
func headersOf(c *gnuc) []string {
	var list []string
	for _, dir := range c.angle {
		for _, pattern := range []string{
			"linux/*.h", "linux/*/*.h", "asm/*.h", "asm-generic/*.h", "sys/*.h", "net/*.h", "*.h",
			"drm/*.h", "rdma/*.h", "scsi/*.h", "sound/*.h", "mtd/*.h", "video/*.h", "misc/*.h", "xen/*.h", "bits/*.h",
		} {
			match, _ := filepath.Glob(filepath.Join(dir, pattern))
			list = append(list, match...)
		}
	}
	return list
}
