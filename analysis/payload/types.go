package payload

import (
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/text"
)

// LongDouble tells whether a member is a long double, or an array of them.
func (r *Record) LongDouble(m *cause.Member) bool { return r.kind(m) == abi.LongDouble }

// Bool tells whether a member is a bool, or an array of them.
func (r *Record) Bool(m *cause.Member) bool { return r.kind(m) == abi.Bool }

// PlainChar tells whether a member is a single char without a sign.
func (r *Record) PlainChar(m *cause.Member) bool { return r.kind(m) == abi.Char && !r.IsArray(m) }

// kind is the basic type of a member or its elements; Void for others.
func (r *Record) kind(m *cause.Member) abi.Kind {
	if b, ok := r.Element(m).(*decl.Basic); ok && !b.Complex {
		return b.Kind
	}
	return abi.Void
}

// CharSigns says where a plain char is signed.
func (r *Record) CharSigns() string {
	signed := r.Names(func(i int) bool { return r.Views[i].Target.ABI.CharSigned })
	unsigned := r.Names(func(i int) bool { return !r.Views[i].Target.ABI.CharSigned })
	switch {
	case len(signed) == 0:
		return "unsigned on " + List(unsigned) + ", signed on other ABIs"
	case len(unsigned) == 0:
		return "signed on " + List(signed) + ", unsigned on other ABIs"
	}
	return "signed on " + List(signed) + ", unsigned on " + List(unsigned)
}

// ByteOrderPairs tells whether the record's text asks for the byte order, as
// those do that list their bit-fields once for each.
func (r *Record) ByteOrderPairs() bool {
	return r.asks("ENDIAN")
}

// asks tells whether a conditional directive in the record has a word in it.
func (r *Record) asks(word string) bool {
	if !strings.Contains(r.pass.Text().Content()[r.Span.Start:r.Span.End], word) {
		return false
	}
	for _, b := range Branches(r.pass, r.Span) {
		if strings.Contains(b.Text, word) {
			return true
		}
	}
	return false
}

// KernelMember is a member of a record that has no layout.
type KernelMember struct {
	Name, Type string
	Span       text.Span
}

// KernelMembers lists the members of a record whose types only the kernel has.
func KernelMembers(p *analysis.Pass, r *analysis.Record) []KernelMember {
	for _, v := range r.Views {
		if v.Decl == nil {
			continue
		}
		var list []KernelMember
		for _, f := range v.Decl.Fields {
			if name := kernelTypes.find(v.Target, f.Type, p.Path()); name != "" && f.Name != 0 {
				span, _ := p.FieldSpan(v.Target, f)
				list = append(list, KernelMember{f.Name.String(), name, span})
			}
		}
		return list
	}
	return nil
}
