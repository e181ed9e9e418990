package compdb

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Without a command, the headers of a file's own project are found from where
// the file lies.
func TestSurroundings(t *testing.T) {
	dir := tree(t, `-- far/include/far.h --
-- far/project/.git/HEAD --
-- far/project/include/acme/api.h --
-- far/project/src/card/card.h --
-- far/project/src/card/include/card.h --
-- far/module/Makefile --
obj-m := card.o
ccflags-y := -I$(SOMEWHERE)/include
-- far/module/include/card.h --
-- far/module/src/card.c --
-- far/flags/compile_flags.txt --
-DX
-- far/flags/include/card.h --
-- far/flags/card.c --
`)
	for _, tt := range []struct{ path, want string }{
		{"far/project/src/card/card.h", "far/project/src/card/include far/project/src/card far/project/src far/project/include far/project"},
		{"far/module/src/card.c", "far/module/src far/module/include far/module far/include far"},
		{"far/flags/card.c", ""}, // says itself where they are
	} {
		var db DB
		cmd, _, err := db.Find(filepath.Join(dir, tt.path), "")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for w := range strings.FieldsSeq(tt.want) {
			want = append(want, filepath.Join(dir, w))
		}
		got := slices.DeleteFunc(slices.Clone(cmd.After), func(d string) bool { return !strings.HasPrefix(d, filepath.Join(dir, "far")) })
		if !slices.Equal(got, want) {
			t.Errorf("%s: headers are looked for in %v, want %v", tt.path, got, want)
		}
	}
	for _, path := range []string{"/usr/include/linux/a.h", "/usr/arm-linux-gnueabi/include/a.h", "/x/usr/include/x86_64-linux-gnu/sys/a.h", "/x/arch/arm/include/asm/a.h"} {
		if dirs := surroundings(path); dirs != nil {
			t.Errorf("%s: %v may be another architecture's", path, dirs)
		}
	}
}
