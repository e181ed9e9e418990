package cpp

// What the tests from outside of the package share with those inside.
var (
	Spellings     = spellings
	TokensOf      = tokensOf
	Difference    = difference
	WithoutBodies = withoutBodies
	Full          = full
)
