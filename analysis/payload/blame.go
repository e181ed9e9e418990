package payload

import (
	"slices"

	"abide/analysis/abi"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/token"
)

// The rules that blame a member for its type. A member is blamed by one, the
// most special that its type gives reason for, also where that is switched off.
const (
	KernelTypeRule     = "kernel-type"
	TimeRule           = "time-field"
	PackedVariableRule = "packed-variable"
	PointerRule        = "pointer-field"
	LongRule           = "long-field"
	FloatRule          = "float-field"
	EnumRule           = "enum-field"
	BitRule            = "bit-field"
	MismatchRule       = "abi-mismatch"
)

// Blamed lists the members that a rule blames for what they are, in source order.
func (r *Record) Blamed(rule string) []*cause.Member {
	var list []*cause.Member
	for _, m := range r.Members {
		if r.Blame(m) == rule {
			list = append(list, m)
		}
	}
	return list
}

// Blame is the rule that a member's type gives reason for; empty for none.
func (r *Record) Blame(m *cause.Member) string { return r.blame[m].rule }

// Known is the name by which a rule's table knows the member's type.
func (r *Record) Known(m *cause.Member) string { return r.blame[m].name }

// blame is what a member's type gives reason for.
type blame struct{ rule, name string }

func (r *Record) judge(m *cause.Member) blame {
	varies := r.Varies(m)
	if name := r.find(m, kernelTypes); name != "" {
		return blame{KernelTypeRule, name}
	}
	if varies || !r.mixed() {
		if name := r.find(m, timeTypes); name != "" {
			return blame{TimeRule, name}
		}
	}
	switch {
	case slices.Contains(r.Pointers, m):
		switch {
		case r.Union && !r.IsArray(m) && r.holdsWide():
			return blame{} // the accepted idiom: every ABI reserves the same room
		case r.Packed():
			return blame{rule: PackedVariableRule}
		}
		return blame{rule: PointerRule}
	case !r.Bitfield(m) && r.integer(m) && (varies || r.asWideAsLong(m)):
		if r.Packed() {
			return blame{rule: PackedVariableRule}
		}
		return blame{rule: LongRule}
	case varies && r.Float(m):
		return blame{rule: FloatRule}
	case varies && r.Enum(m):
		return blame{rule: EnumRule}
	case m == r.Moved && r.Bitfield(m):
		return blame{rule: BitRule}
	case varies, m == r.Moved && !r.makesUp():
		return blame{rule: MismatchRule}
	}
	return blame{}
}

// find gives the name by which a table knows a member's type.
func (r *Record) find(m *cause.Member, table nameTable) string {
	for i, f := range m.Fields {
		if f != nil {
			return table.find(r.Views[i].Target, f.Decl.Type, r.pass.Path())
		}
	}
	return ""
}

// makesUp tells whether the member that lies elsewhere is an array whose bound
// follows the size of one that is blamed, as in pad[8 - sizeof(long)].
func (r *Record) makesUp() bool { return r.boundVaries() && len(r.Sizes)+len(r.Pointers) > 0 }

// Varies tells whether a member's own size differs between the views, and is
// not what a record of this file is blamed for.
func (r *Record) Varies(m *cause.Member) bool {
	return slices.Contains(r.Sizes, m) || slices.Contains(r.Report.Records, m) && !r.BlamedInside(m)
}

// mixed tells whether the views have words of different size: what is then of
// one size is of one size everywhere.
func (r *Record) mixed() bool {
	return len(r.Groups(func(i int) int64 { return r.Views[i].Target.ABI.Types[abi.Long].Size })) > 1
}

// asWideAsLong tells for views of one word size whether an integer's size would
// differ on others: it is spelled as long, or with a typedef for one.
func (r *Record) asWideAsLong(m *cause.Member) bool {
	if r.mixed() || sizedByLong(m) {
		return false
	}
	if r.find(m, longTypes) != "" {
		return true
	}
	b, ok := r.Element(m).(*decl.Basic)
	if !ok || b.Kind != abi.Long && b.Kind != abi.ULong {
		return false
	}
	t := r.Views[0].Target
	own := true // int64_t and its like may be long, too
	visitNames(t, m.Decl().Type, func(_ token.Sym, d *decl.Typedef) bool {
		own = own && spelledIn(t, d, r.pass.Path())
		return own
	})
	return own
}

// sizedByLong tells whether an array's bound asks for a size, as in
// long bits[N / sizeof(long)], which makes up for the elements'.
func sizedByLong(m *cause.Member) bool {
	array, ok := m.Decl().Type.(*decl.Array)
	return ok && asksSize(array.Len)
}

func asksSize(x decl.Expr) bool {
	switch x := x.(type) {
	case *decl.Sizeof:
		return true
	case *decl.Binary:
		return asksSize(x.X) || asksSize(x.Y)
	case *decl.Unary:
		return asksSize(x.X)
	case *decl.Cast:
		return asksSize(x.X)
	case *decl.Cond:
		return asksSize(x.A) || asksSize(x.B)
	}
	return false
}

// Packed tells whether the record has less than natural alignment, by an
// attribute or a pragma.
func (r *Record) Packed() bool {
	for _, v := range r.Views {
		if v.Decl.Attrs.Packed || v.Decl.Pack > 0 {
			return true
		}
	}
	return false
}

// holdsWide tells whether a union has a 64-bit integer.
func (r *Record) holdsWide() bool {
	return slices.ContainsFunc(r.Members, func(m *cause.Member) bool {
		for i, f := range m.Fields {
			if f == nil || f.Bitfield || f.BitSize != 64 || m.IsRecord() || !r.Integer(m, i) {
				return false
			}
		}
		return true
	})
}

func (r *Record) integer(m *cause.Member) bool {
	for i, f := range m.Fields {
		if f != nil && !r.Integer(m, i) {
			return false
		}
	}
	return true
}

// Bitfield tells whether a member is a bit-field.
func (r *Record) Bitfield(m *cause.Member) bool {
	for _, f := range m.Fields {
		if f != nil {
			return f.Bitfield
		}
	}
	return false
}

// Float tells whether a member is a floating-point number, or an array of them.
func (r *Record) Float(m *cause.Member) bool {
	b, ok := r.Element(m).(*decl.Basic)
	return ok && (b.Complex || b.Kind >= abi.Float16 && b.Kind <= abi.Decimal128)
}

// Enum tells whether a member is an enum, or an array of enums.
func (r *Record) Enum(m *cause.Member) bool {
	_, ok := r.Element(m).(*decl.EnumRef)
	return ok
}
