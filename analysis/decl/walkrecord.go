package decl

import "abide/analysis/token"

// record walks a struct or union specifier.
func (w *walker) record() bool {
	j := w.tagEnd()
	if w.tok(j).Sym != token.LBrace {
		return w.reference(j)
	}
	w.tag(j)
	return w.members()
}

// tagEnd counts the tokens of a specifier's keyword and tag.
func (w *walker) tagEnd() int {
	if isName(w.tok(1)) {
		return 2
	}
	return 1
}

// reference walks a specifier without a body: a keyword and a tag, n tokens.
func (w *walker) reference(n int) bool {
	if n == 1 {
		w.k++
		return w.fail("expected a tag or '{'")
	}
	// A type name is enough; see conv.reference.
	w.f.emit(w.k, "T")
	w.k += n
	return true
}

// tag walks the keyword, and the tag if there is one: n tokens.
func (w *walker) tag(n int) {
	w.pass()
	if n == 2 {
		w.f.value(w.k)
		w.k++
	}
}

// members walks a record's body. Members that make no sense are left out.
func (w *walker) members() bool {
	if !w.enter() {
		return false
	}
	defer w.leave()
	open := w.f.kept[w.k]
	shut := w.closing(w.k)
	if shut >= w.end {
		return w.fail("expected '}'")
	}
	w.pass()
	stop := 0
	for w.k < shut {
		if w.sym() == token.Semicolon {
			w.k++
			continue
		}
		if w.k > stop {
			stop = w.memberEnd(w.k, shut)
		}
		w.member(open, stop, shut)
	}
	w.pass()
	return true
}

// member walks the member declaration that ends at stop, or leaves it out.
func (w *walker) member(open int32, stop, shut int) {
	f := w.f
	start := w.k
	outer := w.end
	w.end = min(stop+1, shut)
	defer func() { w.end = outer }()

	first := f.declStart(start)
	p := f.point()
	m := member{first: first, record: open, offset: len(f.text)}
	why, refused := f.refused[first]
	if !refused && w.memberDeclaration() {
		m.last = f.kept[w.k-1]
		m.end = len(f.text)
		f.members = append(f.members, m)
		return
	}
	f.back(p)
	resume := stop + 1
	if !refused {
		why = w.why
		if line := f.nextLine(start, min(w.at, stop), stop); line > 0 {
			resume = line
		}
	}
	w.k = min(resume, shut)
	f.skips = append(f.skips, skip{record: open, first: first, last: f.kept[w.k-1], reason: why})
}

// nextLine finds the line on which a member may start after an error at a
// token of the one that starts at start: the error's own line, or the next, as
// what is missing is most often a semicolon.
func (f *feed) nextLine(start, at, stop int) int {
	depth, found := 0, 0
	for k := start; k <= stop; k++ {
		t := f.tok(k)
		if k > start && depth <= 0 && t.Flags&token.FirstOnLine != 0 {
			if k > at {
				if found == 0 {
					found = k
				}
				return found
			}
			found = k
		}
		depth += t.Sym.Nesting()
	}
	return found
}

// memberDeclaration walks a member declaration up to its semicolon.
func (w *walker) memberDeclaration() bool {
	if !w.specifiers(inBody) {
		return false
	}
	for w.k < w.end && w.sym() != token.Semicolon {
		if w.sym() != token.Colon && !w.declarator(false) {
			return false
		}
		if w.sym() == token.Colon {
			w.pass()
			if !w.expression(false) {
				return false
			}
		}
		if w.sym() != token.Comma {
			break
		}
		w.pass()
	}
	if w.k >= w.end {
		// gcc takes a last member without a semicolon.
		w.f.emitAt(-1, ";")
		return true
	}
	return w.expect(token.Semicolon)
}

// memberEnd finds the semicolon of the declaration at k, or shut-1.
func (w *walker) memberEnd(k, shut int) int {
	for depth := 0; k < shut; k++ {
		switch w.f.tok(k).Sym {
		case token.LBrace:
			depth++
		case token.RBrace:
			depth--
		case token.Semicolon:
			if depth <= 0 {
				return k
			}
		}
	}
	return shut - 1
}

// closing finds the brace that closes the one at k.
func (w *walker) closing(k int) int {
	for depth := 0; k < w.end; k++ {
		switch w.f.tok(k).Sym {
		case token.LBrace:
			depth++
		case token.RBrace:
			if depth--; depth == 0 {
				return k
			}
		}
	}
	return w.end
}

// enum walks an enum specifier.
func (w *walker) enum() bool {
	base := w.tagEnd()
	j := base
	if w.tok(j).Sym == token.Colon {
		for j++; w.k+j < w.end && (wordOf(w.tok(j).Sym) == wordBasic || wordOf(w.tok(j).Sym) == wordQual || isName(w.tok(j))); {
			j++
		}
	}
	if w.tok(j).Sym != token.LBrace {
		return w.reference(base)
	}
	w.tag(base)
	if w.sym() == token.Colon {
		w.pass()
		if !w.specifiers(inTypeName) {
			return false
		}
		if w.sym() != token.LBrace {
			return w.fail("expected '{'")
		}
	}
	shut := w.closing(w.k)
	if shut >= w.end {
		return w.fail("expected '}'")
	}
	w.enumerators(shut)
	return true
}

// enumerators walks an enum's body up to its closing brace. One whose value
// makes no sense gets a Bad one.
func (w *walker) enumerators(shut int) {
	f := w.f
	w.pass()
	some := false
	for w.k < shut {
		if !isName(f.tok(w.k)) {
			w.k++
			continue
		}
		if some {
			f.emitAt(-1, ",")
		}
		some = true
		f.value(w.k)
		w.k++
		if w.sym() == token.Assign {
			w.pass()
			outer, p, start := w.end, f.point(), w.k
			w.end = shut
			if !w.expression(false) || w.k < shut && w.sym() != token.Comma {
				f.back(p)
				f.mark(f.index(start), "not a constant expression")
				f.emit(start, "1")
			}
			w.end = outer
		}
		w.k = w.nextComma(w.k, shut) + 1
	}
	w.k = shut
	if !some {
		f.emitAt(-1, "v")
	}
	w.pass()
}

// nextComma finds the comma that ends an enumerator, or shut-1.
func (w *walker) nextComma(k, shut int) int {
	for depth := 0; k < shut; k++ {
		sym := w.f.tok(k).Sym
		if depth += sym.Nesting(); sym == token.Comma && depth <= 0 {
			return k
		}
	}
	return shut - 1
}
