package decl

import "abide/analysis/token"

// word is what a keyword means to this package.
type word uint8

const (
	wordNone    word = iota // an identifier
	wordDrop                // says nothing about a type: storage classes, inline, restrict
	wordTypedef             //
	wordQual                // const, volatile
	wordAtomic
	wordBasic // a word of a built-in type's name
	wordRecord
	wordEnum
	wordTypeof
	wordAutoType
	wordAttribute // __attribute__((…))
	wordDeclspec  // __declspec(…)
	wordAlignas
	wordAsm
	wordAssert // _Static_assert
	wordSizeof
	wordAlignof
	wordStatement // stands in function bodies only
	wordNote      // an annotation of the kernel's that no layout depends on, unless it is declared
)

// words is indexed by token.Sym.
var words = makeWords(map[word][]string{
	wordDrop: {
		"extern", "static", "auto", "register", "inline", "__inline", "__inline__",
		"_Thread_local", "thread_local", "__thread", "_Noreturn", "constexpr",
		"restrict", "__restrict", "__restrict__", "__extension__", "__seg_fs", "__seg_gs",
	},
	wordTypedef: {"typedef"},
	wordQual:    {"const", "__const", "__const__", "volatile", "__volatile", "__volatile__"},
	wordAtomic:  {"_Atomic"},
	wordBasic: {
		"void", "char", "short", "int", "long", "float", "double", "_Bool",
		"signed", "__signed", "__signed__", "unsigned",
		"_Complex", "__complex", "__complex__", "_Imaginary",
		"__int128", "__int128_t", "__uint128_t", "_BitInt",
		"_Float16", "__fp16", "__bf16", "_Float32", "_Float64", "_Float128", "_Float32x", "_Float64x",
		"__float80", "__float128", "__ieee128", "__ibm128", "_Decimal32", "_Decimal64", "_Decimal128",
	},
	wordRecord:    {"struct", "union"},
	wordEnum:      {"enum"},
	wordTypeof:    {"typeof", "__typeof", "__typeof__", "typeof_unqual", "__typeof_unqual", "__typeof_unqual__"},
	wordAutoType:  {"__auto_type"},
	wordAttribute: {"__attribute", "__attribute__"},
	wordDeclspec:  {"__declspec"},
	wordAlignas:   {"_Alignas", "alignas"},
	wordAsm:       {"asm", "__asm", "__asm__"},
	wordAssert:    {"_Static_assert", "static_assert"},
	wordSizeof:    {"sizeof"},
	wordAlignof:   {"_Alignof", "alignof", "__alignof", "__alignof__"},
	wordStatement: {
		"break", "case", "continue", "default", "do", "else", "for", "goto", "if", "return", "switch", "while",
		"__label__",
	},
	// Macros of linux/compiler_types.h, for when that header is missing.
	wordNote: {
		"__user", "__kernel", "__iomem", "__percpu", "__rcu", "__force", "__nocast", "__private", "__bitwise",
		"__bitwise__", "__safe", "__must_check", "__maybe_unused", "__always_unused", "__refdata", "__init", "__exit",
	},
})

func makeWords(table map[word][]string) []word {
	var words []word
	for w, spellings := range table {
		for _, s := range spellings {
			sym := int(token.Intern(s))
			if sym >= len(words) {
				words = append(words, make([]word, sym+1-len(words))...)
			}
			words[sym] = w
		}
	}
	return words
}

func wordOf(s token.Sym) word {
	if int(s) < len(words) {
		return words[s]
	}
	return wordNone
}

// startsType tells whether a keyword can only begin or go on a list of
// specifiers.
func (w word) startsType() bool {
	switch w {
	case wordDrop, wordTypedef, wordQual, wordAtomic, wordBasic, wordRecord, wordEnum, wordTypeof, wordAutoType:
		return true
	}
	return false
}
