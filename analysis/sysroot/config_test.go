package sysroot

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
	"abide/analysis/text"
)

// fakeDisk is a file system that has only what it lists. A name that ends in
// "/" is a directory, for listings.
type fakeDisk []string

func (d fakeDisk) Exists(path string) bool { return slices.Contains(d, path) }

func (d fakeDisk) Read(path string) (string, error) {
	if !d.Exists(path) {
		return "", errors.New("file not found")
	}
	return "", nil
}

func (d fakeDisk) List(dir string) []string {
	var out []string
	for _, p := range d {
		if rest, ok := strings.CutPrefix(p, dir+"/"); ok {
			name, _, _ := strings.Cut(rest, "/")
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func disk(paths string) fakeDisk { return strings.Fields(paths) }

// listingLayer hands List through, as Layer alone does not.
type listingLayer struct {
	cpp.FS
	fakeDisk
}

func (l listingLayer) Read(path string) (string, error) { return l.FS.Read(path) }
func (l listingLayer) Exists(path string) bool          { return l.FS.Exists(path) }

const (
	debian = `/usr/lib/gcc/x86_64-linux-gnu/9/include/stddef.h /usr/lib/gcc/x86_64-linux-gnu/12/include/stddef.h
		/usr/include/x86_64-linux-gnu/asm/types.h /usr/include/x86_64-linux-gnu/bits/types.h /usr/include/stdio.h /usr/include/linux/types.h`
	fedora = `/usr/lib/gcc/x86_64-redhat-linux/14/include/stddef.h /usr/include/asm/types.h /usr/include/bits/types.h
		/usr/include/stdio.h /usr/include/linux/types.h`
	crossArm64 = ` /usr/lib/gcc-cross/aarch64-linux-gnu/12/include/stddef.h /usr/aarch64-linux-gnu/include/asm/types.h
		/usr/aarch64-linux-gnu/include/bits/types.h /usr/aarch64-linux-gnu/include/stdio.h`
	kernelOnlyAlpha = ` /usr/alpha-linux-gnu/include/asm/types.h`
)

func TestConfig(t *testing.T) {
	const last = " S/compiler S/arch S/uapi S/libc S/kernel"
	for _, tt := range []struct {
		name, disk, args, abi string
		angle                 string
		describe              string
	}{
		{"nothing installed", "", "", "arm64", "S/compiler S/libc S/arch /usr/include S/uapi S/kernel", "embedded headers"},
		{"own headers", debian, "", "x86_64", "/usr/lib/gcc/x86_64-linux-gnu/12/include /usr/local/include /usr/include/x86_64-linux-gnu /usr/include" + last, "installed headers /usr/include/x86_64-linux-gnu"},
		{"i386 shares x86's headers", debian, "", "i386", "/usr/lib/gcc/x86_64-linux-gnu/12/include /usr/local/include /usr/include/x86_64-linux-gnu /usr/include" + last, "installed headers /usr/include/x86_64-linux-gnu"},
		{"foreign, no cross headers", debian, "", "arm64", "S/compiler S/libc S/arch /usr/include S/uapi S/kernel", "embedded headers"},
		{"cross headers", debian + crossArm64, "", "arm64", "/usr/lib/gcc-cross/aarch64-linux-gnu/12/include /usr/aarch64-linux-gnu/include /usr/include" + last, "installed headers /usr/aarch64-linux-gnu/include"},
		{"cross headers of the kernel alone", debian + kernelOnlyAlpha, "", "alpha", "S/compiler S/libc /usr/alpha-linux-gnu/include /usr/include S/arch S/uapi S/kernel", "embedded libc headers, installed headers /usr/alpha-linux-gnu/include"},
		{"a vendor's gcc", fedora, "", "x86_64", "/usr/lib/gcc/x86_64-redhat-linux/14/include /usr/local/include /usr/include" + last, "installed headers /usr/include"},
		{"foreign beside asm/ in /usr/include", fedora, "", "arm64", "S/compiler S/libc S/arch S/block /usr/include S/uapi S/kernel", "embedded headers"},
		{"user's directories", debian, "-Ia -isystem b -idirafter c -I/usr/include", "x86_64", "/w/a /w/b /usr/lib/gcc/x86_64-linux-gnu/12/include /usr/local/include /usr/include/x86_64-linux-gnu /usr/include /w/c" + last, "installed headers /usr/include/x86_64-linux-gnu"},
		{"another architecture's directory by name", debian, "-I/usr/include/x86_64-linux-gnu -I/usr/include/x86_64-linux-gnu/qt -Ia", "arm64", "/w/a S/compiler S/libc S/arch /usr/include S/uapi S/kernel", "embedded headers"},
		{"lone kernel code", debian, "-D__KERNEL__", "x86_64", "/usr/lib/gcc/x86_64-linux-gnu/12/include S/kernel /usr/local/include /usr/include/x86_64-linux-gnu /usr/include S/compiler S/arch S/uapi", "embedded kernel headers, installed headers /usr/include/x86_64-linux-gnu"},
		{"no standard headers", debian, "-nostdinc -Ia", "x86_64", "/w/a S/compiler S/arch S/uapi S/kernel", "embedded headers"},
		{"sysroot of its ABI", debian + " /sdk/usr/include/asm/types.h /sdk/usr/include/bits/types.h", "aarch64-linux-gnu-gcc --sysroot=/sdk", "arm64", "S/compiler /sdk/usr/local/include /sdk/usr/include S/arch S/uapi S/libc S/kernel", "installed headers /sdk/usr/include"},
		{"sysroot of another ABI", debian + " /sdk/usr/include/asm/types.h", "aarch64-linux-gnu-gcc --sysroot=/sdk", "x86_64", "/usr/lib/gcc/x86_64-linux-gnu/12/include /usr/local/include /usr/include/x86_64-linux-gnu /usr/include" + last, "installed headers /usr/include/x86_64-linux-gnu"},
		{"toolchain with headers", "/opt/x/aarch64-none-linux-gnu/libc/usr/include/asm/types.h /opt/x/aarch64-none-linux-gnu/libc/usr/include/bits/types.h", "/opt/x/bin/aarch64-none-linux-gnu-gcc", "arm64", "S/compiler /opt/x/aarch64-none-linux-gnu/libc/usr/include /usr/include S/arch S/uapi S/libc S/kernel", "installed headers /opt/x/aarch64-none-linux-gnu/libc/usr/include"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if host := hostABI(); host == nil || host.Name != "x86_64" {
				t.Skip("written for a machine with x86_64")
			}
			d := disk(tt.disk)
			cmd := compdb.Parse("/w", strings.Fields(tt.args))
			cfg := Config(&cmd, abi.Lookup(tt.abi), listingLayer{Layer(d), d})
			want := strings.Fields(strings.ReplaceAll(tt.angle, "S/", Prefix+"/"))
			if diff := cmp.Diff(want, cfg.Angle); diff != "" {
				t.Error(diff)
			}
			if got := Describe(cfg); got != tt.describe {
				t.Errorf("described as %q, want %q", got, tt.describe)
			}
			if !slices.Equal(cfg.Include, []string{Prelude}) {
				t.Errorf("forced: %q", cfg.Include)
			}
		})
	}
}

// An x86_64 tree, asked about for other machines.
func TestConfigKernelTree(t *testing.T) {
	root := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("include/linux/kconfig.h", "")
	write("include/asm-generic/Kbuild", "mandatory-y += a.h b.h\n")
	write("include/asm-generic/a.h", "")
	write("include/asm-generic/b.h", "")
	write("include/asm-generic/c.h", "")
	write("include/uapi/asm-generic/Kbuild", "mandatory-y += u.h\n")
	write("include/uapi/asm-generic/u.h", "")
	write("arch/arm64/include/asm/Kbuild", "generic-y += c.h\n")
	write("arch/arm64/include/asm/b.h", "")
	write("arch/x86/include/generated/uapi/asm/types.h", "")
	cmd := compdb.Parse(root, strings.Fields("gcc -m64 -nostdinc -Iarch/x86/include -Iarch/x86/include/generated -Iinclude "+
		"-Iarch/x86/include/uapi -Iarch/x86/include/generated/uapi -Iinclude/uapi -include include/linux/kconfig.h -D__KERNEL__"))
	fs := Layer(cpp.Disk())
	short := func(cfg *cpp.Config) string {
		return strings.ReplaceAll(strings.Join(cfg.Angle, " "), root, "L")
	}

	own := Config(&cmd, abi.Lookup("x86_64"), fs)
	if want := "L/arch/x86/include L/arch/x86/include/generated L/include L/arch/x86/include/uapi L/arch/x86/include/generated/uapi L/include/uapi"; !strings.HasPrefix(short(own), want) {
		t.Errorf("x86_64: %s", short(own))
	}
	if len(own.Include) != 2 {
		t.Errorf("x86_64: forced %q", own.Include)
	}
	narrow := Config(&cmd, abi.Lookup("i386"), fs)
	if !slices.Equal(narrow.Angle, own.Angle) || !slices.Contains(narrow.Include, kconfigHeader(abi.Lookup("i386"))) {
		t.Errorf("i386: %s, forced %q", short(narrow), narrow.Include)
	}

	arm64 := Config(&cmd, abi.Lookup("arm64"), fs)
	wrap := func(kind string) string { return Prefix + "/generated/" + kind + "/arm64" + root + "/@" }
	want := []string{
		root + "/arch/arm64/include", wrap("kernel"), root + "/include", root + "/arch/arm64/include/uapi", wrap("uapi"), root + "/include/uapi",
	}
	if diff := cmp.Diff(want, arm64.Angle[:len(want)]); diff != "" {
		t.Error(diff)
	}
	if got := Describe(arm64); got != "kernel headers "+root+"/arch/arm64/include, with the configuration of another machine" {
		t.Error(got)
	}
	for name, exists := range map[string]bool{
		wrap("kernel") + "/asm/a.h": true, wrap("kernel") + "/asm/b.h": false, wrap("kernel") + "/asm/c.h": true,
		wrap("kernel") + "/asm/u.h": false, wrap("uapi") + "/asm/u.h": true, wrap("kernel") + "/uapi/asm/u.h": true,
		wrap("kernel") + "/a.h": false, wrap("kernel"): false,
	} {
		if fs.Exists(name) != exists {
			t.Errorf("%s: exists %v, want %v", name, !exists, exists)
		}
	}
	if content, err := fs.Read(wrap("kernel") + "/asm/a.h"); err != nil || content != "#include <asm-generic/a.h>\n" {
		t.Errorf("%q, %v", content, err)
	}

	// An architecture that the package of headers left out.
	csky := Config(&cmd, abi.Lookup("csky"), fs)
	if strings.Contains(short(csky), "x86") || strings.Contains(short(csky), "L/arch/csky") {
		t.Errorf("csky: %s", short(csky))
	}
}

func TestLayer(t *testing.T) {
	fs := Layer(disk("/real.h"))
	for path, want := range map[string]error{
		"/real.h":                               nil,
		"/none.h":                               errNotFound,
		Prefix + "/uapi/linux/types.h":          nil,
		Prefix + "/uapi/linux/../linux/types.h": nil,
		Prefix + "/uapi/linux":                  errNotFound,
		Prefix + "/kernel/linux/fs.h":           nil,
		Prefix + "/kernel/linux/stddef.h":       nil,
		Prefix + "/kernel/linux/nothing.h":      errNotFound,
		Prefix + "/kconfig/arm64.h":             nil,
		Prefix + "/kconfig/ARM64.h":             errNotFound,
		Prefix + "/block/bits/types.h":          errOtherArch,
		Prefix + "/block/linux/types.h":         errNotFound,
		Prefix + "/../../../etc/passwd":         errNotFound,
		Prelude:                                 nil,
		Fallback:                                nil,
	} {
		_, err := fs.Read(path)
		if (err == nil) != (want == nil) || err != nil && err.Error() != want.Error() {
			t.Errorf("Read(%q): %v, want %v", path, err, want)
		}
		if exists := want == nil || errors.Is(want, errOtherArch); fs.Exists(path) != exists {
			t.Errorf("Exists(%q) = %v", path, !exists)
		}
	}
}

// A header that reads differently from one keystroke to the next would have
// everything behind it done again.
func TestLayerIsStable(t *testing.T) {
	for _, a := range abi.All() {
		if first, second := kconfigText(a), kconfigText(a); first != second {
			t.Errorf("%s changes", kconfigHeader(a))
		}
	}
}

// preprocess gives the output of a text for an ABI, with nothing but the
// embedded headers at hand, and the names of includes that were not found.
func preprocess(t *testing.T, a *abi.ABI, cmd compdb.Command, source string) (string, []string) {
	t.Helper()
	fs := Layer(fakeDisk{})
	cache := &cpp.Cache{}
	r := cache.Preprocess(fs, Config(&cmd, a, fs), cache.File("/w/x.h", text.New(source), nil), nil, nil)
	var out strings.Builder
	for s := range r.Segments() {
		for i := range s.Tokens {
			if r.InMain(&s.Tokens[i]) {
				out.WriteString(s.Tokens[i].Text() + " ")
			}
		}
	}
	var missing []string
	for _, inc := range r.Includes() {
		if inc.Err != "" {
			missing = append(missing, inc.Name)
		}
	}
	for _, p := range r.Problems() {
		t.Errorf("%s: %s: %s", a.Name, p.Loc.Path, p.Message)
	}
	return strings.TrimSpace(out.String()), missing
}

// With no header on the machine, the usual includes resolve for every ABI.
func TestNothingInstalled(t *testing.T) {
	user := `#include <linux/types.h>
#include <linux/ioctl.h>
#include <asm/types.h>
#include <asm/byteorder.h>
#include <asm/bitsperlong.h>
#include <stdint.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/ioctl.h>
int bits = __BITS_PER_LONG;
`
	kernel := `#include <linux/module.h>
#include <linux/fs.h>
#include <linux/uaccess.h>
#include <linux/compat.h>
#include <linux/miscdevice.h>
#include <linux/slab.h>
#include <asm/uaccess.h>
int bits = BITS_PER_LONG;
`
	for _, a := range abi.All() {
		width := "32"
		if a.Types[abi.Long].Size == 8 {
			width = "64"
		}
		for _, tt := range []struct{ source, flags string }{{user, ""}, {kernel, "-D__KERNEL__"}, {kernel, ""}} {
			cmd := compdb.Parse("/w", strings.Fields(tt.flags))
			out, missing := preprocess(t, a, cmd, tt.source)
			if len(missing) > 0 {
				t.Errorf("%s %s: missing %v", a.Name, tt.flags, missing)
			}
			if tt.flags == "" && tt.source == kernel {
				continue // user space's fs.h was found: no more is asked of it
			}
			if want := "int bits = " + width + " ;"; out != want {
				t.Errorf("%s %s: %q, want %q", a.Name, tt.flags, out, want)
			}
		}
	}
}

func TestPrelude(t *testing.T) {
	out, _ := preprocess(t, abi.Lookup("arm"), compdb.Parse("/w", nil), "struct s { void __user *p; } __packed __aligned(4);\n")
	if want := "struct s { void * p ; } __attribute__ ( ( __packed__ ) ) __attribute__ ( ( __aligned__ ( 4 ) ) ) ;"; out != want {
		t.Errorf("%q", out)
	}
	// What the command defines itself stays.
	out, _ = preprocess(t, abi.Lookup("arm"), compdb.Parse("/w", []string{"-D__user=mine"}), "__user\n")
	if out != "mine" {
		t.Errorf("%q", out)
	}
}

func TestFallback(t *testing.T) {
	fs := Layer(fakeDisk{})
	content, err := fs.Read(Fallback)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range abi.All() {
		cache := &cpp.Cache{}
		r := cache.Preprocess(fs, FallbackConfig(a), cache.File(Fallback, text.New(content), nil), nil, nil)
		for _, inc := range r.Includes() {
			if inc.Err != "" {
				t.Errorf("%s: %s: %s", a.Name, inc.Name, inc.Err)
			}
		}
		if len(r.Stretches()) == 0 || len(r.Problems()) > 0 {
			t.Errorf("%s: %d stretches, problems %v", a.Name, len(r.Stretches()), r.Problems())
		}
	}
}
