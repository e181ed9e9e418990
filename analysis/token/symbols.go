package token

// Well-known symbols. Punctuators go by their names, words by Sym and their
// spelling; where words differ in their underscores alone, a digit counts them:
// SymAsm, SymAsm2 and SymAsm4 are asm, __asm and __asm__.
const (
	_ Sym = iota // the empty string

	// Punctuators. Digraphs have the symbol of what they stand for.
	LBrace
	RBrace
	LBracket
	RBracket
	LParen
	RParen
	Semicolon
	Comma
	Dot
	Ellipsis
	Arrow
	Inc
	Dec
	And
	Star
	Plus
	Minus
	Tilde
	Not
	Slash
	Percent
	Shl
	Shr
	Less
	Greater
	LessEq
	GreaterEq
	Eq
	NotEq
	Xor
	Or
	AndAnd
	OrOr
	Question
	Colon
	Assign
	StarAssign
	SlashAssign
	PercentAssign
	PlusAssign
	MinusAssign
	ShlAssign
	ShrAssign
	AndAssign
	XorAssign
	OrAssign
	Hash
	HashHash

	// Keywords of C11.
	SymAuto
	SymBreak
	SymCase
	SymChar
	SymConst
	SymContinue
	SymDefault
	SymDo
	SymDouble
	SymElse
	SymEnum
	SymExtern
	SymFloat
	SymFor
	SymGoto
	SymIf
	SymInline
	SymInt
	SymLong
	SymRegister
	SymRestrict
	SymReturn
	SymShort
	SymSigned
	SymSizeof
	SymStatic
	SymStruct
	SymSwitch
	SymTypedef
	SymUnion
	SymUnsigned
	SymVoid
	SymVolatile
	SymWhile
	SymAlignas1
	SymAlignof1
	SymAtomic
	SymBool1
	SymComplex1
	SymGeneric
	SymImaginary
	SymNoreturn
	SymStaticAssert1
	SymThreadLocal1

	// Keywords of C23.
	SymAlignas
	SymAlignof
	SymBool
	SymConstexpr
	SymFalse
	SymNullptr
	SymStaticAssert
	SymThreadLocal
	SymTrue
	SymTypeof
	SymTypeofUnqual
	SymBitInt
	SymDecimal32
	SymDecimal64
	SymDecimal128

	// Keywords of GNU C.
	SymAsm
	SymAsm2
	SymAsm4
	SymAlignof2
	SymAlignof4
	SymAttribute2
	SymAttribute4
	SymAutoType
	SymBuiltinChooseExpr
	SymBuiltinOffsetof
	SymBuiltinTypesCompatibleP
	SymBuiltinVaArg
	SymBuiltinVaList
	SymComplex2
	SymComplex4
	SymConst2
	SymConst4
	SymExtension
	SymFunc
	SymFunction
	SymPrettyFunction
	SymImag2
	SymImag4
	SymInline2
	SymInline4
	SymInt128
	SymLabel
	SymReal2
	SymReal4
	SymRestrict2
	SymRestrict4
	SymSegFs
	SymSegGs
	SymSigned2
	SymSigned4
	SymThread
	SymTypeof2
	SymTypeof4
	SymTypeofUnqual2
	SymTypeofUnqual4
	SymVolatile2
	SymVolatile4
	SymFloat16
	SymFloat32
	SymFloat64
	SymFloat128
	SymFloat32x
	SymFloat64x
	SymFloat80
	SymGNUFloat128
	SymIbm128
	SymBf16

	// Directives and what stands in them.
	SymDefine
	SymUndef
	SymInclude
	SymIncludeNext
	SymImport
	SymIfdef
	SymIfndef
	SymElif
	SymElifdef
	SymElifndef
	SymEndif
	SymLine
	SymError
	SymWarning
	SymPragma
	SymIdent
	SymSccs
	SymAssert
	SymUnassert
	SymEmbed
	SymDefined
	SymOnce
	SymPack
	SymPush
	SymPop
	SymVaArgs
	SymVaOpt
	SymHasInclude
	SymHasIncludeNext
	SymHasEmbed
	SymHasAttribute
	SymHasBuiltin
	SymHasCAttribute
	SymHasCppAttribute
	SymHasFeature
	SymHasExtension
	SymHasDeclspecAttribute

	// Macros that the preprocessor itself answers.
	SymPragmaOperator
	SymFile
	SymFileName
	SymBaseFile
	SymLine4
	SymIncludeLevel
	SymCounter
	SymDate
	SymTime
	SymTimestamp

	numWellKnown
)

// wellKnown is the spelling of every symbol above.
var wellKnown = [numWellKnown]string{
	LBrace:        "{",
	RBrace:        "}",
	LBracket:      "[",
	RBracket:      "]",
	LParen:        "(",
	RParen:        ")",
	Semicolon:     ";",
	Comma:         ",",
	Dot:           ".",
	Ellipsis:      "...",
	Arrow:         "->",
	Inc:           "++",
	Dec:           "--",
	And:           "&",
	Star:          "*",
	Plus:          "+",
	Minus:         "-",
	Tilde:         "~",
	Not:           "!",
	Slash:         "/",
	Percent:       "%",
	Shl:           "<<",
	Shr:           ">>",
	Less:          "<",
	Greater:       ">",
	LessEq:        "<=",
	GreaterEq:     ">=",
	Eq:            "==",
	NotEq:         "!=",
	Xor:           "^",
	Or:            "|",
	AndAnd:        "&&",
	OrOr:          "||",
	Question:      "?",
	Colon:         ":",
	Assign:        "=",
	StarAssign:    "*=",
	SlashAssign:   "/=",
	PercentAssign: "%=",
	PlusAssign:    "+=",
	MinusAssign:   "-=",
	ShlAssign:     "<<=",
	ShrAssign:     ">>=",
	AndAssign:     "&=",
	XorAssign:     "^=",
	OrAssign:      "|=",
	Hash:          "#",
	HashHash:      "##",

	SymAuto:          "auto",
	SymBreak:         "break",
	SymCase:          "case",
	SymChar:          "char",
	SymConst:         "const",
	SymContinue:      "continue",
	SymDefault:       "default",
	SymDo:            "do",
	SymDouble:        "double",
	SymElse:          "else",
	SymEnum:          "enum",
	SymExtern:        "extern",
	SymFloat:         "float",
	SymFor:           "for",
	SymGoto:          "goto",
	SymIf:            "if",
	SymInline:        "inline",
	SymInt:           "int",
	SymLong:          "long",
	SymRegister:      "register",
	SymRestrict:      "restrict",
	SymReturn:        "return",
	SymShort:         "short",
	SymSigned:        "signed",
	SymSizeof:        "sizeof",
	SymStatic:        "static",
	SymStruct:        "struct",
	SymSwitch:        "switch",
	SymTypedef:       "typedef",
	SymUnion:         "union",
	SymUnsigned:      "unsigned",
	SymVoid:          "void",
	SymVolatile:      "volatile",
	SymWhile:         "while",
	SymAlignas1:      "_Alignas",
	SymAlignof1:      "_Alignof",
	SymAtomic:        "_Atomic",
	SymBool1:         "_Bool",
	SymComplex1:      "_Complex",
	SymGeneric:       "_Generic",
	SymImaginary:     "_Imaginary",
	SymNoreturn:      "_Noreturn",
	SymStaticAssert1: "_Static_assert",
	SymThreadLocal1:  "_Thread_local",

	SymAlignas:      "alignas",
	SymAlignof:      "alignof",
	SymBool:         "bool",
	SymConstexpr:    "constexpr",
	SymFalse:        "false",
	SymNullptr:      "nullptr",
	SymStaticAssert: "static_assert",
	SymThreadLocal:  "thread_local",
	SymTrue:         "true",
	SymTypeof:       "typeof",
	SymTypeofUnqual: "typeof_unqual",
	SymBitInt:       "_BitInt",
	SymDecimal32:    "_Decimal32",
	SymDecimal64:    "_Decimal64",
	SymDecimal128:   "_Decimal128",

	SymAsm:                     "asm",
	SymAsm2:                    "__asm",
	SymAsm4:                    "__asm__",
	SymAlignof2:                "__alignof",
	SymAlignof4:                "__alignof__",
	SymAttribute2:              "__attribute",
	SymAttribute4:              "__attribute__",
	SymAutoType:                "__auto_type",
	SymBuiltinChooseExpr:       "__builtin_choose_expr",
	SymBuiltinOffsetof:         "__builtin_offsetof",
	SymBuiltinTypesCompatibleP: "__builtin_types_compatible_p",
	SymBuiltinVaArg:            "__builtin_va_arg",
	SymBuiltinVaList:           "__builtin_va_list",
	SymComplex2:                "__complex",
	SymComplex4:                "__complex__",
	SymConst2:                  "__const",
	SymConst4:                  "__const__",
	SymExtension:               "__extension__",
	SymFunc:                    "__func__",
	SymFunction:                "__FUNCTION__",
	SymPrettyFunction:          "__PRETTY_FUNCTION__",
	SymImag2:                   "__imag",
	SymImag4:                   "__imag__",
	SymInline2:                 "__inline",
	SymInline4:                 "__inline__",
	SymInt128:                  "__int128",
	SymLabel:                   "__label__",
	SymReal2:                   "__real",
	SymReal4:                   "__real__",
	SymRestrict2:               "__restrict",
	SymRestrict4:               "__restrict__",
	SymSegFs:                   "__seg_fs",
	SymSegGs:                   "__seg_gs",
	SymSigned2:                 "__signed",
	SymSigned4:                 "__signed__",
	SymThread:                  "__thread",
	SymTypeof2:                 "__typeof",
	SymTypeof4:                 "__typeof__",
	SymTypeofUnqual2:           "__typeof_unqual",
	SymTypeofUnqual4:           "__typeof_unqual__",
	SymVolatile2:               "__volatile",
	SymVolatile4:               "__volatile__",
	SymFloat16:                 "_Float16",
	SymFloat32:                 "_Float32",
	SymFloat64:                 "_Float64",
	SymFloat128:                "_Float128",
	SymFloat32x:                "_Float32x",
	SymFloat64x:                "_Float64x",
	SymFloat80:                 "__float80",
	SymGNUFloat128:             "__float128",
	SymIbm128:                  "__ibm128",
	SymBf16:                    "__bf16",

	SymDefine:               "define",
	SymUndef:                "undef",
	SymInclude:              "include",
	SymIncludeNext:          "include_next",
	SymImport:               "import",
	SymIfdef:                "ifdef",
	SymIfndef:               "ifndef",
	SymElif:                 "elif",
	SymElifdef:              "elifdef",
	SymElifndef:             "elifndef",
	SymEndif:                "endif",
	SymLine:                 "line",
	SymError:                "error",
	SymWarning:              "warning",
	SymPragma:               "pragma",
	SymIdent:                "ident",
	SymSccs:                 "sccs",
	SymAssert:               "assert",
	SymUnassert:             "unassert",
	SymEmbed:                "embed",
	SymDefined:              "defined",
	SymOnce:                 "once",
	SymPack:                 "pack",
	SymPush:                 "push",
	SymPop:                  "pop",
	SymVaArgs:               "__VA_ARGS__",
	SymVaOpt:                "__VA_OPT__",
	SymHasInclude:           "__has_include",
	SymHasIncludeNext:       "__has_include_next",
	SymHasEmbed:             "__has_embed",
	SymHasAttribute:         "__has_attribute",
	SymHasBuiltin:           "__has_builtin",
	SymHasCAttribute:        "__has_c_attribute",
	SymHasCppAttribute:      "__has_cpp_attribute",
	SymHasFeature:           "__has_feature",
	SymHasExtension:         "__has_extension",
	SymHasDeclspecAttribute: "__has_declspec_attribute",

	SymPragmaOperator: "_Pragma",
	SymFile:           "__FILE__",
	SymFileName:       "__FILE_NAME__",
	SymBaseFile:       "__BASE_FILE__",
	SymLine4:          "__LINE__",
	SymIncludeLevel:   "__INCLUDE_LEVEL__",
	SymCounter:        "__COUNTER__",
	SymDate:           "__DATE__",
	SymTime:           "__TIME__",
	SymTimestamp:      "__TIMESTAMP__",
}
