package layout

// The rules of ms_struct and -mms-bitfields: bit-fields of equal type size
// share storage of that size; a field of another size, or one that no longer
// fits, begins anew. See "Microsoft structure layout" in gcc's manual, x86
// variable attributes.

// alignMS gives the record the alignment that a member needs. A zero-width
// field counts only behind a bit-field.
func (p *placer) alignMS(m *member, demand int64) {
	counts := !m.bitfield()
	if m.bitfield() {
		counts = !m.packed
		if m.width == 0 {
			counts = p.run != nil && p.run.width > 0
		}
	}
	if !counts {
		return
	}
	align := max(8*m.shape.align, demand)
	if !m.bitfield() && m.packed {
		align = demand
	}
	if p.limit > 0 {
		align = min(align, p.limit)
	}
	p.align = max(p.align, align)
}

// advanceMS finds a member's place by these rules.
func (p *placer) advanceMS(m *member, known, demand int64) {
	run := p.run
	size := 8 * m.shape.size
	shared := int64(-1) // the type size in bits of the bit-field before, if there is one
	if run != nil {
		shared = 8 * run.shape.size
		realign := known < demand
		switch {
		case m.bitfield() && m.width > 0 && run.width > 0 && size == 8*run.shape.size:
			// In the middle of a run.
			if p.left < m.width {
				p.bit += p.left
				p.begin(m)
				p.left = max(0, size-m.width)
			} else {
				p.left -= m.width
				realign = false
			}
		default:
			// The end of a run: its last storage is used up.
			if run.width > 0 {
				p.bit += p.left
			} else {
				shared = -1
			}
			if !m.bitfield() || m.width == 0 {
				p.run = nil
			}
		}
		if realign {
			p.skipTo(demand)
		}
		p.normalize()
	}
	begins := !m.bitfield()
	if m.bitfield() {
		begins = m.width > 0
		if shared >= 0 {
			begins = size != shared
		}
	}
	if !begins {
		return
	}
	if m.shape.sort != isFlexible {
		p.left = max(0, size-m.bits())
	}
	align := int64(8)
	if !m.packed {
		align = 8 * m.shape.align
	}
	if p.limit > 0 {
		align = min(align, p.limit)
	}
	p.bit = roundUp(p.bit, align)
	p.run = nil
}

// begin makes a bit-field the first of a run.
func (p *placer) begin(m *member) {
	first := *m
	p.run = &first
}
