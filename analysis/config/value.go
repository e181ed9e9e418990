package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// kind is what a value is, whatever language it is written in.
type kind uint8

const (
	other kind = iota // a number, a date
	null
	text
	flag
	list
	table
)

// value is a node of a document of settings.
type value struct {
	kind   kind
	text   string // of a text, and how another scalar is written
	items  []value
	fields []field // of a table, in order
	place
}

// field is one key of a table.
type field struct {
	key string
	place
	value value
}

// place is where something stands in a file: from 1, in bytes; zero for none.
type place struct{ line, column, end int }

// brief shows a value in a message.
func (v *value) brief() string {
	const limit = 60
	switch v.kind {
	case null:
		return "null"
	case text:
		if len(v.text) > limit {
			return fmt.Sprintf("%q…", strings.ToValidUTF8(v.text[:limit], ""))
		}
		return fmt.Sprintf("%q", v.text)
	case list:
		return "a list"
	case table:
		return "a table"
	}
	return v.text
}

// fromJSON reads a document without places.
func fromJSON(raw []byte) (value, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	v, err := jsonValue(d, 0)
	if err != nil {
		return value{}, fmt.Errorf("they are not JSON: %w", err)
	}
	return v, nil
}

// maxNesting bounds how deep settings may be nested; none needs three levels.
const maxNesting = 32

func jsonValue(d *json.Decoder, depth int) (v value, err error) {
	if depth > maxNesting {
		return v, fmt.Errorf("nested more than %d deep", maxNesting)
	}
	t, err := d.Token()
	if err != nil {
		return v, err
	}
	switch t := t.(type) {
	case nil:
		return value{kind: null}, nil
	case string:
		return value{kind: text, text: t}, nil
	case bool:
		return value{kind: flag, text: fmt.Sprint(t)}, nil
	case json.Number:
		return value{text: t.String()}, nil
	case json.Delim:
		v.kind = list
		if t == '{' {
			v.kind = table
		}
	}
	for d.More() {
		var f field
		if v.kind == table {
			key, err := d.Token()
			if err != nil {
				return v, err
			}
			f.key, _ = key.(string)
		}
		if f.value, err = jsonValue(d, depth+1); err != nil {
			return v, err
		}
		if v.kind == table {
			v.fields = append(v.fields, f)
		} else {
			v.items = append(v.items, f.value)
		}
	}
	_, err = d.Token()
	return v, err
}
