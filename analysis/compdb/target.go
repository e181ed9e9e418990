package compdb

import (
	"runtime"
	"strings"

	"abide/analysis/abi"
)

// target is the ABI that a command line asks for, as far as it says so:
// a family of processors, the width of its data model, the byte order.
type target struct {
	family string
	width  string // "64", "32", "x32", "n32", "oabi"; empty for the family's default
	order  string // "le", "be"; empty for the family's default
}

// rows names the ABI of each family, width and order; the first row of a
// family is its default.
var rows = []struct{ family, width, order, abi string }{
	{"x86", "64", "le", "x86_64"},
	{"x86", "32", "le", "i386"},
	{"x86", "x32", "le", "x32"},
	{"arm64", "64", "le", "arm64"},
	{"arm64", "64", "be", "arm64_be"},
	{"arm", "32", "le", "arm"},
	{"arm", "32", "be", "armeb"},
	{"arm", "oabi", "le", "arm_oabi"},
	{"riscv", "64", "le", "riscv64"},
	{"riscv", "32", "le", "riscv32"},
	{"powerpc", "64", "be", "ppc64"},
	{"powerpc", "64", "le", "ppc64le"},
	{"powerpc", "32", "be", "ppc32"},
	{"powerpc", "32", "le", "ppc32le"},
	{"s390", "64", "be", "s390x"},
	{"s390", "32", "be", "s390"},
	{"mips", "32", "be", "mips_o32"},
	{"mips", "n32", "be", "mips_n32"},
	{"mips", "64", "be", "mips_n64"},
	{"mips", "32", "le", "mipsel_o32"},
	{"mips", "n32", "le", "mipsel_n32"},
	{"mips", "64", "le", "mipsel_n64"},
	{"sparc", "64", "be", "sparc64"},
	{"sparc", "32", "be", "sparc32"},
	{"parisc", "32", "be", "parisc32"},
	{"parisc", "64", "be", "parisc64"},
	{"m68k", "32", "be", "m68k"},
	{"sh", "32", "le", "sh4"},
	{"sh", "32", "be", "sh4eb"},
	{"alpha", "64", "le", "alpha"},
	{"loongarch", "64", "le", "loongarch64"},
	{"arc", "32", "le", "arc"},
	{"arc", "32", "be", "arceb"},
	{"csky", "32", "le", "csky"},
	{"hexagon", "32", "le", "hexagon"},
	{"microblaze", "32", "be", "microblaze"},
	{"microblaze", "32", "le", "microblazeel"},
	{"nios2", "32", "le", "nios2"},
	{"openrisc", "32", "be", "openrisc"},
	{"xtensa", "32", "le", "xtensa"},
	{"xtensa", "32", "be", "xtensaeb"},
	{"ia64", "64", "le", "ia64"},
}

// cpus reads the first word of a triplet; a row matches as a prefix, the
// longest first.
var cpus = []struct {
	prefix string
	target target
}{
	{"x86_64", target{"x86", "64", "le"}},
	{"amd64", target{"x86", "64", "le"}},
	{"i386", target{"x86", "32", "le"}},
	{"i486", target{"x86", "32", "le"}},
	{"i586", target{"x86", "32", "le"}},
	{"i686", target{"x86", "32", "le"}},
	{"aarch64_be", target{"arm64", "64", "be"}},
	{"aarch64", target{"arm64", "64", "le"}},
	{"arm64", target{"arm64", "64", "le"}},
	{"armeb", target{"arm", "32", "be"}},
	{"arm", target{"arm", "32", "le"}},
	{"thumb", target{"arm", "32", "le"}},
	{"riscv64", target{"riscv", "64", "le"}},
	{"riscv32", target{"riscv", "32", "le"}},
	{"powerpc64le", target{"powerpc", "64", "le"}},
	{"ppc64le", target{"powerpc", "64", "le"}},
	{"ppc64el", target{"powerpc", "64", "le"}},
	{"powerpc64", target{"powerpc", "64", "be"}},
	{"ppc64", target{"powerpc", "64", "be"}},
	{"powerpcle", target{"powerpc", "32", "le"}},
	{"powerpc", target{"powerpc", "32", "be"}},
	{"ppc", target{"powerpc", "32", "be"}},
	{"s390x", target{"s390", "64", "be"}},
	{"s390", target{"s390", "32", "be"}},
	{"mips64el", target{"mips", "64", "le"}},
	{"mips64", target{"mips", "64", "be"}},
	{"mipsisa64r6el", target{"mips", "64", "le"}},
	{"mipsisa64r6", target{"mips", "64", "be"}},
	{"mipsisa32r6el", target{"mips", "32", "le"}},
	{"mipsel", target{"mips", "32", "le"}},
	{"mips", target{"mips", "32", "be"}},
	{"sparc64", target{"sparc", "64", "be"}},
	{"sparcv9", target{"sparc", "64", "be"}},
	{"sparc", target{"sparc", "32", "be"}},
	{"hppa64", target{"parisc", "64", "be"}},
	{"parisc64", target{"parisc", "64", "be"}},
	{"hppa", target{"parisc", "32", "be"}},
	{"parisc", target{"parisc", "32", "be"}},
	{"m68k", target{"m68k", "32", "be"}},
	{"sh4eb", target{"sh", "32", "be"}},
	{"sheb", target{"sh", "32", "be"}},
	{"sh", target{"sh", "32", "le"}},
	{"alpha", target{"alpha", "64", "le"}},
	{"loongarch64", target{"loongarch", "64", "le"}},
	{"arceb", target{"arc", "32", "be"}},
	{"arc", target{"arc", "32", "le"}},
	{"ia64", target{"ia64", "64", "le"}},
	{"csky", target{"csky", "32", "le"}},
	{"hexagon", target{"hexagon", "32", "le"}},
	{"microblazeel", target{"microblaze", "32", "le"}},
	{"microblaze", target{"microblaze", "32", "be"}},
	{"nios2", target{"nios2", "32", "le"}},
	{"or1k", target{"openrisc", "32", "be"}},
	{"openrisc", target{"openrisc", "32", "be"}},
	{"xtensaeb", target{"xtensa", "32", "be"}},
	{"xtensa", target{"xtensa", "32", "le"}},
}

// environments reads the last word of a triplet, where it decides the width.
var environments = map[string]string{
	"gnux32": "x32", "muslx32": "x32", "gnuabin32": "n32", "muslabin32": "n32",
	"gnuabi64": "64", "muslabi64": "64", "gnuabio32": "32",
}

// fromTriplet reads "aarch64-linux-gnu", or a processor's name alone.
func (t *target) fromTriplet(triplet string) {
	cpu, rest, _ := strings.Cut(strings.ToLower(triplet), "-")
	for _, c := range cpus {
		if !strings.HasPrefix(cpu, c.prefix) {
			continue
		}
		*t = c.target
		if w, ok := environments[rest[strings.LastIndexByte(rest, '-')+1:]]; ok {
			t.width = w
		}
		return
	}
}

// fromCompiler reads the triplet that a cross compiler's name starts with.
func (t *target) fromCompiler(name string) {
	if m := compilerName.FindStringSubmatch(commandName(name)); m != nil && strings.Contains(m[1], "-") {
		t.fromTriplet(m[1])
	}
}

// targetFlags are the flags that name an ABI. family is the one that has the
// flag, empty if many do.
var targetFlags = map[string]target{
	"-m32": {width: "32"}, "-m64": {width: "64"}, "-m16": {"x86", "32", "le"}, "-mx32": {"x86", "x32", "le"},
	"-m31":      {"s390", "32", "be"},
	"-mabi=n32": {family: "mips", width: "n32"}, "-mabi=64": {family: "mips", width: "64"},
	"-mabi=32": {family: "mips", width: "32"}, "-mabi=o32": {family: "mips", width: "32"}, "-mabi=n64": {family: "mips", width: "64"},
	"-mabi=apcs-gnu": {"arm", "oabi", "le"}, "-mabi=atpcs": {"arm", "oabi", "le"},
	"-mabi=aapcs": {family: "arm", width: "32"}, "-mabi=aapcs-linux": {family: "arm", width: "32"},
	"-mbig-endian": {order: "be"}, "-mlittle-endian": {order: "le"}, "-mbig": {order: "be"}, "-mlittle": {order: "le"},
	"-EB": {order: "be"}, "-EL": {order: "le"}, "-meb": {order: "be"}, "-mel": {order: "le"},
	"-mb": {family: "sh", order: "be"}, "-ml": {family: "sh", order: "le"},
}

func (t *target) flag(arg string) {
	switch {
	case strings.HasPrefix(arg, "-march=rv32"):
		*t = target{"riscv", "32", "le"}
	case strings.HasPrefix(arg, "-march=rv64"):
		*t = target{"riscv", "64", "le"}
	case strings.HasPrefix(arg, "-mabi=ilp32") && t.family != "arm64":
		*t = target{"riscv", "32", "le"}
	case strings.HasPrefix(arg, "-mabi=lp64") && t.family == "":
		*t = target{"riscv", "64", "le"}
	}
	f, ok := targetFlags[arg]
	if !ok {
		return
	}
	if f.family != "" && t.family != "" && f.family != t.family {
		return
	}
	if f.family != "" {
		t.family = f.family
	}
	if f.width != "" {
		t.width = f.width
	}
	if f.order != "" {
		t.order = f.order
	}
}

// hostFamilies are the families whose compilers take -m32 and -m64.
var hostFamilies = map[string]string{
	"ppc64": "powerpc", "ppc64le": "powerpc", "s390x": "s390", "mips": "mips", "mipsle": "mips", "mips64": "mips", "mips64le": "mips",
	"sparc64": "sparc",
}

// abi is the table's row; nil if the command line says nothing, or asks for
// something that the table does not have.
func (t target) abi() *abi.ABI {
	if t == (target{}) {
		return nil
	}
	if t.family == "" {
		if t.width == "" {
			return nil
		}
		t.family = hostFamilies[runtime.GOARCH]
		if t.family == "" {
			t.family = "x86"
		}
	}
	for _, r := range rows {
		if r.family == t.family && (t.width == "" || t.width == r.width) && (t.order == "" || t.order == r.order) {
			return abi.Lookup(r.abi)
		}
	}
	return nil
}
