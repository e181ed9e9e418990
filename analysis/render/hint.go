package render

import (
	"slices"
	"strings"

	"abide/analysis"
)

// Hint is what an editor shows behind a member's declaration.
type Hint struct {
	Member  analysis.Placed // as the first variant that has it
	View    *analysis.View  // whose declaration of the member it is
	Text    string          // "@8 size 8 · i386 @4"
	Details string          // Markdown: a line for each place
}

// HintsDiffering and HintsAll choose hints for all ABIs at once: for the
// members that they do not agree upon, or for every member.
const (
	HintsDiffering = "differing"
	HintsAll       = "all"
)

// Hints gives a record's hints. which is HintsDiffering, HintsAll or the name
// of the one ABI that counts; there are none if it is not among the record's.
func Hints(f *analysis.RecordFacts, which string) []Hint {
	variants := f.Variants()
	if which != HintsDiffering && which != HintsAll {
		variants = only(variants, which)
	}
	var hints []Hint
	at := map[string]int{}
	seats := make([]map[string]seat, len(variants))
	for i := range variants {
		seats[i] = seatsOf(&variants[i])
		for _, m := range variants[i].Members {
			if _, ok := at[m.Path]; !ok {
				at[m.Path] = len(hints)
				hints = append(hints, Hint{Member: m, View: variants[i].Views[0]})
			}
		}
	}
	kept := hints[:0]
	for _, h := range hints {
		if differs := h.fill(variants, seats); differs || which != HintsDiffering {
			kept = append(kept, h)
		}
	}
	return kept
}

// only leaves the variant of one ABI.
func only(variants []analysis.Variant, abi string) []analysis.Variant {
	for i := range variants {
		for _, name := range variants[i].ABIs() {
			if name == abi {
				return variants[i : i+1]
			}
		}
	}
	return nil
}

// seat is where one variant has a member, and what lies unused behind it.
type seat struct{ offset, size, gap string }

func seatsOf(v *analysis.Variant) map[string]seat {
	seats := make(map[string]seat, len(v.Members))
	gaps := map[int][]string{}
	for _, g := range v.Gaps {
		word := "hole "
		if g.Tail {
			word = "padding "
		}
		gaps[g.After] = append(gaps[g.After], word+size(g.BitSize, false))
	}
	for i, m := range v.Members {
		seats[m.Path] = seat{offset(m.BitOffset, m.Field.Bitfield), size(m.Field.BitSize, m.Field.Bitfield), strings.Join(gaps[i], ", ")}
	}
	return seats
}

// seatGroup is the ABIs that have a member in one seat.
type seatGroup struct {
	seat
	there bool
	abis  []string
}

// fill writes a hint's text, and tells whether variants differ about it.
func (h *Hint) fill(variants []analysis.Variant, seats []map[string]seat) (differs bool) {
	var groups []*seatGroup
next:
	for i := range variants {
		s, there := seats[i][h.Member.Path]
		for _, g := range groups {
			if g.seat == s && g.there == there {
				g.abis = append(g.abis, variants[i].ABIs()...)
				continue next
			}
		}
		groups = append(groups, &seatGroup{s, there, variants[i].ABIs()})
	}
	h.Text = abridged(texts(groups))
	var details []string
	for _, g := range groups {
		details = append(details, sentence(g.abis)+": "+g.String())
	}
	h.Details = strings.Join(details, "  \n")
	return len(groups) > 1
}

// String says a seat in full.
func (g *seatGroup) String() string {
	switch {
	case !g.there:
		return "not there"
	case g.gap != "":
		return "offset " + g.offset + ", size " + g.size + ", then " + g.gap
	}
	return "offset " + g.offset + ", size " + g.size
}

// texts says the seats in few words: the first in full, of the others what is
// different.
func texts(groups []*seatGroup) (parts []string) {
	i := slices.IndexFunc(groups, func(g *seatGroup) bool { return g.there })
	first := groups[i]
	words := []string{"@" + first.offset, "size " + first.size}
	if first.gap != "" {
		words = append(words, first.gap)
	}
	parts = append(parts, strings.Join(words, " "))
	for k, g := range groups {
		words := []string{fewABIs(g.abis)}
		switch {
		case k == i:
			continue
		case !g.there:
			parts = append(parts, "not on "+fewABIs(g.abis))
			continue
		}
		if g.offset != first.offset {
			words = append(words, "@"+g.offset)
		}
		if g.size != first.size {
			words = append(words, "size "+g.size)
		}
		if g.gap != first.gap {
			words = append(words, gapWords(g.gap, first.gap))
		}
		parts = append(parts, strings.Join(words, " "))
	}
	return parts
}

// gapWords says what lies unused, where something else, before, was said to.
func gapWords(gap, before string) string {
	if gap == "" {
		kind, _, _ := strings.Cut(before, " ")
		return "no " + kind
	}
	return gap
}
