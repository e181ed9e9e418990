package abi_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/abi/abitest"
)

// gcc is the Source of the rows that a gcc for Linux confirms.
const gcc = "GCC 12.2"

// spelling is how C writes each basic type.
var spelling = map[abi.Kind]string{
	abi.Bool: "_Bool", abi.Char: "char", abi.SChar: "signed char", abi.UChar: "unsigned char",
	abi.Short: "short", abi.UShort: "unsigned short", abi.Int: "int", abi.UInt: "unsigned int",
	abi.Long: "long", abi.ULong: "unsigned long", abi.LongLong: "long long", abi.ULongLong: "unsigned long long",
	abi.Int128: "__int128", abi.UInt128: "unsigned __int128", abi.Float16: "_Float16", abi.BFloat16: "__bf16",
	abi.Float: "float", abi.Double: "double", abi.LongDouble: "long double",
	abi.Float32: "_Float32", abi.Float64: "_Float64", abi.Float128: "_Float128",
	abi.Float32x: "_Float32x", abi.Float64x: "_Float64x",
	abi.Decimal32: "_Decimal32", abi.Decimal64: "_Decimal64", abi.Decimal128: "_Decimal128",
	abi.Pointer: "void *",
}

// A figure is one number of the table and the expression that gives it in C.
type figure struct {
	name, expr string
	want       int64
	absent     bool // the compiler must reject the expression
}

func figures(a *abi.ABI) []figure {
	var f []figure
	add := func(name, expr string, want int64) { f = append(f, figure{name, expr, want, false}) }
	for k := abi.Bool; k < abi.NumKinds; k++ {
		c, ty := spelling[k], a.Types[k]
		if ty.Size == 0 {
			f = append(f, figure{c, "sizeof(" + c + ")", 0, true})
			continue
		}
		add("size of "+c, "sizeof("+c+")", ty.Size)
		add("alignment of "+c, "__alignof__("+c+")", ty.Align)
		add("_Alignof "+c, "_Alignof("+c+")", ty.FieldAlign)
		add("member alignment of "+c, "__builtin_offsetof(struct { char a; "+c+" b; }, b)", ty.FieldAlign)
	}
	for _, t := range []struct {
		name, macro string
		kind        abi.Kind
	}{
		{"size_t", "__SIZE_TYPE__", a.SizeT},
		{"ptrdiff_t", "__PTRDIFF_TYPE__", a.PtrdiffT},
		{"wchar_t", "__WCHAR_TYPE__", a.WCharT},
		{"wint_t", "__WINT_TYPE__", a.WIntT},
	} {
		add(t.name, "__builtin_types_compatible_p("+t.macro+", "+spelling[t.kind]+")", 1)
	}
	bit := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	size, align := int64(0), int64(1)
	for _, m := range a.VaList.Members {
		ty := a.Types[m.Kind]
		align = max(align, ty.FieldAlign)
		size = (size+ty.FieldAlign-1)/ty.FieldAlign*ty.FieldAlign + ty.Size
	}
	if size == 0 {
		size = a.Types[abi.Pointer].Size
	}
	add("size of va_list", "sizeof(__builtin_va_list)", (size+align-1)/align*align)
	add("short enums", "sizeof(enum { few }) == 1", bit(a.ShortEnums))
	add("char signed", "(char)-1 < 0", bit(a.CharSigned))
	add("big-endian", "__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__", bit(a.BigEndian))
	add("MaxAlign", "__alignof__(struct { char a __attribute__((aligned)); })", a.MaxAlign)
	add("MinRecordAlign", "sizeof(struct { char a; })", a.MinRecordAlign)
	vector := int64(64)
	if a.MaxVectorAlign > 0 {
		vector = a.MaxVectorAlign
	}
	add("MaxVectorAlign", "__alignof__(struct { int v __attribute__((vector_size(64))); })", vector)
	add("TypeMatters", "sizeof(struct { char a; int b : 4; }) >= 2 && __alignof__(struct { char a[3]; int b : 4; }) == __alignof__(int)", bit(a.Bits.TypeMatters))
	add("UnnamedAlign", "__alignof__(struct { char a[5]; int : 4; }) > "+fmt.Sprint(a.MinRecordAlign), bit(a.Bits.UnnamedAlign))
	if a.Bits.EmptyBoundary > 0 {
		add("EmptyBoundary", "8 * sizeof(struct { char a; int : 0; })", a.Bits.EmptyBoundary)
	}
	if a.Source == gcc {
		add("MSStruct", "sizeof(struct { char a : 1; int b : 1; char c; } __attribute__((ms_struct))) == 12", bit(a.Bits.MSStruct))
	}
	return f
}

func TestFigures(t *testing.T) {
	for _, a := range abi.All() {
		t.Run(a.Name, func(t *testing.T) {
			cc := abitest.Need(t, a.Name)
			want := figures(a)
			var exprs []string
			for _, f := range want {
				exprs = append(exprs, f.expr)
			}
			got, ok, err := abitest.Values(t.TempDir(), cc, "", exprs)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range want {
				if f.absent == ok[i] || got[i] != f.want {
					t.Errorf("%s: the compiler says %d (accepted: %v), the table %d", f.name, got[i], ok[i], f.want)
				}
			}
		})
	}
}

// TestMacros compares the predefined macros with the compiler's, all of them.
func TestMacros(t *testing.T) {
	lines := func(text string) []string {
		s := strings.Split(strings.TrimSpace(text), "\n")
		for i := range s {
			s[i] = strings.TrimSpace(s[i])
		}
		slices.Sort(s)
		return s
	}
	for _, a := range abi.All() {
		t.Run(a.Name, func(t *testing.T) {
			cc := abitest.Need(t, a.Name)
			if a.Source != gcc {
				t.Skip("the macros are gcc's, not this compiler's")
			}
			text, err := abitest.Macros(cc)
			if err != nil {
				t.Fatal(err)
			}
			got, want := lines(a.Macros), lines(text)
			for _, l := range want {
				if _, found := slices.BinarySearch(got, l); !found {
					t.Errorf("missing: %s", l)
				}
			}
			for _, l := range got {
				if _, found := slices.BinarySearch(want, l); !found {
					t.Errorf("not the compiler's: %s", l)
				}
			}
		})
	}
}

// TestIoctl compares the encodings with the architectures' own asm/ioctl.h.
func TestIoctl(t *testing.T) {
	for _, a := range abi.All() {
		t.Run(a.Name, func(t *testing.T) {
			include := ""
			for _, triplet := range a.Triplets {
				for _, dir := range []string{"/usr/" + triplet + "/include", "/usr/include/" + triplet} {
					if _, err := os.Stat(filepath.Join(dir, "asm/ioctl.h")); err == nil && include == "" {
						include = dir
					}
				}
			}
			if include == "" {
				t.Skipf("%s: Debian has no asm/ioctl.h for it", a.Name)
			}
			cc := abitest.Need(t, a.Name)
			got, ok, err := abitest.Values(t.TempDir(), cc, "#include <asm/ioctl.h>\n",
				[]string{"_IOC_SIZEBITS", "_IOC_DIRBITS", "_IOC_NONE", "_IOC_READ", "_IOC_WRITE"}, "-isystem", include, "-isystem", "/usr/include")
			if err != nil {
				t.Fatal(err)
			}
			want := []int64{int64(a.Ioctl.SizeBits), int64(a.Ioctl.DirBits), int64(a.Ioctl.None), int64(a.Ioctl.Read), int64(a.Ioctl.Write)}
			if !slices.Equal(got, want) || slices.Contains(ok, false) {
				t.Errorf("size bits, direction bits, none, read, write: %v in %s/asm/ioctl.h, %v in the table", got, include, want)
			}
		})
	}
}
