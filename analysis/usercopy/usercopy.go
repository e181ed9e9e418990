// Package usercopy finds the records that a file's function bodies move across
// the kernel boundary: arguments of copy_to_user and its kin, pointers that
// carry __user, payloads of commands made in code. It reads tokens as written,
// without preprocessing: most copiers are macros that would be gone after it.
package usercopy

import (
	"cmp"
	"iter"
	"slices"

	"abide/analysis/decl"
	"abide/analysis/token"
)

// Copy is one expression that may name a payload.
type Copy struct {
	Function string // the copier, for the reader: "copy_to_user"
	Role     Role
	Expr     Expr
}

// Role says what an expression must be to name a payload.
type Role uint8

// The roles.
const (
	Sized   Role = iota // the operand of a sizeof: a record, or an array of them
	Pointed             // a pointer to a record, or an array of them
	Rooted              // a __user pointer, or a path that starts at one: what that points to
)

// Expr is an expression of the shape that arguments of copiers have: a
// variable or type, members and elements of it, a pointer to it or what it
// points to.
type Expr struct {
	Root  decl.Type // *decl.RecordRef or *decl.TypedefRef, under pointers and arrays
	Steps []Step    // applied in order
	user  bool      // the root is a pointer that carries __user
}

// Step is one operator of an Expr.
type Step struct {
	Op   Op
	Name token.Sym
}

// Op is the kind of a Step.
type Op uint8

// The operators.
const (
	Deref  Op = iota // *x, x[i]
	Addr             // &x
	Member           // x.name
	Arrow            // x->name
)

// userPointer is the function of what is declared as a __user pointer.
const userPointer = "__user pointer"

// Find lists what crosses, pointers that only carry __user behind what is
// copied: what is done with a record says more than that user space has it.
// code is the file's tokens outside of directives (half a #define is no code),
// in runs; isType tells which identifiers are typedefs.
func Find(code iter.Seq[[]token.Token], isType func(token.Sym) bool) []Copy {
	n, any := 0, false
	for run := range code {
		n += len(run)
		any = any || slices.ContainsFunc(run, tells)
	}
	if !any {
		return nil
	}
	tokens := make([]token.Token, 0, n)
	for run := range code {
		tokens = append(tokens, run...)
	}
	s := scan{
		reader: reader{tokens: tokens, isType: isType},
		scopes: []scope{{}},
		params: scope{},
		start:  true,
	}
	s.run()
	declared := func(c Copy) int {
		if c.Function == userPointer {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(s.found, func(a, b Copy) int { return cmp.Compare(declared(a), declared(b)) })
	return s.found
}

// tells whether a token is one of those without which nothing is found.
func tells(t token.Token) bool { return telling.Has(t.Sym) }
