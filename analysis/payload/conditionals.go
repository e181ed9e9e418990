package payload

import (
	"context"
	"strings"

	"abide/analysis"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Conditional is an #if, #ifdef, #ifndef or #elif of the file.
type Conditional struct {
	Span text.Span // of the directive, from the # on
	Text string    // without comments and line splices
	Else bool      // an #elif
}

type conditionalsKey struct{}

// Conditionals lists the conditional directives in a stretch of the file.
func Conditionals(p *analysis.Pass, s text.Span) []Conditional {
	all := p.Memo(conditionalsKey{}, func() any { return conditionals(p) }).([]Conditional)
	var list []Conditional
	for _, c := range all {
		if s.Start <= c.Span.Start && c.Span.End <= s.End {
			list = append(list, c)
		}
	}
	return list
}

var conditionWords = map[string]bool{"if": true, "ifdef": true, "ifndef": true, "elif": true}

func conditionals(p *analysis.Pass) []Conditional {
	lexed, err := p.Lexed(context.WithoutCancel(p.Context())) // fixes are planned later
	if err != nil {
		return nil
	}
	var list []Conditional
	tokens := lexed.Tokens
	for i := 0; i+1 < len(tokens); i++ {
		if tokens[i].Sym != token.Hash || tokens[i].Flags&token.FirstOnLine == 0 || tokens[i+1].Flags&token.FirstOnLine != 0 {
			continue
		}
		word := token.Spelling(lexed, tokens[i+1])
		if !conditionWords[word] {
			continue
		}
		c := Conditional{Span: text.Span{Start: int(tokens[i].Start)}, Else: word == "elif"}
		var parts []string
		for ; i < len(tokens) && tokens[i].Kind != token.EOF; i++ {
			parts = append(parts, token.Spelling(lexed, tokens[i]))
			c.Span.End = int(tokens[i].End)
			if i+1 < len(tokens) && tokens[i+1].Flags&token.FirstOnLine != 0 {
				break
			}
		}
		c.Text = strings.Join(parts, " ")
		list = append(list, c)
	}
	return list
}
