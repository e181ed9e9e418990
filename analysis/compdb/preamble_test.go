package compdb

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A header that includes nothing of its project has before it what its includer
// has.
func TestPreamble(t *testing.T) {
	dir := tree(t, `-- card/card.c --
#include <linux/module.h>
#include "types.h"
#include "private.h"
#include "missing.h"
#include "../common/words.h"
#include "card.h"
#include "last.h"
-- card/card.h --
-- card/types.h --
-- card/private.h --
#include "inner.h"
-- card/inner.h --
#include "card.h"
-- card/last.h --
-- card/alone.h --
-- common/words.h --
`)
	const record = "/* #include nothing */\nstruct card { CARD_WORD a; };\n"
	for _, tt := range []struct{ name, text, want string }{
		{"card.h", record, "card/types.h common/words.h"}, // private.h would include it
		{"last.h", record, "card/types.h card/private.h common/words.h card/card.h"},
		{"last.h", "#include <linux/types.h>\n" + record, "card/types.h card/private.h common/words.h card/card.h"},
		{"last.h", "#include \"types.h\"\n" + record, ""},
		{"last.h", record + "#include \"more.h\"\n", "card/types.h card/private.h common/words.h card/card.h"},
		{"last.h", "#define LAST 1\n", ""},
		{"types.h", record, ""}, // comes first
		{"alone.h", record, ""},
		{"card.c", record, ""},
	} {
		var db DB
		cmd, _, err := db.FindText(filepath.Join(dir, "card", tt.name), tt.text, "")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for w := range strings.FieldsSeq(tt.want) {
			want = append(want, filepath.Join(dir, w))
		}
		if !slices.Equal(cmd.Forced, want) {
			t.Errorf("%s: %v stand before it, want %v", tt.name, cmd.Forced, want)
		}
	}
}
