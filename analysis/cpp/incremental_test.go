package cpp

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"abide/analysis/text"
	"abide/analysis/token"
)

// snippets are what the random typist knows besides what is there.
var snippets = []string{
	"{", "}", "(", ")", ";", ",", "\n", "\n\n", " ", "x", "\"", "'", "/*", "*/", "//", "\\\n", "#", "##", "<", ">",
	"#if 1\n", "\n#if 0\n", "\n#else\n", "\n#endif\n", "\n#elif X\n", "\n#ifdef __LP64__\n", "\n#define X 1\n", "\n#define F(a, ...) a #a\n", "\n#undef X\n",
	"\n#define __u64 long\n", "\n#include <linux/types.h>\n", "\n#include \"missing.h\"\n", "\n#pragma pack(1)\n", "\n#pragma once\n",
	"F(", "F(1)", " X ", "__LINE__", "__COUNTER__", "__FILE__", "_Pragma(\"x\")", "_IOWR('M', 1, int)", "\n#line 7\n", "\n#error no\n",
	"\nstruct s { int a; };\n", "R\"(", ")\"", "\r\n", "\n#pragma push_macro(\"X\")\n", "\n#pragma pop_macro(\"X\")\n", "__u32", "\n#if F(\n", "\n#define F F(",
}

// edit makes a random change.
func edit(r *rand.Rand, f *text.File) *text.File {
	n := f.Len()
	at := r.IntN(n + 1)
	e := text.Edit{Span: text.Span{Start: at, End: at}}
	switch r.IntN(6) {
	case 0:
		e.Span.End = min(n, at+1+r.IntN(3))
	case 1:
		e.Span.End = min(n, at+r.IntN(200))
	case 2: // a copy of another place
		from := r.IntN(n + 1)
		e.New = f.Content()[from:min(n, from+r.IntN(300))]
	default:
		e.New = snippets[r.IntN(len(snippets))]
	}
	next, err := f.Apply(e)
	if err != nil {
		panic(err)
	}
	return next
}

// describe writes all that a result says.
func describe(r *Result) []string {
	var list []string
	for seg := range r.Segments() {
		for i := range seg.Tokens {
			t := &seg.Tokens[i]
			where, inBody := r.Place(t)
			spelled, ok := r.Loc(t)
			list = append(list, fmt.Sprint(t.Kind, t.Text(), where, inBody, spelled, ok, r.InMain(t)))
		}
	}
	for _, inc := range r.Includes() {
		list = append(list, fmt.Sprint("include", inc))
	}
	for _, p := range r.Problems() {
		list = append(list, fmt.Sprint("problem", p))
	}
	for _, m := range r.MainMacros() {
		where, ok := r.MacroLoc(m)
		list = append(list, fmt.Sprint("macro", m.Name, where, ok))
	}
	return list
}

// number reads a setting of the test run.
func number(name string, byDefault int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return byDefault
}

// TestIncremental edits at random, and compares the result that builds on the
// one before with the result from scratch.
func TestIncremental(t *testing.T) {
	edits, shift := number("ABIDE_EDITS", 100), number("ABIDE_SEED", 0)
	c := findCompiler(t, "gcc")
	arm := findCompiler(t, "arm-linux-gnueabi-gcc")
	corners := archive(t, "testdata/corners.txtar")
	for seed, path := range []string{
		"/usr/include/linux/f2fs.h", "/usr/include/linux/btrfs.h", "testdata/module.c", "kernel.c", "builtins.c", "pragma.c", "directives-in-args.c", "conditions.c",
	} {
		t.Run(path, func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed+shift), 1))
			content, ok := corners[path]
			if !ok {
				data, err := os.ReadFile(path)
				if err != nil {
					t.Skip(err)
				}
				content = string(data)
			}
			cache := new(Cache)
			configs := []*Config{c.config(), arm.config()}
			edits := edits
			if kernel, _, ok := kernelConfig(c); ok && path == "testdata/module.c" {
				edits = max(10, edits/20)
				configs[0] = kernel
			}
			configs[1].SkipBodies = true
			prev := make([]*Result, len(configs))
			doc := text.New(content)
			versions := []*text.File{doc}
			var file *File
			for n := range edits {
				file = cache.File(path, doc, file)
				scratch := new(Cache)
				for i, cfg := range configs {
					prev[i] = cache.Preprocess(testDisk, cfg, file, prev[i], nil)
					if (n+i)%2 == 0 {
						continue
					}
					want := describe(scratch.Preprocess(testDisk, cfg, scratch.File(path, text.New(doc.Content()), nil), nil, nil))
					if got := describe(prev[i]); !slices.Equal(got, want) {
						for k := range max(len(got), len(want)) {
							if k >= len(got) || k >= len(want) || got[k] != want[k] {
								t.Fatalf("edit %d, config %d, item %d:\n got %s\nwant %s", n, i, k,
									strings.Join(got[max(0, min(k-1, len(got))):min(k+3, len(got))], "\n     "), strings.Join(want[max(0, min(k-1, len(want))):min(k+3, len(want))], "\n     "))
							}
						}
					}
				}
				if r.IntN(5) == 0 && len(versions) > 1 {
					doc = versions[r.IntN(len(versions))]
				} else {
					doc = edit(r, doc)
				}
				versions = append(versions, doc)
			}
		})
	}
}

// TestSections checks that lexing section by section is lexing the whole.
func TestSections(t *testing.T) {
	for _, path := range []string{"testdata/corners.txtar", "testdata/module.c", "/usr/include/linux/btrfs.h"} {
		t.Run(path, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			data, err := os.ReadFile(path)
			if err != nil {
				t.Skip(err)
			}
			doc := text.New(string(data))
			cache := new(Cache)
			var file *File
			for n := range number("ABIDE_EDITS", 300) {
				file = cache.File("x.c", doc, file)
				if i := sectionsDiffer(file); i != "" {
					t.Fatalf("edit %d: %s", n, i)
				}
				if n == 0 && file.joined() == nil {
					t.Error("the sections are of no use")
				}
				doc = edit(r, doc)
			}
		})
	}
}

// TestLexed puts texts together that the lexer, but not the cutter, reads on
// over the end of a section, and some that begin or end in a special way.
func TestLexed(t *testing.T) {
	const include = "#include <a.h>\n"
	for _, src := range []string{
		"", "\n", "\\\n", "a", " a", "\ufeffa", "\ufeff a", "/* */a", "// a", "\\", "a \\\n",
		include, include + "a", " " + include + "// b", include + include, "\\\n" + include + "\\\n" + include,
		include + "/* open", include + "R\"(open\nR\"(x)\"", include + "\ufeffa",
		"R\"bad bad(\n" + include + "R\"x(\n)x\"",
		"’R\"(\n" + include + ")\"",
		"1.R\"(x\" /* )\"\n" + include + "*/ a",
		"/* a */ // b \\\n c\n" + include + "\"open\n" + include + "a\\\n#b\n",
	} {
		if s := sectionsDiffer(new(Cache).File("x.c", text.New(src), nil)); s != "" {
			t.Errorf("%q: %s", src, s)
		}
	}
}

// TestCode checks that Code leaves directives out, and nothing else.
func TestCode(t *testing.T) {
	const src = "a /* \n */ b\n #define x \\\n y\n%:if z\nc #d\n#include <e>\nf # g"
	var got []string
	for run := range new(Cache).File("x.c", text.New(src), nil).Code() {
		for _, tok := range run {
			got = append(got, tok.Sym.String())
		}
	}
	if got := strings.Join(got, " "); got != "a b c # d f # g" {
		t.Error(got)
	}
}

// sectionsDiffer tells what differs between a file's sections put together
// and the whole text.
func sectionsDiffer(file *File) string {
	for i := range file.sections {
		if file.bases[i] != 0 && file.bases[i] == file.bases[i-1] {
			return "empty section"
		}
	}
	joined, whole := file.joined(), token.Lex(file.Text.Content())
	if joined == nil {
		joined = file.Lexed()
	}
	for i := range max(len(joined.Tokens), len(whole.Tokens)) {
		if i >= len(joined.Tokens) || i >= len(whole.Tokens) || joined.Tokens[i] != whole.Tokens[i] {
			return fmt.Sprintf("token %d: %v %v", i, joined.Tokens[min(i, len(joined.Tokens)-1)], whole.Tokens[min(i, len(whole.Tokens)-1)])
		}
	}
	if !slices.Equal(joined.Comments, whole.Comments) || joined.OpenComment != whole.OpenComment || joined.OpenRaw != whole.OpenRaw || joined.Text != whole.Text {
		return fmt.Sprintf("comments %v %v, open %d %d, raw %t %t", joined.Comments, whole.Comments,
			joined.OpenComment, whole.OpenComment, joined.OpenRaw, whole.OpenRaw)
	}
	return ""
}
