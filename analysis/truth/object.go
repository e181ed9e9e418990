package truth

import (
	"bytes"
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"os"
	"slices"
)

// Object is a relocatable object file that a compiler wrote.
type Object struct {
	file *elf.File
	syms map[string]elf.Symbol
	list []elf.Symbol // by index - 1
}

// ReadObject reads an object file into memory.
func ReadObject(path string) (*Object, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := elf.NewFile(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	o := &Object{file: f, syms: map[string]elf.Symbol{}}
	if o.list, err = f.Symbols(); err != nil {
		return nil, fmt.Errorf("%s: reading symbols: %w", path, err)
	}
	for _, s := range o.list {
		if s.Name != "" {
			o.syms[s.Name] = s
		}
	}
	return o, nil
}

// BigEndian tells the object's byte order.
func (o *Object) BigEndian() bool { return o.file.Data == elf.ELFDATA2MSB }

// Bytes gives the initial value of a variable. It must need no relocation.
func (o *Object) Bytes(name string) ([]byte, error) {
	s, ok := o.syms[name]
	if !ok || int(s.Section) >= len(o.file.Sections) {
		return nil, fmt.Errorf("object has no variable %q", name)
	}
	sec := o.file.Sections[s.Section]
	if sec.Type == elf.SHT_NOBITS {
		return make([]byte, s.Size), nil
	}
	data, err := sec.Data()
	if err != nil {
		return nil, err
	}
	if s.Value+s.Size > uint64(len(data)) {
		return nil, fmt.Errorf("variable %q exceeds section %s", name, sec.Name)
	}
	return data[s.Value : s.Value+s.Size], nil
}

// Numbers gives the value of an array of unsigned long long.
func (o *Object) Numbers(name string) ([]uint64, error) {
	b, err := o.Bytes(name)
	if err != nil {
		return nil, err
	}
	var out []uint64
	for ; len(b) >= 8; b = b[8:] {
		out = append(out, o.file.ByteOrder.Uint64(b))
	}
	return out, nil
}

// word32 lists, for each machine, the relocation types that store a 32-bit
// absolute value. Debug information refers to its strings, abbreviations and
// line tables by those. Wider ones are addresses of code, which layouts do not
// need.
var word32 = map[elf.Machine][]uint32{
	elf.EM_386:         {1},
	elf.EM_X86_64:      {10},
	elf.EM_ARM:         {2},
	elf.EM_AARCH64:     {258},
	elf.EM_PPC:         {1},
	elf.EM_PPC64:       {1},
	elf.EM_MIPS:        {2},
	elf.EM_68K:         {1},
	elf.EM_S390:        {4},
	elf.EM_SPARC:       {3, 23},
	elf.EM_SPARC32PLUS: {3, 23},
	elf.EM_SPARCV9:     {3, 23},
	elf.EM_PARISC:      {1, 65},
	elf.EM_SH:          {1},
	emAlpha:            {1},
	elf.EM_RISCV:       {1},
	emARCv2:            {4},
	elf.EM_QDSP6:       {6},
	elf.EM_LOONGARCH:   {1},
}

// Machine numbers that debug/elf has no name for.
const (
	emAlpha elf.Machine = 0x9026
	emARCv2 elf.Machine = 195
)

// section gives a debug section with its relocations applied.
func (o *Object) section(name string) ([]byte, error) {
	index := -1
	for i, s := range o.file.Sections {
		if s.Name == name {
			index = i
			break
		}
	}
	if index < 0 {
		return nil, nil
	}
	raw, err := o.file.Sections[index].Data()
	if err != nil {
		return nil, err
	}
	data := bytes.Clone(raw)
	for _, r := range o.file.Sections {
		if r.Type != elf.SHT_RELA && r.Type != elf.SHT_REL || int(r.Info) != index {
			continue
		}
		table, err := r.Data()
		if err != nil {
			return nil, err
		}
		o.relocate(data, table, r.Type == elf.SHT_RELA)
	}
	return data, nil
}

// relocate applies a relocation section's 32-bit relocations. REL ones keep
// their addend in place; so do SuperH's RELA ones.
func (o *Object) relocate(data, table []byte, rela bool) {
	bo := o.file.ByteOrder
	inPlace := !rela || o.file.Machine == elf.EM_SH
	word := 8
	if o.file.Class == elf.ELFCLASS32 {
		word = 4
	}
	size := 2 * word
	if rela {
		size = 3 * word
	}
	for ; len(table) >= size; table = table[size:] {
		var off, sym, typ uint32
		var value uint64
		if word == 4 {
			info := bo.Uint32(table[4:])
			off, sym, typ = bo.Uint32(table), info>>8, info&0xff
			if rela {
				value = uint64(bo.Uint32(table[8:]))
			}
		} else {
			off = uint32(bo.Uint64(table))
			sym, typ = o.info64(table[8:16])
			if rela {
				value = bo.Uint64(table[16:])
			}
		}
		if !slices.Contains(word32[o.file.Machine], typ) || int(off)+4 > len(data) {
			continue
		}
		if sym > 0 && int(sym) <= len(o.list) {
			value += o.list[sym-1].Value
		}
		if inPlace {
			value += uint64(bo.Uint32(data[off:]))
		}
		bo.PutUint32(data[off:], uint32(value))
	}
}

// info64 takes a 64-bit r_info apart. MIPS packs a 32-bit symbol, a special
// symbol and three types, in that order in memory; SPARC keeps only the low
// byte of the type for the type.
func (o *Object) info64(b []byte) (sym, typ uint32) {
	bo := o.file.ByteOrder
	switch o.file.Machine {
	case elf.EM_MIPS:
		return bo.Uint32(b), uint32(b[7])
	case elf.EM_SPARCV9:
		v := bo.Uint64(b)
		return uint32(v >> 32), uint32(v & 0xff)
	}
	v := bo.Uint64(b)
	return uint32(v >> 32), uint32(v)
}

// dwarf gives the object's debug information.
func (o *Object) dwarf() (*dwarf.Data, error) {
	get := map[string][]byte{}
	for _, n := range []string{"abbrev", "info", "line", "ranges", "str", "line_str", "str_offsets", "addr", "rnglists"} {
		b, err := o.section(".debug_" + n)
		if err != nil {
			return nil, fmt.Errorf("reading .debug_%s: %w", n, err)
		}
		get[n] = b
	}
	d, err := dwarf.New(get["abbrev"], nil, nil, get["info"], get["line"], nil, get["ranges"], get["str"])
	if err != nil {
		return nil, err
	}
	for _, n := range []string{"line_str", "str_offsets", "addr", "rnglists"} {
		if err := d.AddSection(".debug_"+n, get[n]); err != nil {
			return nil, err
		}
	}
	return d, nil
}
