package fix

import (
	"slices"
	"testing"

	"abide/analysis/text"
)

func TestStyle(t *testing.T) {
	for _, tt := range []struct {
		src              string
		used             []string
		u32, s64, member string
	}{
		{"", nil, "__u32", "__s64", "__pad"},
		{"__u8 a; __u64 b; uint32_t c;", []string{"__pad", "__pad2"}, "__u32", "__s64", "__pad3"},
		{"uint8_t a; uint64_t b; __u32 c; int pad2;", nil, "uint32_t", "int64_t", "pad"},
		{"u8 a; u64 b; u32 reserved, reserved_1, pad;", []string{"reserved", "reserved_1"}, "u32", "s64", "reserved2"},
		{"u_int8_t a; struct padded p; int my_pad;", nil, "u_int32_t", "int64_t", "__pad"},
	} {
		s := StyleOf(text.New(tt.src))
		name := s.PadName(func(n string) bool { return slices.Contains(tt.used, n) })
		if s.Unsigned(32) != tt.u32 || s.Signed(64) != tt.s64 || name != tt.member {
			t.Errorf("%q: %s, %s, %s", tt.src, s.Unsigned(32), s.Signed(64), name)
		}
	}
}
