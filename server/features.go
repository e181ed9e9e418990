package server

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"abide/analysis/abi"
	"abide/analysis/render"
)

// features are the settings of what the server shows beside findings.
type features struct {
	hints    breadth
	hintsABI string // render.HintsDiffering, render.HintsAll or an ABI's name
	lenses   breadth
	symbols  bool
}

// breadth says for how much of a file something is shown.
type breadth string

const (
	showNone    breadth = "off"
	showPayload breadth = "payload" // records that are payloads, commands whose numbers differ
	showAll     breadth = "all"
)

var breadths = []breadth{showNone, showPayload, showAll}

func defaultFeatures() features {
	return features{hints: showPayload, hintsABI: render.HintsDiffering, lenses: showPayload}
}

// chosen gives the features in force.
func (s *server) chosen() features {
	if f := s.features.Load(); f != nil {
		return *f
	}
	return defaultFeatures()
}

func readHints(f *features, raw json.RawMessage) error   { return readBreadth(&f.hints, raw) }
func readLenses(f *features, raw json.RawMessage) error  { return readBreadth(&f.lenses, raw) }
func readSymbols(f *features, raw json.RawMessage) error { return readBool(&f.symbols, raw) }

func readBreadth(b *breadth, raw json.RawMessage) error {
	var name breadth
	if json.Unmarshal(raw, &name) != nil || !slices.Contains(breadths, name) {
		return fmt.Errorf(`it is %s, and must be "off", "payload" or "all"`, brief(raw))
	}
	*b = name
	return nil
}

func readBool(b *bool, raw json.RawMessage) error {
	if json.Unmarshal(raw, b) != nil {
		return fmt.Errorf("it is %s, and must be true or false", brief(raw))
	}
	return nil
}

func readHintsABI(f *features, raw json.RawMessage) error {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		switch name = strings.TrimSpace(name); {
		case name == render.HintsDiffering, name == render.HintsAll, abi.Lookup(name) != nil:
			f.hintsABI = name
			return nil
		}
	}
	return fmt.Errorf(`it is %s, and must be "differing", "all" or the name of an ABI`, brief(raw))
}
