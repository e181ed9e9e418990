package decl

import (
	"strconv"

	"abide/analysis/cpp"
	"abide/analysis/token"
)

// feed is the text that cc parses in place of an item, and what leads from the
// tokens of that text back to the item's. cc gets the shape of the item alone:
// every type name is spelled T, every other name v1, v2, …, every number 1;
// attributes, initializers, function bodies and whatever else has no bearing on
// the declared types stay out. So no spelling, extension or scope can lead cc
// astray, and positions are exact.
type feed struct {
	toks  []cpp.Token
	class func(token.Sym) nameClass

	kept   []int32 // what is left of toks when attributes and the like are out
	groups []group // attributes, in order
	// argKept is the tokens of attributes' arguments that were fed.
	argKept []int32
	floors  []int32 // tokens behind dropped declarations, see declStart

	text []byte
	src  []int32          // index in toks of each token of text
	bad  map[int32]string // tokens that stand for a Bad expression
	args []argument       // attributes' arguments, fed as declarations behind the item

	members []member
	skips   []skip
	refused map[int32]string        // members that cc did not take, by first token
	answers map[token.Sym]nameClass // what class said
}

// group is one attribute specifier: __attribute__((…)), _Alignas(…), ….
type group struct {
	first, last   int32 // tokens, inclusive
	after, before int32 // the kept tokens around it; -1 for none
	brackets      bool  // [[…]], which applies to what stands right before it
	attrs         []attr
}

// member is the stretch of text that one member of a record, or the whole
// item, became.
type member struct {
	first  int32 // token
	last   int32
	offset int // of its first byte in text
	end    int
	record int32 // the record's opening brace, -1 for the item itself
}

// skip is a member left out.
type skip struct {
	record      int32
	first, last int32
	reason      string
}

// argument is an expression or type in an attribute.
type argument struct {
	group, attr int
	first, last int32
	sizeof      bool // fed as sizeof(…), as it may be a type
}

// prelude is what cc wants to see first; preludeTokens is how many tokens it has.
const (
	prelude       = "typedef int T;int __predefined_declarator; "
	preludeTokens = 7
	sentinel      = "int s ;"
)

func newFeed(toks []cpp.Token, class func(token.Sym) nameClass) *feed {
	f := &feed{toks: toks, class: class}
	f.strip()
	return f
}

// strip finds the tokens that cc is to see.
func (f *feed) strip() {
	f.kept = make([]int32, 0, len(f.toks))
	pending := 0 // groups whose before is not known yet
	keep := func(i int) {
		for ; pending < len(f.groups); pending++ {
			f.groups[pending].before = int32(i)
		}
		f.kept = append(f.kept, int32(i))
	}
	for i := 0; i < len(f.toks); {
		t := &f.toks[i]
		if t.Kind == token.Pragma {
			i++
			continue
		}
		switch wordOf(t.Sym) {
		case wordDrop:
			i++
			continue
		case wordNote:
			if !f.declares(i) {
				i++
				continue
			}
		case wordAttribute, wordDeclspec, wordAlignas:
			i = f.group(i, i+1)
			continue
		case wordAsm:
			for i++; i < len(f.toks) && f.toks[i].Kind == token.Ident; i++ {
			}
			i = f.skipParens(i)
			continue
		case wordAssert:
			if i = f.skipParens(i + 1); i < len(f.toks) && f.toks[i].Sym == token.Semicolon {
				i++
			}
			f.floors = append(f.floors, int32(i))
			continue
		}
		next := token.Sym(0)
		if i+1 < len(f.toks) {
			next = f.toks[i+1].Sym
		}
		switch {
		case t.Sym == token.LBracket && next == token.LBracket: // C23's spelling: [[gnu::packed]]
			end := skipGroup(f.toks, i)
			n := f.newGroup(i, end)
			f.groups[n].brackets = true
			f.attributes(n, min(i+2, end), max(end-2, i+2))
			i = end
		case t.Sym == token.LParen && next == token.LBrace:
			f.mark(int32(i), "a statement expression is not constant")
			keep(i)
			if i = skipGroup(f.toks, i); f.toks[i-1].Sym == token.RParen {
				keep(i - 1)
			}
		default:
			keep(i)
			i++
		}
	}
	for ; pending < len(f.groups); pending++ {
		f.groups[pending].before = -1
	}
}

// declares tells whether a word that is an annotation in the kernel is a
// declared name here.
func (f *feed) declares(i int) bool {
	if i == 0 || i+1 == len(f.toks) {
		return false
	}
	switch f.toks[i+1].Sym {
	case token.Semicolon, token.Comma, token.LBracket, token.Assign, token.Colon, token.RParen:
		before := &f.toks[i-1]
		return before.Sym == token.Star || before.Sym == token.Comma || wordOf(before.Sym) == wordBasic
	}
	return false
}

func (f *feed) mark(i int32, reason string) {
	if f.bad == nil {
		f.bad = make(map[int32]string)
	}
	f.bad[i] = reason
}

func (f *feed) skipParens(i int) int {
	if i < len(f.toks) && f.toks[i].Sym == token.LParen {
		return skipGroup(f.toks, i)
	}
	return i
}

// group notes an attribute specifier and returns the index behind it.
func (f *feed) group(i, open int) int {
	end := f.skipParens(open)
	n := f.newGroup(i, end)
	if end > open {
		f.attributes(n, open+1, end-1)
	}
	return end
}

// newGroup notes the specifier toks[i:end] and gives its number.
func (f *feed) newGroup(i, end int) int {
	g := group{first: int32(i), last: int32(end - 1), after: -1}
	if n := len(f.kept); n > 0 {
		g.after = f.kept[n-1]
	}
	f.groups = append(f.groups, g)
	return len(f.groups) - 1
}

// declStart is the first token of a declaration whose first kept token is
// kept[k]: attributes and storage classes before it are part of it.
func (f *feed) declStart(k int) int32 {
	i := int32(0)
	if k > 0 {
		i = f.kept[k-1] + 1
	}
	for _, floor := range f.floors {
		if floor > i && floor <= f.kept[k] {
			i = floor
		}
	}
	for i < f.kept[k] && f.toks[i].Kind == token.Pragma {
		i++
	}
	return i
}

// tok is the k-th kept token.
func (f *feed) tok(k int) *cpp.Token {
	if k >= 0 && k < len(f.kept) {
		return &f.toks[f.kept[k]]
	}
	return &noToken
}

// index is the index in toks of the k-th kept token.
func (f *feed) index(k int) int32 {
	if k < len(f.kept) {
		return f.kept[k]
	}
	return int32(len(f.toks))
}

// emit appends one token to the text, which stands for the k-th kept one.
func (f *feed) emit(k int, text string) { f.emitAt(f.index(k), text) }

func (f *feed) emitAt(i int32, text string) {
	f.text = append(append(f.text, text...), ' ')
	f.src = append(f.src, i)
}

// value emits a name that is not a type's.
func (f *feed) value(k int) {
	f.text = strconv.AppendInt(append(f.text, 'v'), int64(len(f.src)), 10)
	f.text = append(f.text, ' ')
	f.src = append(f.src, f.index(k))
}

// point is a state of the feed to go back to.
type point struct{ text, src, members, skips int }

func (f *feed) point() point { return point{len(f.text), len(f.src), len(f.members), len(f.skips)} }

func (f *feed) back(p point) {
	f.text, f.src = f.text[:p.text], f.src[:p.src]
	f.members, f.skips = f.members[:p.members], f.skips[:p.skips]
}

// ask tells what a name is, and remembers that it was asked.
func (f *feed) ask(name token.Sym) nameClass {
	is, asked := f.answers[name]
	if !asked {
		if f.answers == nil {
			f.answers = make(map[token.Sym]nameClass)
		}
		is = f.class(name)
		f.answers[name] = is
	}
	return is
}

func (f *feed) isType(name token.Sym) bool { return f.ask(name) == nameType }

// feedArgs appends the declarations that hold the attributes' arguments; the
// item itself has so many kept tokens.
func (f *feed) feedArgs(kept int) {
	w := walker{f: f}
	n := 0
	for _, a := range f.args {
		p := f.point()
		f.emitAt(-1, "int")
		f.emitAt(-1, "v")
		f.emitAt(-1, "=")
		if a.sizeof {
			f.emitAt(-1, "sizeof")
			f.emitAt(-1, "(")
		}
		if !w.argument(a) {
			f.back(p)
			continue
		}
		if a.sizeof {
			f.emitAt(-1, ")")
		}
		f.emitAt(-1, ";")
		f.args[n] = a
		n++
	}
	f.args = f.args[:n]
	f.kept, f.argKept = f.kept[:kept], f.kept[kept:]
}
