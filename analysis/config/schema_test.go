package config_test

import (
	"os"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/xeipuuv/gojsonschema"

	"abide/analysis/config"
)

// TestSchema holds the JSON schema that editors read against the reader.
func TestSchema(t *testing.T) {
	text, err := os.ReadFile("../../docs/abide.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(text))
	if err != nil {
		t.Fatal(err)
	}
	for content, valid := range map[string]bool{
		"": true,
		"abis = ['x86_64', 'all']\nscope = 'uapi'\nbaseline = 'a'\npayloads = 'x'\nsystemPaths = ['y']\ncompilationDatabase = 'b'\n[severities]\ntail-padding = 'off'": true,
		"abis = 'default'":                true,
		"abis = 'x86_46'":                 false,
		"scope = 'some'":                  false,
		"colour = 1":                      false,
		"baseline = 1":                    false,
		"severities.no-such-rule = 'off'": false,
		"severities.tail-padding = 'no'":  false,
		"codeLens = 'all'":                false,
	} {
		var document map[string]any
		if err := toml.Unmarshal([]byte(content), &document); err != nil {
			t.Fatal(err)
		}
		if document == nil {
			document = map[string]any{}
		}
		result, err := schema.Validate(gojsonschema.NewGoLoader(document))
		if err != nil {
			t.Fatal(err)
		}
		_, problems := config.ReadTOML("/p/.abide.toml", []byte(content))
		if result.Valid() != valid || (len(problems) == 0) != valid {
			t.Errorf("%q: the schema says %v, the reader %v", content, result.Errors(), problems)
		}
	}
}
