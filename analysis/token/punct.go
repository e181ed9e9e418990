package token

// extends has the bytes that start punctuators of more than one byte.
var extends = [256]bool{
	'-': true, '+': true, '&': true, '*': true, '!': true, '/': true, '%': true, '<': true,
	'>': true, '=': true, '^': true, '|': true, ':': true, '#': true, '.': true,
}

var single = [256]Sym{
	'{': LBrace, '}': RBrace, '[': LBracket, ']': RBracket, '(': LParen, ')': RParen,
	';': Semicolon, ',': Comma, '.': Dot, '-': Minus, '+': Plus, '&': And, '*': Star,
	'~': Tilde, '!': Not, '/': Slash, '%': Percent, '<': Less, '>': Greater,
	'=': Assign, '^': Xor, '|': Or, '?': Question, ':': Colon, '#': Hash,
}

// Nesting is how much deeper brackets of any kind nest behind the symbol: 1, -1
// or 0.
func (s Sym) Nesting() int {
	switch s {
	case LBrace, LBracket, LParen:
		return 1
	case RBrace, RBracket, RParen:
		return -1
	}
	return 0
}

// longer are the punctuators of more than one byte by their first byte, the
// longest first.
var longer = [256][]struct {
	rest string
	sym  Sym
}{
	'.': {{"..", Ellipsis}},
	'-': {{">", Arrow}, {"-", Dec}, {"=", MinusAssign}},
	'+': {{"+", Inc}, {"=", PlusAssign}},
	'&': {{"&", AndAnd}, {"=", AndAssign}},
	'|': {{"|", OrOr}, {"=", OrAssign}},
	'*': {{"=", StarAssign}},
	'/': {{"=", SlashAssign}},
	'^': {{"=", XorAssign}},
	'!': {{"=", NotEq}},
	'=': {{"=", Eq}},
	'<': {{"<=", ShlAssign}, {"<", Shl}, {"=", LessEq}, {":", LBracket}, {"%", LBrace}},
	'>': {{">=", ShrAssign}, {">", Shr}, {"=", GreaterEq}},
	':': {{">", RBracket}},
	'%': {{":%:", HashHash}, {":", Hash}, {">", RBrace}, {"=", PercentAssign}},
	'#': {{"#", HashHash}},
}

// punct is the longest punctuator at s[i], and where it ends.
func punct(s string, i int) (Sym, int) {
	c := s[i]
	for _, p := range longer[c] {
		if end := i + 1 + len(p.rest); end <= len(s) && s[i+1:end] == p.rest {
			return p.sym, end
		}
	}
	return single[c], i + 1
}
