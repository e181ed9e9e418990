package main

import (
	"context"
	"fmt"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/token"
)

func preprocess(ctx context.Context, c *subcommand, s streams, args []string) int {
	o, ok := parse(c, s, args)
	if !ok {
		return exitTrouble
	}
	one, err := abi.Parse(o.abis)
	switch {
	case err != nil:
		fmt.Fprintf(s.err, "abide preprocess: --abi: %v\n", err)
		return exitTrouble
	case len(o.files) != 1:
		fmt.Fprintf(s.err, "abide preprocess: give one file\nusage: abide %s %s\n", c.name, c.usage)
		return exitTrouble
	case o.abis == "default":
		o.abis = one[0].Name
	case len(one) != 1:
		fmt.Fprintf(s.err, "abide preprocess: --abi %s: give one ABI\n", o.abis)
		return exitTrouble
	}
	session, err := o.session()
	if err != nil {
		fmt.Fprintf(s.err, "abide preprocess: %v\n", err)
		return exitTrouble
	}
	snapshot, err := open(session, o.files[0])
	if err != nil {
		fmt.Fprintf(s.err, "abide preprocess: %v\n", err)
		return exitTrouble
	}
	targets, err := snapshot.Targets(ctx)
	if err != nil {
		fmt.Fprintf(s.err, "abide preprocess: %s: %v\n", o.files[0], err)
		return exitTrouble
	}
	r := targets[0].Result
	shown := newShownPath(snapshot.Path(), o.files[0])
	for _, p := range r.Problems {
		fmt.Fprintf(s.err, "%s: %s\n", position(snapshot, shown, p.Loc), printable(p.Message))
	}
	for _, inc := range r.Includes {
		if inc.Err != "" {
			fmt.Fprintf(s.err, "%s: %s: %s\n", position(snapshot, shown, inc.Loc), printable(inc.Name), inc.Err)
		}
	}
	write(s, []byte(printTokens(r)))
	return exitClean
}

// printTokens writes tokens as `gcc -E -P` does: the line breaks that stood
// between them, a space where one stood or where two would run together.
func printTokens(r *cpp.Result) string {
	var b strings.Builder
	var before cpp.Token
	for _, segment := range r.Segments {
		for i := range segment.Tokens {
			t := &segment.Tokens[i]
			if t.Kind == token.EOF {
				continue
			}
			word := t.Text()
			switch {
			case b.Len() == 0:
			case t.Flags&token.FirstOnLine != 0 || t.Kind == token.Pragma || before.Kind == token.Pragma:
				b.WriteByte('\n')
			case t.Flags&token.SpaceBefore != 0 || joins(before.Text(), word):
				b.WriteByte(' ')
			}
			b.WriteString(word)
			before = *t
		}
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}

// joins tells whether two tokens written without a space would be lexed as
// something else.
func joins(a, b string) bool {
	lexed := token.Lex(a + b)
	return len(lexed.Tokens) != 3 || int(lexed.Tokens[0].End) != len(a) // the two and the end
}
