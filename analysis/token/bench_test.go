package token

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// realHeaders is a good part of the installed UAPI headers as one text.
func realHeaders(b *testing.B) string {
	files, _ := filepath.Glob("/usr/include/linux/*.h")
	if len(files) == 0 {
		b.Skip("no headers in /usr/include/linux")
	}
	var all []byte
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, data...)
	}
	return string(all)
}

func BenchmarkLex(b *testing.B) {
	src := realHeaders(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = len(Lex(src).Tokens)
	}
	b.ReportMetric(float64(len(src))/float64(n), "bytes/token")
}

func BenchmarkIntern(b *testing.B) {
	for b.Loop() {
		Intern("copy_from_user")
	}
}

const mapEntries = 40000

func mapKeys() []Sym {
	keys := make([]Sym, mapEntries)
	for i := range keys {
		keys[i] = Intern(fmt.Sprintf("MACRO_%d", i))
		Intern(fmt.Sprintf("word_%d", i)) // macros are some of the symbols only
	}
	return keys
}

func BenchmarkMap(b *testing.B) {
	keys := mapKeys()
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			e := Map[*int]{}.Edit()
			for _, k := range keys {
				e.Set(k, nil)
			}
			e.Done()
		}
	})
	b.Run("build-go", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m := map[Sym]*int{}
			for _, k := range keys {
				m[k] = nil
			}
		}
	})
	e := Map[*int]{}.Edit()
	for _, k := range keys {
		e.Set(k, nil)
	}
	m := e.Done()
	b.Run("get", func(b *testing.B) {
		i := 0
		for b.Loop() {
			m.Get(keys[i%len(keys)])
			i += 7919
		}
	})
	b.Run("set-one", func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			e := m.Edit()
			e.Set(keys[i%len(keys)], nil)
			e.Done()
			i += 7919
		}
	})
}
