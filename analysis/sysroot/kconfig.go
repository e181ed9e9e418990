package sysroot

import (
	"maps"
	"slices"
	"strings"
	"sync"

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

// machineMacros are what the headers of an architecture cannot do without: its
// pages, the kind of machine, where the current task is. The values are those
// of the defconfigs of Linux 6.1. The first list is for 64-bit kernels, the
// second for 32-bit ones.
var machineMacros = map[string][2][]string{
	"x86": {nil, {"CONFIG_PAGE_OFFSET 0xC0000000", "CONFIG_PGTABLE_LEVELS 2", inTask}},
	"arm64": {{
		"CONFIG_ARM64_4K_PAGES 1", "CONFIG_ARM64_PAGE_SHIFT 12", "CONFIG_ARM64_CONT_PTE_SHIFT 4", "CONFIG_ARM64_CONT_PMD_SHIFT 4",
		"CONFIG_ARM64_VA_BITS 48", "CONFIG_ARM64_PA_BITS 48", "CONFIG_PGTABLE_LEVELS 4", inTask,
	}, nil},
	"arm": {nil, {
		"CONFIG_MMU 1", "CONFIG_CPU_V7 1", "CONFIG_CPU_32v7 1", "CONFIG_CPU_COPY_V6 1", "CONFIG_CPU_TLB_V7 1", "CONFIG_CPU_CACHE_V7 1",
		"CONFIG_AEABI 1", "CONFIG_PAGE_OFFSET 0xC0000000", "CONFIG_ARM_L1_CACHE_SHIFT 6", "CONFIG_PGTABLE_LEVELS 2", inTask,
	}},
	"riscv": {
		{"CONFIG_PAGE_OFFSET 0xff60000000000000", "CONFIG_PGTABLE_LEVELS 5", inTask},
		{"CONFIG_PAGE_OFFSET 0xC0000000", "CONFIG_PGTABLE_LEVELS 2", inTask},
	},
	"powerpc": {
		{
			"CONFIG_PPC_BOOK3S 1", "CONFIG_PPC_BOOK3S_64 1", "CONFIG_PPC_PAGE_SHIFT 12", "CONFIG_PPC_4K_PAGES 1",
			"CONFIG_PAGE_OFFSET 0xc000000000000000", "CONFIG_KERNEL_START 0xc000000000000000", "CONFIG_PHYSICAL_START 0",
			"CONFIG_PGTABLE_LEVELS 4", inTask,
		},
		{
			"CONFIG_PPC_BOOK3S 1", "CONFIG_PPC_BOOK3S_32 1", "CONFIG_PPC_PAGE_SHIFT 12", "CONFIG_PPC_4K_PAGES 1",
			"CONFIG_PAGE_OFFSET 0xc0000000", "CONFIG_KERNEL_START 0xc0000000", "CONFIG_PHYSICAL_START 0", "CONFIG_TASK_SIZE 0xb0000000",
			"CONFIG_PGTABLE_LEVELS 2", inTask,
		},
	},
	"mips": {
		{"CONFIG_PAGE_SIZE_4KB 1", "CONFIG_MIPS_L1_CACHE_SHIFT 5", "CONFIG_PGTABLE_LEVELS 3"},
		{"CONFIG_PAGE_SIZE_4KB 1", "CONFIG_MIPS_L1_CACHE_SHIFT 5", "CONFIG_PGTABLE_LEVELS 2"},
	},
	"s390":   {{"CONFIG_PGTABLE_LEVELS 5", "CONFIG_HAVE_MARCH_Z196_FEATURES 1", inTask}, {"CONFIG_PGTABLE_LEVELS 2", inTask}},
	"sparc":  {{"CONFIG_PGTABLE_LEVELS 4"}, {"CONFIG_PGTABLE_LEVELS 3"}},
	"parisc": {{"CONFIG_PARISC_PAGE_SIZE_4KB 1", "CONFIG_PGTABLE_LEVELS 3", inTask}, {"CONFIG_PARISC_PAGE_SIZE_4KB 1", "CONFIG_PGTABLE_LEVELS 2", inTask}},
	"alpha":  {{"CONFIG_ALPHA_GENERIC 1", "CONFIG_PGTABLE_LEVELS 3"}, nil},
	"sh":     {nil, {"CONFIG_PAGE_SIZE_4KB 1", "CONFIG_PGTABLE_LEVELS 2", "CONFIG_CPU_SH4 1", "CONFIG_MMU 1"}},
	"m68k":   {nil, {"CONFIG_MMU 1", "CONFIG_PGTABLE_LEVELS 3", "CONFIG_M68020 1"}},
}

const inTask = "CONFIG_THREAD_INFO_IN_TASK 1"

// machineOnly are the macros that say what a machine is like, and that no
// other one inherits.
var machineOnly = []string{
	"CONFIG_64BIT", "CONFIG_32BIT", "CONFIG_CPU_BIG_ENDIAN", "CONFIG_CPU_LITTLE_ENDIAN", "CONFIG_PHYS_ADDR_T_64BIT",
	"CONFIG_ARCH_DMA_ADDR_T_64BIT", "CONFIG_GENERIC_ATOMIC64", "CONFIG_THREAD_INFO_IN_TASK", "CONFIG_PGTABLE_LEVELS",
	"CONFIG_HAVE_STATIC_CALL", "CONFIG_HAVE_STATIC_CALL_INLINE", "CONFIG_ARCH_HAS_CC_PLATFORM", "CONFIG_HAVE_ARCH_COMPILER_H",
}

// unlessHeader are macros that hold only if the architecture has the header
// that they lead to.
var unlessHeader = []struct{ macro, header string }{
	{"CONFIG_ARCH_WANT_BATCHED_UNMAP_TLB_FLUSH", "asm/tlbbatch.h"},
	{"CONFIG_ARCH_HAS_SYNC_CORE_BEFORE_USERMODE", "asm/sync_core.h"},
	{"CONFIG_ARCH_HAS_MEM_ENCRYPT", "asm/mem_encrypt.h"},
	{"CONFIG_ARCH_HAS_SYSCALL_WRAPPER", "asm/syscall_wrapper.h"},
	{"CONFIG_ARCH_CLOCKSOURCE_INIT", "asm/clocksource.h"},
	{"CONFIG_GENERIC_GETTIMEOFDAY", "asm/vdso/clocksource.h"},
	{"CONFIG_ACPI", "asm/acpi.h"},
	{"CONFIG_JUMP_LABEL", "asm/jump_label.h"},
	{"CONFIG_SECCOMP", "asm/seccomp.h"},
	{"CONFIG_UPROBES", "asm/uprobes.h"},
	{"CONFIG_SMP", "asm/smp.h"},
}

// oneNode are the macros of machines with memory here and there, which 32-bit
// kernels and a few architectures do without.
var oneNode = []string{
	"CONFIG_NUMA", "CONFIG_NODES_SHIFT", "CONFIG_SPARSEMEM", "CONFIG_SPARSEMEM_EXTREME", "CONFIG_SPARSEMEM_VMEMMAP",
	"CONFIG_TRANSPARENT_HUGEPAGE", "CONFIG_NEED_MULTIPLE_NODES", "CONFIG_COMPAT",
}

var (
	flatMemory   = map[string]bool{"mips": true, "alpha": true}
	oneProcessor = map[string]bool{"m68k": true, "sh": true, "microblaze": true, "nios2": true}
)

// kconfigOverride gives the text of a header of kconfigDir.
func kconfigOverride(inner string) (string, bool) {
	name, ok := strings.CutPrefix(inner, kconfigRoot)
	if !ok {
		return "", false
	}
	content, ok := kconfigs()[name]
	return content, ok
}

// kconfigs is the headers of kconfigDir by name, written once: every keystroke
// compares them with what was read before.
var kconfigs = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, a := range abi.All() {
		out[a.Name+".h"] = kconfigText(a)
	}
	return out
})

func kconfigText(a *abi.ABI) string {
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
	for _, arch := range slices.Sorted(maps.Keys(widthMacros)) {
		w := widthMacros[arch]
		undef(w[0], w[1])
	}
	undef(machineOnly...)
	for _, u := range unlessHeader {
		b.WriteString("#if !__has_include(<" + u.header + ">)\n#undef " + u.macro + "\n#endif\n")
	}
	if arch := compdb.LookupArch(a.Arch); arch != nil {
		define(arch.Config + " 1")
	}
	width, machine := widthMacros[a.Arch], machineMacros[a.Arch]
	if a.Types[abi.Long].Size == 8 {
		define("CONFIG_64BIT 1")
		define("CONFIG_PHYS_ADDR_T_64BIT 1")
		define("CONFIG_ARCH_DMA_ADDR_T_64BIT 1")
		define(one(width[0]))
		if flatMemory[a.Arch] {
			undef(oneNode...)
			define("CONFIG_FLATMEM 1")
		}
		defineAll(define, machine[0])
	} else {
		undef(oneNode...)
		define("CONFIG_FLATMEM 1")
		define("CONFIG_32BIT 1")
		define("CONFIG_GENERIC_ATOMIC64 1")
		define(one(width[1]))
		defineAll(define, machine[1])
	}
	if oneProcessor[a.Arch] {
		undef("CONFIG_SMP")
	}
	if a.BigEndian {
		define("CONFIG_CPU_BIG_ENDIAN 1")
	} else {
		define("CONFIG_CPU_LITTLE_ENDIAN 1")
	}
	return b.String()
}

func defineAll(define func(string), macros []string) {
	for _, m := range macros {
		define(m)
	}
}

func one(name string) string {
	if name == "" {
		return ""
	}
	return name + " 1"
}
