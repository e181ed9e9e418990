package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/checks"
	"abide/analysis/config"
)

// object is a JSON object whose keys stand in order.
type object []pair

type pair struct {
	key   string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for k, part := range []any{p.key, p.value} {
			if k > 0 {
				b.WriteByte(':')
			}
			text, err := unescaped(part)
			if err != nil {
				return nil, err
			}
			b.Write(text)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func unescaped(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// describe is the JSON schema of a setting's value in .abide.toml.
func describe(k config.Key) object {
	switch k.Type {
	case config.Names:
		return oneOrMore(object{{"type", "string"}, {"enum", abis()}})
	case config.Patterns:
		return oneOrMore(object{{"type", "string"}})
	case config.Severity:
		return severities()
	case config.Choice:
		return object{{"type", "string"}, {"enum", options(k)}}
	case config.ABIChoice:
		return object{{"type", "string"}, {"enum", append(options(k), abis()[2:]...)}}
	case config.Flag:
		return object{{"type", "boolean"}}
	}
	return object{{"type", "string"}}
}

func oneOrMore(item object) object {
	return object{{"anyOf", []object{item, {{"type", "array"}, {"items", item}}}}}
}

func severities() object {
	rules := object{}
	for _, c := range checks.All() {
		rules = append(rules, pair{c.Name, object{
			{"type", "string"}, {"enum", levels}, {"description", "Severity of findings about " + plain(c.Summary) + "."},
		}})
	}
	return object{{"type", "object"}, {"additionalProperties", false}, {"properties", rules}}
}

var levels = []string{analysis.Error.String(), analysis.Warning.String(), analysis.Information.String(), analysis.Hint.String(), analysis.Off.String()}

// abis is what may stand in a list of ABIs.
func abis() []string {
	names := []string{"default", "all"}
	for _, a := range abi.All() {
		names = append(names, a.Name)
	}
	return names
}

func options(k config.Key) []string {
	var list []string
	for _, o := range k.Options {
		list = append(list, o.Value)
	}
	return list
}

// setting is a setting of the VS Code extension. One that .abide.toml may have,
// too, is unset by default: VS Code sends defaults as if the user had said them.
func setting(k config.Key) object {
	var o object
	value := any(json.RawMessage(k.Default))
	switch {
	case k.Editor:
		o = describe(k)
	case k.Type == config.Names:
		o, value = object{{"type", "array"}, {"items", object{{"type", "string"}, {"enum", abis()}}}, {"uniqueItems", true}}, []string{}
	case k.Type == config.Patterns:
		o, value = object{{"type", "array"}, {"items", object{{"type", "string"}}}}, []string{}
	case k.Type == config.Choice:
		list := []any{nil}
		for _, v := range options(k) {
			list = append(list, v)
		}
		o, value = object{{"type", []string{"string", "null"}}, {"enum", list}}, nil
	default:
		o = describe(k)
	}
	if len(k.Options) > 0 && k.Type == config.Choice {
		var docs []string
		if !k.Editor {
			docs = append(docs, "What `"+config.Name+"` says, or else `"+strings.Trim(k.Default, `"`)+"`.")
		}
		for _, option := range k.Options {
			docs = append(docs, option.Doc)
		}
		o = append(o, pair{"markdownEnumDescriptions", docs})
	}
	o = append(o, pair{"default", value})
	if k.Machine {
		o = append(o, pair{"scope", "machine-overridable"})
	}
	doc := k.Doc
	if !k.Editor && k.Type != config.Choice {
		doc += " Unset: what `" + config.Name + "` says" + fallback(k.Default) + "."
	}
	return append(o, pair{"markdownDescription", doc})
}

// fallback names a default that says something.
func fallback(text string) string {
	switch text {
	case `""`, `[]`, `{}`:
		return ""
	}
	return ", or else `" + text + "`"
}

// plain takes Markdown's code marks out of a text.
func plain(s string) string { return strings.ReplaceAll(s, "`", "") }
