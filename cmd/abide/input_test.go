package main

import (
	"context"
	"slices"
	"testing"
)

// An interrupt ends what is handed over, however much is under way.
func TestEachIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var got []string
	each(ctx, []string{"a", "b", "c", "d"}, func(_ context.Context, file string) string {
		return file + file
	}, func(file, result string) {
		got = append(got, result)
		if file == "b" {
			cancel()
		}
	})
	if !slices.Equal(got, []string{"aa", "bb"}) {
		t.Errorf("got %q", got)
	}
}
