// Command document writes what people and editors read about the settings from
// the table of settings: the table in docs/configuration.md, the JSON schema of
// .abide.toml, and the VS Code extension's settings. It runs in analysis/config.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"abide/analysis/config"
)

const root = "../.."

func main() {
	for _, write := range []func() error{page, schema, extension} {
		if err := write(); err != nil {
			log.Fatal(err)
		}
	}
}

// replace puts text in place of the second group of a pattern in a file.
func replace(path string, pattern *regexp.Regexp, text []byte) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	at := pattern.FindSubmatchIndex(content)
	if at == nil {
		return fmt.Errorf("%s has no place for the settings: %s matches nothing", path, pattern)
	}
	return os.WriteFile(path, bytes.Join([][]byte{content[:at[4]], text, content[at[5]:]}, nil), 0o644)
}

var markers = regexp.MustCompile(`(?s)(<!-- settings: written by "make generate" -->\n)(.*?)<!-- end of settings -->`)

func page() error {
	var b bytes.Buffer
	for _, part := range []struct {
		title  string
		editor bool
	}{{"In `.abide.toml` and editors", false}, {"In editors only", true}} {
		fmt.Fprintf(&b, "| %s | values | default | |\n|---|---|---|---|\n", part.title)
		for _, k := range config.Keys {
			if k.Editor == part.editor {
				fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", k.Name, values(k), k.Default, k.Doc)
			}
		}
		b.WriteString("\n")
	}
	b.Truncate(b.Len() - 1)
	return replace(filepath.Join(root, "docs", "configuration.md"), markers, b.Bytes())
}

// values says for people what a setting takes.
func values(k config.Key) string {
	var list []string
	for _, o := range k.Options {
		list = append(list, fmt.Sprintf("`%s`: %s", o.Value, o.Doc))
	}
	switch k.Type {
	case config.ABIChoice:
		list = append(list, "an ABI's name")
	case config.Names:
		list = append(list, "a list of names, or one name")
	case config.Severity:
		list = append(list, "a table: rule = severity")
	case config.Path:
		list = append(list, "a path")
	case config.Patterns:
		list = append(list, "a list of patterns, or one")
	case config.Flag:
		list = append(list, "`true`, `false`")
	}
	return strings.Join(list, "<br>")
}

func schema() error {
	properties := object{}
	for _, k := range config.Keys {
		if !k.Editor {
			p := describe(k)
			p = append(p, pair{"description", plain(k.Doc)}, pair{"default", json.RawMessage(k.Default)})
			properties = append(properties, pair{k.Name, p})
		}
	}
	text, err := indented(object{
		{"$schema", "http://json-schema.org/draft-07/schema#"},
		{"title", config.Name},
		{"description", "How abide checks a project"},
		{"type", "object"},
		{"additionalProperties", false},
		{"properties", properties},
	}, "")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "docs", "abide.schema.json"), append(text, '\n'), 0o644)
}

var properties = regexp.MustCompile(`(?s)("configuration": \{\s*"title": "abide",\s*"properties": )(\{.*?\n      \})`)

func extension() error {
	list := object{}
	for _, k := range config.Keys {
		list = append(list, pair{"abide." + k.Name, setting(k)})
	}
	text, err := indented(list, "      ")
	if err != nil {
		return err
	}
	return replace(filepath.Join(root, "vscode-extension", "package.json"), properties, text)
}

// width is how long a line may be before an object is written on several.
const width = 200

// indented writes an object as people read it: one that fits into a line on one.
func indented(o object, prefix string) ([]byte, error) {
	text, err := json.Marshal(o)
	if err != nil || len(text) <= width {
		return text, err
	}
	var b bytes.Buffer
	for i, p := range o {
		var value []byte
		if inner, ok := p.value.(object); ok {
			value, err = indented(inner, prefix+"  ")
		} else {
			value, err = unescaped(p.value)
		}
		if err != nil {
			return nil, err
		}
		mark := ','
		if i == 0 {
			mark = '{'
		}
		fmt.Fprintf(&b, "%c\n%s  %q: %s", mark, prefix, p.key, value)
	}
	fmt.Fprintf(&b, "\n%s}", prefix)
	return b.Bytes(), nil
}
