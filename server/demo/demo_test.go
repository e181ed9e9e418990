package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"
)

// The demo checks itself; here it is run where there is nothing but Go.
func TestDemo(t *testing.T) {
	t.Chdir("../..")
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	program, err := build(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(header)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	var out bytes.Buffer
	err = run(ctx, &out, []string{program})
	t.Logf("\n%s", out.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"padding-hole", "pointer-field", "-	void *data;", "+	__u64 data;", "clean"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in the output", want)
		}
	}
	if after, err := os.ReadFile(header); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the header has changed on disk (%v)", err)
	}
}
