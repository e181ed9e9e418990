package analysis_test

import (
	"context"
	"strings"
	"testing"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/text"
)

// What one version knows of a name's being a typedef does not outlive it.
func TestTypedefOfACopyComesAndGoes(t *testing.T) {
	const source = "struct foo { int a; };\nTYPEDEF\nint f(void *u) { foo_t x; return copy_to_user(u, &x, 4); }\n"
	s := analysis.NewSession(analysis.Config{ABIs: abi.Default()}, files{})
	for i, line := range []string{"", "typedef struct foo foo_t;", "int n;", "typedef struct foo foo_t;\nint n;", "typedef struct foo foo_t;\nint m;", "extern int foo_t;"} {
		s.SetBuffer(mainFile, text.New(strings.Replace(source, "TYPEDEF", line, 1)))
		snap, err := s.Snapshot(mainFile)
		if err != nil {
			t.Fatal(err)
		}
		records, err := snap.Records(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.HasPrefix(line, "typedef"); len(records) != 1 || records[0].Payload != want {
			t.Errorf("version %d, with %q: %d records, a payload: %t", i, line, len(records), len(records) > 0 && records[0].Payload)
		}
	}
}
