package layout

import (
	"sync"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/token"
)

var symVaList = token.Intern("__builtin_va_list")

// vaLists are the definitions that compilers have of __builtin_va_list, made
// when an ABI's is asked for: *abi.ABI to *decl.Typedef.
var vaLists sync.Map

func vaList(v *abi.VaList) decl.Type {
	if len(v.Members) == 0 {
		return &decl.Pointer{Elem: basicType(abi.Void)}
	}
	r := &decl.Record{Tag: token.Intern(v.Tag)}
	for _, m := range v.Members {
		t := basicType(m.Kind)
		if m.Kind == abi.Pointer {
			t = &decl.Pointer{Elem: basicType(abi.Void)}
		}
		r.Fields = append(r.Fields, &decl.Field{Name: token.Intern(m.Name), Type: t, Record: r})
	}
	t := decl.Type(&decl.RecordRef{Tag: r.Tag, Def: r})
	if v.Array {
		t = &decl.Array{Elem: t, Len: &decl.Int{Value: 1, Long: abi.Int, Decimal: true}}
	}
	return t
}

// namedType finds a typedef: the scope's, or one that compilers have built in.
func (w *walk) namedType(name token.Sym) *decl.Typedef {
	w.names.Add(name)
	if td := w.Scope.Typedef(name); td != nil {
		return td
	}
	if name != symVaList {
		return nil
	}
	td, ok := vaLists.Load(w.ABI)
	if !ok {
		td, _ = vaLists.LoadOrStore(w.ABI, &decl.Typedef{Name: symVaList, Type: vaList(&w.ABI.VaList)})
	}
	return td.(*decl.Typedef)
}
