package server

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.lsp.dev/uri"

	"abide/server/internal/editor"
)

// TestProjectSettingsAreNoticed: no client has to watch files for it.
func TestProjectSettingsAreNoticed(t *testing.T) {
	s, dir := folder(t, editor.Options{}, map[string]string{"sub/a.h": sensorHeader})
	ctx := timeout(t)
	at := func(name string) string { return filepath.Join(dir, name) }
	doc, err := s.Open(ctx, uri.File(at("sub/a.h")), "c", sensorHeader)
	check(t, err)
	_, err = doc.Diagnostics(ctx)
	check(t, err)
	found := func(n int) {
		t.Helper()
		check(t, s.Wait(ctx, fmt.Sprintf("%d diagnostics", n), func() bool {
			all := s.Published(doc.URI)
			return len(all[len(all)-1].Diagnostics) == n
		}))
	}
	found(2)
	check(t, os.WriteFile(at(".abide.toml"), []byte("severities.padding-hole = \"off\"\n"), 0o644))
	found(1)
	check(t, os.WriteFile(at("sub/.abide.toml"), []byte("severities.none = \"off\"\n"), 0o644))
	found(2)
	nearest := uri.File(at("sub/.abide.toml"))
	check(t, s.Wait(ctx, "the file's problem", func() bool { return len(s.Published(nearest)) == 1 }))
	check(t, os.Remove(at("sub/.abide.toml")))
	found(1)
	check(t, s.Wait(ctx, "no problem", func() bool { return len(s.Published(nearest)) == 2 }))
}
