package fix

import (
	"errors"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/text"
	"abide/analysis/token"
)

type noFiles struct{}

func (noFiles) Read(string) (string, error) { return "", errors.New("file not found") }
func (noFiles) Exists(string) bool          { return false }

const macros = `#define FIELD(t, n) t n;
#define PTR(t, n) t *n;
#define TWO(t, a, b) t a; t b;
#define BITMAP(n, bits) unsigned long n[bits]
#define GROUP(name, members...) union { struct { members }; struct { members } name; }
#define U64 unsigned long long
#define HIDDEN struct { void *p; int a; };
`

// TestLocate retypes every member that can be, and puts one behind every
// member that one can be put behind.
func TestLocate(t *testing.T) {
	for _, tt := range []struct{ body, retyped, inserted string }{
		{"\tvoid *p;\n", "\tT p;\n", "\tvoid *p;\n\t__u32 __pad;\n"},
		{"\tint a, *p;\n", "\tT a, p;\n", "\tint a;\n\t__u32 __pad;\n\tint *p;\n\t__u32 __pad;\n"},
		{"\tint a : 3, : 5;\n", "\tT a : 3;\n\tint : 5;\n", "\tint a : 3;\n\t__u32 __pad;\n\tint : 5;\n\t__u32 __pad;\n"},
		{"\tU64 a;\n", "\tT a;\n", "\tU64 a;\n\t__u32 __pad;\n"},
		{"\tFIELD(void *, p)\n", "\tFIELD(T, p)\n", "\tFIELD(void *, p)\n\t__u32 __pad;\n"},
		{"\tFIELD(int, p[2])\n", "\tFIELD(T, p[2])\n", "\tFIELD(int, p[2])\n\t__u32 __pad;\n"},
		{"\tFIELD(int, *p)\n", "\tFIELD(int, *p)\n", "\tFIELD(int, *p)\n\t__u32 __pad;\n"},
		{"\tPTR(void, p)\n", "\tPTR(void, p)\n", "\tPTR(void, p)\n\t__u32 __pad;\n"},
		{"\tTWO(int, a, b)\n", "\tTWO(int, a, b)\n", "\tTWO(int, a, b)\n"},
		{"\tBITMAP(a, 4);\n", "\tBITMAP(a, 4);\n", "\tBITMAP(a, 4);\n\t__u32 __pad;\n"},
		{"\tGROUP(g,\n\t\tvoid *p;\n\t\tint a;\n\t);\n", "\tGROUP(g,\n\t\tT p;\n\t\tT a;\n\t);\n", "\tGROUP(g,\n\t\tvoid *p;\n\t\t__u32 __pad;\n\t\tint a;\n\t\t__u32 __pad;\n\t);\n\t__u32 __pad;\n"},
		{"\tHIDDEN\n", "\tHIDDEN\n", "\tHIDDEN\n\t__u32 __pad;\n"},
		{"\tstruct {\n\t\tint a;\n\t} s;\n", "\tstruct {\n\t\tT a;\n\t} s;\n", "\tstruct {\n\t\tint a;\n\t\t__u32 __pad;\n\t} s;\n\t__u32 __pad;\n"},
	} {
		src := macros + "struct s {\n" + tt.body + "};\n"
		cache := new(cpp.Cache)
		file := cache.File("/s.h", text.New(src), nil)
		res := cache.Preprocess(noFiles{}, &cpp.Config{ABI: abi.Default()[0]}, file, nil, nil)
		unit := decl.NewUnit(res, nil)
		rec := unit.Record(false, token.Intern("s"))
		if rec == nil {
			t.Errorf("%s: no record", tt.body)
			continue
		}
		retype, insert := whole(src).Plan(), whole(src).Plan()
		seen := map[Member]bool{}
		walk(rec, func(f *decl.Field) {
			m, ok := retype.record.Locate(res, f)
			if !ok || seen[m] {
				return
			}
			seen[m] = true
			if m.Type != (text.Span{}) || m.Name.End > m.Name.Start && f.Type != nil && !definesRecord(f) {
				retype.Retype(m, "T")
			}
			if m.Decl != (text.Span{}) {
				insert.InsertAfter(m, pad)
			}
		})
		for _, x := range []struct {
			what string
			plan *Plan
			want string
		}{{"retyped", retype, tt.retyped}, {"inserted", insert, tt.inserted}} {
			want := macros + "struct s {\n" + x.want + "};\n"
			if got := apply(t, src, x.plan); got != want {
				t.Errorf("%s\n%s to\n%s\nwant\n%s", tt.body, x.what, strings.TrimPrefix(got, macros), x.want)
			}
		}
	}
}

func definesRecord(f *decl.Field) bool {
	ref, ok := f.Type.(*decl.RecordRef)
	return ok && ref.Def != nil
}

func walk(r *decl.Record, visit func(*decl.Field)) {
	for _, f := range r.Fields {
		if ref, ok := f.Type.(*decl.RecordRef); ok && ref.Def != nil {
			walk(ref.Def, visit)
		}
		visit(f)
	}
}
