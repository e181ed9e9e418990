// Package config is what users choose: the table of all settings, and how they
// are read from a project's .abide.toml, from an editor's settings and from the
// command line. It knows neither an editor protocol nor flags. What cannot be
// understood is a Problem with its place, and costs that setting alone.
//
//	r := config.NewResolver(editorLayer, nil)
//	cfg := r.For("/src/include/uapi/linux/sensor.h")
package config

//go:generate go run ./internal/document

import (
	"cmp"
	"fmt"
	"maps"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
)

// Name is the file that holds a project's settings. The nearest one upwards of
// a file counts, alone.
const Name = ".abide.toml"

// Layer is what one source says. What it does not mention is nil. Paths are
// absolute.
type Layer struct {
	ABIs       []*abi.ABI
	Scope      *analysis.Scope
	Severities map[string]analysis.Severity // by rule
	CompDB     *string
	Payloads   []string // patterns of record names
	System     []string // patterns of paths
	Baseline   *string
	Editor     map[string]string // by key, what editors alone have: "payload", "true"
}

// Over is a layer on top of another: what it mentions counts, and severities
// rule by rule.
func (l Layer) Over(under Layer) Layer {
	if l.ABIs == nil {
		l.ABIs = under.ABIs
	}
	if l.Payloads == nil {
		l.Payloads = under.Payloads
	}
	if l.System == nil {
		l.System = under.System
	}
	l.Scope = cmp.Or(l.Scope, under.Scope)
	l.CompDB = cmp.Or(l.CompDB, under.CompDB)
	l.Baseline = cmp.Or(l.Baseline, under.Baseline)
	l.Severities = over(l.Severities, under.Severities)
	l.Editor = over(l.Editor, under.Editor)
	return l
}

// over is one table on top of another, key by key.
func over[V any](top, under map[string]V) map[string]V {
	all := map[string]V{}
	maps.Copy(all, under)
	maps.Copy(all, top)
	return all
}

// Config is the layer with the defaults behind it, for all rules.
func (l Layer) Config() analysis.Config {
	c := analysis.Config{
		ABIs:       l.ABIs,
		Severities: l.Severities,
		Payloads:   l.Payloads,
		System:     l.System,
		Checks:     checks.All(),
	}
	if c.ABIs == nil {
		c.ABIs = abi.Default()
	}
	if l.Scope != nil {
		c.Scope = *l.Scope
	}
	if l.CompDB != nil {
		c.CompDB = *l.CompDB
	}
	return c
}

// Problem is something in a source of settings that cannot be understood.
type Problem struct {
	Path                    string // of the file; empty for settings that are in none
	Line, Column, EndColumn int    // from 1, in bytes; 0 without a file
	Message                 string // says what is allowed
}

func (p Problem) String() string {
	if p.Path == "" {
		return p.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.Path, p.Line, p.Column, p.Message)
}
