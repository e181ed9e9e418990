package analysis

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"abide/analysis/text"
)

// marks is what comments of the file tell abide.
type marks struct {
	payloads []comment
	ignores  []ignore
}

// comment is a comment's place. Lines are from 0.
type comment struct {
	span        text.Span
	first, last int
	alone       bool // nothing but white space stands before it on its line
}

// ignore is one "abide:ignore rule[, rule]: reason".
type ignore struct {
	comment
	rules []string
}

var ignorePattern = regexp.MustCompile(`abide:ignore[ \t]+([a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)`)

func (s *Snapshot) readMarks(ctx context.Context) (*marks, error) {
	return s.marks.get(ctx, func(ctx context.Context) (*marks, error) {
		if !s.mentions("abide:") {
			return &marks{}, nil
		}
		lexed, err := s.Lexed(ctx)
		if err != nil {
			return nil, err
		}
		m := &marks{}
		for _, span := range lexed.Comments {
			body := lexed.Text[span.Start:span.End]
			if !strings.Contains(body, "abide:") {
				continue
			}
			c := s.comment(span)
			if strings.Contains(body, "abide:payload") {
				m.payloads = append(m.payloads, c)
			}
			for _, found := range ignorePattern.FindAllStringSubmatch(body, -1) {
				rules := strings.FieldsFunc(found[1], func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
				m.ignores = append(m.ignores, ignore{c, rules})
			}
		}
		return m, nil
	})
}

func (s *Snapshot) comment(span text.Span) comment {
	c := comment{span: span, first: s.text.LineOf(span.Start), last: s.text.LineOf(max(span.Start, span.End-1))}
	before := s.text.Content()[s.text.LineStart(c.first):span.Start]
	c.alone = strings.TrimSpace(before) == ""
	return c
}

// covers tells whether a comment stands on one of the lines, or alone on the
// lines directly before them.
func (c *comment) covers(first, last int) bool {
	return c.first <= last && c.last >= first || c.alone && c.last == first-1
}

// marked tells whether a record carries an abide:payload comment.
func (m *marks) marked(s *Snapshot, r *Record) bool {
	first, last := s.opening(r)
	for i := range m.payloads {
		c := &m.payloads[i]
		if c.covers(first, last) && c.span.Start < s.text.LineEnd(last) {
			return true
		}
	}
	return false
}

// opening is the lines from a record's first token to its opening brace.
func (s *Snapshot) opening(r *Record) (first, last int) {
	first = s.text.LineOf(r.Span.Start)
	return first, max(first, r.Line-1, s.text.LineOf(r.open))
}

// suppressor tells which findings a comment silences: one on their lines or
// before them, or one where their record opens.
func (f *facts) suppressor(s *Snapshot) func(Finding) bool {
	ignores := f.marks.ignores
	if len(ignores) == 0 {
		return func(Finding) bool { return false }
	}
	silent := make([][]text.Span, len(ignores)) // the records that open where each stands
	for _, r := range f.records.list {
		first, last := s.opening(r)
		for i := range ignores {
			if ignores[i].covers(first, last) {
				silent[i] = append(silent[i], r.Span)
			}
		}
	}
	return func(found Finding) bool {
		first := s.text.LineOf(found.Span.Start)
		last := s.text.LineOf(max(found.Span.Start, found.Span.End-1))
		for i := range ignores {
			if !slices.Contains(ignores[i].rules, found.Rule) {
				continue
			}
			if ignores[i].covers(first, last) || slices.ContainsFunc(silent[i], func(r text.Span) bool {
				return r.Start <= found.Span.Start && found.Span.Start < r.End
			}) {
				return true
			}
		}
		return false
	}
}

// Mention is where a comment names a rule.
type Mention struct {
	Rule string
	Span text.Span
}

// Mentions lists the rules that the file's abide:ignore comments name.
func (s *Snapshot) Mentions(ctx context.Context) ([]Mention, error) {
	if !s.mentions("abide:ignore") {
		return nil, nil
	}
	lexed, err := s.Lexed(ctx)
	if err != nil {
		return nil, err
	}
	var list []Mention
	for _, span := range lexed.Comments {
		body := lexed.Text[span.Start:span.End]
		for _, at := range ignorePattern.FindAllStringSubmatchIndex(body, -1) {
			for _, word := range rulePattern.FindAllStringIndex(body[at[2]:at[3]], -1) {
				start := span.Start + at[2] + word[0]
				list = append(list, Mention{body[at[2]:at[3]][word[0]:word[1]], text.Span{Start: start, End: start + word[1] - word[0]}})
			}
		}
	}
	return list, nil
}

var rulePattern = regexp.MustCompile(`[a-z0-9-]+`)
