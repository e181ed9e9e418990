package index

import (
	"strings"

	"abide/analysis/token"
)

// facts is what one file says, with names as they are written.
type facts struct {
	includes []string // "linux/foo.h"
	defines  []string // "struct foo": records with a body
	macros   []macro
	crossing []Use // by a __user pointer or a copy, not by a command
	keys     []string
}

// macro is a #define whose body is one invocation of another macro.
type macro struct {
	name   string
	start  int      // of the name, in bytes
	invoke string   // the other macro
	types  []string // what may be a type in it: "struct foo", "foo_t"
	params bool     // it has parameters: a wrapper, perhaps
}

// Bounds of what is remembered of one file.
const (
	maxIncludes  = 512
	maxDefines   = 4096
	maxMacros    = 4096
	maxCrossing  = 1024
	maxDirective = 4096 // bytes
)

// scan reads a file line by line. Nothing is preprocessed: what an #if hides
// counts, too.
func scan(content string) *facts {
	f := &facts{}
	for rest := content; rest != ""; {
		one, next := cutLine(rest)
		if i := leading(one); i < len(one) && one[i] == '#' {
			for strings.HasSuffix(strings.TrimRight(one, "\r\n"), "\\") && next != "" && len(one) < maxDirective {
				more, after := cutLine(next)
				one, next = rest[:len(one)+len(more)], after
			}
			f.directive(one[i+1:], len(content)-len(rest)+i+1)
		}
		rest = next
	}
	f.records(content)
	f.crossings(content)
	return f
}

func cutLine(s string) (line, rest string) {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return s[:i+1], s[i+1:]
	}
	return s, ""
}

func leading(s string) int { return len(s) - len(strings.TrimLeft(s, " \t")) }

// directive reads what follows a '#' at an offset.
func (f *facts) directive(s string, at int) {
	end := at + len(s)
	s = strings.TrimLeft(s, " \t")
	if rest, ok := strings.CutPrefix(s, "include"); ok && len(f.includes) < maxIncludes {
		rest = strings.TrimLeft(rest, " \t")
		if len(rest) < 2 || rest[0] != '<' && rest[0] != '"' {
			return
		}
		if end := strings.IndexAny(rest[1:], ">\"\n"); end > 0 {
			f.includes = append(f.includes, strings.Clone(rest[1:1+end]))
		}
		return
	}
	rest, ok := strings.CutPrefix(s, "define")
	if !ok || len(f.macros) >= maxMacros || rest == "" || rest[0] != ' ' && rest[0] != '\t' || !strings.Contains(rest, "(") {
		return
	}
	rest = strings.TrimLeft(rest, " \t")
	n := word(rest)
	if n == 0 || n == len(rest) {
		return
	}
	m := macro{name: rest[:n], start: end - len(rest)}
	if rest = rest[n:]; rest[0] == '(' {
		_, body, ok := strings.Cut(rest, ")")
		if !ok {
			return
		}
		m.params, rest = true, body
	}
	body := strings.TrimLeft(rest, " \t(\\\r\n")
	if n = word(body); n == 0 || !strings.HasPrefix(strings.TrimLeft(body[n:], " \t"), "(") {
		return
	}
	m.invoke, m.types = body[:n], types(body[n:])
	if len(m.types) == 0 && !m.params {
		return
	}
	m.name, m.invoke = strings.Clone(m.name), strings.Clone(m.invoke)
	f.macros = append(f.macros, m)
}

// word is the length of the identifier that s starts with.
func word(s string) int {
	n := 0
	for n < len(s) && (s[n] == '_' || 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z' || n > 0 && '0' <= s[n] && s[n] <= '9') {
		n++
	}
	return n
}

// types lists what may be a type's name among the arguments of an invocation:
// a tag behind its keyword, or an identifier that is an argument of its own
// but for stars, brackets and a sizeof.
func types(args string) []string {
	tokens := token.Lex(args).Tokens
	var list []string
	for i, t := range tokens {
		if t.Kind != token.Ident {
			continue
		}
		switch before := symAt(tokens, i-1); {
		case before == token.SymStruct || before == token.SymUnion:
			list = append(list, before.String()+" "+t.Sym.String())
		case t.Sym == token.SymStruct, t.Sym == token.SymUnion, t.Sym == token.SymSizeof:
		case (before == token.Comma || before == token.LParen) && ends[symAt(tokens, i+1)]:
			list = append(list, t.Sym.String())
		}
	}
	return list
}

var ends = map[token.Sym]bool{token.Comma: true, token.RParen: true, token.Star: true, token.LBracket: true}

func symAt(tokens []token.Token, i int) token.Sym {
	if i < 0 || i >= len(tokens) {
		return 0
	}
	return tokens[i].Sym
}

// keywords of records.
var keywords = []string{"struct", "union"}

// records finds the records that have a body.
func (f *facts) records(content string) {
	for _, k := range keywords {
		each(content, k, func(i int) bool {
			rest := strings.TrimLeft(content[i+len(k):], " \t\r\n")
			n := word(rest)
			if n == 0 {
				return true
			}
			if after := strings.TrimLeft(rest[n:], " \t\r\n"); strings.HasPrefix(after, "{") {
				f.defines = append(f.defines, k+" "+rest[:n])
			}
			return len(f.defines) < maxDefines
		})
	}
}

// copiers are the functions between whose parentheses a record's size tells
// that it crosses.
var copiers = []string{"copy_from_user", "copy_to_user", "copy_struct_from_user", "memdup_user", "vmemdup_user", "nla_put", "nlmsg_put", "copy_from_sockptr", "copy_to_sockptr"}

// maxCall bounds how far a call's arguments are looked at, in bytes.
const maxCall = 256

// crossings finds records that __user pointers point to, and whose size is
// copied.
func (f *facts) crossings(content string) {
	note := func(key, how string, at, end int) bool {
		f.crossing = append(f.crossing, Use{Name: how, Start: at, End: end})
		f.keys = append(f.keys, strings.Clone(key))
		return len(f.crossing) < maxCrossing
	}
	if strings.Contains(content, "__user") {
		for _, k := range keywords {
			each(content, k, func(i int) bool {
				rest := strings.TrimLeft(content[i+len(k):], " \t")
				n := word(rest)
				if after := strings.TrimLeft(rest[n:], " \t"); n == 0 || !strings.HasPrefix(after, "__user") {
					return true
				}
				return note(k+" "+rest[:n], "__user pointer", i, i+len(k))
			})
		}
	}
	f.commands(content, note)
	for _, c := range copiers {
		each(content, c, func(i int) bool {
			call := content[i+len(c) : min(len(content), i+len(c)+maxCall)]
			if !strings.HasPrefix(call, "(") {
				return true
			}
			if end := strings.IndexByte(call, ';'); end >= 0 {
				call = call[:end]
			}
			for _, k := range keywords {
				_, rest, ok := strings.Cut(call, "sizeof("+k+" ")
				if n := word(rest); ok && n > 0 && !note(k+" "+rest[:n], c, i, i+len(c)) {
					return false
				}
			}
			return true
		})
	}
}

// commands finds records in commands that no macro names: enumerators, case
// labels.
func (f *facts) commands(content string, note func(key, how string, at, end int) bool) {
	if !strings.Contains(content, "_IO") {
		return
	}
	for _, m := range makers {
		each(content, m, func(i int) bool {
			near := max(0, i-maxDirective)
			start := near + strings.LastIndexByte(content[near:i], '\n') + 1
			line := content[start:i]
			call, _, ok := strings.Cut(content[i+len(m):min(len(content), i+len(m)+maxCall)], ")")
			if !ok || !strings.HasPrefix(call, "(") || strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") ||
				strings.HasSuffix(strings.TrimRight(content[:start], "\r\n"), "\\") {
				return true
			}
			for _, k := range keywords {
				_, rest, ok := strings.Cut(call, k+" ")
				if n := word(rest); ok && n > 0 && !note(k+" "+rest[:n], m, i, i+len(m)) {
					return false
				}
			}
			return true
		})
	}
}

// each calls found with every place of a word, until it says to stop.
func each(content, w string, found func(at int) bool) {
	for at := 0; ; {
		i := strings.Index(content[at:], w)
		if i < 0 {
			return
		}
		i += at
		at = i + len(w)
		if i > 0 && word(content[i-1:i]) > 0 || i > 0 && '0' <= content[i-1] && content[i-1] <= '9' || at < len(content) && inWord(content[at]) {
			continue
		}
		if !found(i) {
			return
		}
	}
}

func inWord(c byte) bool { return word("_"+string(c)) == 2 }
