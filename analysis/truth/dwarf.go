package truth

import (
	"debug/dwarf"
	"fmt"
	"math"
	"strings"
)

// die is one debugging information entry, as far as layouts need it.
type die struct {
	tag      dwarf.Tag
	name     string
	typ      dwarf.Offset
	size     int64 // bytes; -1 if not given
	bits     int64 // DW_AT_bit_size; -1 if not given
	dataBit  int64 // DW_AT_data_bit_offset
	bitOff   int64 // DW_AT_bit_offset, DWARF 3's; may be negative, noBit if not given
	loc      int64 // DW_AT_data_member_location, bytes
	count    int64 // of a subrange; -1 if it has none
	file     string
	line     int
	declared bool // DW_AT_declaration
	local    bool
	kids     []*die
	record   *Record
}

// noBit marks an attribute that is not there.
const noBit = math.MinInt64

// records reads DWARF into Records.
type records struct {
	dies    map[dwarf.Offset]*die
	order   []*die
	pointer int64
	big     bool
}

// Records lists the records that the object's debug information names: those
// with a tag, and untagged ones that a typedef names, each once, in the order
// of the text.
func (o *Object) Records() ([]*Record, error) {
	d, err := o.dwarf()
	if err != nil {
		return nil, fmt.Errorf("reading debug information: %w", err)
	}
	rs := &records{dies: map[dwarf.Offset]*die{}, big: o.BigEndian()}
	if err := rs.read(d); err != nil {
		return nil, fmt.Errorf("reading debug information: %w", err)
	}
	return rs.named()
}

// read loads all entries.
func (rs *records) read(d *dwarf.Data) error {
	r := d.Reader()
	var stack []*die
	var files []*dwarf.LineFile
	for {
		e, err := r.Next()
		if err != nil {
			return err
		}
		if e == nil {
			return nil
		}
		if e.Tag == 0 {
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
			continue
		}
		if e.Tag == dwarf.TagCompileUnit {
			rs.pointer = int64(r.AddressSize())
			files = nil
			if lr, err := d.LineReader(e); err == nil && lr != nil {
				files = lr.Files()
			}
		}
		n := newDie(e, files)
		rs.dies[e.Offset] = n
		rs.order = append(rs.order, n)
		if len(stack) > 0 {
			up := stack[len(stack)-1]
			up.kids = append(up.kids, n)
			n.local = up.local || up.tag == dwarf.TagSubprogram
		}
		if e.Children {
			stack = append(stack, n)
		}
	}
}

func newDie(e *dwarf.Entry, files []*dwarf.LineFile) *die {
	n := &die{tag: e.Tag, size: -1, bits: -1, dataBit: -1, bitOff: noBit, count: -1}
	for _, f := range e.Field {
		switch v := f.Val.(type) {
		case string:
			if f.Attr == dwarf.AttrName {
				n.name = v
			}
		case dwarf.Offset:
			if f.Attr == dwarf.AttrType {
				n.typ = v
			}
		case bool:
			if f.Attr == dwarf.AttrDeclaration {
				n.declared = v
			}
		case int64:
			n.number(f.Attr, v, files)
		}
	}
	return n
}

func (n *die) number(a dwarf.Attr, v int64, files []*dwarf.LineFile) {
	switch a {
	case dwarf.AttrByteSize:
		n.size = v
	case dwarf.AttrBitSize:
		n.bits = v
	case dwarf.AttrDataBitOffset:
		n.dataBit = v
	case dwarf.AttrBitOffset:
		n.bitOff = v
	case dwarf.AttrDataMemberLoc:
		n.loc = v
	case dwarf.AttrCount:
		n.count = v
	case dwarf.AttrUpperBound:
		n.count = v + 1
	case dwarf.AttrDeclLine:
		n.line = int(v)
	case dwarf.AttrDeclFile:
		if v >= 0 && int(v) < len(files) && files[v] != nil {
			n.file = files[v].Name
		}
	}
}

func (n *die) isRecord() bool {
	return (n.tag == dwarf.TagStructType || n.tag == dwarf.TagUnionType) && !n.declared
}

// named makes Records of what has a name.
func (rs *records) named() ([]*Record, error) {
	var out []*Record
	for _, n := range rs.order {
		if n.tag == dwarf.TagTypedef {
			if t := rs.dies[n.typ]; t != nil && t.isRecord() && t.name == "" {
				rec, err := rs.record(t)
				if err != nil {
					return nil, err
				}
				if rec.Name == "" {
					rec.Name = n.name
					out = append(out, rec)
				}
			}
		}
		if n.isRecord() && n.name != "" && !strings.HasSuffix(n.file, "<built-in>") {
			rec, err := rs.record(n)
			if err != nil {
				return nil, err
			}
			out = append(out, rec)
		}
	}
	return out, nil
}

func (rs *records) record(n *die) (*Record, error) {
	if n.record != nil {
		return n.record, nil
	}
	rec := &Record{Union: n.tag == dwarf.TagUnionType, Size: max(n.size, 0), File: n.file, Line: n.line, Local: n.local}
	if n.name != "" {
		rec.Name = "struct " + n.name
		if rec.Union {
			rec.Name = "union " + n.name
		}
	}
	n.record = rec
	for _, m := range n.kids {
		if m.tag != dwarf.TagMember {
			continue
		}
		f, err := rs.field(m, rec.Union)
		if err != nil {
			return nil, fmt.Errorf("%s (%s:%d), member %s: %w", rec.Name, n.file, n.line, m.name, err)
		}
		rec.Fields = append(rec.Fields, f)
	}
	return rec, nil
}

func (rs *records) field(m *die, union bool) (Field, error) {
	f := Field{Name: m.name, Bitfield: m.bits >= 0}
	size, sub, err := rs.sizeOf(m.typ, 0)
	if err != nil {
		return f, err
	}
	f.BitSize, f.BitOffset, f.Record = size*8, m.loc*8, sub
	if !f.Bitfield {
		return f, nil
	}
	f.BitSize = m.bits
	switch {
	case union:
		// gcc 12 gives a nonsense offset where the type is bigger than its
		// alignment; a union's members all start at 0.
		f.BitOffset = 0
	case m.dataBit >= 0:
		f.BitOffset = m.dataBit
	case m.bitOff != noBit:
		// DWARF 3: from the storage unit's most significant bit.
		unit := size
		if m.size >= 0 {
			unit = m.size
		}
		if rs.big {
			f.BitOffset = m.loc*8 + m.bitOff
		} else {
			f.BitOffset = m.loc*8 + unit*8 - m.bitOff - m.bits
		}
	}
	return f, nil
}

// sizeOf gives a type's size in bytes, and the record that it is or holds.
func (rs *records) sizeOf(off dwarf.Offset, depth int) (int64, *Record, error) {
	t := rs.dies[off]
	if t == nil || depth > 100 {
		return 0, nil, fmt.Errorf("type at %#x has no size", off)
	}
	switch t.tag {
	case dwarf.TagTypedef, dwarf.TagConstType, dwarf.TagVolatileType, dwarf.TagRestrictType, dwarf.Tag(0x47): // DW_TAG_atomic_type
		return rs.sizeOf(t.typ, depth+1)
	case dwarf.TagPointerType:
		if t.size >= 0 {
			return t.size, nil, nil
		}
		return rs.pointer, nil, nil
	case dwarf.TagStructType, dwarf.TagUnionType:
		rec, err := rs.record(t)
		return max(t.size, 0), rec, err
	case dwarf.TagArrayType:
		size, rec, err := rs.sizeOf(t.typ, depth+1)
		for _, k := range t.kids {
			if k.tag == dwarf.TagSubrangeType {
				size *= max(k.count, 0)
			}
		}
		return size, rec, err
	}
	if t.size < 0 {
		return 0, nil, fmt.Errorf("%s has no size", t.tag)
	}
	return t.size, nil, nil
}
