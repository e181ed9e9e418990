package server

import (
	"context"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"abide/analysis"
)

// The types of abide/layout; docs/layout-request.md explains the keys.
type (
	layoutParams struct {
		TextDocument protocol.TextDocumentIdentifier `json:"textDocument"`
		Position     *protocol.Position              `json:"position,omitzero"`
		Name         string                          `json:"name,omitzero"`
	}
	recordLayout struct {
		Name       string             `json:"name"`
		Kind       string             `json:"kind"`
		Payload    bool               `json:"payload"`
		Reason     string             `json:"reason,omitzero"`
		Commands   []string           `json:"commands"`
		Location   *protocol.Location `json:"location,omitzero"`
		Member     string             `json:"member,omitzero"`
		Stale      bool               `json:"stale"`
		Layouts    []layoutVariant    `json:"layouts"`
		Unknown    []layoutUnknown    `json:"unknown"`
		NotDefined []string           `json:"notDefined"`
	}
	layoutVariant struct {
		ABIs      []string       `json:"abis"`
		Aligns    []int64        `json:"aligns"`
		Size      int64          `json:"size"`
		Align     int64          `json:"align"`
		BigEndian bool           `json:"bigEndian"`
		Members   []layoutMember `json:"members"`
		Holes     []layoutHole   `json:"holes"`
	}
	layoutMember struct {
		Path      string             `json:"path"`
		Type      string             `json:"type"`
		BitOffset int64              `json:"bitOffset"`
		BitSize   int64              `json:"bitSize"`
		Depth     int                `json:"depth"`
		BitField  bool               `json:"bitField,omitzero"`
		Flexible  bool               `json:"flexible,omitzero"`
		Group     bool               `json:"group,omitzero"`
		InUnion   bool               `json:"inUnion,omitzero"`
		Differs   bool               `json:"differs"`
		Location  *protocol.Location `json:"location,omitzero"`
	}
	layoutHole struct {
		BitOffset int64 `json:"bitOffset"`
		BitSize   int64 `json:"bitSize"`
		Tail      bool  `json:"tail"`
		Differs   bool  `json:"differs"`
	}
	layoutUnknown struct {
		ABIs  []string `json:"abis"`
		Error string   `json:"error"`
	}
)

// layout answers abide/layout: all that is known of one record's layout.
func (s *server) layout(ctx context.Context, raw protocol.LSPAny) (any, error) {
	var params layoutParams
	if err := protocol.Unmarshal(raw, &params); err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "abide/layout: %v", err)
	}
	if params.Position == nil && params.Name == "" {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "abide/layout: give a position or a name")
	}
	v := s.view(ctx, params.TextDocument)
	if v == nil {
		return nil, nil
	}
	facts, member, err := s.recordMeant(ctx, v, params.Name, params.Position)
	if err != nil || facts == nil {
		return nil, err
	}
	defined, err := v.Defined(ctx, facts)
	if err != nil {
		return nil, err
	}
	return s.toRecordLayout(v, facts, defined, member), nil
}

// recordMeant finds a record by its name, or else by a position in the document.
func (s *server) recordMeant(ctx context.Context, v *view, name string, at *protocol.Position) (facts *analysis.RecordFacts, member string, err error) {
	if name != "" {
		facts, err = v.Lookup(ctx, name)
	}
	if err != nil || facts != nil || at == nil {
		return facts, "", err
	}
	return v.RecordAt(ctx, s.fromPosition(v.text, *at))
}

func (s *server) toRecordLayout(v *view, facts *analysis.RecordFacts, defined *analysis.Record, member string) *recordLayout {
	out := &recordLayout{
		Name: facts.Name, Kind: "struct", Member: member, Stale: facts.Stale, Commands: []string{},
		Location: s.toPlace(v, facts.Loc), Layouts: []layoutVariant{}, Unknown: []layoutUnknown{}, NotDefined: []string{},
	}
	if facts.Union {
		out.Kind = "union"
	}
	if defined != nil {
		out.Payload, out.Reason = defined.Payload, defined.Reason
	}
	for _, c := range facts.Payload {
		out.Commands = append(out.Commands, c.Name)
	}
	for _, variant := range facts.Variants() {
		out.Layouts = append(out.Layouts, s.toVariant(v, &variant))
	}
	for i := range facts.Views {
		view := &facts.Views[i]
		switch {
		case view.Decl == nil:
			out.NotDefined = append(out.NotDefined, view.Target.ABI.Name)
		case view.Layout == nil:
			out.addUnknown(view)
		}
	}
	return out
}

func (out *recordLayout) addUnknown(view *analysis.View) {
	reason := "its layout is not known"
	if view.Err != nil {
		reason = view.Err.Error()
	}
	for i := range out.Unknown {
		if u := &out.Unknown[i]; u.Error == reason {
			u.ABIs = append(u.ABIs, view.Target.ABI.Name)
			return
		}
	}
	out.Unknown = append(out.Unknown, layoutUnknown{ABIs: []string{view.Target.ABI.Name}, Error: reason})
}

func (s *server) toVariant(v *view, variant *analysis.Variant) layoutVariant {
	l, first := variant.Layout(), variant.Views[0]
	out := layoutVariant{
		ABIs: variant.ABIs(), Size: l.Size, Align: l.Align, BigEndian: first.Target.ABI.BigEndian,
		Members: []layoutMember{}, Holes: []layoutHole{},
	}
	for _, view := range variant.Views {
		out.Aligns = append(out.Aligns, view.Layout.Align)
	}
	for i := range variant.Members {
		m := &variant.Members[i]
		member := layoutMember{
			Path: m.Path, Type: first.Target.Spell(m.Field.Decl.Type, ""), Depth: m.Depth,
			BitOffset: m.BitOffset, BitSize: m.Field.BitSize, BitField: m.Field.Bitfield,
			Flexible: m.Field.Flexible, Group: m.Group, InUnion: m.InUnion, Differs: m.Differs,
		}
		if loc, ok := first.Place(m); ok {
			member.Location = s.toPlace(v, loc)
		}
		out.Members = append(out.Members, member)
	}
	for _, g := range variant.Gaps {
		out.Holes = append(out.Holes, layoutHole{g.BitOffset, g.BitSize, g.Tail, g.Differs})
	}
	return out
}
