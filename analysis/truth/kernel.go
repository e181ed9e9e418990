package truth

import (
	_ "embed"
	"fmt"
	"path/filepath"
	"strings"
)

// kernelHeaders lists the kernel's internal headers that can stand in one unit,
// the big ones first.
//
//go:embed testdata/kernel.headers
var kernelHeaders string

// kernelUnit is an out-of-tree module's source that includes the kernel's
// headers, as far as the installed version has them.
func kernelUnit() string {
	var s strings.Builder
	for h := range strings.Lines(kernelHeaders) {
		h = strings.TrimSpace(h)
		fmt.Fprintf(&s, "#if __has_include(<%s>)\n#include <%s>\n#endif\n", h, h)
	}
	return s.String()
}

// KernelHeaders gives the trees of Debian's linux-headers-amd64: the common
// part and the configured one. Both are empty if it is not installed.
func KernelHeaders() (common, configured string) {
	for _, dir := range glob("/usr/src/linux-headers-*-amd64") {
		base := strings.TrimSuffix(dir, "-amd64") + "-common"
		if len(glob(base+"/Makefile")) > 0 {
			common, configured = base, dir
		}
	}
	return common, configured
}

func glob(pattern string) []string {
	m, err := filepath.Glob(pattern)
	if err != nil {
		return nil
	}
	return m
}

// kernelFlags is how the kernel's build compiles a module for x86_64.
func kernelFlags(common, configured string) []string {
	flags := []string{"-nostdinc"}
	for _, d := range []string{
		common + "/arch/x86/include", configured + "/arch/x86/include/generated",
		common + "/include", configured + "/include",
		common + "/arch/x86/include/uapi", configured + "/arch/x86/include/generated/uapi",
		common + "/include/uapi", configured + "/include/generated/uapi",
	} {
		flags = append(flags, "-I"+d)
	}
	for _, f := range []string{"compiler-version.h", "kconfig.h", "compiler_types.h"} {
		flags = append(flags, "-include", common+"/include/linux/"+f)
	}
	return append(flags, "-D__KERNEL__", "-std=gnu11", "-fshort-wchar", "-fno-strict-aliasing", "-fno-PIE",
		"-fcf-protection=none", "-mno-sse", "-mno-mmx", "-mno-sse2", "-mno-3dnow", "-mno-avx", "-m64", "-mno-80387",
		"-mpreferred-stack-boundary=3", "-mno-red-zone", "-mcmodel=kernel", "-O2", "-pg", "-mfentry", "-DCC_USING_FENTRY",
		"-DMODULE", `-DKBUILD_BASENAME="truth"`, `-DKBUILD_MODNAME="truth"`, "-D__KBUILD_MODNAME=kmod_truth")
}

// Kernel compares every record that the debug information of a kernel module
// names at file scope.
func (c *Comparison) Kernel(common, configured string) (Row, []Mismatch, error) {
	row := Row{ABI: c.Tools.ABI, Source: "kernel"}
	flags := kernelFlags(common, configured)
	unit := kernelUnit()
	obj, err := c.Tools.GCC.Compile(unit, flags...)
	if err != nil {
		return row, nil, err
	}
	recs, err := obj.Records()
	if err != nil {
		return row, nil, err
	}
	p := c.analyze("/truth/kernel.c", unit, flags, false)
	out := p.compareAll(&row, recs, func(w *Record) string { return fmt.Sprintf("%s:%d", w.File, w.Line) })
	return row, out, nil
}
