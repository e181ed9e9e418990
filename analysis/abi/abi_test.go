package abi_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/abi/abitest"
)

func names(rows []*abi.ABI) string {
	var s []string
	for _, a := range rows {
		s = append(s, a.Name)
	}
	return strings.Join(s, ",")
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ list, want, err string }{
		{"x86_64,i386", "x86_64,i386", ""},
		{"AMD64, i686 aarch64,armhf", "x86_64,i386,arm64,arm", ""},
		{"default", "x86_64,i386,arm64,arm", ""},
		{"arm,default", "arm,x86_64,i386,arm64", ""},
		{"all", names(abi.All()), ""},
		{"mips,mips64,ppc64el,powerpc,riscv", "mips_o32,mips_n64,ppc64le,ppc32,riscv64", ""},
		{"x86_46", "", `unknown ABI "x86_46": did you mean x86_64?`},
		{"aarch46", "", `unknown ABI "aarch46": did you mean arm64?`},
		{"vax", "", `unknown ABI "vax": see abide abis for the list`},
		{"pdp-11", "", `unknown ABI "pdp-11": see abide abis for the list`},
		{strings.Repeat("x", 1<<20), "", `unknown ABI "` + strings.Repeat("x", 40) + `"…: see abide abis for the list`},
		{" , ", "", "the list of ABIs is empty: write names such as x86_64,i386, or default, or all"},
	} {
		rows, err := abi.Parse(test.list)
		if got := names(rows); got != test.want || fmt.Sprint(err) != cmp.Or(test.err, "<nil>") {
			t.Errorf("Parse(%.50q) = %s, %v; want %s, %s", test.list, got, err, test.want, test.err)
		}
	}
}

// TestTable holds what a row must have to be one.
func TestTable(t *testing.T) {
	seen := map[string]string{}
	for _, a := range abi.All() {
		for _, name := range append([]string{a.Name}, a.Aliases...) {
			if seen[name] != "" || strings.ToLower(name) != name {
				t.Errorf("%s: name %q is taken by %s, or not lower case", a.Name, name, seen[name])
			}
			seen[name] = a.Name
			if abi.Lookup(strings.ToUpper(name)) != a {
				t.Errorf("Lookup(%q) does not find %s", name, a.Name)
			}
		}
		for _, partner := range a.Partners {
			if p := abi.Lookup(partner); p == nil || p.Name != partner || !slices.Contains(p.Partners, a.Name) && a.Name != "x32" {
				t.Errorf("%s: partner %s is unknown, or does not know it", a.Name, partner)
			}
		}
		for k := abi.Bool; k < abi.NumKinds; k++ {
			ty := a.Types[k]
			if ty.Size > 0 && (ty.Align < 1 || ty.FieldAlign < 1 || ty.FieldAlign > ty.Align) {
				t.Errorf("%s: kind %d: %+v", a.Name, k, ty)
			}
		}
		if a.Description == "" || a.Arch == "" || len(a.Triplets) == 0 || a.Source == "" ||
			a.MaxAlign < 1 || a.MinRecordAlign < 1 || a.SizeT == 0 || a.PtrdiffT == 0 || a.WCharT == 0 || a.WIntT == 0 {
			t.Errorf("%s: the row is not complete", a.Name)
		}
		if _, ok := abitest.Compilers[a.Name]; ok != (a.Source == gcc || a.Source == "clang 14") {
			t.Errorf("%s: Source is %q, compiler in abitest: %v", a.Name, a.Source, ok)
		}
	}
	if abi.Lookup("vax") != nil {
		t.Error(`Lookup("vax") finds something`)
	}
}

// TestMacrosAgree compares the rows with their own predefined macros, which
// holds for rows without a compiler, too.
func TestMacrosAgree(t *testing.T) {
	for _, a := range abi.All() {
		has := func(line string) bool { return strings.Contains(a.Macros, "#define "+line+"\n") }
		for _, want := range []struct {
			line string
			hold bool
		}{
			{fmt.Sprintf("__SIZEOF_LONG__ %d", a.Types[abi.Long].Size), true},
			{fmt.Sprintf("__SIZEOF_POINTER__ %d", a.Types[abi.Pointer].Size), true},
			{fmt.Sprintf("__SIZEOF_LONG_DOUBLE__ %d", a.Types[abi.LongDouble].Size), true},
			{"__SIZEOF_INT128__ 16", a.Has(abi.Int128)},
			{"__CHAR_UNSIGNED__ 1", !a.CharSigned},
			{"__BYTE_ORDER__ __ORDER_BIG_ENDIAN__", a.BigEndian},
			{"__BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__", !a.BigEndian},
			{"__linux__ 1", true},
			{"__GNUC__ 12", true},
			{"__STDC__ 1", true},
		} {
			if has(want.line) != want.hold {
				t.Errorf("%s: #define %s: %v, want %v", a.Name, want.line, !want.hold, want.hold)
			}
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		abi.Lookup("AArch64")
	}
}
