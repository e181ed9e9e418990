package checks_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"abide/analysis"
	"abide/analysis/checks"
	"abide/analysis/compdb"
	"abide/analysis/truth"
)

// tally counts what gcc says of commands and what abide does.
type tally struct {
	sync.Mutex
	abis                                    []string
	headers, commands, differ, told, byRule int
}

// TestNumbersOfHeaders holds the installed headers' commands against gcc: each
// whose number is another one for the partner is told, by a rule about commands
// or beside the warning about its record, and no other is.
func TestNumbersOfHeaders(t *testing.T) {
	eachPair(t, func(t *testing.T, abis []string, compilers []*truth.Compiler, every int) {
		sum := tally{abis: abis}
		each(headers(t), every, func(path string) { sum.header(t, path, compilers) })
		t.Logf("%d headers with %d commands: %d have another number; %d of them are told, %d by a rule about commands",
			sum.headers, sum.commands, sum.differ, sum.told, sum.byRule)
		if sum.differ == 0 {
			t.Error("no command differs: nothing was tested")
		}
	})
}

func (sum *tally) header(t *testing.T, path string, compilers []*truth.Compiler) {
	content, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	if !strings.Contains(string(content), "IO") {
		return
	}
	h := open(t, path, analysis.ScopePayload, compilers)
	if h == nil || len(h.compilers) < len(compilers) {
		return
	}
	var numbers [2]map[string]uint64
	for i, c := range compilers {
		numbers[i] = map[string]uint64{}
		// struct timeval is the C library's, which cross compilers may lack, or the kernel's.
		for _, more := range []string{"stddef.h", "sys/time.h", "linux/time.h"} {
			got, err := c.Commands(path, string(content), append(slices.Clone(h.flags), "-include", more)...)
			if err != nil && more == "stddef.h" {
				refused(t, sum.abis, path, err)
				return
			}
			maps.Copy(numbers[i], got)
		}
	}
	flags := compdb.Parse("/", h.flags)
	h.session.SetConfig(analysis.Config{
		ABIs: selected(sum.abis), Flags: &flags, Checks: checks.All(),
	})
	findings, _ := h.check(t, h.text)
	told, byRule := named(findings)

	sum.Lock()
	defer sum.Unlock()
	sum.headers++
	for name := range byRule {
		if _, ok := numbers[1][name]; !ok {
			t.Errorf("%s: %s is told, but no command for gcc", path, name)
		}
	}
	for name, n := range numbers[0] {
		other, known := numbers[1][name]
		if !known {
			continue
		}
		sum.commands++
		is := told[name] || byRule[name]
		if n != other {
			sum.differ++
			if is {
				sum.told++
			}
			if byRule[name] {
				sum.byRule++
			}
		}
		if is != (n != other) {
			t.Errorf("%s: %s is %#x and %#x, told %v", path, name, n, other, is)
		}
	}
}

// named lists the commands that warnings name, and those that rules about
// commands do.
func named(findings []analysis.Finding) (told, byRule map[string]bool) {
	told, byRule = map[string]bool{}, map[string]bool{}
	for _, f := range findings {
		if f.Severity < analysis.Warning {
			continue
		}
		if f.Rule == "ioctl-number-mismatch" || f.Rule == "ioctl-pointer-arg" {
			byRule[f.Command] = true
		}
		for _, r := range f.Related {
			if name, _, ok := strings.Cut(r.Message, " is 0x"); ok {
				told[name] = true
			}
		}
	}
	return told, byRule
}
