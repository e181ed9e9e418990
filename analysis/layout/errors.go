package layout

import (
	"fmt"

	"abide/analysis/decl"
	"abide/analysis/token"
)

// Error says why something has no layout or value. Field is the member at
// fault, nil if it is the record itself; Name is the unknown type's or
// constant's name, if that is the cause. An error in an inner record is the
// outer one's too, unchanged: the place where it happened counts.
type Error struct {
	Record *decl.Record
	Field  *decl.Field
	Name   string
	Reason string

	passing bool // it may be gone when the walk begins elsewhere
}

// Error is the reason, in gcc's words where gcc has some, after the record's name.
func (e *Error) Error() string {
	if e.Record == nil {
		return e.Reason
	}
	return recordName(e.Record) + ": " + e.Reason
}

func errorf(format string, args ...any) *Error { return &Error{Reason: fmt.Sprintf(format, args...)} }

// unknown is the error of a name that nothing declares.
func unknown(format string, name token.Sym) *Error {
	return &Error{Name: name.String(), Reason: fmt.Sprintf(format, name)}
}

// The errors of types and expressions beyond the limits, and of a record that
// contains itself. They depend on where the walk came from, so they are never
// remembered.
var (
	tooDeep    = &Error{Reason: "nested too deeply", passing: true}
	tooComplex = &Error{Reason: "the expression is too complex", passing: true}
	recursive  = &Error{Reason: "the type is incomplete"}
)

// passing tells whether an error may be gone when the walk begins elsewhere.
func passing(err error) bool {
	e, ok := err.(*Error)
	return ok && e != nil && e.passing
}

// at says where an error happened, if that is not known yet. prefix goes
// before the reason.
func (e *Error) at(r *decl.Record, f *decl.Field, prefix string) *Error {
	if e.Record != nil {
		return e
	}
	return &Error{Record: r, Field: f, Name: e.Name, Reason: prefix + e.Reason, passing: e.passing}
}

// recordName is how messages call a record: `struct foo`, `union u`, a
// typedef's name, or what it is.
func recordName(r *decl.Record) string {
	keyword := "struct"
	if r.Union {
		keyword = "union"
	}
	switch {
	case r.Tag != 0:
		return keyword + " " + r.Tag.String()
	case len(r.Typedefs) > 0:
		return r.Typedefs[0].String()
	case r.ParentField != nil && r.ParentField.Name != 0 && r.Parent != nil:
		return recordName(r.Parent) + "." + r.ParentField.Name.String()
	}
	return "unnamed " + keyword
}

// fieldName is how messages call a member.
func fieldName(f *decl.Field) string {
	if f.Name == 0 {
		return "<anonymous>"
	}
	return f.Name.String()
}
