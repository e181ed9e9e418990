package cpp

import (
	"path/filepath"
	"slices"
)

// What is said where a bound is reached.
const (
	tooManyTokens   = "the translation unit expands to more than 4 million tokens: the rest is left out"
	tooManyIncludes = "more than 50,000 files are included: the rest is left out"
	tooManyIfs      = "conditionals are nested more than 10,000 deep: the rest is left out"
	tooLarge        = "macro expansion is too large: the rest of it is left out"
	tooNested       = "macro expansion is nested too deeply: the rest of it is left out"
)

// ends tells whether a message is about a bound that ends the whole work.
func ends(message string) bool {
	return message == tooManyTokens || message == tooManyIncludes || message == tooManyIfs
}

// LeftOut lists where the main file, or what it includes, is not all read: a
// file that is there but cannot be read, and bounds that were reached. All
// places are in the main file; what is found nowhere is not among them.
func (r *Result) LeftOut() []Problem {
	if !r.incomplete {
		return nil
	}
	var list []Problem
	for _, s := range r.stretches {
		if !s.unread {
			continue
		}
		var last Loc // the main file's #include that was met last
		told := false
		for i := range s.includes {
			inc, sec := &s.includes[i].what, s.includes[i].sec
			if sec != nil {
				last, told = inc.Loc.in(r.Main, sec), false
			}
			if inc.Err == "" || inc.Err == errNotFound.Error() || told || last.Path == "" {
				continue
			}
			message := `"` + inc.Name + `" is not read`
			if sec == nil {
				message += " where " + filepath.Base(inc.Loc.Path) + " includes it"
			}
			message += ": " + inc.Err
			told = true
			list = append(list, Problem{Loc: last, Message: message})
		}
	}
	for _, p := range r.Problems() {
		switch {
		case p.Loc.Path == r.Main.Path && (ends(p.Message) || p.Message == tooLarge || p.Message == tooNested):
			list = append(list, p)
		case p.Loc.Path != r.Main.Path && ends(p.Message):
			if last, ok := r.lastInclude(); ok {
				list = append(list, Problem{Loc: last, Message: p.Message})
			}
		}
	}
	return list
}

// lastInclude is the last #include of the main file that was met.
func (r *Result) lastInclude() (Loc, bool) {
	for _, s := range slices.Backward(r.stretches) {
		for _, inc := range slices.Backward(s.includes) {
			if inc.sec != nil {
				return inc.what.Loc.in(r.Main, inc.sec), true
			}
		}
	}
	return Loc{}, false
}
