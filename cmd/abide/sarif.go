package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"abide/analysis"
	"abide/analysis/checks"
	"abide/analysis/text"
)

// The part of SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0) that abide
// writes. Lines and columns count from 1, columns in UTF-16 code units.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Short   sarifMessage `json:"shortDescription"`
	Help    sarifMessage `json:"help"`
	Default sarifDefault `json:"defaultConfiguration"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifMessage      `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifFix struct {
	Description sarifMessage  `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion  `json:"deletedRegion"`
	Inserted sarifMessage `json:"insertedContent"`
}

// sarifLevels is SARIF's name for each severity.
var sarifLevels = map[analysis.Severity]string{
	analysis.Error: "error", analysis.Warning: "warning", analysis.Information: "note", analysis.Hint: "note",
}

// sarifReport gathers findings into one run.
type sarifReport struct {
	run   sarifRun
	rules map[string]int
}

func newSarifReport() *sarifReport {
	s := &sarifReport{rules: map[string]int{}}
	s.run = sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	s.run.Tool.Driver = sarifDriver{Name: "abide", Version: buildVersion(), Rules: []sarifRule{}}
	for i, c := range checks.All() {
		s.rules[c.Name] = i
		s.run.Tool.Driver.Rules = append(s.run.Tool.Driver.Rules, sarifRule{
			ID: c.Name, Short: sarifMessage{Text: strings.ToUpper(c.Summary[:1]) + c.Summary[1:] + "."},
			Help: sarifMessage{Text: c.Doc, Markdown: c.Doc}, Default: sarifDefault{sarifLevels[c.Severity]},
		})
	}
	return s
}

func (s *sarifReport) file(_ io.Writer, path string, r *checked) {
	shown := newShownPath(r.snapshot.Path(), path)
	artifact := sarifArtifact{uriOf(path)}
	t := r.snapshot.Text()
	for i := range r.findings {
		f := &r.findings[i]
		result := sarifResult{
			RuleID: f.Rule, RuleIndex: s.rules[f.Rule], Level: sarifLevels[f.Severity], Message: sarifMessage{Text: f.Message},
			Locations:    []sarifLocation{{Physical: sarifPhysical{artifact, regionOf(t, f.Span)}, Logical: logicalOf(f)}},
			Fingerprints: map[string]string{"abide/v1": fingerprint(artifact.URI, f)},
		}
		for _, related := range f.Related {
			line := lineOf(r.snapshot, related.Loc)
			if line == 0 {
				continue
			}
			result.Related = append(result.Related, sarifLocation{
				Physical: sarifPhysical{sarifArtifact{uriOf(shown.of(related.Loc.Path))}, sarifRegion{StartLine: line}},
				Message:  &sarifMessage{Text: related.Message},
			})
		}
		for _, fix := range f.Fixes() {
			change := sarifChange{Artifact: artifact}
			for _, e := range fix.Edits {
				change.Replacements = append(change.Replacements, sarifReplacement{regionOf(t, e.Span), sarifMessage{Text: e.New}})
			}
			result.Fixes = append(result.Fixes, sarifFix{sarifMessage{Text: fix.Title}, []sarifChange{change}})
		}
		s.run.Results = append(s.run.Results, result)
	}
}

func (s *sarifReport) end(w io.Writer) {
	w.Write(encode(sarifLog{
		"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0", []sarifRun{s.run},
	}))
}

// uriOf writes a path as a URI, relative if the path is.
func uriOf(path string) string {
	u := url.URL{Path: filepath.ToSlash(path)}
	if filepath.IsAbs(path) {
		u.Scheme = "file"
	}
	return u.String()
}

func regionOf(f *text.File, span text.Span) sarifRegion {
	start, end := f.Position(span.Start, text.UTF16), f.Position(span.End, text.UTF16)
	return sarifRegion{start.Line + 1, start.Character + 1, end.Line + 1, end.Character + 1}
}

func logicalOf(f *analysis.Finding) []sarifLogical {
	switch {
	case f.Record != "" && f.Field != "":
		return []sarifLogical{{f.Record + "." + f.Field, "member"}}
	case f.Record != "":
		return []sarifLogical{{f.Record, "type"}}
	case f.Command != "":
		return []sarifLogical{{f.Command, "declaration"}}
	}
	return nil
}

// fingerprint tells a finding from others when lines move.
func fingerprint(uri string, f *analysis.Finding) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{uri, f.Rule, f.Record, f.Field, f.Command}, "\x00")))
	return hex.EncodeToString(sum[:12])
}
