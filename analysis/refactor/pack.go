package refactor

import (
	"fmt"
	"strings"

	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/text"
)

// pack offers to leave out all padding, and names what that costs.
func pack(x *subject) []Action {
	for _, v := range x.views {
		if v.Decl.Union || v.Decl.Attrs.Packed || v.Decl.Pack == 1 {
			return nil
		}
	}
	after, ok := x.changed(func(_ int, d *decl.Record) { d.Attrs.Packed = true })
	if !ok || len(x.moved(after)) == 0 {
		return nil
	}
	attribute := " __attribute__((packed))"
	if x.knowsMacro("__packed") {
		attribute = " __packed"
	}
	at := int(x.lexed.Tokens[x.close].End)
	return []Action{{
		Kind:  rewrite,
		Title: fmt.Sprintf("Pack %s: %s, %s%s", x.name(), x.sizes(after), x.unaligned(after), x.price(after)),
		Plan:  func() []text.Edit { return x.insert(at, attribute) },
	}}
}

// sizes compares the record's size before and after: "13 bytes instead of 16".
func (x *subject) sizes(after []*layout.Layout) string {
	type pair struct{ now, before int64 }
	var order []pair
	names := map[pair][]string{}
	for i, v := range x.views {
		p := pair{after[i].Size, v.Layout.Size}
		if names[p] == nil {
			order = append(order, p)
		}
		names[p] = append(names[p], v.Target.ABI.Name)
	}
	parts := make([]string, len(order))
	for i, p := range order {
		parts[i] = fmt.Sprintf("%d bytes", p.now)
		if p.now != p.before {
			parts[i] += fmt.Sprintf(" instead of %d", p.before)
		}
		if len(order) > 1 {
			parts[i] += " on " + join(names[p])
		}
	}
	return strings.Join(parts, ", ")
}

// unaligned names the members that a packed layout puts off their alignment.
func (x *subject) unaligned(after []*layout.Layout) string {
	var names []string
	seen := map[string]bool{}
	for i, v := range x.views {
		for k, f := range v.Layout.Fields {
			if f.Align > 1 && k < len(after[i].Fields) && after[i].Fields[k].BitOffset%(8*f.Align) != 0 {
				name := "an anonymous member"
				if f.Decl.Name != 0 {
					name = "'" + f.Decl.Name.String() + "'"
				}
				if !seen[name] {
					seen[name] = true
					names = append(names, name)
				}
			}
		}
	}
	if len(names) == 0 {
		return "may lie at any address"
	}
	return "unaligned access to " + join(names)
}
