package payload

import (
	"context"
	"strings"

	"abide/analysis"
	"abide/analysis/cause"
	"abide/analysis/decl"
	"abide/analysis/text"
	"abide/analysis/token"
)

// toPointer is the kernel's macro that makes a user pointer of a 64-bit integer.
const toPointer = "u64_to_user_ptr"

// wrapUses puts a pointer that becomes an integer into u64_to_user_ptr() where
// the file hands it on, and gives how many uses that were. Only uses that are
// clear are touched: x.p or x->p as an argument or a value, x a variable of the
// record's type. others tells that the file has more that may be its.
func (e *editor) wrapUses(m *cause.Member) (uses int, others bool) {
	pointer, ok := e.Element(m).(*decl.Pointer)
	if !ok || m.Decl().Name == 0 {
		return 0, false
	}
	all := mentions(e.pass, m.Decl().Name)
	if all == 0 || e.IsArray(m) || e.Tag == 0 || !e.knowsMacro(toPointer) {
		return 0, all > 0
	}
	u := userReader{
		lexed:   lexed(e.pass),
		keyword: token.SymStruct,
		tag:     e.Tag,
		member:  m.Decl().Name,
		vars:    map[token.Sym]bool{},
	}
	if e.Union {
		u.keyword = token.SymUnion
	}
	typed := "(" + strings.TrimSpace(e.Views[0].Target.Spell(&decl.Pointer{Elem: pointer.Elem}, "")) + ")"
	if resolved, err := e.Views[0].Target.Engine.Resolve(pointer.Elem); err == nil {
		if b, ok := resolved.(*decl.Basic); ok && b.Kind == 0 {
			typed = "" // void *, which the macro gives
		}
	}
	typed = strings.Replace(typed, " *)", " __user *)", 1)
	for _, use := range u.uses() {
		uses++
		before := toPointer + "("
		if use.typed {
			before = typed + before
		}
		e.more = append(e.more,
			text.Edit{Span: text.Span{Start: use.span.Start, End: use.span.Start}, New: before},
			text.Edit{Span: text.Span{Start: use.span.End, End: use.span.End}, New: ")"})
	}
	return uses, all > uses
}

type mentionsKey struct{}

// mentions counts where the file has .name or ->name.
func mentions(p *analysis.Pass, name token.Sym) int {
	return p.Memo(mentionsKey{}, func() any {
		count := map[token.Sym]int{}
		tokens := lexed(p).Tokens
		for i := 1; i < len(tokens); i++ {
			if before := tokens[i-1].Sym; tokens[i].Kind == token.Ident && (before == token.Dot || before == token.Arrow) {
				count[tokens[i].Sym]++
			}
		}
		return count
	}).(map[token.Sym]int)[name]
}

// lexed is the file's tokens. Fixes are planned after the pass is over.
func lexed(p *analysis.Pass) *token.Lexed {
	l, err := p.Lexed(context.WithoutCancel(p.Context()))
	if err != nil {
		return &token.Lexed{}
	}
	return l
}

// userReader finds the uses of a member in a file's functions.
type userReader struct {
	lexed   *token.Lexed
	keyword token.Sym // struct or union
	tag     token.Sym
	member  token.Sym
	vars    map[token.Sym]bool // variables of the record's type, or pointers to it, in sight
}

// userUse is one use; typed tells that its pointer's type matters there.
type userUse struct {
	span  text.Span
	typed bool
}

// typedReaders look at what the pointer points to.
var typedReaders = map[string]bool{
	"get_user": true, "put_user": true, "__get_user": true, "__put_user": true,
	"unsafe_get_user": true, "unsafe_put_user": true, "access_ok": false,
}

func (u *userReader) uses() []userUse {
	var list []userUse
	var calls []token.Sym // the words before the parentheses that are open
	depth := 0
	tokens := u.lexed.Tokens
	for i := range tokens {
		switch sym := tokens[i].Sym; sym {
		case token.LBrace:
			depth++
		case token.RBrace:
			if depth--; depth == 0 {
				clear(u.vars)
			}
		case token.Semicolon:
			if depth == 0 {
				clear(u.vars)
			}
			calls = calls[:0]
		case token.LParen:
			calls = append(calls, u.word(i-1))
		case token.RParen:
			calls = calls[:max(0, len(calls)-1)]
		case u.keyword:
			u.declared(i)
		default:
			if depth > 0 && u.vars[sym] && u.isUse(i) {
				call := token.Sym(0)
				if len(calls) > 0 {
					call = calls[len(calls)-1]
				}
				span := text.Span{Start: int(tokens[i].Start), End: int(tokens[i+2].End)}
				if call.String() != toPointer {
					list = append(list, userUse{span, typedReaders[call.String()]})
				}
			}
		}
	}
	return list
}

// word is the identifier at i; 0 if there is none.
func (u *userReader) word(i int) token.Sym {
	if i >= 0 && u.lexed.Tokens[i].Kind == token.Ident {
		return u.lexed.Tokens[i].Sym
	}
	return 0
}

// declared notes the variables of a declaration "struct tag a, *b".
func (u *userReader) declared(i int) {
	tokens := u.lexed.Tokens
	if i++; u.word(i) != u.tag {
		return
	}
	for i++; i < len(tokens); i++ {
		switch {
		case tokens[i].Sym == token.Star:
		case tokens[i].Kind != token.Ident:
			return
		case tokens[i].Sym.String() == "__user" || tokens[i].Sym == token.SymConst:
		default:
			u.vars[tokens[i].Sym] = true
			if i++; i >= len(tokens) || tokens[i].Sym != token.Comma || u.word(i+1) == token.SymStruct {
				return
			}
		}
	}
}

// isUse tells whether x at i begins the use x.p or x->p as an argument or a value.
func (u *userReader) isUse(i int) bool {
	tokens := u.lexed.Tokens
	if i == 0 || i+3 >= len(tokens) || tokens[i+2].Sym != u.member {
		return false
	}
	if s := tokens[i+1].Sym; s != token.Dot && s != token.Arrow {
		return false
	}
	switch tokens[i+3].Sym {
	case token.Comma, token.RParen, token.Semicolon:
	default:
		return false
	}
	switch tokens[i-1].Sym {
	case token.Comma:
		return true
	case token.Assign: // x.p = y.p stays as it is
		return u.word(i-2) != u.member
	case token.LParen:
		word := u.word(i - 2)
		return word != 0 && !noCalls[word.String()]
	}
	return false
}

// noCalls are words in front of a parenthesis that call nothing.
var noCalls = map[string]bool{"if": true, "while": true, "switch": true, "sizeof": true, "return": true, "for": true}
