// Command gen reads the predefined macros of every ABI's compiler and writes
// them as one table, macros.h: each definition once, below the ABIs that have it.
// Run it in the abi package's folder, with all compilers of abitest installed.
package main

import (
	"fmt"
	"log"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"abide/analysis/abi/abitest"
)

// A derived ABI has no gcc in Debian. Its macros are those of a base ABI of
// the same data model and byte order, without the names that match drop, and
// with those that its own port of gcc defines.
type derived struct {
	base string
	drop string
	add  map[string]string
}

// arcNames are the macros of ARC's own port of gcc.
const arcNames = `(?i)arc|^__(HS|EM|A7|NPS|Xnorm|Xbarrel|LITTLE_ENDIAN__|BIG_ENDIAN__)`

var derivations = map[string]derived{
	"loongarch64": {"riscv64", `riscv|^__CHAR_UNSIGNED__$`, map[string]string{
		"__loongarch__": "1", "__loongarch_grlen": "64", "__loongarch64": "1", "_ABILP64": "3",
		"_LOONGARCH_SIM": "_ABILP64", "__loongarch_lp64": "1", "__loongarch_double_float": "1",
		"__loongarch_hard_float": "1", "__loongarch_frlen": "64",
		"_LOONGARCH_ARCH": `"loongarch64"`, "_LOONGARCH_TUNE": `"loongarch64"`,
		"_LOONGARCH_ARCH_LOONGARCH64": "1", "_LOONGARCH_TUNE_LOONGARCH64": "1",
		"_LOONGARCH_SZINT": "32", "_LOONGARCH_SZLONG": "64", "_LOONGARCH_SZPTR": "64",
		"_LOONGARCH_FPSET": "32", "_LOONGARCH_SPFPSET": "32",
	}},
	"csky": {"arc", arcNames, map[string]string{
		"__csky__": "2", "__CSKY__": "2", "__ckcore__": "2", "__CKCORE__": "2", "__CSKYABIV2__": "1", "__cskyabiv2__": "1",
		"__CSKYABI__": "2", "__cskyabi__": "2", "__cskyLE__": "1", "__CSKYLE__": "1", "__cskyle__": "1",
		"__WCHAR_TYPE__": "long int", "__WCHAR_MAX__": "0x7fffffffL", "__WCHAR_MIN__": "(-__WCHAR_MAX__ - 1)",
	}},
	"hexagon": {"arc", arcNames, map[string]string{
		"__hexagon__": "1", "__HEXAGON__": "1", "__hexagon": "1", "__qdsp6__": "1", "__QDSP6__": "1",
		"__HEXAGON_ARCH__": "60", "__QDSP6_ARCH__": "60", "__HEXAGON_V60__": "1", "__QDSP6_V60__": "1",
		"__BIGGEST_ALIGNMENT__": "8",
	}},
	"microblaze": {"arceb", arcNames + `|^__CHAR_UNSIGNED__$`, map[string]string{
		"__microblaze__": "1", "__MICROBLAZE__": "1", "__MICROBLAZEEB__": "1", "__BIG_ENDIAN__": "1", "_BIG_ENDIAN": "1",
	}},
	"microblazeel": {"arc", arcNames + `|^__CHAR_UNSIGNED__$`, map[string]string{
		"__microblaze__": "1", "__MICROBLAZE__": "1", "__MICROBLAZEEL__": "1", "__LITTLE_ENDIAN__": "1", "_LITTLE_ENDIAN": "1",
	}},
	"nios2": {"arc", arcNames + `|^__CHAR_UNSIGNED__$`, map[string]string{
		"nios2": "1", "__nios2": "1", "__nios2__": "1", "NIOS2": "1", "__NIOS2": "1", "__NIOS2__": "1",
		"nios2_little_endian": "1", "__nios2_little_endian": "1", "__nios2_little_endian__": "1", "__nios2_arch__": "1",
	}},
	"openrisc": {"arceb", arcNames + `|^__CHAR_UNSIGNED__$`, map[string]string{
		"__or1k__": "1", "__OR1K__": "1", "__OR1K_DELAY__": "1",
		"__WCHAR_TYPE__": "unsigned int", "__WCHAR_MAX__": "0xffffffffU", "__WCHAR_MIN__": "0U",
	}},
	"xtensa":   {"arc", arcNames, xtensaMacros("__XTENSA_EL__")},
	"xtensaeb": {"arceb", arcNames, xtensaMacros("__XTENSA_EB__")},
	"ia64": {"x86_64", `(?i)x86|amd64|k8|sse|mmx|fxsr|__SEG_|code_model|GCC_ASM_FLAG|CET|^__FLT16_|__SIZEOF_FLOAT(80|128)__|^__PI[CE]__$|^__pi[ce]__$`, map[string]string{
		"__ia64": "1", "__ia64__": "1", "__itanium__": "1",
	}},
}

func xtensaMacros(order string) map[string]string {
	return map[string]string{
		"__xtensa__": "1", "__XTENSA__": "1", order: "1", "__XTENSA_WINDOWED_ABI__": "1", "__XTENSA_SOFT_FLOAT__": "1",
		"__WCHAR_TYPE__": "long int", "__WCHAR_MAX__": "0x7fffffffL", "__WCHAR_MIN__": "(-__WCHAR_MAX__ - 1)",
		"__BIGGEST_ALIGNMENT__": "16",
	}
}

// macros maps a macro's name (with its parameter list) to its body.
type macros map[string]string

func main() {
	log.SetFlags(0)
	all := map[string]macros{}
	for name := range abitest.Compilers {
		if _, ok := derivations[name]; ok {
			continue
		}
		text, err := abitest.Macros(abitest.Command(name))
		if err != nil {
			log.Fatal(err)
		}
		all[name] = parse(text)
	}
	for name, d := range derivations {
		m, drop := macros{}, regexp.MustCompile(d.drop)
		for k, v := range all[d.base] {
			if !drop.MatchString(k) {
				m[k] = v
			}
		}
		maps.Copy(m, d.add)
		all[name] = m
	}

	if err := os.WriteFile("macros.h", []byte(table(all)), 0o644); err != nil {
		log.Fatal(err)
	}
}

var define = regexp.MustCompile(`(?m)^#define ([A-Za-z_]\w*(?:\([^)]*\))?)(?: (.*))?$`)

func parse(text string) macros {
	m := macros{}
	for _, d := range define.FindAllStringSubmatch(text, -1) {
		m[d[1]] = d[2]
	}
	return m
}

// table lists each definition once, below the ABIs that have it.
func table(all map[string]macros) string {
	abis := slices.Sorted(maps.Keys(all))
	owners := map[string][]string{} // a definition's line, its ABIs in order
	for _, name := range abis {
		for k, body := range all[name] {
			line := strings.TrimRight("#define "+k+" "+body, " ")
			owners[line] = append(owners[line], name)
		}
	}
	blocks := map[string][]string{} // a list of ABIs, their lines
	for line, of := range owners {
		blocks[heading(of, abis)] = append(blocks[heading(of, abis)], line)
	}
	var b strings.Builder
	b.WriteString("/* Code generated by go generate in analysis/abi. DO NOT EDIT.\n" +
		"   What GCC 12.2 predefines (-dM -E), below the ABIs that have it. */\n")
	for _, head := range slices.Sorted(maps.Keys(blocks)) {
		fmt.Fprintf(&b, "\n/* %s */\n%s\n", head, strings.Join(slices.Sorted(slices.Values(blocks[head])), "\n"))
	}
	return b.String()
}

// heading names some of all ABIs the shorter way: "arm arm64", or what "all
// but" leaves out.
func heading(some, all []string) string {
	if len(some) == len(all) {
		return "all"
	}
	if 2*len(some) <= len(all) {
		return strings.Join(some, " ")
	}
	rest := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(some, name) })
	return "all but " + strings.Join(rest, " ")
}
