package ioctl

import (
	"slices"
	"sync"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/token"
)

// Cache keeps what macros expand to and parse as: most of them mean the same
// in the next version of a file and for the next ABI. The zero value is ready
// for use, by any number of goroutines.
type Cache struct {
	mu sync.Mutex
	// What was asked for lately, and what was before that: when the first is
	// full it becomes the second.
	recent, older map[*cpp.Macro][]*reading
	most          int // macros of one file
}

// minReadings, or twice the macros of the largest file, bounds each half of a
// Cache: macros that no version has any more keep their text alive.
// maxVariants bounds how many meanings of one macro are kept (ABIs differ in
// asm/ioctl.h), maxCodes how many numbers.
const (
	minReadings = 1 << 10
	maxVariants = 8
	maxCodes    = 256 // of one reading
)

// reading is what a macro's body says, before types and layouts are known.
type reading struct {
	work   int         // tokens and invocations of the expansion
	macros []macroName // what the expansion depends on
	names  []declared  // what parsing depended on
	head   bool        // the body is one invocation of _IOC and nothing else
	value  parsed      // of the whole body
	uses   []use       // invocations of _IOC; none if it is no command

	// fixed tells that nothing in the value varies but the payload's size;
	// codes are those seen so far.
	fixed bool
	mu    sync.Mutex
	codes map[codeKey]Code
}

// codeKey is what a fixed command's number depends on.
type codeKey struct {
	abi   *abi.ABI
	flags layout.Flags
	size  int64
}

// code evaluates the number of a head, with the size of its payload, if any.
func (r *reading) code(e *layout.Engine, payload decl.Type) (Code, error) {
	key := codeKey{abi: e.ABI, flags: e.Flags}
	if r.fixed && payload != nil {
		info, err := e.Type(payload)
		if err != nil {
			return Code{}, err
		}
		key.size = info.Size
	}
	if r.fixed {
		r.mu.Lock()
		c, ok := r.codes[key]
		r.mu.Unlock()
		if ok {
			return c, nil
		}
	}
	value, err := r.value.number(e)
	if err != nil {
		return Code{}, err
	}
	c := Decode(e.ABI, value)
	if r.fixed {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.codes == nil || len(r.codes) >= maxCodes {
			r.codes = map[codeKey]Code{}
		}
		r.codes[key] = c
	}
	return c, nil
}

// isFixed tells whether an expression is made of numbers and the size of one
// type alone. A variable in it, as the kernel's check of the operand has, is no
// number: there is none, or another operand is chosen.
func (r *reading) isFixed() bool {
	if r.value.err != nil {
		return false
	}
	for _, n := range r.names {
		if n.enumerator {
			return false
		}
	}
	measured := operand(r.value.expr, 0)
	return onlyMeasures(r.value.expr, typeOf(measured), 0)
}

func typeOf(s *decl.Sizeof) decl.Type {
	if s == nil {
		return nil
	}
	return s.Type
}

// use is one invocation of _IOC: its number (not needed of a head) and the
// expression in which its payload is measured.
type use struct {
	value parsed
	size  decl.Expr
	twice bool // the payload is a sizeof under a sizeof

	tokens []cpp.Token // of the argument that gives the size, expanded
	once   sync.Once
	alone  decl.Expr // what they parse as
}

// measure is the expression of the size alone; nil if it is none.
func (x *use) measure(u *decl.Unit) decl.Expr {
	x.once.Do(func() {
		if e, err := u.ParseExpr(x.tokens); err == nil {
			x.alone = e
		}
	})
	return x.alone
}

// parsed is an expression, or why it is none.
type parsed struct {
	expr decl.Expr
	err  error
}

// number evaluates to the 32 bits that an ioctl command is.
func (p parsed) number(e *layout.Engine) (uint32, error) {
	if p.err != nil {
		return 0, p.err
	}
	v, err := e.Eval(p.expr)
	if err != nil {
		return 0, err
	}
	return uint32(v.Lo), nil
}

// macroName is a name and the macro that it stood for, nil if none.
type macroName struct {
	name  token.Sym
	macro *cpp.Macro
}

// declared is a name in an expression and what kind of thing it named.
type declared struct {
	name                    token.Sym
	typ, object, enumerator bool
	known, named            bool // see decl.Unit.Declared
}

func declaredIn(u *decl.Unit, name token.Sym) declared {
	known, named := u.Declared(name)
	return declared{name, u.Typedef(name) != nil, u.Object(name) != nil, u.Enumerator(name) != nil, known, named}
}

// holds tells whether the macro would be read the same way in u.
func (r *reading) holds(u *decl.Unit) bool {
	for _, m := range r.macros {
		if u.Result.Macro(m.name) != m.macro {
			return false
		}
	}
	for _, n := range r.names {
		if declaredIn(u, n.name) != n {
			return false
		}
	}
	return true
}

// reading gives what a macro says in u.
func (c *Cache) reading(m *cpp.Macro, u *decl.Unit) *reading {
	c.mu.Lock()
	known := c.recent[m]
	if known == nil {
		known = c.older[m]
	}
	c.mu.Unlock()
	for _, r := range known {
		if r.holds(u) {
			c.keep(m, known, nil)
			return r
		}
	}
	r := read(m, u)
	c.keep(m, known, r)
	return r
}

// expect makes room for the macros of a file.
func (c *Cache) expect(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.most = max(c.most, n)
}

// keep notes that known was of use, and puts r, if any, to it.
func (c *Cache) keep(m *cpp.Macro, known []*reading, r *reading) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r == nil && c.recent[m] != nil {
		return
	}
	if len(c.recent) >= max(minReadings, 2*c.most) {
		c.recent, c.older = nil, c.recent
	}
	if c.recent == nil {
		c.recent = map[*cpp.Macro][]*reading{}
	}
	if now := c.recent[m]; now != nil {
		known = now
	}
	if r != nil {
		known = append([]*reading{r}, known[:min(len(known), maxVariants-1)]...)
	}
	c.recent[m] = known
}

// read expands and parses a macro's body.
func read(m *cpp.Macro, u *decl.Unit) *reading {
	r := &reading{}
	var seen []cpp.Use
	asked := map[macroName]bool{}
	note := func(tokens []cpp.Token) {
		for i := range tokens {
			if tokens[i].Kind == token.Ident {
				r.dependOn(asked, tokens[i].Sym, u.Result.Macro(tokens[i].Sym))
			}
		}
	}
	// What an invocation is given may be pasted or dropped by it.
	used := func(use cpp.Use) {
		r.work++
		r.dependOn(asked, use.Macro.Name, use.Macro)
		for _, arg := range use.Args {
			note(arg)
		}
	}
	// The size is asked for even if _IOC drops it.
	sizeOf := func(use cpp.Use) []cpp.Token {
		size := sizeOf(u, use, used)
		note(size)
		return size
	}
	body := u.Result.Expand(m.Body, func(use cpp.Use) {
		used(use)
		if use.Macro.Name == symIOC && len(seen) < maxUses {
			seen = append(seen, use)
		}
	})
	r.work += len(body)
	note(body)
	if len(seen) == 0 {
		return r
	}
	r.value = r.parse(u, body)
	first := sizeOf(seen[0])
	if r.head = isHead(u.Result, m, symIOC); r.head && count(body, symSizeof) == count(first, symSizeof) {
		// What is measured anywhere in it is measured as its size.
		r.uses = make([]use, 1)
		r.uses[0].size, r.uses[0].tokens, r.uses[0].twice = r.value.expr, first, takesSizeTwice(first)
		r.fixed = r.isFixed()
		return r
	}
	r.uses = make([]use, len(seen))
	for i, s := range seen {
		x := &r.uses[i]
		x.tokens = sizeOf(s)
		x.value, x.size, x.twice = r.parse(u, u.Result.Expand(invocation(s), nil)), r.parse(u, x.tokens).expr, takesSizeTwice(x.tokens)
	}
	return r
}

// sizeOf is the expanded argument of an _IOC that gives the payload's size.
func sizeOf(u *decl.Unit, s cpp.Use, seen func(cpp.Use)) []cpp.Token {
	const sizeArg = 3
	if len(s.Args) <= sizeArg {
		return nil
	}
	return u.Result.Expand(s.Args[sizeArg], seen)
}

func count(tokens []cpp.Token, name token.Sym) int {
	n := 0
	for i := range tokens {
		if tokens[i].Sym == name {
			n++
		}
	}
	return n
}

// dependOn notes that the reading asked what a name stands for. seen is what it
// asked before.
func (r *reading) dependOn(seen map[macroName]bool, name token.Sym, m *cpp.Macro) {
	d := macroName{name, m}
	if !seen[d] {
		seen[d] = true
		r.macros = append(r.macros, d)
	}
}

func (r *reading) parse(u *decl.Unit, tokens []cpp.Token) parsed {
	for i := range tokens {
		if tokens[i].Kind != token.Ident {
			continue
		}
		d := declaredIn(u, tokens[i].Sym)
		if !slices.Contains(r.names, d) {
			r.names = append(r.names, d)
		}
	}
	x, err := u.ParseExpr(tokens)
	return parsed{x, err}
}
