package layout

import (
	"strings"

	"abide/analysis/abi"
	"abide/analysis/decl"
)

// modes are the names that mode(…) takes: the size in bytes, and whether it is
// a floating or a complex one (gcc's machine modes).
var modes = map[string]struct {
	size           int64
	float, complex bool
}{
	"byte": {size: 1}, "QI": {size: 1}, "HI": {size: 2}, "SI": {size: 4}, "DI": {size: 8}, "TI": {size: 16},
	"HF": {2, true, false}, "SF": {4, true, false}, "DF": {8, true, false}, "XF": {12, true, false},
	"TF": {16, true, false}, "KF": {16, true, false}, "IF": {16, true, false},
	"SC": {8, true, true}, "DC": {16, true, true}, "XC": {24, true, true}, "TC": {32, true, true}, "KC": {32, true, true},
	"CQI": {2, false, true}, "CHI": {4, false, true}, "CSI": {8, false, true}, "CDI": {16, false, true},
}

// intModes are the integer types of a size, in the order of preference:
// signed, unsigned.
var intModes = [][2]abi.Kind{
	{abi.Int, abi.UInt},
	{abi.SChar, abi.UChar},
	{abi.Short, abi.UShort},
	{abi.Long, abi.ULong},
	{abi.LongLong, abi.ULongLong},
	{abi.Int128, abi.UInt128},
}

// intOfSize is the first integer type of a size in bytes; ok is false if the
// ABI has none.
func (e *Engine) intOfSize(size int64, unsigned bool) (k abi.Kind, ok bool) {
	for _, pair := range intModes {
		if e.ABI.Types[pair[0]].Size == size {
			if unsigned {
				return pair[1], true
			}
			return pair[0], true
		}
	}
	return 0, false
}

// floatOfMode is the floating type of a mode.
func (e *Engine) floatOfMode(name string, size int64) (k abi.Kind, ok bool) {
	candidates := []abi.Kind{abi.Float, abi.Double, abi.Float16, abi.LongDouble, abi.Float128}
	switch name[0] {
	case 'X': // the x87 format: 12 bytes on i386, 16 on x86_64
		if e.ABI.Arch != "x86" && e.ABI.Arch != "m68k" {
			return 0, false
		}
		return abi.LongDouble, true
	case 'T', 'K': // not the x87 format
		if e.ABI.Arch == "x86" || name[0] == 'K' {
			candidates = []abi.Kind{abi.Float128}
		}
	}
	for _, k := range candidates {
		if e.ABI.Types[k].Size == size {
			return k, true
		}
	}
	return 0, false
}

// withMode is what mode(name) makes of a type: signedness stays.
func (w *walk) withMode(t decl.Type, name string) (decl.Type, error) {
	r, err := w.resolve(t)
	if err != nil {
		return nil, err
	}
	if _, ok := r.(*decl.Pointer); ok {
		return r, nil // pointers have one mode only
	}
	unsigned := false
	switch r := r.(type) {
	case *decl.Basic:
		unsigned = w.unsigned(r.Kind)
	case *decl.EnumRef:
		s, err := w.shape(r)
		if err != nil {
			return nil, err
		}
		unsigned = w.unsigned(s.kind)
	default:
		return nil, errorf("mode '%s' applied to inappropriate type", name)
	}
	size := w.ABI.Types[abi.Pointer].Size
	m, known := modes[name]
	switch name {
	case "pointer":
	case "word", "unwind_word", "libgcc_cmp_return", "libgcc_shift_count":
		if w.ABI.Has(abi.Int128) { // 64-bit registers, whatever the size of pointers
			size = 8
		}
	default:
		if !known {
			return nil, errorf("unknown machine mode '%s'", name)
		}
		size = m.size
	}
	if m.complex {
		size /= 2
	}
	var k abi.Kind
	var ok bool
	if m.float {
		k, ok = w.floatOfMode(strings.TrimPrefix(name, "C"), size)
	} else {
		k, ok = w.intOfSize(size, unsigned)
	}
	if !ok {
		return nil, errorf("%s has no data type for mode '%s'", w.ABI.Name, name)
	}
	return &decl.Basic{Kind: k, Complex: m.complex}, nil
}
