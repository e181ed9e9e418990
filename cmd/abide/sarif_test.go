package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // holds the published schema
	"github.com/xeipuuv/gojsonschema"
)

// publishedSchema is OASIS's JSON schema of SARIF 2.1.0, as a string constant in
// the source of the module imported above.
func publishedSchema(t *testing.T) string {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(strings.TrimSpace(string(dir)), "pkg/report/v210/sarif/schema.go")
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var schema string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING && schema == "" {
			schema, err = strconv.Unquote(literal.Value)
		}
		return true
	})
	if err != nil || !strings.Contains(schema, "sarif-schema-2.1.0.json") {
		t.Fatalf("%s holds no schema: %v", file, err)
	}
	return schema
}

func TestSarifIsValid(t *testing.T) {
	schema, err := gojsonschema.NewSchema(gojsonschema.NewStringLoader(publishedSchema(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	const header = `#include <linux/types.h>
#include <linux/ioctl.h>
struct sensor { /* ümläut 😀 */ __u32 id; __u64 stamp; void *data; };
#define SENSOR_GET _IOR('M', 0, struct sensor)
#define SENSOR_OLD _IOR('M', 1, struct sensor *)
`
	for name, content := range map[string]string{"a b.h": header, "clean.h": "struct a { int x; };\n"} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		file string
		want []string
	}{
		{"a b.h", []string{`"uri": "a%20b.h"`, `"startColumn": 49`, `"fullyQualifiedName": "struct sensor.stamp"`, `"insertedContent"`, `"level": "warning"`, `"relatedLocations"`}},
		{"clean.h", []string{`"results": []`}},
	} {
		var out, errs bytes.Buffer
		run(t.Context(), streams{nil, closer{&out}, &errs}, []string{"check", "--format", "sarif", "--abi", "x86_64,i386", test.file})
		result, err := schema.Validate(gojsonschema.NewBytesLoader(out.Bytes()))
		if err != nil || errs.Len() > 0 {
			t.Fatalf("%s: %v %s", test.file, err, errs.String())
		}
		for _, e := range result.Errors() {
			t.Errorf("%s: %s", test.file, e)
		}
		for _, want := range test.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: no %s in\n%s", test.file, want, out.String())
			}
		}
	}
	if result, err := schema.Validate(gojsonschema.NewStringLoader(`{"version": "2.1.0", "runs": [{"results": []}]}`)); err != nil || result.Valid() {
		t.Error("the schema takes a run without a tool")
	}
}

// closer is a buffer that can be closed.
type closer struct{ *bytes.Buffer }

func (closer) Close() error { return nil }
