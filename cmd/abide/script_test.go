package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden files in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"abide": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			for name, content := range oddFiles {
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(content), 0o666); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// oddFiles is inputs that a script cannot spell out.
var oddFiles = map[string]string{
	"binary.o":  "\x7fELF\x02\x01\x01\x00\x00",
	"crlf.h":    "struct crlf {\r\n\tint a;\r\n};",
	"latin1.h":  "/* \xe4 */\nstruct latin1 { int a; }; /* \xff\xfe */\n",
	"large.h":   "struct first { int a; };\n" + strings.Repeat("/* "+strings.Repeat("x", 90)+" */\n", 10<<20/97) + "struct last { int z; };\n",
	"huge.h":    strings.Repeat("/* "+strings.Repeat("x", 90)+" */\n", 21<<20/97),
	"crowded.h": strings.Repeat("struct s { int a; };\n", 60_000),
	"escapes.h": "struct payload { int a; char \x1b[31m; };\n",
}
