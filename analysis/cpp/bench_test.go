package cpp

import (
	"os"
	"strings"
	"sync"
	"testing"

	"abide/analysis/internal/benchtest"
	"abide/analysis/text"
)

// benchDriver is a driver, how it is compiled, and its text.
func benchDriver(b *testing.B) (path string, content string, cfgs []*Config) {
	c := findCompiler(b, "gcc")
	cfg, _, ok := kernelConfig(c)
	if !ok {
		b.Skip("linux-headers-amd64 is not installed")
	}
	list := drivers(b)
	path = list[0]
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	cfg.SkipBodies = true
	cfgs = []*Config{cfg}
	for _, name := range []string{"i686-linux-gnu-gcc", "aarch64-linux-gnu-gcc", "arm-linux-gnueabi-gcc"} {
		other := *cfg
		other.ABI = findCompiler(b, name).abi
		cfgs = append(cfgs, &other)
	}
	return path, string(data), cfgs
}

// BenchmarkCold preprocesses a driver for one ABI with nothing in the caches
// but the files' contents.
func BenchmarkCold(b *testing.B) {
	path, content, cfgs := benchDriver(b)
	fs := Disk()
	b.ReportAllocs()
	defer benchtest.CPU(b)()
	tokens := 0
	for b.Loop() {
		cache := new(Cache)
		r := cache.Preprocess(fs, cfgs[0], cache.File(path, text.New(content), nil), nil, nil)
		tokens = 0
		for s := range r.Segments() {
			tokens += len(s.Tokens)
		}
	}
	b.ReportMetric(float64(tokens), "tokens")
}

// BenchmarkColdAll does it for all configurations, on two processors.
func BenchmarkColdAll(b *testing.B) {
	path, content, cfgs := benchDriver(b)
	fs := Disk()
	b.ReportAllocs()
	defer benchtest.CPU(b)()
	for b.Loop() {
		cache := new(Cache)
		file := cache.File(path, text.New(content), nil)
		var wait sync.WaitGroup
		for i := range 2 {
			wait.Go(func() {
				for k := i; k < len(cfgs); k += 2 {
					cache.Preprocess(fs, cfgs[k], file, nil, nil)
				}
			})
		}
		wait.Wait()
	}
}

// BenchmarkWarm does it for further ABIs.
func BenchmarkWarm(b *testing.B) {
	path, content, cfgs := benchDriver(b)
	fs := Disk()
	cache := new(Cache)
	main := cache.File(path, text.New(content), nil)
	for _, cfg := range cfgs {
		cache.Preprocess(fs, cfg, main, nil, nil)
	}
	b.ReportAllocs()
	defer benchtest.CPU(b)()
	i := 0
	for b.Loop() {
		cache.Preprocess(fs, cfgs[i%len(cfgs)], main, nil, nil)
		i++
	}
}

// BenchmarkEdit types a character into the driver, for all configurations in
// turn.
func BenchmarkEdit(b *testing.B) {
	path, content, cfgs := benchDriver(b)
	fs := Disk()
	cache := new(Cache)
	doc := text.New(content)
	file := cache.File(path, doc, nil)
	results := make([]*Result, len(cfgs))
	for i, cfg := range cfgs {
		results[i] = cache.Preprocess(fs, cfg, file, nil, nil)
	}
	at := strings.Index(content, ";\n\nstruct") + 1
	b.ReportAllocs()
	defer benchtest.CPU(b)()
	n := 0
	for b.Loop() {
		span := text.Span{Start: at, End: at}
		s := "/* x */"
		if n++; n%2 == 0 {
			span.End, s = at+len(s), ""
		}
		var err error
		if doc, err = doc.Apply(text.Edit{Span: span, New: s}); err != nil {
			b.Fatal(err)
		}
		file = cache.File(path, doc, file)
		for i, cfg := range cfgs {
			results[i] = cache.Preprocess(fs, cfg, file, results[i], nil)
		}
	}
}
