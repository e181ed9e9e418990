package sysroot

import (
	"strings"

	"abide/analysis/abi"
	"abide/analysis/compdb"
)

// kconfigDir holds a header per ABI that puts right what another
// architecture's configuration says about the machine itself: the name of the
// architecture, the width of its words, the byte order. Everything else stays
// as the tree is configured. It follows linux/kconfig.h.
const kconfigRoot = "/kconfig/"

func kconfigHeader(a *abi.ABI) string { return Prefix + kconfigRoot + a.Name + ".h" }

// widthMacros are the macros of a 64-bit and a 32-bit configuration, by arch/
// directory.
var widthMacros = map[string][2]string{
	"x86":     {"CONFIG_X86_64", "CONFIG_X86_32"},
	"powerpc": {"CONFIG_PPC64", "CONFIG_PPC32"},
	"sparc":   {"CONFIG_SPARC64", "CONFIG_SPARC32"},
	"riscv":   {"CONFIG_ARCH_RV64I", "CONFIG_ARCH_RV32I"},
}

// neededMacros are what the headers of an architecture cannot do without: the
// pages, and the kind of machine. The values are those of its defconfig.
var neededMacros = map[string][]string{
	"arm64": {
		"CONFIG_ARM64_4K_PAGES 1", "CONFIG_ARM64_PAGE_SHIFT 12", "CONFIG_ARM64_CONT_PTE_SHIFT 4", "CONFIG_ARM64_CONT_PMD_SHIFT 4",
		"CONFIG_ARM64_VA_BITS 48", "CONFIG_ARM64_PA_BITS 48", "CONFIG_PGTABLE_LEVELS 4",
	},
	"arm": {
		"CONFIG_MMU 1", "CONFIG_CPU_V7 1", "CONFIG_CPU_32v7 1", "CONFIG_AEABI 1", "CONFIG_PAGE_OFFSET 0xC0000000",
		"CONFIG_ARM_L1_CACHE_SHIFT 6", "CONFIG_PGTABLE_LEVELS 2",
	},
	"riscv":   {"CONFIG_PAGE_OFFSET 0xff60000000000000", "CONFIG_PGTABLE_LEVELS 5"},
	"powerpc": {"CONFIG_PPC_PAGE_SHIFT 12", "CONFIG_PAGE_OFFSET 0xc0000000", "CONFIG_KERNEL_START 0xc0000000", "CONFIG_PHYSICAL_START 0"},
	"mips":    {"CONFIG_PAGE_SIZE_4KB 1", "CONFIG_MIPS_L1_CACHE_SHIFT 5"},
	"s390":    {"CONFIG_PGTABLE_LEVELS 5", "CONFIG_HAVE_MARCH_Z196_FEATURES 1"},
}

// kconfigOverride gives the text of a header of kconfigDir.
func kconfigOverride(inner string) (string, bool) {
	name, ok := strings.CutPrefix(inner, kconfigRoot)
	if !ok {
		return "", false
	}
	a := abi.Lookup(strings.TrimSuffix(name, ".h"))
	if a == nil || name != a.Name+".h" {
		return "", false
	}
	var b strings.Builder
	b.WriteString("/* The machine itself, in a tree that is configured for another one. */\n")
	undef := func(names ...string) {
		for _, n := range names {
			if n != "" {
				b.WriteString("#undef " + n + "\n")
			}
		}
	}
	define := func(macro string) {
		if name, _, _ := strings.Cut(macro, " "); name != "" {
			undef(name)
			b.WriteString("#define " + macro + "\n")
		}
	}
	for i := range compdb.Arches {
		undef(compdb.Arches[i].Config)
	}
	for _, w := range widthMacros {
		undef(w[0], w[1])
	}
	undef("CONFIG_64BIT", "CONFIG_32BIT", "CONFIG_CPU_BIG_ENDIAN", "CONFIG_CPU_LITTLE_ENDIAN", "CONFIG_PHYS_ADDR_T_64BIT",
		"CONFIG_ARCH_DMA_ADDR_T_64BIT", "CONFIG_GENERIC_ATOMIC64")
	if arch := compdb.LookupArch(a.Arch); arch != nil {
		define(arch.Config + " 1")
	}
	wide := a.Types[abi.Long].Size == 8
	width := widthMacros[a.Arch]
	if wide {
		for _, m := range []string{"CONFIG_64BIT 1", "CONFIG_PHYS_ADDR_T_64BIT 1", "CONFIG_ARCH_DMA_ADDR_T_64BIT 1", one(width[0])} {
			define(m)
		}
	} else {
		undef("CONFIG_COMPAT")
		for _, m := range []string{"CONFIG_32BIT 1", "CONFIG_GENERIC_ATOMIC64 1", one(width[1])} {
			define(m)
		}
	}
	if a.BigEndian {
		define("CONFIG_CPU_BIG_ENDIAN 1")
	} else {
		define("CONFIG_CPU_LITTLE_ENDIAN 1")
	}
	for _, m := range neededMacros[a.Arch] {
		define(m)
	}
	return b.String(), true
}

func one(name string) string {
	if name == "" {
		return ""
	}
	return name + " 1"
}
