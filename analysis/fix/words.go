package fix

import "abide/analysis/token"

// typeWords are the keywords that specifiers consist of: no names.
var typeWords = set(
	token.SymVoid, token.SymChar, token.SymShort, token.SymInt, token.SymLong, token.SymFloat, token.SymDouble,
	token.SymSigned, token.SymSigned2, token.SymSigned4, token.SymUnsigned,
	token.SymBool, token.SymBool1, token.SymInt128, token.SymComplex1, token.SymComplex2, token.SymComplex4,
	token.SymFloat16, token.SymFloat32, token.SymFloat64, token.SymFloat128, token.SymGNUFloat128,
	token.SymStruct, token.SymUnion, token.SymEnum, token.SymExtension,
	token.SymTypeof, token.SymTypeof2, token.SymTypeof4,
	token.SymConst, token.SymConst2, token.SymConst4, token.SymVolatile, token.SymVolatile2, token.SymVolatile4,
	token.SymRestrict, token.SymRestrict2, token.SymRestrict4, token.SymAtomic,
	token.SymAttribute2, token.SymAttribute4, token.SymAlignas, token.SymAlignas1,
)

// attributeWords may have arguments and say nothing about which type it is.
var attributeWords = set(
	token.SymAttribute2, token.SymAttribute4, token.SymAlignas, token.SymAlignas1,
	token.Intern("__aligned"), token.Intern("__counted_by"), token.Intern("__counted_by_le"),
	token.Intern("__counted_by_be"), token.Intern("__designated_init"), token.Intern("__nonstring"),
)

var qualifierWords = set(
	token.SymConst, token.SymConst2, token.SymConst4,
	token.SymVolatile, token.SymVolatile2, token.SymVolatile4,
)

var typeofWords = set(
	token.SymTypeof, token.SymTypeof2, token.SymTypeof4,
	token.SymTypeofUnqual, token.SymTypeofUnqual2, token.SymTypeofUnqual4,
	token.SymAtomic, token.SymBitInt,
)

func set(list ...token.Sym) map[token.Sym]bool {
	m := make(map[token.Sym]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}

func typeWord(s token.Sym) bool      { return typeWords[s] }
func attributeWord(s token.Sym) bool { return attributeWords[s] }
func typeofWord(s token.Sym) bool    { return typeofWords[s] }
func qualifierWord(s token.Sym) bool { return qualifierWords[s] }
