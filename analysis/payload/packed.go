package payload

import (
	"fmt"
	"strings"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Natural is a member's alignment in bytes if nothing is packed, on a view;
// 0 where it has none.
func (r *Record) Natural(m *cause.Member, view int) int64 {
	f := m.Fields[view]
	if f == nil || f.Bitfield {
		return 0
	}
	t, _ := r.element(m, view)
	if t == nil {
		return 0
	}
	target := r.Views[view].Target
	switch t := t.(type) {
	case *decl.Basic:
		return target.ABI.Types[t.Kind].FieldAlign
	case *decl.Array, *decl.Func:
		return 0
	}
	info, err := target.Engine.Type(t)
	if err != nil {
		return 0
	}
	return info.Align
}

// OffAlignment tells whether a member lies off its natural alignment on a view,
// or, in a record that is aligned less itself on purpose, off that.
func (r *Record) OffAlignment(m *cause.Member, view int) bool {
	natural := r.Natural(m, view)
	if v := r.Views[view]; len(v.Decl.Attrs.Aligned) > 0 {
		natural = min(natural, v.Layout.Align)
	}
	return natural > 1 && r.Offset(m, view)%(8*natural) != 0
}

// Unaligned lists the members that are off their alignment on some view, and
// that no other rule blames for what packing does not cure.
func (r *Record) Unaligned() []*cause.Member {
	var list []*cause.Member
	for _, m := range r.Members {
		if r.Blame(m) == PackedVariableRule { // which speaks of it already
			continue
		}
		for i := range r.Views {
			if r.OffAlignment(m, i) {
				list = append(list, m)
				break
			}
		}
	}
	return list
}

// WireFormat tells whether a member has a fixed byte order: the record is the
// image of something outside of the machine.
func (r *Record) WireFormat() bool {
	for _, m := range r.Members {
		for i, f := range m.Fields {
			if f != nil && wired(r.Views[i].Target, f.Decl.Type) {
				return true
			}
		}
	}
	return false
}

func wired(t *analysis.Target, typ decl.Type) bool {
	found := false
	visitNames(t, typ, func(name token.Sym, _ *decl.Typedef) bool {
		s := strings.TrimLeft(name.String(), "_")
		found = found || len(s) == 4 && (strings.HasPrefix(s, "be") || strings.HasPrefix(s, "le")) && strings.Trim(s[2:], "0123456789") == ""
		return !found
	})
	return found
}

// aligned is what a packed record can be aligned to so that the compiler knows
// that its members are.
const aligned = 4

// AlignedFixes offers an alignment for a packed record whose members are all
// aligned to it.
func (r *Record) AlignedFixes() []analysis.Fix {
	for _, m := range r.Members {
		for i := range r.Views {
			if n := min(r.Natural(m, i), aligned); n > 1 && r.Offset(m, i)%(8*n) != 0 {
				return nil
			}
		}
	}
	for _, v := range r.Views {
		if !v.Decl.Attrs.Packed || len(v.Decl.Attrs.Aligned) > 0 {
			return nil
		}
	}
	edit, ok := r.alignEdit()
	if !ok {
		return nil
	}
	e := r.editor()
	e.draft.Align = aligned
	return []analysis.Fix{{
		Title: fmt.Sprintf("Align %s to %d bytes", r.Record.Name, aligned) + e.cost(),
		Edits: []text.Edit{edit},
	}}
}

// maxAttributes bounds how far behind a record its attributes are looked for, in
// bytes.
const maxAttributes = 1 << 10

// alignEdit adds the alignment behind the word that packs the record, which
// stands in front of its tag or behind its closing brace.
func (r *Record) alignEdit() (text.Edit, bool) {
	content := r.pass.Text().Content()
	lexed := token.Lex(content[r.Span.Start:min(len(content), r.Span.End+maxAttributes)])
	depth := 0
	var found []text.Edit
	for i, t := range lexed.Tokens {
		switch t.Sym {
		case token.LBrace:
			depth++
		case token.RBrace:
			depth--
		case token.Semicolon:
			if depth == 0 {
				return one(found)
			}
		}
		if depth != 0 || t.Kind != token.Ident {
			continue
		}
		by := ""
		switch s := token.Spelling(lexed, t); {
		case s == "__packed" && r.knowsMacro("__aligned"):
			by = fmt.Sprintf(" __aligned(%d)", aligned)
		case s == "__packed":
			by = fmt.Sprintf(" __attribute__((aligned(%d)))", aligned)
		case i > 0 && (s == "packed" || s == "__packed__") && (lexed.Tokens[i-1].Sym == token.LParen || lexed.Tokens[i-1].Sym == token.Comma):
			by = fmt.Sprintf(", %s(%d)", strings.Replace(s, "packed", "aligned", 1), aligned)
		default:
			continue
		}
		at := r.Span.Start + int(t.End)
		found = append(found, text.Edit{Span: text.Span{Start: at, End: at}, New: by})
	}
	return text.Edit{}, false
}

func one(list []text.Edit) (text.Edit, bool) {
	if len(list) != 1 {
		return text.Edit{}, false
	}
	return list[0], true
}
