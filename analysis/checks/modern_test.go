package checks_test

import (
	"os"
	"path/filepath"
	"testing"

	"abide/analysis"
	"abide/analysis/checks"
)

// modern are headers that do everything right. Not every machine has those of
// drm where x86_64's lie.
var modern = []string{
	"linux/userfaultfd.h", "linux/gpio.h", "linux/fscrypt.h", "linux/tee.h", "linux/cxl_mem.h",
	"drm/panfrost_drm.h", "drm/lima_drm.h",
}

// TestModernHeaders checks headers that there is nothing to say about.
func TestModernHeaders(t *testing.T) {
	for _, name := range modern {
		path := ""
		for _, dir := range []string{"/usr/include", "/usr/include/libdrm", "/usr/aarch64-linux-gnu/include", "/usr/arm-linux-gnueabi/include"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				path = filepath.Join(dir, name)
				break
			}
		}
		if path == "" {
			missing(t, name+" is missing: install linux-libc-dev-arm64-cross")
		}
		s, err := analysis.NewSession(analysis.Config{Checks: checks.All()}, nil).Snapshot(path)
		if err != nil {
			t.Fatal(err)
		}
		findings, err := s.Findings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if f.Severity >= analysis.Information {
				t.Errorf("%s:%d: %s: %s", path, s.Text().LineOf(f.Span.Start)+1, f.Severity, f.Message)
			}
		}
	}
}
