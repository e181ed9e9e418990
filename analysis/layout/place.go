package layout

import (
	"abide/analysis/decl"
)

// placer gives the members of one record their places, in gcc's way
// (stor-layout.c): a byte offset that advances in units of the largest
// alignment, and a bit position within the unit. All figures are in bits.
type placer struct {
	*walk
	outer  *placer // of the record that asked for this one
	layout *Layout
	packed bool
	ms     bool // by the rules of Microsoft's compilers
	last   bool // the member being placed is the last
	user   bool

	limit     int64 // what #pragma pack or -fpack-struct=n allow; 0 for no limit
	baseLimit int64 // what -fpack-struct=n alone allows
	align     int64 // of the record, so far
	unit      int64
	offset    int64 // a multiple of unit, but for what is larger than it
	bit       int64 // the place behind the last member is offset+bit

	// ms only: the bit-field that a run of equal sizes began with, and what is
	// left of its type.
	run  *member
	left int64
	// The mode of the member that is as large as the record, if there is one;
	// and whether all members have one.
	whole   mode
	movable bool
}

func (w *walk) newPlacer(r *decl.Record) (*placer, error) {
	p := &placer{walk: w, outer: w.inside, packed: r.Attrs.Packed, align: 8, movable: true}
	w.inside = p // its attributes may ask for its own size
	p.layout = &Layout{Record: r, ABI: w.ABI, BigEndian: w.ABI.BigEndian}
	if n := len(r.Fields); n > 0 {
		p.layout.Fields = make([]Field, 0, n)
	}
	switch n := w.Flags.PackStruct; {
	case n == 1:
		p.packed = true
	case n > 1:
		p.baseLimit = 8 * n
	}
	p.limit = p.baseLimit
	switch {
	case w.Flags.PackStruct == 1: // the bare flag turns the pragma off
	case r.Pack > 0:
		p.limit = 8 * r.Pack
	case r.Pack < 0: // #pragma pack(0) lifts what -fpack-struct=n allows, too
		p.limit = 0
	}
	if w.ABI.Bits.MSStruct {
		p.ms = r.Attrs.MSStruct || w.Flags.MSBits && w.ABI.Arch == "x86" && !r.Attrs.GCCStruct
	}
	for i := range r.Attrs.Aligned {
		n, err := w.requestedAlign(&r.Attrs.Aligned[i])
		if err != nil {
			return p, err
		}
		if n > 0 { // the last request counts
			p.align, p.user = 8*n, true
		}
	}
	p.unit = max(p.align, 8*w.ABI.MaxAlign)
	if !p.packed {
		least := 8 * w.ABI.MinRecordAlign
		if p.limit > 0 {
			least = min(least, p.limit)
		}
		p.align = max(p.align, least)
	}
	switch r.Attrs.ScalarOrder {
	case "big-endian":
		p.layout.BigEndian = true
	case "little-endian":
		p.layout.BigEndian = false
	}
	if p.layout.BigEndian != w.ABI.BigEndian {
		p.note("scalar_storage_order: members are stored " + r.Attrs.ScalarOrder)
	}
	if r.Attrs.RandomizeLayout {
		p.note("randomize_layout: a kernel with CONFIG_RANDSTRUCT shuffles the members")
	}
	return p, nil
}

func (p *placer) note(text string) { p.layout.Notes = append(p.layout.Notes, text) }

// normalize moves whole units from the bit position to the offset.
func (p *placer) normalize() {
	p.offset += p.bit / p.unit * p.unit
	p.bit %= p.unit
}

// skipTo advances to a multiple of an alignment.
func (p *placer) skipTo(align int64) {
	if align < p.unit {
		p.bit = roundUp(p.bit, align)
		return
	}
	p.offset = roundUp(p.offset+roundUp(p.bit, 8), align)
	p.bit = 0
}

func roundUp(n, align int64) int64 { return (n + align - 1) / align * align }

// maxBits is the largest record, in bits.
const maxBits = 8 * maxObject

// add places one field.
func (p *placer) add(f *decl.Field) error {
	if f.Anonymous() && !p.declares(f.Type) {
		return nil
	}
	m, err := p.member(f)
	if err != nil {
		return err
	}
	var at, demand int64
	if p.layout.Record.Union {
		demand = p.demandOf(&m, 0)
		p.offset = max(p.offset, roundUp(m.bits(), 8))
	} else {
		if at, demand = p.advance(&m); at > maxBits-m.bits() {
			return errorf("the record is too large")
		}
	}
	field := Field{Decl: f, BitOffset: at, BitSize: m.bits(), Bitfield: m.bitfield(), Align: demand / 8}
	switch m.shape.sort {
	case isFlexible:
		field.Flexible, field.Elem = true, m.shape.rec
	case isArray:
		field.Elem = m.shape.rec
		field.Flexible = zeroLength(m.shape, p.walk, f.Type)
	case isRecord:
		field.Sub = m.shape.rec
	}
	if field.Bitfield {
		field.Align = 0
	}
	p.layout.Fields = append(p.layout.Fields, field)
	p.noteMode(&m)
	return nil
}

// fieldsOf lists the declarations of a record that may be members.
func (w *walk) fieldsOf(r *decl.Record) []*decl.Field {
	if !w.Flags.MSExtensions || len(r.Embedded) == 0 {
		return r.Fields
	}
	var all []*decl.Field
	at := 0
	for _, e := range r.Embedded {
		before := max(at, min(e.Before, len(r.Fields)))
		all = append(append(all, r.Fields[at:before]...), e.Field)
		at = before
	}
	return append(all, r.Fields[at:]...)
}

// declares tells whether a type alone is an anonymous member: a record without
// a tag is; `struct tag;` and `name_t;` are only with Microsoft's extensions.
func (w *walk) declares(t decl.Type) bool {
	for {
		a, ok := t.(*decl.Attributed)
		if !ok {
			break
		}
		t = a.Type
	}
	if r, ok := t.(*decl.RecordRef); ok {
		return r.Tag == 0 || w.Flags.MSExtensions
	}
	if !w.Flags.MSExtensions {
		return false
	}
	r, err := w.resolve(t)
	_, record := r.(*decl.RecordRef)
	return err == nil && record
}

// zeroLength tells whether a type is T[0], which older code writes for T[].
func zeroLength(s shape, w *walk, t decl.Type) bool {
	if s.size != 0 {
		return false
	}
	r, err := w.resolve(t)
	if err != nil {
		return false
	}
	a, ok := r.(*decl.Array)
	if !ok || a.Len == nil {
		return false
	}
	n, err := w.bound(a.Len)
	return err == nil && n == 0
}

// demandOf is the alignment that a member needs, which the record gets, too.
func (p *placer) demandOf(m *member, known int64) int64 {
	demand, user := p.demand(m, known)
	switch {
	case p.ms:
		p.alignMS(m, demand)
	case m.bitfield() && p.ABI.Bits.TypeMatters:
		// A named bit-field gives the record the alignment of its type.
		if m.decl.Name == 0 && !p.ABI.Bits.UnnamedAlign {
			break
		}
		t := p.typeAlign(m)
		switch {
		case m.width == 0:
			if p.baseLimit > 0 {
				t = min(t, p.baseLimit)
			}
		case p.limit > 0:
			t = min(t, p.limit)
		case m.packed:
			t = min(t, 8)
		}
		p.align = max(p.align, demand, t)
		user = user || m.shape.user
	default:
		p.align = max(p.align, demand)
	}
	p.user = p.user || user
	return demand
}

// advance finds a member's place in a struct and moves behind it.
func (p *placer) advance(m *member) (at, demand int64) {
	known := lowestBit(p.bit)
	if known == 0 {
		known = lowestBit(p.offset)
	}
	demand = p.demandOf(m, known)
	if known == 0 {
		known = max(8*p.ABI.MaxAlign, p.align)
	}
	if known < demand && (!p.ms || p.run == nil) {
		p.skipTo(demand)
	}
	if m.bitfield() && !p.ms && p.ABI.Bits.TypeMatters && p.limit == 0 && m.width > 0 && !p.asInteger(m, known) {
		// It may not span more units of its type's alignment than its type does.
		if t := p.typeAlign(m); !m.packed {
			if p.spans(m, t) {
				p.bit = roundUp(p.bit, t)
			}
			p.user = p.user || m.shape.user
		}
	}
	if p.ms {
		p.advanceMS(m, known, demand)
	}
	p.normalize()
	at = p.offset + p.bit
	if p.ms && p.run == nil && m.bitfield() {
		p.begin(m)
	}
	p.bit += m.bits()
	if p.ms && p.last && m.bitfield() && m.width > 0 {
		p.bit += p.left
	}
	p.normalize()
	return at, demand
}

// asInteger tells whether a bit-field is placed like a plain integer: it is as
// wide as one and its place is fit for one.
func (p *placer) asInteger(m *member, known int64) bool {
	a := p.integerAlign(m.width)
	return a > 0 && (a == 8 || !m.packed) && known >= a
}

// spans tells whether a bit-field here would span more units of an alignment
// than its type has.
func (p *placer) spans(m *member, align int64) bool {
	start := (p.offset + p.bit) % align
	return (start+m.width+align-1)/align > 8*m.shape.size/align
}

func lowestBit(n int64) int64 { return n & -n }

// finish rounds the size and finds the holes.
func (p *placer) finish() error {
	l := p.layout
	end := p.offset + p.bit
	if end > maxBits-p.align {
		return errorf("the record is too large")
	}
	l.Size = roundUp(end, p.align) / 8
	l.Align = p.align / 8
	if l.Size > p.maxSize {
		return errorf("the record is too large")
	}
	covered := int64(0)
	for i := range l.Fields {
		f := &l.Fields[i]
		if !l.Record.Union && f.BitOffset > covered {
			l.Holes = append(l.Holes, Hole{BitOffset: covered, BitSize: f.BitOffset - covered, After: i - 1})
		}
		covered = max(covered, f.BitOffset+f.BitSize)
	}
	l.TailBits = 8*l.Size - covered
	return nil
}

// noteMode keeps what the record's mode depends on.
func (p *placer) noteMode(m *member) {
	if m.shape.mode.class == memory && m.shape.size > 0 {
		p.movable = false
	}
	mode := m.shape.mode
	if m.bitfield() && p.integerAlign(m.width) > 0 {
		mode.bits = m.width
	}
	if mode.bits > p.whole.bits && mode.bits == m.bits() {
		p.whole = mode
	}
}

// mode is the record's mode: that of the member as large as the record, else
// an integer's of its size.
func (p *placer) mode() mode {
	if !p.movable {
		return mode{}
	}
	if p.whole.bits == 8*p.layout.Size && p.whole.bits > 0 && (!p.layout.Record.Union || p.whole.class == integral) {
		return p.whole
	}
	return p.sizeMode(p.layout.Size, mode{class: integral})
}
