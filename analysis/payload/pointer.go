package payload

import (
	"abide/analysis/cause"
	"abide/analysis/decl"
)

// PointerMessage says that a member is a pointer, and how large on which ABI.
func (r *Record) PointerMessage(m *cause.Member) string {
	message := Quoted(m) + " is " + r.pointerNoun(m)
	sizes := r.Groups(func(i int) int64 { return r.ElementSize(m, i) })
	if len(sizes) < 2 {
		return message + ": programs of another word size have another layout"
	}
	figure := Bytes
	if r.IsArray(m) {
		figure = func(n int64) string { return Bytes(n) + " each" }
	}
	return message + ": " + Each(sizes, figure)
}

func (r *Record) pointerNoun(m *cause.Member) string {
	if r.IsArray(m) {
		return "an array of pointers"
	}
	if pointer, ok := r.Element(m).(*decl.Pointer); ok {
		if resolved, err := r.Views[0].Target.Engine.Resolve(pointer.Elem); err == nil {
			if _, ok := resolved.(*decl.Func); ok {
				return "a function pointer"
			}
		}
	}
	return "a pointer"
}
