package cpp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-shellwords"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
	"abide/analysis/sysroot"
	"abide/analysis/text"
)

// unit is a source and the command that it is really compiled with.
type unit struct {
	dir, file string // absolute
	args      []string
}

// gcc gives the tokens of gcc -E; nil if gcc refuses the file.
func (u unit) gcc(t *testing.T) []string {
	t.Helper()
	var args []string
	for i := 1; i < len(u.args); i++ {
		switch arg := u.args[i]; {
		case arg == "-c" || strings.HasPrefix(arg, "-Wp,-M"):
		case arg == "-o":
			i++
		default:
			args = append(args, arg)
		}
	}
	cmd := exec.Command(u.args[0], append(args, "-E", "-P")...)
	cmd.Dir = u.dir
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		if _, refused := err.(*exec.ExitError); !refused {
			t.Fatal(err)
		}
		return nil
	}
	return cpp.Spellings(out.String())
}

// front is the part of abide that makes tokens of a file.
type front struct {
	cache cpp.Cache
	fs    cpp.FS
}

func newFront() *front { return &front{fs: sysroot.Layer(cpp.Disk())} }

func (f *front) run(t *testing.T, cmd *compdb.Command, a *abi.ABI, file string, brief bool) *cpp.Result {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cfg := sysroot.Config(cmd, a, f.fs)
	cfg.SkipBodies = brief
	return f.cache.Preprocess(f.fs, cfg, f.cache.File(file, text.New(string(content)), nil), nil, nil)
}

// comparison is a run over units for one ABI.
type comparison struct {
	t        *testing.T
	abi      *abi.ABI
	front    *front
	db       compdb.DB
	database string // for commands as abide finds them

	mu    sync.Mutex
	score cpp.Score
}

// compare holds units against gcc, with the command as it is given and as
// abide finds it, with the bodies of functions and without.
func compare(t *testing.T, abiName string, units []unit, database string) {
	t.Helper()
	c := &comparison{t: t, abi: abi.Lookup(abiName), front: newFront(), database: database}
	_, c.score.Name, _ = strings.Cut(t.Name(), "TestTruth")
	var wait sync.WaitGroup
	queue := make(chan unit)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for u := range queue {
				c.unit(u)
			}
		})
	}
	for _, u := range units {
		queue <- u
	}
	close(queue)
	wait.Wait()
	cpp.Tell(c.score)
	if c.score.Files == c.score.Refused {
		t.Error("nothing was compared")
	}
}

const shown = 60

// differs notes a difference.
func (c *comparison) differs(u unit, how, d string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.score.Differences++; c.score.Differences <= shown {
		c.t.Errorf("%s, %s: %s", u.file, how, d)
	}
}

func (c *comparison) unit(u unit) {
	want := u.gcc(c.t)
	c.mu.Lock()
	c.score.Files++
	c.score.Tokens += len(want)
	if want == nil {
		c.score.Refused++
	}
	c.mu.Unlock()
	if want == nil {
		return
	}
	given := compdb.Parse(u.dir, u.args)
	if given.ABI != nil && given.ABI != c.abi {
		c.differs(u, "the command as given", "is for "+given.ABI.Name)
	}
	r := c.front.run(c.t, &given, c.abi, u.file, false)
	if d := cpp.Difference(cpp.TokensOf(r), want); d != "" {
		c.differs(u, "the command as given", d)
		return
	}
	brief := c.front.run(c.t, &given, c.abi, u.file, true)
	if d := cpp.BriefDiffers(brief, r); d != "" {
		c.differs(u, "bodies left out", d)
	}
	found, ok, err := c.db.Find(u.file, c.database)
	if !ok || err != nil {
		c.differs(u, "the command as found", fmt.Sprint("nothing is found: ", err))
		return
	}
	if above(moduleDir(&given), moduleDir(&found)) || ownFlags(u.file) {
		return
	}
	if reflect.DeepEqual(sysroot.Config(&found, c.abi, c.front.fs), r.Config) {
		return // and so are the tokens
	}
	if d := cpp.Difference(cpp.TokensOf(c.front.run(c.t, &found, c.abi, u.file, false)), want); d != "" {
		c.differs(u, "the command as found by "+found.Source, d+"\n"+cmp.Diff(given, found))
	}
}

// moduleDir is where a command has the module made. When make is asked for a
// single object in a directory that the configuration leaves out, it reads the
// Makefile of a directory above instead.
func moduleDir(c *compdb.Command) string {
	for _, d := range c.Defines {
		if d.Name == "KBUILD_MODFILE" {
			return filepath.Dir(strings.Trim(d.Value, `"`))
		}
	}
	return ""
}

// above tells whether a directory of a tree lies above another one.
func above(dir, other string) bool {
	return dir == "." && other != "." || strings.HasPrefix(other, dir+"/")
}

// ownFlags tells whether a directory is compiled with flags that its Makefile
// makes up of other Makefiles' variables, as boot code is.
func ownFlags(file string) bool {
	content, err := os.ReadFile(filepath.Join(filepath.Dir(file), "Makefile"))
	return err == nil && bytes.Contains(content, []byte("\nKBUILD_CFLAGS"))
}

// kbuild asks a kernel's own Makefile how it would compile objects. make must
// be given what selects the kernel and the configuration.
func kbuild(t *testing.T, dir string, makeArgs, objects []string) []unit {
	t.Helper()
	args := slices.Concat(makeArgs, []string{"-k", "-n"}, objects)
	cmd := exec.Command("make", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	out, err := cmd.Output()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	var units []unit
	seen := map[string]bool{}
	for line := range bytes.Lines(out) {
		m := compileCommand.Find(line)
		if m == nil {
			continue
		}
		if u := commandUnit(t, dir, string(m)); !seen[u.file] { // some are compiled twice
			seen[u.file] = true
			units = append(units, u)
		}
	}
	return units
}

var compileCommand = regexp.MustCompile(`\S*gcc(?:-\d+)? -Wp,-MMD,\S*\.o\.d .*? -DKBUILD_MODNAME=.*? -c -o \S+\.o \S+\.c\b`)

func commandUnit(t *testing.T, dir, command string) unit {
	t.Helper()
	args, err := shellwords.Parse(command)
	if err != nil {
		t.Fatal(err)
	}
	file := args[len(args)-1]
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	return unit{dir: dir, file: filepath.Clean(file), args: args}
}

// recorded reads what Kbuild left beside objects that are up to date.
func recorded(t *testing.T, dir string, objects []string) []unit {
	t.Helper()
	var units []unit
	for _, o := range objects {
		content, err := os.ReadFile(filepath.Join(dir, filepath.Dir(o), "."+filepath.Base(o)+".cmd"))
		if err != nil {
			continue
		}
		if m := compileCommand.FindString(string(content)); m != "" {
			units = append(units, commandUnit(t, dir, strings.NewReplacer("$(pound)", "#", "$$", "$").Replace(m)))
		}
	}
	return units
}

// writeDatabase makes a compilation database of commands, as Bear does.
func writeDatabase(t *testing.T, units []unit) string {
	t.Helper()
	type entry struct {
		Directory string   `json:"directory"`
		File      string   `json:"file"`
		Arguments []string `json:"arguments"`
	}
	var entries []entry
	for _, u := range units {
		entries = append(entries, entry{u.dir, u.file, u.args})
	}
	content, err := json.MarshalIndent(entries, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "compile_commands.json")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestTruthDatabase takes the commands of a database that the kernel's own
// gen_compile_commands.py wrote.
func TestTruthDatabase(t *testing.T) {
	if !*cpp.Full {
		t.Skip("make truth does this")
	}
	path := filepath.Join(linux(t), "database", "compile_commands.json")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var entries []struct{ Directory, Command string }
	if err := json.Unmarshal(content, &entries); err != nil {
		t.Fatal(err)
	}
	var units []unit
	for _, e := range entries {
		if strings.HasSuffix(e.Command, ".c") { // not the assembler's
			units = append(units, commandUnit(t, e.Directory, e.Command))
		}
	}
	compare(t, "x86_64", units, path)
}

// linux is where .ci/linux prepares kernel trees.
func linux(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "abide-test", "linux")
	if _, err := os.Stat(filepath.Join(dir, ".done-database")); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(".ci/linux has prepared no kernel trees")
		}
		t.Skip("no kernel trees: .ci/linux prepares them")
	}
	return dir
}

// sources lists the C files below folders of a tree, as objects.
func sources(t *testing.T, tree string, folders ...string) []string {
	t.Helper()
	var list []string
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(tree, folder), func(path string, _ os.DirEntry, err error) error {
			if strings.HasSuffix(path, ".c") {
				list = append(list, strings.TrimSuffix(strings.TrimPrefix(path, tree+"/"), ".c")+".o")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// TestTruthTrees compares sources of configured kernel trees with gcc -E.
func TestTruthTrees(t *testing.T) {
	if !*cpp.Full {
		t.Skip("make truth does this")
	}
	base := linux(t)
	near := []string{"drivers/misc", "drivers/char"} // where people begin
	rest := strings.Fields("block crypto fs init io_uring ipc kernel lib mm net samples security sound virt")
	for _, tt := range []struct {
		name, abi, arch, cross string
		each                   int
		folders                []string
	}{
		{"x86_64, misc and char", "x86_64", "", "", 4, near},
		{"x86_64, drivers", "x86_64", "", "", 25, []string{"drivers"}},
		{"x86_64, the rest", "x86_64", "", "", 25, append([]string{"arch/x86"}, rest...)},
		{"arm64, misc and char", "arm64", "arm64", "aarch64-linux-gnu-", 8, near},
		{"arm64, drivers", "arm64", "arm64", "aarch64-linux-gnu-", 60, []string{"drivers"}},
		{"arm64, the rest", "arm64", "arm64", "aarch64-linux-gnu-", 60, append([]string{"arch/arm64"}, rest...)},
		{"i386, misc and char", "i386", "i386", "i686-linux-gnu-", 8, near},
		{"i386, drivers", "i386", "i386", "i686-linux-gnu-", 60, []string{"drivers"}},
		{"i386, the rest", "i386", "i386", "i686-linux-gnu-", 60, append([]string{"arch/x86"}, rest...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, args, database := filepath.Join(base, "x86_64"), []string(nil), ""
			objects := cpp.Sample(tt.name, tt.each, sources(t, dir, tt.folders...))
			if tt.arch != "" {
				dir = filepath.Join(base, tt.abi)
				args = []string{"ARCH=" + tt.arch, "CROSS_COMPILE=" + tt.cross}
			}
			units := append(kbuild(t, dir, args, objects), recorded(t, dir, objects)...)
			if tt.arch != "" { // beside its sources: these do not say where they were built
				database = writeDatabase(t, units)
			}
			compare(t, tt.abi, units, database)
		})
	}
}
