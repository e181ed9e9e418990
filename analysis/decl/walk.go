package decl

import (
	"abide/analysis/cpp"
	"abide/analysis/token"
)

// walker writes an item's feed. It knows the grammar of declarations well
// enough to tell type names from others, and leaves out members that make no
// sense; what it lets through is still cc's to judge.
//
// A method returns false where it meets something that cannot stand there; at
// is then the offending token.
type walker struct {
	f     *feed
	k     int // next of f.kept
	end   int // do not look at kept tokens from here on
	depth int
	at    int
	why   string
}

func (w *walker) sym() token.Sym {
	if w.k < w.end {
		return w.f.tok(w.k).Sym
	}
	return 0
}

func (w *walker) tok(ahead int) *cpp.Token {
	if w.k+ahead < w.end {
		return w.f.tok(w.k + ahead)
	}
	return &noToken
}

func (w *walker) fail(why string) bool {
	w.at, w.why = w.k, why
	return false
}

// pass emits the next token as it is.
func (w *walker) pass() {
	w.f.emit(w.k, w.f.tok(w.k).Sym.String())
	w.k++
}

func (w *walker) expect(s token.Sym) bool {
	if w.sym() != s {
		return w.fail("expected '" + s.String() + "'")
	}
	w.pass()
	return true
}

// enter bounds the recursion.
func (w *walker) enter() bool {
	if w.depth++; w.depth > maxNesting {
		return w.fail("nested too deeply")
	}
	return true
}

func (w *walker) leave() { w.depth-- }

// place says where specifiers stand; it decides what an unknown name is.
type place uint8

const (
	atFile place = iota
	inBody       // of a record
	inParams
	inTypeName
)

// specifiers walks a list of declaration specifiers.
func (w *walker) specifiers(p place) bool {
	typed := false
	for w.k < w.end {
		t := w.f.tok(w.k)
		switch wordOf(t.Sym) {
		case wordTypedef:
			if p != atFile {
				return w.fail("'typedef' cannot stand here")
			}
			w.pass()
		case wordQual:
			w.f.emit(w.k, qualifier(t.Sym))
			w.k++
		case wordAtomic:
			if w.tok(1).Sym != token.LParen {
				w.f.emit(w.k, "const")
				w.k++
				continue
			}
			if !w.typeof() {
				return false
			}
			typed = true
		case wordBasic:
			if !w.basic() {
				return false
			}
			typed = true
		case wordAutoType:
			w.f.emit(w.k, "T")
			w.k++
			typed = true
		case wordTypeof:
			if !w.typeof() {
				return false
			}
			typed = true
		case wordRecord:
			if !w.record() {
				return false
			}
			typed = true
		case wordEnum:
			if !w.enum() {
				return false
			}
			typed = true
		case wordNone, wordNote:
			if typed || t.Kind != token.Ident {
				return typed || w.fail("expected a type")
			}
			if p == atFile && w.unknownMacro() {
				w.k++
				continue
			}
			if !w.typeName(p) {
				return false
			}
			typed = true
		default:
			return w.fail("'" + t.Sym.String() + "' cannot stand here")
		}
	}
	return typed || w.fail("expected a type")
}

func qualifier(s token.Sym) string {
	switch s {
	case token.SymConst, token.SymConst2, token.SymConst4:
		return "const"
	}
	return "volatile"
}

// typeName walks a name where a type is wanted and none was given yet.
func (w *walker) typeName(p place) bool {
	t, next := w.f.tok(w.k), w.tok(1)
	known := w.f.isType(t.Sym)
	if !known {
		switch nw := wordOf(next.Sym); {
		case next.Sym == token.LParen && !(p == inParams || w.tok(2).Sym == token.Star):
			return w.fail("'" + t.Sym.String() + "' is not a known macro or type")
		case nw == wordBasic || nw == wordRecord || nw == wordEnum || nw == wordTypeof:
			return w.fail("'" + t.Sym.String() + "' is not a known macro")
		case isName(next) && isName(w.tok(2)):
			return w.fail("'" + t.Sym.String() + "' is not a known macro")
		case p == inBody && next.Sym == token.Semicolon, p == inBody && next.Sym == token.Comma:
			return w.fail("'" + t.Sym.String() + "' is not a known type")
		}
	}
	w.f.emit(w.k, "T")
	w.k++
	return true
}

// unknownMacro tells whether a name at file scope stands before what can only
// be the type: then it is a macro such as STATIC, in a header that is missing.
func (w *walker) unknownMacro() bool {
	next, then := w.tok(1), w.tok(2)
	if w.f.isType(w.f.tok(w.k).Sym) {
		return false
	}
	switch wordOf(next.Sym) {
	case wordBasic, wordRecord, wordEnum, wordTypeof, wordTypedef:
		return true
	}
	return isName(next) && (isName(then) || then.Sym == token.Star && w.f.isType(next.Sym))
}

// basic walks one word of a built-in type's name.
func (w *walker) basic() bool {
	t := w.f.tok(w.k)
	switch s := t.Sym.String(); s {
	case "void", "char", "short", "int", "long", "float", "double", "unsigned", "_Bool":
		w.f.emit(w.k, s)
	case "signed", "__signed", "__signed__":
		w.f.emit(w.k, "signed")
	case "_Complex", "__complex", "__complex__", "_Imaginary":
		w.f.emit(w.k, "_Complex")
	case "_BitInt":
		w.f.emit(w.k, "int")
		if w.k++; w.sym() == token.LParen {
			w.skipBrackets()
		}
		return true
	case "__int128", "__int128_t", "__uint128_t":
		w.f.emit(w.k, "int")
	default:
		w.f.emit(w.k, "float")
	}
	w.k++
	return true
}

// typeof walks typeof(…) and _Atomic(…).
func (w *walker) typeof() bool {
	w.f.emit(w.k, "typeof")
	if w.k++; w.sym() != token.LParen {
		return w.fail("expected '('")
	}
	w.pass()
	if !w.enter() {
		return false
	}
	defer w.leave()
	// cc looks at one token to tell a type from an expression.
	for wordOf(w.sym()) == wordQual || wordOf(w.sym()) == wordAtomic && w.tok(1).Sym != token.LParen {
		w.k++
	}
	ok := false
	if w.startsTypeName() {
		ok = w.abstractType()
	} else {
		ok = w.expression(true)
	}
	return ok && w.expect(token.RParen)
}

// abstractType walks a type name as in a cast.
func (w *walker) abstractType() bool {
	return w.specifiers(inTypeName) && w.declarator(true)
}

// skipBrackets steps over a bracketed group.
func (w *walker) skipBrackets() {
	for depth := 0; w.k < w.end; {
		n := w.sym().Nesting()
		w.k++
		if depth += n; n < 0 && depth <= 0 {
			return
		}
	}
}

// external walks a whole item.
func (w *walker) external(body int) bool {
	f := w.f
	m := member{first: 0, record: -1, offset: len(f.text)}
	if len(f.kept) > 0 {
		m.first = f.declStart(0)
	}
	if !w.specifiers(atFile) {
		return false
	}
	for w.k < w.end && w.sym() != token.Semicolon {
		// Words around a declarator are macros of headers that are missing.
		for isName(w.tok(0)) && !endsName(w.tok(0), w.tok(1)) {
			w.k++
		}
		if !w.declarator(false) {
			return false
		}
		for isName(w.tok(0)) {
			if w.k++; w.sym() == token.LParen {
				w.skipBrackets()
			}
		}
		if w.sym() == token.Assign {
			w.initializer()
		}
		if w.sym() != token.Comma {
			break
		}
		w.pass()
	}
	switch {
	case w.sym() == token.Semicolon:
		w.pass()
	case body > 0 && w.k < len(f.kept) && f.kept[w.k] == int32(body):
		f.emit(w.k, ";")
		w.k++
	default:
		return w.fail("expected ';'")
	}
	m.last = f.kept[w.k-1]
	m.end = len(f.text)
	f.members = append(f.members, m)
	return true
}

// initializer steps over an initializer.
func (w *walker) initializer() {
	for w.k < w.end {
		switch w.sym() {
		case token.Comma, token.Semicolon:
			return
		case token.LParen, token.LBracket, token.LBrace:
			w.skipBrackets()
		default:
			w.k++
		}
	}
}
