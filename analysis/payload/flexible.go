package payload

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// OldBound is the bound of a member by which C did without flexible arrays, "0"
// or "1", where every view has it; empty for others.
func (r *Record) OldBound(m *cause.Member) string {
	bound := ""
	for i, f := range m.Fields {
		if f == nil {
			return ""
		}
		array, ok := f.Decl.Type.(*decl.Array)
		if !ok || array.Len == nil {
			return ""
		}
		n, err := r.Views[i].Target.Engine.Eval(array.Len)
		if err != nil || n.Lo > 1 {
			return ""
		}
		s := strconv.FormatUint(n.Lo, 10)
		if bound != "" && s != bound {
			return ""
		}
		bound = s
	}
	return bound
}

// Flexible tells whether a member is an array without a bound.
func (r *Record) Flexible(m *cause.Member) bool {
	return slices.ContainsFunc(m.Fields, func(f *layout.Field) bool {
		if f == nil || !f.Flexible {
			return false
		}
		array, ok := f.Decl.Type.(*decl.Array)
		return ok && array.Len == nil
	})
}

// EndsOpen tells whether a member is a record that ends in a flexible array,
// and that somebody else names: one made in place is part of a union's idiom.
func (r *Record) EndsOpen(m *cause.Member) bool {
	for _, f := range m.Fields {
		if f == nil || f.Sub == nil || f.Sub.Record.Tag == 0 && len(f.Sub.Record.Typedefs) == 0 {
			return false
		}
		n := len(f.Sub.Fields)
		if f.Sub.Record.Union || n == 0 || !f.Sub.Fields[n-1].Flexible || f.Sub.Size == 0 {
			return false
		}
		if array, ok := f.Sub.Fields[n-1].Decl.Type.(*decl.Array); !ok || array.Len != nil {
			return false // [0] may be a mark of a place
		}
	}
	return true
}

// reserved are words in the names of members that keep room.
var reserved = []string{"reserved", "resv", "rsvd", "res", "pad", "padding", "unused", "spare", "fill", "filler", "dummy", "rfu", "future"}

// Reserved tells by its name whether a member keeps room for later.
func Reserved(m *cause.Member) bool {
	if m.Decl().Name == 0 {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(m.Decl().Name.String()), func(c rune) bool { return c < 'a' || c > 'z' })
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(reserved, w) })
}

// OldFlexible tells whether a member, the last one of a struct if last is set,
// is an array of variable length in the old manner, and how it is bounded.
func (r *Record) OldFlexible(m *cause.Member, last bool) (bound string, ok bool) {
	bound = r.OldBound(m)
	return bound, last && (bound == "0" || bound == "1" && !r.Union && len(r.Members) > 1 && !Reserved(m))
}

// endsVariable tells whether nothing can be put behind the last member, because
// what lies there is its.
func (r *Record) endsVariable() bool {
	if r.Union || len(r.Members) == 0 {
		return false
	}
	_, ok := r.OldFlexible(r.Members[len(r.Members)-1], true)
	return ok
}

// FlexibleFixes offers a flexible array: [], or the kernel's macro where C does
// not allow that, in a union and where there is no other member.
func (r *Record) FlexibleFixes(m *cause.Member) []analysis.Fix {
	e := r.editor()
	at, ok := e.member(m)
	if !ok {
		return nil
	}
	e.draft.Unbound(m)
	if !r.Union && len(r.Members) > 1 {
		e.plan.Unbound(at)
		bound := r.OldBound(m)
		return e.fix(fmt.Sprintf("Change '%s[%s]' to '%s[]'", Name(m), bound, Name(m)), bound == "0")
	}
	for _, macro := range []string{"__DECLARE_FLEX_ARRAY", "DECLARE_FLEX_ARRAY"} {
		if !r.knowsMacro(macro) {
			continue
		}
		title, plus := fmt.Sprintf("Declare %s with %s", Quoted(m), macro), r.forCPlusPlus(macro)
		switch {
		case plus:
		case strings.Contains(r.pass.Text().Content(), cPlusPlus):
			return nil // [0] is what both languages lay out alike
		default:
			title += " (moves it in C++: " + path.Base(r.macroHeader(macro)) + " has no form for that)"
		}
		e.plan.Invoke(at, macro)
		return e.fix(title, plus)
	}
	return nil
}

// cPlusPlus is defined where C++ programs include a header.
const cPlusPlus = "__cplusplus"

// forCPlusPlus tells whether the header that defines a macro has one for C++,
// too. An empty record, with which C's begins, takes a byte there.
func (r *Record) forCPlusPlus(macro string) bool {
	header := r.macroHeader(macro)
	if header == "" {
		return false
	}
	content := r.pass.Text().Content()
	if header != r.pass.Path() {
		content, _ = r.pass.Read(header)
	}
	return strings.Contains(content, cPlusPlus)
}

// macroHeader is the file that defines a macro on the first view.
func (r *Record) macroHeader(macro string) string {
	result := r.Views[0].Target.Result
	m := result.Macro(token.Intern(macro))
	if m == nil {
		return ""
	}
	loc, _ := result.MacroLoc(m)
	return loc.Path
}

func (r *Record) knowsMacro(name string) bool {
	for _, v := range r.Views {
		if v.Target.Result.Macro(token.Intern(name)) == nil {
			return false
		}
	}
	return true
}
