package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"abide/analysis"
	"abide/analysis/cpp"
	"abide/analysis/layout"
	"abide/analysis/text"
)

// schema is the version of the documents below, which docs/json.md explains.
// Adding a key keeps it; anything else raises it.
const schema = 1

type layoutDocument struct {
	Schema int        `json:"schema"`
	Files  []jsonFile `json:"files"`
}

type jsonFile struct {
	Path       string           `json:"path"`
	Records    []jsonRecord     `json:"records"`
	Ioctls     []jsonIoctl      `json:"ioctls"`
	Unresolved []jsonUnresolved `json:"unresolved"`
}

type jsonRecord struct {
	Name    string                `json:"name"`
	Tag     string                `json:"tag"`
	Kind    string                `json:"kind"`
	Line    int                   `json:"line"`
	Payload bool                  `json:"payload"`
	Reason  string                `json:"reason,omitempty"`
	Layouts map[string]jsonLayout `json:"layouts"`
}

// jsonLayout has either an error or everything else.
type jsonLayout struct {
	*jsonBytes
	Error string `json:"error,omitempty"`
}

type jsonBytes struct {
	Size     int64       `json:"size"`
	Align    int64       `json:"align"`
	Fields   []jsonField `json:"fields"`
	Holes    []jsonHole  `json:"holes"`
	TailBits int64       `json:"tail_padding_bits"`
}

type jsonField struct {
	Name      string `json:"name"`
	Type      string `json:"type"`
	BitOffset int64  `json:"bit_offset"`
	BitSize   int64  `json:"bit_size"`
	Bitfield  bool   `json:"bitfield"`
}

type jsonHole struct {
	BitOffset int64 `json:"bit_offset"`
	BitSize   int64 `json:"bit_size"`
}

type jsonIoctl struct {
	Name     string                 `json:"name"`
	Line     int                    `json:"line"`
	Payload  string                 `json:"payload"`
	Commands map[string]jsonCommand `json:"commands"`
}

// jsonCommand has either an error or everything else.
type jsonCommand struct {
	*jsonCode
	Error string `json:"error,omitempty"`
}

type jsonCode struct {
	Value uint32 `json:"value"`
	Dir   string `json:"dir"`
	Type  uint32 `json:"type"`
	Nr    uint32 `json:"nr"`
	Size  uint32 `json:"size"`
}

type jsonUnresolved struct {
	Name   string   `json:"name"`
	Reason string   `json:"reason"`
	Path   string   `json:"path"`
	Line   int      `json:"line"`
	ABIs   []string `json:"abis"`
}

// dirNames is the directions as the JSON names them, by ioctl.Dir.
var dirNames = [...]string{"none", "write", "read", "readwrite"}

func newJSONFile(ctx context.Context, path string, r *laid) (jsonFile, error) {
	f := jsonFile{Path: path, Records: []jsonRecord{}, Ioctls: []jsonIoctl{}, Unresolved: []jsonUnresolved{}}
	for _, record := range r.records {
		f.Records = append(f.Records, newJSONRecord(r.snapshot, record))
	}
	for _, c := range r.commands {
		f.Ioctls = append(f.Ioctls, newJSONIoctl(c))
	}
	unresolved, err := r.snapshot.Unresolved(ctx)
	if err != nil {
		return f, err
	}
	shown := newShownPath(r.snapshot.Path(), path)
	for _, u := range unresolved {
		ju := jsonUnresolved{Name: u.Name, Reason: u.Reason, Path: shown.of(u.Loc.Path), Line: lineOf(r.snapshot, u.Loc), ABIs: []string{}}
		for _, a := range u.ABIs {
			ju.ABIs = append(ju.ABIs, a.Name)
		}
		f.Unresolved = append(f.Unresolved, ju)
	}
	return f, nil
}

func newJSONRecord(s *analysis.Snapshot, r laidRecord) jsonRecord {
	facts := r.facts
	j := jsonRecord{Name: facts.Name, Kind: "struct", Layouts: map[string]jsonLayout{}}
	if facts.Union {
		j.Kind = "union"
	}
	if r.own != nil {
		j.Line, j.Payload, j.Reason = r.own.Line, r.own.Payload, r.own.Reason
	} else {
		j.Line = lineOf(s, facts.Loc)
	}
	for i := range facts.Views {
		v := &facts.Views[i]
		if v.Decl == nil {
			continue
		}
		j.Tag = v.Decl.Tag.String()
		switch {
		case v.Layout != nil:
			j.Layouts[v.Target.ABI.Name] = jsonLayout{jsonBytes: newJSONBytes(v.Target, v.Layout)}
		case v.Err != nil:
			j.Layouts[v.Target.ABI.Name] = jsonLayout{Error: v.Err.Error()}
		}
	}
	return j
}

func newJSONBytes(t *analysis.Target, l *layout.Layout) *jsonBytes {
	b := &jsonBytes{Size: l.Size, Align: l.Align, Fields: []jsonField{}, Holes: []jsonHole{}, TailBits: l.TailBits}
	for _, m := range analysis.Members(l) {
		if m.Field.Decl.Name == 0 { // an unnamed bit-field
			continue
		}
		b.Fields = append(b.Fields, jsonField{
			Name: m.Path, Type: t.Spell(m.Field.Decl.Type, ""),
			BitOffset: m.BitOffset, BitSize: m.Field.BitSize, Bitfield: m.Field.Bitfield,
		})
	}
	for _, h := range analysis.Holes(l) {
		b.Holes = append(b.Holes, jsonHole{h.BitOffset, h.BitSize})
	}
	return b
}

func newJSONIoctl(c *analysis.Command) jsonIoctl {
	j := jsonIoctl{Name: c.Name, Line: c.Line, Payload: c.Payload, Commands: map[string]jsonCommand{}}
	for i, v := range c.Values {
		switch {
		case v == nil:
		case v.Err != nil:
			j.Commands[c.Targets[i].ABI.Name] = jsonCommand{Error: v.Err.Error()}
		default:
			j.Commands[c.Targets[i].ABI.Name] = jsonCommand{jsonCode: &jsonCode{
				v.Code.Value, dirNames[v.Code.Dir&3], v.Code.Type, v.Code.Nr, v.Code.Size,
			}}
		}
	}
	return j
}

// lineOf is the line of a place, from 1; 0 if its file cannot be read.
func lineOf(s *analysis.Snapshot, loc cpp.Loc) int {
	f := s.Text()
	if loc.Path != s.Path() {
		content, err := s.Read(loc.Path)
		if err != nil {
			return 0
		}
		f = text.New(content)
	}
	return f.LineOf(loc.Start) + 1
}

type findingsDocument struct {
	Schema   int           `json:"schema"`
	Findings []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	Rule      string        `json:"rule"`
	Severity  string        `json:"severity"`
	Path      string        `json:"path"`
	Line      int           `json:"line"`
	Column    int           `json:"column"`
	EndLine   int           `json:"end_line"`
	EndColumn int           `json:"end_column"`
	Message   string        `json:"message"`
	Record    string        `json:"record,omitempty"`
	Field     string        `json:"field,omitempty"`
	Command   string        `json:"command,omitempty"`
	ABIs      []string      `json:"abis"`
	Related   []jsonRelated `json:"related"`
	Fixes     []jsonFix     `json:"fixes"`
}

type jsonRelated struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

type jsonFix struct {
	Title string `json:"title"`
}

// jsonReport gathers findings into one document.
type jsonReport struct{ document findingsDocument }

func (j *jsonReport) file(_ io.Writer, path string, r *checked) {
	shown := newShownPath(r.snapshot.Path(), path)
	t := r.snapshot.Text()
	for i := range r.findings {
		f := &r.findings[i]
		line, end := t.LineOf(f.Span.Start), t.LineOf(f.Span.End)
		out := jsonFinding{
			Rule: f.Rule, Severity: f.Severity.String(), Path: path,
			Line: line + 1, Column: f.Span.Start - t.LineStart(line) + 1,
			EndLine: end + 1, EndColumn: f.Span.End - t.LineStart(end) + 1,
			Message: f.Message, Record: f.Record, Field: f.Field, Command: f.Command,
			ABIs: append([]string{}, f.ABIs...), Related: []jsonRelated{}, Fixes: []jsonFix{},
		}
		for _, related := range f.Related {
			out.Related = append(out.Related, jsonRelated{shown.of(related.Loc.Path), lineOf(r.snapshot, related.Loc), related.Message})
		}
		for _, fix := range f.Fixes() {
			out.Fixes = append(out.Fixes, jsonFix{fix.Title})
		}
		j.document.Findings = append(j.document.Findings, out)
	}
}

func (j *jsonReport) end(w io.Writer) { w.Write(encode(j.document)) }

// encode writes a document as people read it. The documents hold nothing that
// cannot be encoded.
func encode(document any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document); err != nil {
		panic(err)
	}
	return b.Bytes()
}
