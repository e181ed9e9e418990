package decl

import (
	"abide/analysis/abi"
	"abide/analysis/token"
)

// locals are the names that a function's body has declared so far. No Scope
// knows them: what uses them gets the declaration itself. nil is none.
type locals struct {
	records map[token.Sym]*Record
	enums   map[token.Sym]*Enum
	types   map[token.Sym]Type
	values  map[token.Sym]Expr
}

func newLocals() *locals {
	return &locals{
		records: make(map[token.Sym]*Record),
		enums:   make(map[token.Sym]*Enum),
		types:   make(map[token.Sym]Type),
		values:  make(map[token.Sym]Expr),
	}
}

// learn adds what a fragment declares.
func (l *locals) learn(p *parsed) {
	for _, r := range p.records {
		l.records[r.Tag] = r
	}
	for _, e := range p.enums {
		l.enums[e.Tag] = e
		l.count(e)
	}
	for _, t := range p.typedefs {
		l.types[t.Name] = t.Type
	}
}

// count gives an enum's constants their values: so many more than the last one
// that has a value of its own.
func (l *locals) count(e *Enum) {
	var base Expr
	n := uint64(0)
	for _, v := range e.Values {
		if v.Value != nil {
			base, n = v.Value, 0
		}
		more := &Int{Value: n, Decimal: true, Long: abi.Int}
		n++
		switch {
		case base == nil:
			l.values[v.Name] = more
		case more.Value == 0:
			l.values[v.Name] = base
		default:
			l.values[v.Name] = &Binary{Op: "+", X: base, Y: more}
		}
	}
}

func (l *locals) record(union bool, tag token.Sym) *Record {
	if l == nil {
		return nil
	}
	if r := l.records[tag]; r != nil && r.Union == union {
		return r
	}
	return nil
}

func (l *locals) enum(tag token.Sym) *Enum {
	if l == nil {
		return nil
	}
	return l.enums[tag]
}

func (l *locals) typ(name token.Sym) Type {
	if l == nil {
		return nil
	}
	return l.types[name]
}

func (l *locals) value(name token.Sym) Expr {
	if l == nil {
		return nil
	}
	return l.values[name]
}
