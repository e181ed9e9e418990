package analysis

import (
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/text"
)

// TokenSpan is where in the snapshot's file a reader would point for a token.
// editable is false if an edit of that place would not change the token: it
// comes from a macro's body, or from another file (the span is then zero).
func (s *Snapshot) TokenSpan(t *Target, tok *cpp.Token) (span text.Span, editable bool) {
	if tok == nil {
		return text.Span{}, false
	}
	loc, inBody := t.Result.Place(tok)
	if loc.Path != s.path {
		return text.Span{}, false
	}
	return loc.Span, !inBody
}

// RangeSpan is where in the snapshot's file the tokens of a node stand, from
// the first to the last.
func (s *Snapshot) RangeSpan(t *Target, r decl.Range) (span text.Span, editable bool) {
	first, a := s.TokenSpan(t, r.First)
	last, b := s.TokenSpan(t, r.Last)
	if last.End < first.End {
		return first, false
	}
	return text.Span{Start: first.Start, End: last.End}, a && b
}

// FieldSpan is where a member's name stands; its whole declaration if it has
// no name.
func (s *Snapshot) FieldSpan(t *Target, f *decl.Field) (span text.Span, editable bool) {
	if f.NameTok != nil {
		return s.TokenSpan(t, f.NameTok)
	}
	return s.RangeSpan(t, f.Decl)
}

func (s *Snapshot) spanOf(t *Target, tok *cpp.Token) text.Span {
	span, _ := s.TokenSpan(t, tok)
	return span
}

func (s *Snapshot) span(t *Target, r decl.Range) text.Span {
	span, _ := s.RangeSpan(t, r)
	return span
}
