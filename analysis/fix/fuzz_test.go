package fix

import (
	"math/rand/v2"
	"slices"
	"testing"

	"abide/analysis/text"
)

// FuzzPlan makes random changes of the members of broken and unbroken records.
// Comments stay; a change that cannot be made is an error.
func FuzzPlan(f *testing.F) {
	for i, s := range []string{
		"struct s {\n\tconst char /* c */ *a, // a\n\t\t*b; /* b */\n\tint c; };\n",
		"struct s { void (*cb[2])(int, /* x */ int); long x : 3, : 4; struct { int *y; }; };",
		"union u {\r\n#define X 1 /* x */\r\n\tint a\t\t/* a */; __attribute__((aligned(8))) long\tb;\r\n#if 0\r\n\tint c;\r\n#endif\r\n}",
		"struct s {\n\tint a, /* b\n */ b; typeof(x) // t\n *c;\n}",
		"struct s { char *a, * /* b */ b, *c /**/ [2]; };",
	} {
		f.Add(s, uint64(i))
	}
	f.Fuzz(func(t *testing.T, src string, seed uint64) {
		rng := rand.New(rand.NewPCG(seed, 0))
		notes := comments(src)
		for _, r := range records(src) {
			p := r.Plan()
			for _, d := range r.declared() {
				part := d.parts[rng.IntN(len(d.parts))]
				m := Member{Decl: text.Span{Start: r.start(d.first), End: r.end(d.semicolon)}}
				name := part.first + rng.IntN(part.end-part.first+1)
				m.Name = text.Span{Start: r.start(name), End: r.end(name)}
				switch rng.IntN(4) {
				case 0:
					p.InsertAfter(m, pad)
				case 1:
					p.InsertBefore(m, pad, pad)
				case 2:
					p.Retype(m, "__u64")
				}
			}
			edits, err := p.Edits()
			if err != nil {
				continue
			}
			g, err := text.New(src).Apply(edits...)
			if err != nil {
				t.Fatal(err)
			}
			if got := comments(g.Content()); !slices.Equal(got, notes) {
				t.Fatalf("comments %q became %q:\n%s", notes, got, text.Unified("a", "b", text.New(src), g))
			}
		}
	})
}

// FuzzMember gives members that are not there.
func FuzzMember(f *testing.F) {
	f.Add("struct s { int a, *b; };", 0, 23, 11, 21, 15, 16)
	f.Fuzz(func(t *testing.T, src string, start, end, from, to, name, nameEnd int) {
		r := Read(text.New(src), text.Span{Start: start, End: end})
		for _, do := range []func(*Plan, Member){
			func(p *Plan, m Member) { p.InsertAfter(m, pad) },
			func(p *Plan, m Member) { p.InsertBefore(m, pad) },
			func(p *Plan, m Member) { p.Retype(m, "T") },
		} {
			p := r.Plan()
			do(p, Member{Decl: text.Span{Start: from, End: to}, Name: text.Span{Start: name, End: nameEnd}})
			edits, err := p.Edits()
			if err != nil {
				continue
			}
			if _, err := text.New(src).Apply(edits...); err != nil {
				t.Fatal(err)
			}
		}
	})
}
