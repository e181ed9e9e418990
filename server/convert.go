package server

import (
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis"
	"abide/analysis/cpp"
	"abide/analysis/sysroot"
	"abide/analysis/text"
)

// source is what diagnostics are signed with.
const source = "abide"

var severities = map[analysis.Severity]protocol.DiagnosticSeverity{
	analysis.Hint:        protocol.DiagnosticSeverityHint,
	analysis.Information: protocol.DiagnosticSeverityInformation,
	analysis.Warning:     protocol.DiagnosticSeverityWarning,
	analysis.Error:       protocol.DiagnosticSeverityError,
}

func (s *server) toPosition(f *text.File, offset int) protocol.Position {
	p := f.Position(offset, s.client.encoding)
	return protocol.Position{Line: uint32(p.Line), Character: uint32(p.Character)}
}

func (s *server) toRange(f *text.File, span text.Span) protocol.Range {
	return protocol.Range{Start: s.toPosition(f, span.Start), End: s.toPosition(f, span.End)}
}

// fromPosition gives an offset in f. Positions outside of the text are
// brought to the nearest place in it.
func (s *server) fromPosition(f *text.File, p protocol.Position) int {
	return f.Offset(text.Position{Line: clampInt(p.Line), Character: clampInt(p.Character)}, s.client.encoding)
}

func clampInt(n uint32) int { return int(min(n, 1<<31-1)) }

// fromRange gives a span of f; one that ends before it starts is empty.
func (s *server) fromRange(f *text.File, r protocol.Range) text.Span {
	start := s.fromPosition(f, r.Start)
	return text.Span{Start: start, End: max(start, s.fromPosition(f, r.End))}
}

func (s *server) toDiagnostic(v *view, finding *analysis.Finding) protocol.Diagnostic {
	d := protocol.Diagnostic{
		Range:    s.toRange(v.text, finding.Span),
		Severity: severities[finding.Severity],
		Code:     protocol.String(finding.Rule),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(finding.Message),
	}
	if page, ok := rulePage(finding.Rule); ok {
		d.CodeDescription = protocol.CodeDescription{Href: page}
	}
	for _, r := range finding.Related {
		if loc, ok := s.toLocation(v, r.Loc); ok {
			d.RelatedInformation = append(d.RelatedInformation,
				protocol.DiagnosticRelatedInformation{Location: loc, Message: r.Message})
		}
	}
	return d
}

// toLocation gives a place that the editor can open. Headers that come with
// the program cannot be opened.
func (s *server) toLocation(v *view, loc cpp.Loc) (protocol.Location, bool) {
	if loc.Path == v.doc.path {
		return protocol.Location{URI: v.doc.uri, Range: s.toRange(v.text, loc.Span)}, true
	}
	if strings.HasPrefix(loc.Path, sysroot.Prefix) {
		return protocol.Location{}, false
	}
	snap, err := s.engine.Snapshot(loc.Path)
	if err != nil {
		return protocol.Location{}, false
	}
	at := uri.File(loc.Path)
	if doc := s.documents.byPath(loc.Path); doc != nil {
		at = doc.uri
	}
	return protocol.Location{URI: at, Range: s.toRange(snap.Text(), loc.Span)}, true
}

// toPlace is toLocation for what may be missing: nil where there is nothing to open.
func (s *server) toPlace(v *view, loc cpp.Loc) *protocol.Location {
	if loc.Path == "" {
		return nil
	}
	if at, ok := s.toLocation(v, loc); ok {
		return &at
	}
	return nil
}

func (s *server) toTextEdits(f *text.File, edits []text.Edit) []protocol.TextEdit {
	out := make([]protocol.TextEdit, len(edits))
	for i, e := range edits {
		out[i] = protocol.TextEdit{Range: s.toRange(f, e.Span), NewText: e.New}
	}
	return out
}
