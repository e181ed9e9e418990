package compdb

import (
	"strings"

	"abide/analysis/cpp"
)

// modes collects what flags other than -D predefine or take away, on top of
// what a compiler predefines without flags (abi.ABI.Macros, that is GNU C17
// without optimisation). Of the flags of one group the last one counts.
type modes struct {
	order  []string
	groups map[string][]cpp.Define
}

func (m *modes) set(group string, defines ...cpp.Define) {
	if m.groups == nil {
		m.groups = map[string][]cpp.Define{}
	}
	if _, ok := m.groups[group]; !ok {
		m.order = append(m.order, group)
	}
	m.groups[group] = defines
}

func (m *modes) defines() []cpp.Define {
	var out []cpp.Define
	for _, g := range m.order {
		out = append(out, m.groups[g]...)
	}
	return out
}

func (m *modes) flag(arg string) {
	if std, ok := strings.CutPrefix(arg, "-std="); ok {
		m.standard(std)
		return
	}
	if std, ok := strings.CutPrefix(arg, "--std="); ok {
		m.standard(std)
		return
	}
	if f, ok := modeFlags[arg]; ok {
		m.set(f.group, parseDefines(f.defines)...)
		return
	}
	// -O, -O2, -Ofast, … all optimise, apart from -O0.
	if strings.HasPrefix(arg, "-O") {
		m.set("optimise", parseDefines("__OPTIMIZE__=1 !__NO_INLINE__")...)
	}
}

// parseDefines reads "NAME=value" and "!NAME" (undefined), separated by spaces.
func parseDefines(s string) []cpp.Define {
	var out []cpp.Define
	for _, word := range strings.Fields(s) {
		if name, ok := strings.CutPrefix(word, "!"); ok {
			out = append(out, cpp.Define{Name: name, Undef: true})
			continue
		}
		name, value, _ := strings.Cut(word, "=")
		out = append(out, cpp.Define{Name: name, Value: strings.ReplaceAll(value, "_SPACE_", " ")})
	}
	return out
}

// modeFlags is read off gcc 12 (gcc -dM -E with and without each flag).
var modeFlags = map[string]struct{ group, defines string }{
	"-O0":   {"optimise", ""},
	"-Os":   {"optimise", "__OPTIMIZE__=1 __OPTIMIZE_SIZE__=1 !__NO_INLINE__"},
	"-Oz":   {"optimise", "__OPTIMIZE__=1 __OPTIMIZE_SIZE__=1 !__NO_INLINE__"},
	"-ansi": {"standard", c89 + strict},

	"-fgnu89-inline":    {"inline", "!__GNUC_STDC_INLINE__ __GNUC_GNU_INLINE__=1"},
	"-fno-gnu89-inline": {"inline", ""},
	"-ffreestanding":    {"hosted", "__STDC_HOSTED__=0"},
	"-fno-hosted":       {"hosted", "__STDC_HOSTED__=0"},
	"-fhosted":          {"hosted", ""},
	"-fno-freestanding": {"hosted", ""},
	"-pthread":          {"threads", "_REENTRANT=1"},
	"-fopenmp":          {"openmp", "_OPENMP=201511 _REENTRANT=1"},
	"-fno-openmp":       {"openmp", ""},
	"-fexceptions":      {"exceptions", "__EXCEPTIONS=1"},
	"-fno-exceptions":   {"exceptions", ""},

	"-fPIC":    {"pic", "__pic__=2 __PIC__=2 !__pie__ !__PIE__"},
	"-fpic":    {"pic", "__pic__=1 __PIC__=1 !__pie__ !__PIE__"},
	"-fPIE":    {"pic", "__pic__=2 __PIC__=2 __pie__=2 __PIE__=2"},
	"-fpie":    {"pic", "__pic__=1 __PIC__=1 __pie__=1 __PIE__=1"},
	"-fno-PIC": {"pic", "!__pic__ !__PIC__ !__pie__ !__PIE__"},
	"-fno-pic": {"pic", "!__pic__ !__PIC__ !__pie__ !__PIE__"},
	"-fno-PIE": {"pic", "!__pic__ !__PIC__ !__pie__ !__PIE__"},
	"-fno-pie": {"pic", "!__pic__ !__PIC__ !__pie__ !__PIE__"},

	"-fshort-wchar": {"wchar", "__SIZEOF_WCHAR_T__=2 __WCHAR_WIDTH__=16 __WCHAR_MAX__=0xffff __WCHAR_MIN__=0 " +
		"__WCHAR_TYPE__=short_SPACE_unsigned_SPACE_int"},
	"-fno-short-wchar": {"wchar", ""},

	"-fstack-protector":          {"stack-protector", "__SSP__=1"},
	"-fstack-protector-all":      {"stack-protector", "__SSP_ALL__=2"},
	"-fstack-protector-strong":   {"stack-protector", "__SSP_STRONG__=3"},
	"-fstack-protector-explicit": {"stack-protector", "__SSP_EXPLICIT__=4"},
	"-fno-stack-protector":       {"stack-protector", ""},

	"-fsanitize=address":              {"address", "__SANITIZE_ADDRESS__=1"},
	"-fsanitize=kernel-address":       {"address", "__SANITIZE_ADDRESS__=1"},
	"-fsanitize=thread":               {"thread", "__SANITIZE_THREAD__=1"},
	"-fno-asynchronous-unwind-tables": {"unwind", "!__GCC_HAVE_DWARF2_CFI_ASM"},
	"-fasynchronous-unwind-tables":    {"unwind", ""},
	"-fno-dwarf2-cfi-asm":             {"unwind", "!__GCC_HAVE_DWARF2_CFI_ASM"},
	"-ffinite-math-only":              {"finite-math", "__FINITE_MATH_ONLY__=1"},
	"-fno-finite-math-only":           {"finite-math", ""},
	"-ffast-math":                     {"finite-math", "__FINITE_MATH_ONLY__=1 __FAST_MATH__=1"},
	"-Ofast":                          {"optimise", "__OPTIMIZE__=1 !__NO_INLINE__ __FINITE_MATH_ONLY__=1 __FAST_MATH__=1"},
	"-mno-mmx":                        {"mmx", "!__MMX__"},
	"-mno-sse":                        {"sse", "!__SSE__ !__SSE_MATH__ !__SSE2__ !__SSE2_MATH__ !__MMX_WITH_SSE__"},
	"-mno-sse2":                       {"sse2", "!__SSE2__ !__SSE2_MATH__ !__MMX_WITH_SSE__"},
	"-mcmodel=kernel":                 {"code-model", "!__code_model_small__ __code_model_kernel__=1"},
	"-mcmodel=medium":                 {"code-model", "!__code_model_small__ __code_model_medium__=1"},
	"-mcmodel=large":                  {"code-model", "!__code_model_small__ __code_model_large__=1"},
}

const (
	// strict is what -std=c* and -ansi add to -std=gnu*: no plain names.
	strict = " __STRICT_ANSI__=1 !linux !unix !i386 !mips !sparc !sun !hppa !PPC !MIPSEB !MIPSEL !R3000 !R4000 !parisc !arc"
	c89    = "!__STDC_VERSION__ !__STDC_UTF_16__ !__STDC_UTF_32__ !__GNUC_STDC_INLINE__ __GNUC_GNU_INLINE__=1"
)

// standards gives for each -std= what differs from GNU C17.
var standards = map[string]string{
	"89": c89, "90": c89, "iso9899:1990": c89,
	"iso9899:199409": c89 + " __STDC_VERSION__=199409L",
	"99":             "__STDC_VERSION__=199901L", "9x": "__STDC_VERSION__=199901L", "iso9899:1999": "__STDC_VERSION__=199901L",
	"11": "__STDC_VERSION__=201112L", "1x": "__STDC_VERSION__=201112L", "iso9899:2011": "__STDC_VERSION__=201112L",
	"17": "", "18": "", "iso9899:2017": "", "iso9899:2018": "",
	"2x": "__STDC_VERSION__=202000L", "23": "__STDC_VERSION__=202311L", "iso9899:2024": "__STDC_VERSION__=202311L",
	"2y": "__STDC_VERSION__=202500L",
}

// utf names what strict C99 lacks, and GNU C99 has.
const utf = " !__STDC_UTF_16__ !__STDC_UTF_32__"

func (m *modes) standard(std string) {
	year, gnu := strings.CutPrefix(std, "gnu")
	if !gnu {
		year = strings.TrimPrefix(std, "c")
	}
	defines, ok := standards[year]
	if !ok { // C++, or a standard still to come
		return
	}
	if !gnu {
		defines += strict
		if strings.Contains(defines, "199901L") {
			defines += utf
		}
	}
	m.set("standard", parseDefines(defines)...)
}
