package text

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestLines(t *testing.T) {
	for _, tt := range []struct {
		text  string
		lines string // each line without its break, in brackets
	}{
		{"", "[]"},
		{"a", "[a]"},
		{"a\n", "[a][]"},
		{"a\nb", "[a][b]"},
		{"a\r\nb\r\n", "[a][b][]"},
		{"a\rb\r", "[a][b][]"},
		{"\n\r\n\r\r\n\n", "[][][][][][]"},
		{"\x00\xff\n\r", "[\x00\xff][][]"},
	} {
		f := New(tt.text)
		var got strings.Builder
		for line := range f.LineCount() {
			fmt.Fprintf(&got, "[%s]", tt.text[f.LineStart(line):f.LineEnd(line)])
		}
		if got.String() != tt.lines {
			t.Errorf("%q: lines %q, want %q", tt.text, got.String(), tt.lines)
		}
		if n := f.LineCount(); f.LineStart(-1) != 0 || f.LineEnd(-1) != 0 || f.LineStart(n) != f.Len() || f.LineEnd(n) != f.Len() {
			t.Errorf("%q: lines outside of the text are not clamped to it", tt.text)
		}
	}
}

func TestPosition(t *testing.T) {
	// é: 2 bytes, 1 unit. 𝄞: 4 bytes, 2 units of UTF-16.
	const text = "aé𝄞\xe2\x82b\r\nc"
	for _, tt := range []struct {
		offset             int
		utf16, utf8, utf32 Position
	}{
		{0, Position{0, 0}, Position{0, 0}, Position{0, 0}},
		{1, Position{0, 1}, Position{0, 1}, Position{0, 1}},
		{3, Position{0, 2}, Position{0, 3}, Position{0, 2}},
		{7, Position{0, 4}, Position{0, 7}, Position{0, 3}},
		{8, Position{0, 5}, Position{0, 8}, Position{0, 4}},
		{9, Position{0, 6}, Position{0, 9}, Position{0, 5}},
		{10, Position{0, 7}, Position{0, 10}, Position{0, 6}},
		{12, Position{1, 0}, Position{1, 0}, Position{1, 0}},
		{13, Position{1, 1}, Position{1, 1}, Position{1, 1}},
	} {
		f := New(text)
		for e, want := range map[Encoding]Position{UTF16: tt.utf16, UTF8: tt.utf8, UTF32: tt.utf32} {
			if got := f.Position(tt.offset, e); got != want {
				t.Errorf("Position(%d, %d) = %v, want %v", tt.offset, e, got, want)
			}
			if got := f.Offset(want, e); got != tt.offset {
				t.Errorf("Offset(%v, %d) = %d, want %d", want, e, got, tt.offset)
			}
		}
	}
}

func TestPositionClamps(t *testing.T) {
	f := New("aé𝄞\r\nb")
	for _, tt := range []struct {
		pos  Position
		e    Encoding
		want int
	}{
		{Position{-1, 3}, UTF16, 0},
		{Position{0, -1}, UTF16, 0},
		{Position{0, 3}, UTF16, 3}, // between the surrogates of 𝄞
		{Position{0, 2}, UTF8, 1},  // inside of é
		{Position{0, 6}, UTF8, 3},  // inside of 𝄞
		{Position{0, 1000}, UTF16, 7},
		{Position{0, 1 << 62}, UTF32, 7},
		{Position{1, 1000}, UTF16, 10},
		{Position{2, 0}, UTF16, 10},
		{Position{1 << 62, 5}, UTF8, 10},
	} {
		if got := f.Offset(tt.pos, tt.e); got != tt.want {
			t.Errorf("Offset(%v, %d) = %d, want %d", tt.pos, tt.e, got, tt.want)
		}
	}
	for offset, want := range map[int]Position{-5: {0, 0}, 2: {0, 1}, 5: {0, 2}, 8: {0, 4}, 99: {1, 1}} {
		if got := f.Position(offset, UTF16); got != want {
			t.Errorf("Position(%d) = %v, want %v", offset, got, want)
		}
	}
}

func TestApply(t *testing.T) {
	for _, tt := range []struct {
		text  string
		edits []Edit
		want  string // or the start of an error
	}{
		{"abc", nil, "abc"},
		{"abc", []Edit{{Span{1, 2}, "X"}}, "aXc"},
		{"abc", []Edit{{Span{3, 3}, "3"}, {Span{0, 0}, "0"}}, "0abc3"},
		{"abc", []Edit{{Span{1, 1}, "1"}, {Span{1, 1}, "2"}}, "a12bc"},
		{"abc", []Edit{{Span{1, 2}, "X"}, {Span{1, 1}, "1"}}, "a1Xc"},
		{"abc", []Edit{{Span{0, 1}, ""}, {Span{1, 3}, ""}}, ""},
		{"", []Edit{{Span{}, "a\r"}, {Span{}, "\nb"}}, "a\r\nb"},
		{"abc", []Edit{{Span{0, 2}, ""}, {Span{1, 3}, ""}}, "!apply edits: span 1-3 overlaps the edit before it, which ends at 2"},
		{"abc", []Edit{{Span{2, 4}, ""}}, "!apply edits: span 2-4 is not in a text of 3 bytes"},
		{"abc", []Edit{{Span{2, 1}, ""}}, "!apply edits: span 2-1 is not"},
		{"abc", []Edit{{Span{-1, 1}, ""}}, "!apply edits: span -1-1 is not"},
	} {
		f := New(tt.text)
		got, err := f.Apply(tt.edits...)
		if want, bad := strings.CutPrefix(tt.want, "!"); bad {
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%v: error %v, want %s", tt.edits, err, want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%v: %v", tt.edits, err)
			continue
		}
		if got.Content() != tt.want || f.Content() != tt.text {
			t.Errorf("%v: %q became %q, want %q", tt.edits, tt.text, got.Content(), tt.want)
		}
	}
}

// same fails unless f behaves as a new file of that text.
func same(t *testing.T, f *File, text string) {
	t.Helper()
	if f.Content() != text || f.Len() != len(text) {
		t.Fatalf("content differs: %d bytes, want %d", f.Len(), len(text))
	}
	for _, c := range f.chunks[:max(0, len(f.chunks)-1)] {
		if !closed(c.text) {
			t.Fatal("a chunk is not closed")
		}
	}
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	if f.LineCount() != len(starts) {
		t.Fatalf("%d lines, want %d", f.LineCount(), len(starts))
	}
	for line, start := range starts {
		if f.LineStart(line) != start {
			t.Fatalf("line %d starts at %d, want %d", line, f.LineStart(line), start)
		}
		if f.LineOf(start) != line {
			t.Fatalf("offset %d is in line %d, want %d", start, f.LineOf(start), line)
		}
	}
}

// roundTrip fails unless positions count the characters before an offset.
func roundTrip(t *testing.T, f *File, offset int) {
	t.Helper()
	text, line := f.Content(), f.LineOf(offset)
	if offset > f.LineEnd(line) {
		return
	}
	var units [3]int
	for at := f.LineStart(line); at < offset; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if at += size; at > offset {
			return // inside of a character
		}
		units[UTF8] += size
		units[UTF32]++
		if size == 1 {
			units[UTF16]++
		} else {
			units[UTF16] += utf16.RuneLen(r)
		}
	}
	for e, n := range units {
		want := Position{line, n}
		if got := f.Position(offset, Encoding(e)); got != want {
			t.Fatalf("Position(%d, %d) = %v, want %v", offset, e, got, want)
		}
		if got := f.Offset(want, Encoding(e)); got != offset {
			t.Fatalf("Offset(%v, %d) = %d, want %d", want, e, got, offset)
		}
	}
}

// TestRandomEdits edits a file of several chunks at random, with the pieces
// that are hard at the seams of chunks.
func TestRandomEdits(t *testing.T) {
	pieces := []string{"\r", "\n", "\r\n", "int a;\n", "é", "𝄞", "\xe2", "\x82\xac", "\xff", "x", strings.Repeat("y", chunkSize), strings.Repeat("é", chunkSize)}
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		text := strings.Repeat("long line of text\r\n", 2000) + strings.Repeat("€", 20000) + strings.Repeat("z", 50000)
		f := New(text)
		for range 60 {
			var edits []Edit
			at := 0
			for range 1 + rng.IntN(4) {
				start := at + rng.IntN(len(text)-at+1)
				end := start + min(rng.IntN(8)*rng.IntN(8), len(text)-start)
				if rng.IntN(20) == 0 {
					end = start + rng.IntN(len(text)-start+1)
				}
				edits = append(edits, Edit{Span{start, end}, pieces[rng.IntN(len(pieces))]})
				at = end
			}
			want := naive(text, edits)
			next, err := f.Apply(edits...)
			if err != nil {
				t.Fatal(err)
			}
			f, text = next, want
			same(t, f, text)
			for range 5 {
				roundTrip(t, f, rng.IntN(len(text)+1))
			}
		}
	}
}

// naive applies edits that are in order.
func naive(text string, edits []Edit) string {
	for _, e := range slices.Backward(edits) {
		text = text[:e.Span.Start] + e.New + text[e.Span.End:]
	}
	return text
}

func FuzzPosition(f *testing.F) {
	f.Add("aé𝄞\xe2\x82b\r\nc", 4)
	f.Add("\r\r\n\xed\xa0\x80", 3)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		file := New(text)
		if p := file.Position(offset, UTF16); file.Position(file.Offset(p, UTF16), UTF16) != p {
			t.Fatalf("position %v of offset %d is not stable", p, offset)
		}
		if offset >= 0 && offset <= len(text) {
			roundTrip(t, file, offset)
		}
	})
}

func FuzzApply(f *testing.F) {
	f.Add("a\r\nb", "\r", 1, 2, "\n", 2, 3)
	f.Fuzz(func(t *testing.T, text, new1 string, s1, e1 int, new2 string, s2, e2 int) {
		edits := []Edit{{Span{s1, e1}, new1}, {Span{s2, e2}, new2}}
		got, err := New(text).Apply(edits...)
		ok := 0 <= s1 && s1 <= e1 && e1 <= s2 && s2 <= e2 && e2 <= len(text)
		if !ok {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if s1 == e1 || s1 != s2 { // a replacement before an insertion at its start changes places with it
			same(t, got, naive(text, edits))
		}
	})
}

func FuzzUnified(f *testing.F) {
	f.Add("a\nb\n", "a\nc")
	f.Fuzz(func(t *testing.T, a, b string) {
		out := Unified("a", "b", New(a), New(b))
		if (out == "") != (a == b) {
			t.Fatalf("diff of %q and %q is %q", a, b, out)
		}
		if got := patched(a, out); got != b {
			t.Fatalf("diff of %q and %q makes %q:\n%s", a, b, got, out)
		}
	})
}

// patched applies a unified diff by copying lines.
func patched(a, diff string) string {
	if diff == "" {
		return a
	}
	old := strings.SplitAfter(a, "\n")
	var out strings.Builder
	next := 0
	lines := strings.SplitAfter(diff, "\n")[2:]
	for i, line := range lines {
		if line == "" || line[0] == '\\' {
			continue
		}
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\\ No newline") {
			line = line[:len(line)-1]
		}
		switch line[0] {
		case '@':
			var start int
			fmt.Sscanf(line, "@@ -%d", &start)
			for ; next < start-1; next++ {
				out.WriteString(old[next])
			}
		case ' ':
			out.WriteString(line[1:])
			next++
		case '-':
			next++
		case '+':
			out.WriteString(line[1:])
		}
	}
	for ; next < len(old); next++ {
		out.WriteString(old[next])
	}
	return out.String()
}

func TestUnified(t *testing.T) {
	a := New("struct s {\n\tint a;\n\tlong b;\n};\n")
	b, err := a.Apply(Edit{Span{18, 18}, "\n\tint __pad;"})
	if err != nil {
		t.Fatal(err)
	}
	const want = `--- s.h
+++ s.h.fixed
@@ -1,4 +1,5 @@
 struct s {
 	int a;
+	int __pad;
 	long b;
 };
`
	if got := Unified("s.h", "s.h.fixed", a, b); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestPatch gives diffs to patch(1).
func TestPatch(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if errors.Is(err, exec.ErrNotFound) {
		if os.Getenv("CI") != "" {
			t.Fatal("patch is not installed")
		}
		t.Skip("patch is not installed")
	}
	for _, tt := range [][2]string{
		{"a\nb\n", "a\nc\n"},
		{"a\nb", "a\nc"},
		{"a\r\nb\r\n", "a\r\nx\r\nb\r\n"},
		{"", "a\n"},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, "f")
		if err := os.WriteFile(file, []byte(tt[0]), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(patch, "--binary", "-s", file)
		cmd.Stdin = strings.NewReader(Unified("f", "f", New(tt[0]), New(tt[1])))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%q: %v: %s", tt, err, out)
		}
		if got, _ := os.ReadFile(file); string(got) != tt[1] {
			t.Errorf("%q: patch made %q", tt, got)
		}
	}
}

func big() string { return strings.Repeat("\t__u64 member_name; /* comment */\n", 20<<20/34) }

// BenchmarkSequentialEdits is one keystroke in a file of 20 MB, line table
// included.
func BenchmarkSequentialEdits(b *testing.B) {
	f := New(big())
	f.LineCount()
	b.ReportAllocs()
	for i := range b.N {
		at := f.Offset(Position{i * 7919 % 600000, 3}, UTF16)
		f, _ = f.Apply(Edit{Span{at, at + 1}, "xy"})
	}
}

func BenchmarkBatchOf20000Edits(b *testing.B) {
	f := New(big())
	var edits []Edit
	for i := range 20000 {
		edits = append(edits, Edit{Span{i * 1000, i*1000 + 3}, "hello"})
	}
	for range b.N {
		g, err := f.Apply(edits...)
		if err != nil {
			b.Fatal(err)
		}
		g.LineCount()
	}
}
