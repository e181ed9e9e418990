package layout_test

import (
	"debug/elf"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"abide/analysis/abi"
	"abide/analysis/abi/abitest"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

var (
	seed  = flag.Uint64("seed", 1, "of the random records")
	count = flag.Int("records", 40, "random records for each ABI")
)

type sample struct {
	record *decl.Record
	text   string // a complete declaration of struct or union r<n>
	tag    string
	layout *layout.Layout
	err    error
}

// variants are the flags that change layouts, each on an ABI that has it.
var variants = []struct {
	abi, flag string
	flags     layout.Flags
}{
	{"arm", "-fshort-enums", layout.Flags{ShortEnums: true}},
	{"i386", "-fpack-struct", layout.Flags{PackStruct: 1}},
	{"arm64", "-fpack-struct=2", layout.Flags{PackStruct: 2}},
	{"x86_64", "-fpack-struct=8", layout.Flags{PackStruct: 8}},
	{"x86_64", "-mms-bitfields", layout.Flags{MSBits: true}},
	{"i386", "-mms-bitfields", layout.Flags{MSBits: true}},
}

// TestGCC compares random records with gcc, on every ABI that has one.
func TestGCC(t *testing.T) {
	for _, a := range abi.All() {
		t.Run(a.Name, func(t *testing.T) { againstGCC(t, a, layout.Flags{}) })
	}
	for _, v := range variants {
		t.Run(v.abi+v.flag, func(t *testing.T) { againstGCC(t, abi.Lookup(v.abi), v.flags, v.flag) })
	}
}

func againstGCC(t *testing.T, a *abi.ABI, flags layout.Flags, cflags ...string) {
	cc := abitest.Need(t, a.Name)
	if strings.Contains(cc[0], "clang") {
		t.Skipf("%s: its compiler is not gcc", a.Name)
	}
	g := &generator{Rand: rand.New(rand.NewPCG(*seed, 1)), scope: newScope(), abi: a}
	e := layout.New(g.scope, a, flags)
	var samples []*sample
	for i := range *count {
		r, text := g.record(0)
		keyword, rest, _ := strings.Cut(text, " ")
		s := &sample{record: r, tag: fmt.Sprintf("%s r%d", keyword, i)}
		s.text = g.text.String() + s.tag + " " + rest + ";\n"
		if r.Pack > 0 {
			s.text = fmt.Sprintf("%s#pragma pack(push, %d)\n%s %s;\n#pragma pack(pop)\n", g.text.String(), r.Pack, s.tag, rest)
		}
		g.text.Reset()
		s.layout, s.err = e.Record(r)
		samples = append(samples, s)
	}
	compareWithGCC(t, append(cc, cflags...), samples)
}

var errorLine = regexp.MustCompile(`(?m)^sample:(\d+):\d+: error: (.*)`)

func compareWithGCC(t *testing.T, cc []string, samples []*sample) {
	dir := t.TempDir()
	for {
		var b strings.Builder
		for i, s := range samples {
			if s == nil {
				continue
			}
			fmt.Fprintf(&b, "#line %d \"sample\"\n%s", 1000*i+1, s.text)
			if s.err == nil {
				object(&b, i, s)
			}
		}
		obj, err := abitest.Compile(dir, cc, b.String(), "-w", "-ffreestanding")
		if err == nil {
			f, err := elf.Open(obj)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for i, s := range samples {
				if s != nil {
					check(t, f, i, s)
				}
			}
			return
		}
		refused := false
		for _, m := range errorLine.FindAllStringSubmatch(err.Error(), -1) {
			line, _ := strconv.Atoi(m[1])
			i := line / 1000
			if i < len(samples) && samples[i] != nil {
				if s := samples[i]; s.err == nil {
					t.Errorf("gcc refuses, abide does not: %s\n%s", m[2], s.text)
				}
				samples[i], refused = nil, true
			}
		}
		if !refused {
			t.Fatalf("%.1000s", err)
		}
	}
}

// object writes objects whose bytes tell where a record's members are: one in
// which nothing but that member is set.
func object(b *strings.Builder, i int, s *sample) {
	fmt.Fprintf(b, "const unsigned size_%d[2] __attribute__((section(\"s.size_%d\"))) = { sizeof(%s), __alignof__(%s) };\n", i, i, s.tag, s.tag)
	n := 0
	for m := range s.layout.Members() {
		switch f := m.Field; {
		case f.Bitfield:
			fmt.Fprintf(b, "const %s v%d_%d __attribute__((section(\"s.v%d_%d\"))) = { .%s = -1 };\n", s.tag, i, n, i, n, m.Path)
		default:
			size := fmt.Sprintf("sizeof(((%s *)0)->%s)", s.tag, m.Path)
			if f.Flexible {
				size = "0"
			}
			fmt.Fprintf(b, "const unsigned v%d_%d[] __attribute__((section(\"s.v%d_%d\"))) = { __builtin_offsetof(%s, %s), %s };\n", i, n, i, n, s.tag, m.Path, size)
		}
		n++
	}
}

func check(t *testing.T, f *elf.File, i int, s *sample) {
	if s.err != nil {
		t.Errorf("abide refuses, gcc does not: %v\n%s", s.err, s.text)
		return
	}
	word := func(section string, n int) int64 {
		data, err := f.Section(section).Data()
		if err != nil || len(data) < 4*n+4 {
			t.Fatalf("%s: %v", section, err)
		}
		return int64(f.ByteOrder.Uint32(data[4*n:]))
	}
	section := fmt.Sprintf("s.size_%d", i)
	if size, align := word(section, 0), word(section, 1); size != s.layout.Size || align != s.layout.Align {
		t.Errorf("size and alignment are %d and %d, want %d and %d\n%s", s.layout.Size, s.layout.Align, size, align, s.text)
		return
	}
	n := 0
	for m := range s.layout.Members() {
		section := fmt.Sprintf("s.v%d_%d", i, n)
		n++
		if !m.Field.Bitfield {
			if at, size := word(section, 0), word(section, 1); m.BitOffset != 8*at || m.Field.BitSize != 8*size {
				t.Errorf("%s is at bit %d, %d bits; want %d, %d\n%s", m.Path, m.BitOffset, m.Field.BitSize, 8*at, 8*size, s.text)
				return
			}
			continue
		}
		data, err := f.Section(section).Data()
		if err != nil {
			t.Fatal(err)
		}
		at, size := bitsSet(data, s.layout.BigEndian)
		if m.BitOffset != at || m.Field.BitSize != size {
			t.Errorf("bit-field %s is at bit %d, %d bits; want %d, %d\n%s", m.Path, m.BitOffset, m.Field.BitSize, at, size, s.text)
			return
		}
	}
}

// bitsSet finds the run of bits that are set, in memory order.
func bitsSet(data []byte, bigEndian bool) (at, size int64) {
	at = -1
	for i := range int64(8 * len(data)) {
		shift := i % 8
		if bigEndian {
			shift = 7 - shift
		}
		if data[i/8]>>shift&1 == 1 {
			if at < 0 {
				at = i
			}
			size++
		}
	}
	return at, size
}

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(m.Run())
}
