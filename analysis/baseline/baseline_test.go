package baseline_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"abide/analysis/baseline"
)

const sample = `abide baseline 1
# A remark.
abis x86_64 i386 arm

file a/b.h

accept pragma-pack-leak 2

struct sensor
  size 24 align 8
  size 24 align 4 on arm
    0 4 id __u32
    4:3 5b flags int
    8 8 u.stamp __u64
  size 12 align 4 on i386
    0 4 id __u32

union only
  size 4 align 4
    0 4 a int
  none on arm

command GET
  0x80184d00 struct sensor
  none on i386

file z.h

alias_t
  size 0 align 1
`

func TestFormat(t *testing.T) {
	b, err := baseline.Parse(sample, "/p")
	if err != nil {
		t.Fatal(err)
	}
	once := b.Format()
	if again, err := baseline.Parse(once, "/p"); err != nil || again.Format() != once {
		t.Errorf("%v\n%s", err, once)
	}
	f := b.File("/p/a/b.h")
	size, members, ok := f.Record("struct sensor").On("arm")
	if !ok || size.Size != 24 || size.Align != 4 || len(members) != 3 || members[1].Offset != 35 || members[1].Size != 5 || members[2].Name != "u.stamp" {
		t.Errorf("%+v %+v", size, members)
	}
	if _, _, ok := f.Record("union only").On("arm"); ok {
		t.Error("union only is defined on arm")
	}
	if v, ok := f.Command("GET").On("arm"); !ok || v.Number != 0x80184d00 || v.Payload != "struct sensor" {
		t.Errorf("%+v", v)
	}
	if _, ok := f.Command("GET").On("i386"); ok {
		t.Error("GET is defined on i386")
	}
	if b.File("/p/b.h") != nil || !b.HasRecord("alias_t") {
		t.Error("files are mixed up")
	}
}

func TestParseErrors(t *testing.T) {
	const head = "abide baseline 1\nabis i386\n"
	for text, want := range map[string]string{
		"":                                        `line 1: not a baseline: it begins with "abide baseline 1"`,
		"struct a\n":                              `line 1: it begins with "struct a", and must with "abide baseline 1"`,
		"abide baseline 2\n":                      "another program or version wrote it",
		"abide baseline 1\n\nfile x\n":            "line 3: the list of ABIs is missing",
		head + "struct a\n":                       `line 3: "struct a" belongs to no file`,
		head + "  size 1 align 1\n":               "belongs to no record",
		head + "file x\nstruct a\nstruct a\n":     `line 5: "struct a" stands twice in x`,
		head + "file x\nstruct a\n  size x\n":     "must be size BYTES align BYTES",
		head + "file x\nstruct a\n    0 4 a\n":    "a member has OFFSET SIZE NAME TYPE",
		head + "file x\ncommand A\n  x\n":         "a command has a NUMBER and a type",
		head + "file x\naccept rule many\n":       "must be accept RULE COUNT",
		head + "file x\n<<<<<<< HEAD\nstruct a\n": "line 4: a conflict of a merge",
	} {
		if _, err := baseline.Parse(text, "/"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestParseAnything reads texts in which bytes have changed: no panic, and what
// can be read can be written.
func TestParseAnything(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		b := []byte(sample)
		for range 1 + random.IntN(4) {
			b[random.IntN(len(b))] = " \n:b019#-nso"[random.IntN(12)]
		}
		if parsed, err := baseline.Parse(string(b), "/"); err == nil {
			if _, err := baseline.Parse(parsed.Format(), "/"); err != nil {
				t.Fatalf("%s\nis written as\n%s\n%v", b, parsed.Format(), err)
			}
		}
	}
}
