package cpp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kernelConfig is how a module is compiled against the installed kernel
// headers; ok is false if there are none.
func kernelConfig(c *gnuc) (cfg *Config, args []string, ok bool) {
	builds, _ := filepath.Glob("/usr/src/linux-headers-*-amd64")
	commons, _ := filepath.Glob("/usr/src/linux-headers-*-common")
	if len(builds) == 0 || len(commons) == 0 {
		return nil, nil, false
	}
	build, common := builds[len(builds)-1], commons[len(commons)-1]
	dirs := []string{
		common + "/arch/x86/include", build + "/arch/x86/include/generated", common + "/include", build + "/include",
		common + "/arch/x86/include/uapi", build + "/arch/x86/include/generated/uapi",
		common + "/include/uapi", build + "/include/generated/uapi",
	}
	cfg = &Config{ABI: c.abi, Angle: dirs}
	cfg.Include = []string{common + "/include/linux/compiler-version.h", common + "/include/linux/kconfig.h", common + "/include/linux/compiler_types.h"}
	for _, d := range []string{"__KERNEL__", "MODULE", "CC_USING_FENTRY"} {
		cfg.Defines = append(cfg.Defines, Define{Name: d, Value: "1"})
		args = append(args, "-D"+d)
	}
	for name, value := range map[string]string{"KBUILD_BASENAME": `"m"`, "KBUILD_MODNAME": `"m"`, "__KBUILD_MODNAME": "kmod_m", "KBUILD_MODFILE": `"m"`} {
		cfg.Defines = append(cfg.Defines, Define{Name: name, Value: value})
		args = append(args, "-D"+name+"="+value)
	}
	for _, dir := range dirs {
		args = append(args, "-I", dir)
	}
	for _, file := range cfg.Include {
		args = append(args, "-include", file)
	}
	return cfg, args, true
}

// needKernel ends a test that needs the kernel's headers.
func needKernel(t *testing.T) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal("linux-headers-amd64 is not installed")
	}
	t.Skip("linux-headers-amd64 is not installed")
}

// drivers are the kernel sources to try: those that ABIDE_DRIVERS names (globs
// with colons in between), and the one of testdata.
func drivers(tb testing.TB) []string {
	tb.Helper()
	var list []string
	for _, glob := range append(filepath.SplitList(os.Getenv("ABIDE_DRIVERS")), "testdata/module.c") {
		match, _ := filepath.Glob(glob)
		list = append(list, match...)
	}
	return list
}

// TestTruthKernel compares modules against the installed kernel headers with gcc.
func TestTruthKernel(t *testing.T) {
	c := findCompiler(t, "gcc")
	bare := *c
	bare.angle = nil
	cfg, args, ok := kernelConfig(c)
	if !ok {
		needKernel(t)
	}
	cache := new(Cache)
	total, refused, failed := 0, 0, 0
	for _, path := range drivers(t) {
		want, bad, err := bare.run(path, args...)
		if err != nil {
			t.Fatal(err)
		}
		if bad {
			refused++
			continue
		}
		r := preprocess(t, cache, cfg, path)
		total += len(want)
		if d := difference(tokensOf(r), want); d != "" {
			if failed++; failed < 10 {
				t.Errorf("%s: %s", path, d)
				var list []string
				for _, inc := range r.Includes() {
					if inc.Err != "" {
						list = append(list, inc.Name+": "+inc.Err)
					}
				}
				t.Log(strings.Join(list, "\n"), r.Problems()[:min(5, len(r.Problems()))])
			}
		}
	}
	t.Logf("%d tokens, %d files that gcc refuses: %d differ", total, refused, failed)
}
