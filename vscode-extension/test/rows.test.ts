import * as assert from 'node:assert';
import type { ABILayout } from '../src/layout/protocol';
import { place, rowsAround, rowsOf, spansOf } from '../src/webview/rows';

// A layout of members given as [name, bit offset, bits].
function layout(size: number, members: [string, number, number][], holes: [number, number, boolean][] = []): ABILayout {
  return {
    abis: ['x86_64'],
    size,
    align: 8,
    members: members.map(([path, bitOffset, bitSize]) => ({ path, type: '', bitOffset, bitSize, differs: false })),
    holes: holes.map(([bitOffset, bitSize, tail]) => ({ bitOffset, bitSize, tail, differs: false })),
  };
}

// Rows as text: each segment's member or hole, "…" where it goes on.
function draw(one: ABILayout, width: number): string[] {
  return rowsOf(spansOf(one), one.size, width).map((row) =>
    row.kind === 'folded'
      ? `${row.start}: ${row.count} rows`
      : `${row.start}: ${row.segments
          .map(({ span, start, end, first, last }) => {
            const name = span.kind === 'member' ? one.members[span.member]!.path : span.kind;
            return `${first ? '' : '…'}${name}${last ? '' : '…'}[${start},${end})`;
          })
          .join(' ')}`,
  );
}

suite('rows of bytes', () => {
  test('members, a hole and padding', () => {
    const one = layout(24, [['a', 0, 32], ['b', 64, 64], ['c', 128, 32]], [[32, 32, false], [160, 32, true]]);
    assert.deepEqual(draw(one, 8), ['0: a[0,32) hole[32,64)', '8: b[0,64)', '16: c[0,32) padding[32,64)']);
    assert.deepEqual(draw(one, 16), ['0: a[0,32) hole[32,64) b[64,128)', '16: c[0,32) padding[32,64)']);
  });

  test('long members are folded', () => {
    assert.deepEqual(draw(layout(80, [['buf', 0, 640]]), 8), ['0: buf…[0,64)', '8: 8 rows', '72: …buf[0,64)']);
  });

  test('members of a union lie in lanes', () => {
    const spans = spansOf(layout(8, [['whole', 0, 64], ['low', 0, 32], ['high', 32, 32]]));
    assert.deepEqual(spans.map((s) => s.lane), [0, 1, 1]);
  });

  test('bit-fields and flexible arrays', () => {
    assert.deepEqual(draw(layout(4, [['a', 0, 3], ['b', 3, 5], ['c', 32, 0]]), 4), ['0: a[0,3) b[3,8)']);
  });

  test('places', () => {
    assert.deepEqual(
      [place(64, 64), place(8, 8), place(3, 5), place(11, 1), place(32, 0)],
      ['8–15', '1', '0 bits 3–7', '1 bit 3', '4'],
    );
  });

  test('of a large record what is around a byte', () => {
    const many: [string, number, number][] = Array.from({ length: 5000 }, (_, i) => [`m${i}`, i * 64, 64]);
    const rows = rowsOf(spansOf(layout(40000, many)), 40000, 8);
    for (const [byte, first] of [[0, 0], [20000, 18400], [39999, 36800]] as const) {
      const drawn = rowsAround(rows, byte);
      assert.equal(drawn.length, 400);
      assert.equal(drawn[0]!.start, first);
      assert.ok(drawn.some((row) => row.start <= byte && byte < row.start + 8));
    }
    assert.deepEqual(rowsAround([], 0), []);
    assert.deepEqual(rowsAround(rows.slice(0, 3), 16), rows.slice(0, 3));
  });
});
