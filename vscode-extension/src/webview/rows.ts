// Cuts a layout into rows of bytes: what is to be drawn, without drawing it.
import type { ABILayout } from '../layout/protocol';

/** A member, a hole or the padding at the end, in bits from the record's start. */
export interface Span {
  start: number;
  end: number;
  kind: 'member' | 'hole' | 'padding';
  /** Index among the layout's members; for a hole that of the member behind it, for padding that of the last. */
  member: number;
  differs: boolean;
  /** Members of a union lie in lanes on top of each other. */
  lane: number;
}

/** The part of a span that lies in one row. */
export interface Segment {
  span: Span;
  start: number;
  end: number;
  first: boolean;
  last: boolean;
}

/** A row of bytes, or a run of equal rows that is not drawn one by one. */
export type Row =
  | { kind: 'bytes'; start: number; segments: Segment[]; lanes: number[] }
  | { kind: 'folded'; start: number; count: number };

// More rows are not drawn at once; no record that crosses a kernel boundary comes near.
const mostRows = 400;

export function spansOf(layout: ABILayout): Span[] {
  const spans: Span[] = [];
  layout.members.forEach((m, i) => {
    if (m.bitSize === 0 || m.group) return;
    spans.push({ start: m.bitOffset, end: m.bitOffset + m.bitSize, kind: 'member', member: i, differs: m.differs, lane: 0 });
  });
  for (const h of layout.holes) {
    const behind = layout.members.findIndex((m) => m.bitOffset >= h.bitOffset + h.bitSize);
    const member = h.tail || behind < 0 ? layout.members.length - 1 : behind;
    spans.push({ start: h.bitOffset, end: h.bitOffset + h.bitSize, kind: h.tail ? 'padding' : 'hole', member, differs: h.differs, lane: 0 });
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end || a.member - b.member);
  const ends: number[] = [];
  for (const span of spans) {
    const free = ends.findIndex((end) => end <= span.start);
    span.lane = free < 0 ? ends.length : free;
    ends[span.lane] = span.end;
  }
  return spans;
}

/** Gives the rows of a record of size bytes. */
export function rowsOf(spans: Span[], size: number, rowBytes: number): Row[] {
  const width = rowBytes * 8;
  const count = Math.ceil((size * 8) / width);
  const rows: Row[] = [];
  const telling = [...new Set(spans.flatMap((s) => [Math.floor(s.start / width), Math.floor((s.end - 1) / width)]))].sort((a, b) => a - b);
  let from = 0; // the first span that may still reach the row
  let next = 0;
  for (let row = 0; row < count; row++) {
    while (next < telling.length && telling[next]! < row) next++;
    const until = next < telling.length ? telling[next]! : count;
    if (until - row > 2) {
      rows.push({ kind: 'folded', start: row * rowBytes, count: until - row });
      row = until - 1;
      continue;
    }
    const start = row * width;
    while (from < spans.length && spans[from]!.end <= start) from++;
    const segments: Segment[] = [];
    for (let i = from; i < spans.length && spans[i]!.start < start + width; i++) {
      const span = spans[i]!;
      if (span.end <= start) continue;
      segments.push({
        span,
        start: Math.max(span.start, start) - start,
        end: Math.min(span.end, start + width) - start,
        first: span.start >= start,
        last: span.end <= start + width,
      });
    }
    const lanes = [...new Set(segments.map((s) => s.span.lane))].sort((a, b) => a - b);
    rows.push({ kind: 'bytes', start: row * rowBytes, segments, lanes });
  }
  return rows;
}

/** Of more rows than can be drawn, those around a byte. */
export function rowsAround(rows: Row[], byte: number): Row[] {
  const next = rows.findIndex((row) => row.start > byte);
  const at = next < 0 ? rows.length - 1 : next - 1;
  const from = Math.max(0, Math.min(at - mostRows / 2, rows.length - mostRows));
  return rows.slice(from, from + mostRows);
}

/** Says where bits lie, in the way of data sheets: "8–15", or "3 bits 2–5" for a bit-field. */
export function place(bitOffset: number, bitSize: number): string {
  if (bitSize === 0) return `${bitOffset / 8}`;
  if (bitOffset % 8 === 0 && bitSize % 8 === 0) {
    const first = bitOffset / 8;
    const last = (bitOffset + bitSize) / 8 - 1;
    return first === last ? `${first}` : `${first}–${last}`;
  }
  const byte = Math.floor(bitOffset / 8);
  const bit = bitOffset % 8;
  return bitSize === 1 ? `${byte} bit ${bit}` : `${byte} bits ${bit}–${bit + bitSize - 1}`;
}

/** Says how large something is: "4 bytes", "3 bits". */
export function amount(bits: number): string {
  const [n, unit] = bits % 8 === 0 ? [bits / 8, 'byte'] : [bits, 'bit'];
  return `${n.toLocaleString('en')} ${unit}${n === 1 ? '' : 's'}`;
}
