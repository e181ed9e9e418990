package cpp

import (
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"

	"abide/analysis/text"
)

// TestConcurrent preprocesses for several ABIs at once, while the text is
// edited, with one cache; and compares with results from scratch.
func TestConcurrent(t *testing.T) {
	names := []string{"gcc", "i686-linux-gnu-gcc", "aarch64-linux-gnu-gcc", "arm-linux-gnueabi-gcc"}
	const path = "/usr/include/linux/btrfs.h"
	content, err := os.ReadFile(path)
	if err != nil {
		t.Skip(err)
	}
	var configs []*Config
	for _, name := range names {
		configs = append(configs, findCompiler(t, name).config())
	}
	r := rand.New(rand.NewPCG(3, 4))
	cache, doc := new(Cache), text.New(string(content))
	results := make([]*Result, len(configs))
	var file *File
	for range number("ABIDE_EDITS", 20) {
		file = cache.File(path, doc, file)
		var wait sync.WaitGroup
		for i, cfg := range configs {
			wait.Go(func() {
				results[i] = cache.Preprocess(testDisk, cfg, file, results[i], nil)
				scratch := new(Cache)
				want := scratch.Preprocess(testDisk, cfg, scratch.File(path, doc, nil), nil, nil)
				if !slices.Equal(describe(results[i]), describe(want)) {
					t.Errorf("%s: not what it is from scratch", cfg.ABI.Name)
				}
			})
		}
		wait.Wait()
		doc = edit(r, doc)
	}
	shared, all := 0, 0
	first := map[*Segment]bool{}
	for i, result := range results {
		for seg := range result.Segments() {
			if i == 0 {
				first[seg] = true
			} else if all++; first[seg] {
				shared++
			}
		}
	}
	t.Logf("%d of %d segments of the other ABIs are those of the first", shared, all)
	if 2*shared < all {
		t.Error("hardly anything is shared")
	}
}
