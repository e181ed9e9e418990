package token

import "testing"

func TestSet(t *testing.T) {
	s := NewSet("later", "int")
	for name, want := range map[string]bool{"later": true, "int": true, "char": false, "": false, "later_still": false} {
		if s.Has(Intern(name)) != want {
			t.Errorf("Has(%q) is %t", name, !want)
		}
	}
	if NewSet().Has(0) {
		t.Error("the empty set has the empty symbol")
	}
}
