package truth

import "os/exec"

// Toolchain is the compilers that speak for one ABI. GCC decides; Clang is nil
// where clang has no such target.
type Toolchain struct {
	ABI   string
	GCC   *Compiler
	Clang *Compiler
	// Include is the ABI's tree of kernel headers, where it is not the one that
	// the compiler searches by itself.
	Include string
}

// Compiler is a command and the flags that make it compile for an ABI.
type Compiler struct {
	Command string
	Flags   []string
	Package string // Debian's, for the message that it is missing
}

func gcc(triplet string, flags ...string) *Compiler {
	return &Compiler{Command: triplet + "-gcc", Flags: flags, Package: "gcc-" + packageOf(triplet)}
}

func clang(target string, flags ...string) *Compiler {
	return &Compiler{Command: "clang", Flags: append([]string{"-target", target}, flags...), Package: "clang"}
}

func packageOf(triplet string) string {
	if triplet == "x86_64-linux-gnu" {
		return "x86-64-linux-gnu"
	}
	if triplet == "x86_64-linux-gnux32" {
		return "x86-64-linux-gnux32"
	}
	return triplet
}

// Toolchains is the table of ABIs that Debian has a gcc for. clang 14 is left
// out where it is known to be wrong about the target as a whole (m68k) or has
// none.
var Toolchains = []*Toolchain{
	{ABI: "x86_64", GCC: gcc("x86_64-linux-gnu"), Clang: clang("x86_64-linux-gnu")},
	{ABI: "i386", GCC: gcc("i686-linux-gnu"), Clang: clang("i686-linux-gnu")},
	{ABI: "x32", GCC: gcc("x86_64-linux-gnux32"), Clang: clang("x86_64-linux-gnux32")},
	{ABI: "arm64", GCC: gcc("aarch64-linux-gnu"), Clang: clang("aarch64-linux-gnu")},
	{ABI: "arm64_be", GCC: gcc("aarch64-linux-gnu", "-mbig-endian"), Clang: clang("aarch64_be-linux-gnu")},
	{ABI: "arm", GCC: gcc("arm-linux-gnueabihf"), Clang: clang("arm-linux-gnueabihf")},
	{ABI: "armeb", GCC: gcc("arm-linux-gnueabi", "-mbig-endian"), Clang: clang("armeb-linux-gnueabi")},
	{ABI: "arm_oabi", GCC: gcc("arm-linux-gnueabi", "-mabi=apcs-gnu")},
	{ABI: "riscv64", GCC: gcc("riscv64-linux-gnu"), Clang: clang("riscv64-linux-gnu")},
	{ABI: "riscv32", GCC: gcc("riscv64-linux-gnu", "-march=rv32gc", "-mabi=ilp32d"), Clang: clang("riscv32-linux-gnu")},
	{ABI: "ppc64le", GCC: gcc("powerpc64le-linux-gnu"), Clang: clang("powerpc64le-linux-gnu")},
	{ABI: "ppc64", GCC: gcc("powerpc64-linux-gnu"), Clang: clang("powerpc64-linux-gnu")},
	{ABI: "ppc32", GCC: gcc("powerpc-linux-gnu"), Clang: clang("powerpc-linux-gnu")},
	{ABI: "ppc32le", GCC: gcc("powerpc-linux-gnu", "-mlittle-endian"), Clang: clang("powerpcle-linux-gnu")},
	{ABI: "s390x", GCC: gcc("s390x-linux-gnu"), Clang: clang("s390x-linux-gnu")},
	{ABI: "s390", GCC: gcc("s390x-linux-gnu", "-m31")},
	{ABI: "mips_o32", GCC: gcc("mips-linux-gnu"), Clang: clang("mips-linux-gnu")},
	{ABI: "mipsel_o32", GCC: gcc("mipsel-linux-gnu"), Clang: clang("mipsel-linux-gnu")},
	{ABI: "mips_n32", GCC: gcc("mips64-linux-gnuabi64", "-mabi=n32"), Clang: clang("mips64-linux-gnuabin32"), Include: "/usr/mips64-linux-gnuabin32/include"},
	{ABI: "mipsel_n32", GCC: gcc("mips64el-linux-gnuabi64", "-mabi=n32"), Clang: clang("mips64el-linux-gnuabin32"), Include: "/usr/mips64el-linux-gnuabin32/include"},
	{ABI: "mips_n64", GCC: gcc("mips64-linux-gnuabi64"), Clang: clang("mips64-linux-gnuabi64")},
	{ABI: "mipsel_n64", GCC: gcc("mips64el-linux-gnuabi64"), Clang: clang("mips64el-linux-gnuabi64")},
	{ABI: "sparc64", GCC: gcc("sparc64-linux-gnu"), Clang: clang("sparc64-linux-gnu")},
	{ABI: "sparc32", GCC: gcc("sparc64-linux-gnu", "-m32")},
	{ABI: "m68k", GCC: gcc("m68k-linux-gnu")},
	{ABI: "parisc32", GCC: gcc("hppa-linux-gnu")},
	{ABI: "parisc64", GCC: gcc("hppa64-linux-gnu"), Include: "/usr/hppa-linux-gnu/include"},
	{ABI: "sh4", GCC: gcc("sh4-linux-gnu")},
	{ABI: "sh4eb", GCC: gcc("sh4-linux-gnu", "-mb")},
	{ABI: "alpha", GCC: gcc("alpha-linux-gnu")},
	{ABI: "arc", GCC: gcc("arc-linux-gnu")},
	{ABI: "arceb", GCC: gcc("arc-linux-gnu", "-mbig-endian")},
}

// Find gives the compilers for an ABI, nil if there are none.
func Find(abi string) *Toolchain {
	for _, t := range Toolchains {
		if t.ABI == abi {
			return t
		}
	}
	return nil
}

// Installed tells whether the command is there to be run.
func (c *Compiler) Installed() bool {
	_, err := exec.LookPath(c.Command)
	return err == nil
}
