package cause

import (
	"testing"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// empty is a scope that knows no name.
type empty struct{}

func (empty) Typedef(token.Sym) *decl.Typedef       { return nil }
func (empty) Record(bool, token.Sym) *decl.Record   { return nil }
func (empty) Enum(token.Sym) *decl.Enum             { return nil }
func (empty) Enumerator(token.Sym) *decl.Enumerator { return nil }
func (empty) Object(token.Sym) *decl.Object         { return nil }

func basic(k abi.Kind) decl.Type { return &decl.Basic{Kind: k} }

var pointer = &decl.Pointer{Elem: basic(abi.Void)}

func record(union bool, types ...decl.Type) *decl.Record {
	r := &decl.Record{Union: union}
	for i, t := range types {
		r.Fields = append(r.Fields, &decl.Field{Name: token.Intern(string(rune('a' + i))), Type: t, Record: r})
	}
	return r
}

// report examines a record on the default ABIs.
func report(t *testing.T, r *decl.Record) *Report {
	t.Helper()
	var views []View
	for _, a := range abi.Default() {
		e := layout.New(empty{}, a, layout.Flags{})
		l, err := e.Record(r)
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, View{Decl: r, Layout: l, Engine: e, Key: func(f *decl.Field) int { return int(f.Name) }})
	}
	return Of(views)
}

func TestPads(t *testing.T) {
	for _, tt := range []struct {
		name   string
		record *decl.Record
		want   []int64 // bits of the pads, in order
	}{
		{"none", record(false, basic(abi.UInt), basic(abi.UInt)), nil},
		{"hole", record(false, basic(abi.UInt), basic(abi.ULongLong)), []int64{32}},
		{"hole and tail", record(false, basic(abi.UInt), basic(abi.ULongLong), basic(abi.Float)), []int64{32, 32}},
		{"odd bytes", record(false, basic(abi.UChar), basic(abi.ULongLong), basic(abi.UShort)), []int64{56, 48}},
		{"pointer", record(false, basic(abi.UInt), pointer), []int64{32}},
		{"two holes", record(false, basic(abi.UInt), basic(abi.ULongLong), basic(abi.UChar), basic(abi.UInt), basic(abi.ULongLong)), []int64{32, 24}},
	} {
		pads, ok := report(t, tt.record).Pads()
		if !ok {
			t.Errorf("%s: no plan", tt.name)
		}
		var got []int64
		for _, p := range pads {
			got = append(got, p.Bits)
		}
		if len(got) != len(tt.want) {
			t.Errorf("%s: pads of %v bits, want %v", tt.name, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: pads of %v bits, want %v", tt.name, got, tt.want)
			}
		}
	}
}
