package server

import "abide/analysis/render"

// features are the settings of what the server shows beside findings.
type features struct {
	hints     breadth
	hintsABI  string // render.HintsDiffering, render.HintsAll or an ABI's name
	lenses    breadth
	symbols   bool
	workspace bool // files that are not open are checked, for clients that ask
}

// breadth says for how much of a file something is shown.
type breadth string

const (
	showNone    breadth = "off"
	showPayload breadth = "payload" // records that are payloads, commands whose numbers differ
	showAll     breadth = "all"
)

// includes tells whether something is shown. relevant is whether it is more
// than a fact among others: the record is a payload, the numbers differ.
func (b breadth) includes(relevant bool) bool { return b == showAll || b == showPayload && relevant }

// featuresOf reads the keys that package config keeps for editors; it has
// checked their values.
func featuresOf(chosen map[string]string) features {
	or := func(key, otherwise string) string {
		if value, ok := chosen[key]; ok {
			return value
		}
		return otherwise
	}
	return features{
		hints:     breadth(or("inlayHints.show", string(showPayload))),
		hintsABI:  or("inlayHints.abi", render.HintsDiffering),
		lenses:    breadth(or("codeLens", string(showPayload))),
		symbols:   or("documentSymbols", "false") == "true",
		workspace: or("workspaceDiagnostics", "false") == "true",
	}
}

// chosen gives the features in force.
func (s *server) chosen() features { return *s.features.Load() }
