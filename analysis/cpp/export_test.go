package cpp

// What the tests from outside of the package share with those inside, beside
// what report_test.go has.
var (
	Spellings     = spellings
	TokensOf      = tokensOf
	Difference    = difference
	WithoutBodies = withoutBodies
)
