package token

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"abide/analysis/text"
)

// compiler finds a compiler that the test needs.
func compiler(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

// TestRealHeaders compares places and spellings of all tokens of the installed
// UAPI headers with clang's.
func TestRealHeaders(t *testing.T) {
	clang := compiler(t, "clang")
	files, _ := filepath.Glob("/usr/include/linux/*.h")
	more, _ := filepath.Glob("/usr/include/*.h")
	var all bytes.Buffer
	for i, f := range append(files, more...) {
		if testing.Short() && i%8 != 0 {
			continue // clang takes seconds to print them all
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	if len(files) == 0 {
		t.Skip("no headers in /usr/include/linux")
	}
	for _, s := range seeds {
		if !strings.Contains(s, "R\"") { // clang's C has no raw strings
			all.WriteString(s + "\n")
		}
	}
	compareRaw(t, clang, all.String())
}

func compareRaw(t *testing.T, clang, src string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "all.c")
	if err := os.WriteFile(file, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(clang, "-cc1", "-x", "c", "-std=gnu11", "-dump-raw-tokens", file).CombinedOutput()
	if err != nil {
		t.Fatalf("clang: %v: %s", err, out)
	}
	var want []string
	pieces := strings.Split(string(out), "\tLoc=<"+file) // a place ends one entry, and starts a piece
	for i, head := range pieces[:len(pieces)-1] {
		if i > 0 {
			_, head, _ = strings.Cut(head, ">\n")
		}
		kind, head, _ := strings.Cut(head, " '")
		spelling, flags, ok := strings.Cut(head+"\t", "'\t")
		if !ok || kind == "comment" || strings.TrimSpace(spelling) == "" {
			continue
		}
		place, _, _ := strings.Cut(pieces[i+1], ">\n")
		if strings.Contains(flags, "[UnClean=") {
			place = "" // clang counts the splices before a token as part of it
		}
		want = append(want, place+" "+spelling)
	}
	lx, lines := Lex(src), text.New(src)
	var got []string
	for _, tok := range lx.Tokens[:len(lx.Tokens)-1] {
		p := lines.Position(int(tok.Start), text.UTF8)
		got = append(got, fmt.Sprintf(":%d:%d %s", p.Line+1, p.Character+1, Spelling(lx, tok)))
	}
	for i := range min(len(got), len(want)) {
		if !strings.HasSuffix(got[i], want[i]) {
			t.Fatalf("token %d is %.80q, clang says %.80q", i, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d tokens, clang has %d", len(got), len(want))
	}
	t.Logf("%d tokens compared", len(got))
}

// TestAgainstGCC compares the spellings of snippets with what gcc's
// preprocessor prints for them.
func TestAgainstGCC(t *testing.T) {
	gcc := compiler(t, "gcc")
	for _, src := range []string{
		"int $a = a$b + é;",
		"1e+5 0x1p-3 .5 1..2 1e+ 0x1+1 0b1 1'0'",
		`L"a" u8"b" U'c' u"d" R"x(a b)x" x"y" R"(\
)"`,
		"<: :> <% %> %: %:%: %:% <::",
		"a+++b...c..d->e>>=f<<=g",
		"??= ??/ ??'",
		"a // b \\\n c\nd",
		"a /* \n */ b /* x */ c",
		"a /\\\n* b *\\\n/ c /\\\n/ d\ne",
		"AB\\ \t\nCD\\\f\v\nEF",
		"\"a\\\nb\\\\\nn\" '\\\\\n''",
		"+\\\n\\\n= <\\\n<\\\n= .\\\n5 1e\\\n+5 .\\\n.\\\n.",
		"L\\\n\"a\" u\\\n8\"b\" a \\\\\n b",
		"a\rb\r\nc\\\r\nd",
		"@ ` \\ a\\b",
		"a\\",
		"\ufeffa",
	} {
		cmd := exec.Command(gcc, "-E", "-P", "-w", "-undef", "-nostdinc", "-std=gnu11", "-x", "c", "-")
		cmd.Stdin = strings.NewReader(src + "\n")
		out, _ := cmd.Output() // gcc fails on stray characters, and prints them all the same
		if got, want := spellings(src), spellings(string(out)); got != want {
			t.Errorf("%q\n got %s\n gcc %s", src, got, want)
		}
	}
}

func spellings(src string) string {
	lx := Lex(src)
	var words []string
	for _, t := range lx.Tokens {
		words = append(words, Spelling(lx, t))
	}
	return strings.Join(words, " ")
}
