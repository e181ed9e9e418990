package truth

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkUAPI lays out every record of every UAPI header of x86_64, as whole
// processes: abide for all ABIs at once and for one, and clang for the one
// that it is built for.
//
//	go test ./analysis/truth -run '^$' -bench UAPI -benchtime 1x
func BenchmarkUAPI(b *testing.B) {
	toolchain := Find("x86_64")
	headers := toolchain.Headers()
	if len(headers) == 0 {
		b.Skip("no UAPI headers: apt install linux-libc-dev")
	}
	program := filepath.Join(b.TempDir(), "abide")
	if out, err := exec.Command("go", "build", "-o", program, "abide/cmd/abide").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	for _, list := range []string{"all", "default", "x86_64"} {
		b.Run("abide/"+list, func(b *testing.B) {
			for b.Loop() {
				// A header that cannot be understood alone is no failure here.
				_ = exec.Command(program, append([]string{"layout", "--abi", list}, headers...)...).Run()
			}
			b.ReportMetric(float64(len(headers)), "headers")
		})
	}
	b.Run("clang/x86_64", func(b *testing.B) {
		if _, err := exec.LookPath("clang"); err != nil {
			b.Skip("no clang: apt install clang")
		}
		for b.Loop() {
			for _, h := range headers {
				_ = exec.Command("clang", "-fsyntax-only", "-Xclang", "-fdump-record-layouts",
					"-x", "c", "-include", "stddef.h", "-include", "linux/types.h", h).Run()
			}
		}
		b.ReportMetric(float64(len(headers)), "headers")
	})
}
