package compdb

// Arch is how Linux compiles for one of its arch/ directories, as far as its
// headers ask: the Makefile's own macros and directories.
type Arch struct {
	Name     string // the directory under arch/
	Config   string // the macro of autoconf.h that names the architecture
	Target64 string // compiler targets, for 64-bit and 32-bit configurations
	Target32 string
	TargetBE string // with CONFIG_CPU_BIG_ENDIAN, where that is not the default
	TargetLE string // with CONFIG_CPU_LITTLE_ENDIAN, likewise
	Flags    []string
	Dirs     []string // further directories under arch/<name>/include
	Beside   []string // and under arch/<name>
}

// Arches is read off each arch/*/Makefile of Linux 6.1.
var Arches = []Arch{
	{
		Name: "x86", Config: "CONFIG_X86", Target64: "x86_64-linux-gnu", Target32: "i386-linux-gnu",
		Flags: []string{"-mno-sse", "-mno-mmx", "-mno-sse2"},
	},
	{Name: "arm64", Config: "CONFIG_ARM64", Target64: "aarch64-linux-gnu", TargetBE: "aarch64_be-linux-gnu"},
	{
		Name: "arm", Config: "CONFIG_ARM", Target32: "arm-linux-gnueabi", TargetBE: "armeb-linux-gnueabi",
		Flags: []string{"-D__LINUX_ARM_ARCH__=7"},
	},
	{Name: "riscv", Config: "CONFIG_RISCV", Target64: "riscv64-linux-gnu", Target32: "riscv32-linux-gnu"},
	{
		Name: "powerpc", Config: "CONFIG_PPC", Target64: "powerpc64-linux-gnu", Target32: "powerpc-linux-gnu",
		TargetLE: "powerpc64le-linux-gnu",
	},
	{Name: "s390", Config: "CONFIG_S390", Target64: "s390x-linux-gnu", Target32: "s390-linux-gnu"},
	{
		Name: "mips", Config: "CONFIG_MIPS", Target64: "mips64-linux-gnuabi64", Target32: "mips-linux-gnu",
		TargetLE: "mips64el-linux-gnuabi64", Dirs: []string{"asm/mach-generic"},
	},
	{Name: "sparc", Config: "CONFIG_SPARC", Target64: "sparc64-linux-gnu", Target32: "sparc-linux-gnu"},
	{Name: "m68k", Config: "CONFIG_M68K", Target32: "m68k-linux-gnu"},
	{Name: "parisc", Config: "CONFIG_PARISC", Target64: "hppa64-linux-gnu", Target32: "hppa-linux-gnu"},
	{
		Name: "sh", Config: "CONFIG_SUPERH", Target32: "sh4-linux-gnu", TargetBE: "sh4eb-linux-gnu",
		Dirs: []string{"cpu-sh4", "cpu-common", "mach-common"},
	},
	{Name: "alpha", Config: "CONFIG_ALPHA", Target64: "alpha-linux-gnu"},
	{Name: "loongarch", Config: "CONFIG_LOONGARCH", Target64: "loongarch64-linux-gnu"},
	{Name: "arc", Config: "CONFIG_ARC", Target32: "arc-linux-gnu"},
	{Name: "csky", Config: "CONFIG_CSKY", Target32: "csky-linux-gnu", Beside: []string{"abiv2/inc"}},
	{Name: "hexagon", Config: "CONFIG_HEXAGON", Target32: "hexagon-linux-musl"},
	{Name: "microblaze", Config: "CONFIG_MICROBLAZE", Target32: "microblaze-linux-gnu", TargetLE: "microblazeel-linux-gnu"},
	{Name: "nios2", Config: "CONFIG_NIOS2", Target32: "nios2-linux-gnu"},
	{Name: "openrisc", Config: "CONFIG_OPENRISC", Target32: "or1k-linux-gnu"},
	{Name: "xtensa", Config: "CONFIG_XTENSA", Target32: "xtensa-linux-gnu", Beside: []string{"variants/fsf/include"}},
}

// LookupArch finds the row of an arch/ directory, nil if there is none.
func LookupArch(name string) *Arch {
	for i := range Arches {
		if Arches[i].Name == name {
			return &Arches[i]
		}
	}
	return nil
}

// hostArch names the arch/ directory of the machine that abide runs on.
var hostArch = map[string]string{
	"amd64": "x86", "386": "x86", "arm64": "arm64", "arm": "arm", "riscv64": "riscv", "ppc64": "powerpc", "ppc64le": "powerpc",
	"s390x": "s390", "mips": "mips", "mipsle": "mips", "mips64": "mips", "mips64le": "mips", "loong64": "loongarch", "sparc64": "sparc",
}
