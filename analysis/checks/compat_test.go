package checks_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/compdb"
	"abide/analysis/text"
	"abide/analysis/truth"
)

// compatTypes are the kernel's (include/linux/compat.h): on x86 64-bit integers
// of 32-bit programs align to four bytes.
const compatTypes = `#ifndef COMPAT_TYPES
#define COMPAT_TYPES
#define __packed __attribute__((packed))
#define __aligned(n) __attribute__((aligned(n)))
typedef unsigned int compat_uptr_t, compat_ulong_t, compat_uint_t, compat_size_t;
typedef int compat_long_t, compat_int_t, compat_ssize_t, compat_off_t, compat_clock_t, old_time32_t;
typedef unsigned short compat_ushort_t;
typedef short compat_short_t;
#if defined(__x86_64__)
typedef unsigned long long compat_u64 __attribute__((aligned(4)));
typedef long long compat_s64 __attribute__((aligned(4)));
#else
typedef unsigned long long compat_u64;
typedef long long compat_s64;
#endif
struct old_timespec32 { old_time32_t tv_sec; int tv_nsec; };
struct old_timeval32 { old_time32_t tv_sec; int tv_usec; };
struct compat_iovec { compat_uptr_t iov_base; compat_size_t iov_len; };
#endif
`

const kernelTypes = `#ifndef TYPES
#define TYPES
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef int __s32;
typedef unsigned long long __u64;
typedef long long __s64;
typedef __SIZE_TYPE__ __kernel_size_t;
typedef long __kernel_old_time_t;
struct iovec { void *iov_base; __kernel_size_t iov_len; };
#define _IOC(d, t, nr, size) (((d) << 30) | ((t) << 8) | (nr) | ((size) << 16))
#define _IOW(t, nr, x) _IOC(1U, t, nr, sizeof(x))
#endif
`

// kernels are the sets of ABIs that one kernel serves; all of them are tried
// together as well.
var kernels = [][]string{
	{"x86_64", "i386"},
	{"arm64", "arm"},
	{"ppc64", "ppc32"},
	{"s390x", "s390"},
	{"riscv64", "riscv32"},
	{"mips_n64", "mips_n32", "mips_o32"},
	{"sparc64", "sparc32"},
	{"parisc64", "parisc32"},
	{"x86_64", "i386", "arm64", "arm"},
	{"x86_64", "i386", "arm64", "arm", "ppc64", "ppc32", "s390x", "s390", "riscv64", "riscv32", "mips_n64", "mips_n32", "mips_o32", "sparc64", "sparc32"},
}

// TestCompatRecords generates compat records for random ones until nothing is
// left to offer. The compiler of the 64-bit kernel lays each of them out as that
// of the 32-bit programs does the original, and nothing is warned about then.
func TestCompatRecords(t *testing.T) {
	rounds := 2 * len(kernels)
	switch {
	case testing.Short():
		rounds = 2
	case *full:
		rounds = 20 * len(kernels)
	}
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"linux/types.h": kernelTypes, "linux/compat.h": compatTypes})
	made, left, compared := 0, 0, 0
	for round := range rounds {
		names := kernels[(round+len(kernels)-2)%len(kernels)]
		x := &compatFile{path: filepath.Join(dir, "random.h"), flags: []string{"-nostdinc", "-I", dir}, kernel: []string{"-D__KERNEL__", "-DCONFIG_COMPAT"}}
		for _, name := range names {
			x.abis = append(x.abis, abi.Lookup(name))
		}
		if round%2 == 1 {
			x.flags = append(x.flags, x.kernel...)
		}
		g := &generator{Rand: rand.New(rand.NewPCG(uint64(round), 7))}
		source := "#include <linux/types.h>\n"
		for i := range 12 {
			source += g.record(fmt.Sprint("r", i))
			if g.IntN(2) == 0 {
				source += fmt.Sprintf("#define GET%d\t_IOW('r', %d, %s)\n", i, i, g.records[i])
			}
		}
		x.text = text.New(source)
		n, rest := x.generate(t)
		made += n
		left += rest
		compared += x.compare(t, source)
	}
	t.Logf("%d compat records generated, %d records have none offered; %d figures compared", made, left, compared)
	if made == 0 || compared == 0 {
		t.Error("nothing generated")
	}
}

// TestCompatRecordsOfHeaders does the same for the payloads of the installed
// headers.
func TestCompatRecordsOfHeaders(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"linux/compat.h": compatTypes})
	every := 24
	if *full {
		every = 1
	}
	var made, left, compared atomic.Int64
	compilers := compilers(t)
	each(headers(t), every, func(path string) {
		h := open(t, path, analysis.ScopePayload, compilers)
		if h == nil {
			return
		}
		x := &compatFile{
			path: path, text: h.text, abis: abi.Default(), kernel: []string{"-DCOMPAT_RECORDS", "-I", dir},
			flags: append([]string{"-iquote", filepath.Dir(path)}, h.flags...),
		}
		n, rest := x.generate(t)
		made.Add(int64(n))
		left.Add(int64(rest))
		if n == 0 {
			return
		}
		x.abis = slices.DeleteFunc(slices.Clone(x.abis), func(a *abi.ABI) bool {
			c := truth.Find(a.Name).GCC
			return c.Installed() && !h.accepts(c, h.text)
		})
		// Other parts of a header must not turn into the kernel's.
		x.text = text.New(regexp.MustCompile(`#ifdef (?:__KERNEL__|CONFIG_COMPAT)(\r?\n(?:#include <linux/compat.h>|/\* .* as 32-bit programs))`).
			ReplaceAllString(x.text.Content(), "#ifdef COMPAT_RECORDS$1"))
		x.flags = append(x.flags, "-include", "linux/ioctl.h")
		compared.Add(int64(x.compare(t, h.text.Content())))
	})
	t.Logf("%d compat records generated, %d findings have none offered; %d figures compared", made.Load(), left.Load(), compared.Load())
	if made.Load() == 0 || compared.Load() == 0 {
		t.Error("nothing generated")
	}
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// compatFile is a file that gets compat records.
type compatFile struct {
	path   string
	flags  []string
	kernel []string // further ones that show what the kernel sees
	abis   []*abi.ABI
	text   *text.File
}

func (x *compatFile) analyse(t *testing.T, f *text.File, scope analysis.Scope, flags ...string) ([]analysis.Finding, []*analysis.Record) {
	t.Helper()
	command := compdb.Parse("/", append(slices.Clone(x.flags), flags...))
	session := analysis.NewSession(analysis.Config{ABIs: x.abis, Scope: scope, Flags: &command, Checks: checks.All()}, nil)
	return analysed(t, session, x.path, f)
}

const compatTitle = "Generate "

// generate applies what is offered, one after the other.
func (x *compatFile) generate(t *testing.T) (made, left int) {
	for range 200 {
		findings, _ := x.analyse(t, x.text, analysis.ScopeAll)
		var fix *analysis.Fix
		left = 0
		for i := range findings {
			f := &findings[i]
			if f.Severity < analysis.Warning {
				continue
			}
			fixes := f.Fixes()
			k := slices.IndexFunc(fixes, func(f analysis.Fix) bool { return strings.HasPrefix(f.Title, compatTitle) })
			if k < 0 {
				left++
				continue
			}
			fix = &fixes[k]
			if fix.Preferred {
				t.Errorf("%s is preferred", fix.Title)
			}
			break
		}
		if fix == nil {
			return made, left
		}
		f, err := x.text.Apply(fix.Edits...)
		if err != nil {
			t.Fatal(err)
		}
		x.text = f
		made++
	}
	t.Fatalf("the fixes do not end:\n%s", x.text.Content())
	return 0, 0
}

var (
	generatedRecord = regexp.MustCompile(`/\* (.+) as 32-bit programs have it \*/\r?\n((?:struct|union) \w+) \{`)
	generatedMacro  = regexp.MustCompile(`(?m)^#define[ \t]+((\w+?)_?32|COMPAT_(\w+))[ \t]`)
)

// twins is expressions about what has been generated, by those about what it
// was generated for.
func (x *compatFile) twins(t *testing.T, before string) map[string]string {
	t.Helper()
	_, records := x.analyse(t, x.text, analysis.ScopeAll, x.kernel...)
	twins := map[string]string{}
	content := x.text.Content()
	for _, m := range generatedRecord.FindAllStringSubmatch(content, -1) {
		original, twin := m[1], m[2]
		if strings.Contains(before, twin+" {") {
			continue
		}
		i := slices.IndexFunc(records, func(r *analysis.Record) bool { return r.Name == twin })
		if i < 0 || records[i].Views[0].Layout == nil {
			t.Errorf("%s: %s has no layout:\n%s", x.path, twin, content)
			continue
		}
		twins["sizeof("+original+")"] = "sizeof(" + twin + ")"
		for m := range records[i].Views[0].Layout.Members() {
			if !m.Field.Bitfield {
				twins["__builtin_offsetof("+original+", "+m.Path+")"] = "__builtin_offsetof(" + twin + ", " + m.Path + ")"
			}
		}
	}
	for _, m := range generatedMacro.FindAllStringSubmatch(content, -1) {
		if !strings.Contains(before, m[1]) {
			twins[m[2]+m[3]] = m[1]
		}
	}
	return twins
}

// compare asks the compilers: each compat record, and each command's number, is
// for the kernel what the original is for the program.
func (x *compatFile) compare(t *testing.T, before string) (figures int) {
	t.Helper()
	twins := x.twins(t, before)
	if len(twins) == 0 {
		return 0
	}
	for _, wide := range x.abis {
		for _, partner := range wide.Partners {
			narrow := abi.Lookup(partner)
			if !slices.Contains(x.abis, narrow) || wide.Types[abi.Pointer].Size < 8 || narrow.Types[abi.Pointer].Size > 4 {
				continue
			}
			a := x.values(t, wide.Name, values(twins), x.kernel...)
			b := x.values(t, narrow.Name, keys(twins))
			for original, twin := range twins {
				if a == nil || b == nil {
					break
				}
				is, ok := a[twin]
				want, known := b[original]
				if !ok && !known { // a macro that the header leaves to others is missing
					continue
				}
				if figures++; !ok || !known || is != want {
					t.Errorf("%s: %s is %d on %s, but %s is %d on %s:\n%s", x.path, twin, is, wide.Name, original, want, narrow.Name, x.text.Content())
					return figures
				}
			}
		}
	}
	return figures
}

func keys(m map[string]string) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	return list
}

func values(m map[string]string) (list []string) {
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

// values is what the compiler of an ABI says; nil without one.
func (x *compatFile) values(t *testing.T, name string, exprs []string, flags ...string) map[string]uint64 {
	t.Helper()
	gcc := truth.Find(name).GCC
	if !gcc.Installed() {
		if os.Getenv("CI") != "" {
			t.Fatal(gcc.Command + " is missing: install " + gcc.Package)
		}
		return nil
	}
	_, list, err := gcc.Values(x.text.Content(), exprs, append(slices.Clone(x.flags), flags...)...)
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, x.text.Content())
	}
	return list
}
