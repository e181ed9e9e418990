package config

import (
	"bytes"
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// fromTOML reads a document with its places. The library's decoder tells
// whether it is valid, its parser where things stand.
func fromTOML(path string, content []byte) (value, []Problem) {
	var any map[string]any
	if err := toml.Unmarshal(content, &any); err != nil {
		p := Problem{Path: path, Line: 1, Column: 1, EndColumn: 1}
		if e := (*toml.DecodeError)(nil); errors.As(err, &e) {
			p.Line, p.Column = e.Position()
			p.EndColumn = p.Column + 1
		}
		p.Message = "not valid TOML: " + strings.TrimPrefix(err.Error(), "toml: ")
		return value{}, []Problem{p}
	}
	t := tomlReader{content: content}
	t.parser.Reset(content)
	root := value{kind: table}
	into := &root
	for t.parser.NextExpression() {
		switch e := t.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			into = &root
			for keys := e.Key(); keys.Next(); {
				into = t.enter(into, keys.Node())
			}
			if e.Kind == unstable.ArrayTable {
				into.kind = list
				into.items = append(into.items, value{kind: table, place: into.place})
				into = &into.items[len(into.items)-1]
			}
		case unstable.KeyValue:
			t.keyValue(into, e)
		}
	}
	return root, nil
}

type tomlReader struct {
	content []byte
	parser  unstable.Parser
}

// enter finds the table of a key in another one, or makes it.
func (t *tomlReader) enter(in *value, key *unstable.Node) *value {
	name := string(key.Data)
	for i := range in.fields {
		if in.fields[i].key == name {
			return &in.fields[i].value
		}
	}
	at := t.place(key)
	in.fields = append(in.fields, field{name, at, value{kind: table, place: at}})
	return &in.fields[len(in.fields)-1].value
}

func (t *tomlReader) keyValue(in *value, e *unstable.Node) {
	var last *unstable.Node
	for keys := e.Key(); keys.Next(); {
		if last != nil {
			in = t.enter(in, last)
		}
		last = keys.Node()
	}
	at := t.place(last)
	v := t.value(e.Value())
	if v.line == 0 {
		v.place = at
	}
	in.fields = append(in.fields, field{string(last.Data), at, v})
}

func (t *tomlReader) value(n *unstable.Node) value {
	v := value{text: string(t.parser.Raw(n.Raw)), place: t.place(n)}
	switch n.Kind {
	case unstable.String:
		v.kind, v.text = text, string(n.Data)
	case unstable.Bool:
		v.kind = flag
	case unstable.Array:
		v.kind, v.place = list, place{}
		for items := n.Children(); items.Next(); {
			v.items = append(v.items, t.value(items.Node()))
		}
	case unstable.InlineTable:
		v.kind, v.place = table, place{}
		for items := n.Children(); items.Next(); {
			t.keyValue(&v, items.Node())
		}
	}
	return v
}

// place is where a node stands; only keys and scalars have one.
func (t *tomlReader) place(n *unstable.Node) place {
	start := int(n.Raw.Offset)
	line := bytes.LastIndexByte(t.content[:start], '\n') + 1
	column := start - line + 1
	return place{bytes.Count(t.content[:start], []byte("\n")) + 1, column, column + int(n.Raw.Length)}
}
