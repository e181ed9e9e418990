import type { ABILayout, RecordLayout } from '../layout/protocol';
import { el } from './element';
import { amount, place, rowsAround, rowsOf, spansOf, type Row, type Segment } from './rows';

export interface Actions {
  cursor: string | undefined;
  inspect(path: string | undefined): void;
  reveal(member: number): void;
}

// Colours are counted by member, so that one member has one colour on all ABIs.
const colours = 5;

/** Draws one layout: the ABIs that share it, its numbers, its bytes. */
export function drawCard(record: RecordLayout, group: number, width: number, actions: Actions): HTMLElement {
  const layout = record.layouts[group]!;
  const card = el('section', { class: 'card', id: `card-${group}`, 'aria-label': `${record.name} on ${layout.abis.join(', ')}` });
  card.append(el('h2', {}, ...layout.abis.map((abi) => el('span', { class: 'abi' }, abi))));
  card.append(el('p', { class: 'numbers' }, ...numbers(layout, record.layouts[0]!)));
  card.append(drawGrid(layout, group, width, actions));
  return card;
}

/** Says on which ABIs there is no layout, and why. */
export function drawRest(record: RecordLayout): HTMLElement[] {
  const rest = (record.unknown ?? []).map(({ abis, error }) => ({ abis, text: error, kind: 'error' }));
  if (record.notDefined?.length) rest.push({ abis: record.notDefined, text: 'Not defined there: an #if takes it out.', kind: 'faint' });
  return rest.map(({ abis, text, kind }) =>
    el('section', { class: 'card' }, el('h2', {}, ...abis.map((abi) => el('span', { class: 'abi' }, abi))), el('p', { class: kind }, text)),
  );
}

function numbers(layout: ABILayout, first: ABILayout): (Node | string)[] {
  const sum = (tail: boolean) => layout.holes.filter((h) => h.tail === tail).reduce((bits, h) => bits + h.bitSize, 0);
  const holes = layout.holes.filter((h) => !h.tail).length;
  const parts: (Node | string)[] = [
    el('b', { class: layout.size !== first.size ? 'differs' : undefined }, amount(layout.size * 8)),
    ` · align ${layout.align}`,
  ];
  if (holes) parts.push(` · ${holes} hole${holes === 1 ? '' : 's'}, ${amount(sum(false))}`);
  if (sum(true)) parts.push(` · ${amount(sum(true))} of tail padding`);
  return parts;
}

function drawGrid(layout: ABILayout, group: number, width: number, actions: Actions): HTMLElement {
  const spans = spansOf(layout);
  const all = rowsOf(spans, layout.size, width);
  const cursor = layout.members.find((m) => m.path === actions.cursor);
  const rows = rowsAround(all, (cursor?.bitOffset ?? 0) / 8);
  const grid = el('div', { class: `grid w${width}`, role: 'group', 'aria-label': 'Bytes; arrow keys move, Enter goes to the member' });
  grid.append(ruler(width));
  if (rows[0] !== all[0]) grid.append(el('p', { class: 'faint' }, `Bytes 0–${rows[0]!.start - 1} are drawn when the cursor is there.`));
  for (const row of rows) {
    if (row.start > 0 && row.start % 64 === 0) grid.append(el('div', { class: 'cacheline', 'aria-hidden': true }, `cacheline ${row.start / 64}`));
    grid.append(row.kind === 'folded' ? folded(row) : bytes(row, layout, group, width, actions));
  }
  const rest = all[all.indexOf(rows.at(-1)!) + 1];
  if (rest) grid.append(el('p', { class: 'faint' }, `Bytes ${rest.start}–${layout.size - 1} are drawn when the cursor is there.`));
  layout.members.forEach((member, i) => {
    if (member.bitSize !== 0 || member.group) return;
    const button = el('button', { class: 'flexible', 'data-key': `${group}/${member.path}` }, `${member.path} … from ${place(member.bitOffset, 0)}`);
    button.addEventListener('click', () => actions.reveal(i));
    grid.append(button);
  });
  moveByKeys(grid);
  return grid;
}

function ruler(width: number): HTMLElement {
  const step = width > 16 ? 8 : 1;
  const marks = el('div', { class: 'cells' });
  for (let byte = 0; byte < width; byte += step) {
    const mark = el('span', { class: 'mark' }, `${byte}`);
    mark.style.left = `${(byte / width) * 100}%`;
    mark.style.width = `${(step / width) * 100}%`;
    marks.append(mark);
  }
  return el('div', { class: 'row ruler', 'aria-hidden': true }, el('span', { class: 'offset' }), marks);
}

function folded(row: Extract<Row, { kind: 'folded' }>): HTMLElement {
  return el('div', { class: 'row folded' }, el('span', { class: 'offset' }), el('div', { class: 'fold' }, `⋮ ${row.count.toLocaleString('en')} more rows like this`));
}

function bytes(row: Extract<Row, { kind: 'bytes' }>, layout: ABILayout, group: number, width: number, actions: Actions): HTMLElement {
  const cells = el('div', { class: 'cells' });
  cells.style.setProperty('--lanes', `${Math.max(row.lanes.length, 1)}`);
  cells.style.setProperty('--bytes', `${width}`);
  const end = layout.size - row.start;
  if (end < width) {
    const beyond = el('span', { class: 'beyond', 'aria-hidden': true });
    beyond.style.left = `${(end / width) * 100}%`;
    cells.append(beyond);
  }
  for (const segment of row.segments) cells.append(drawCell(segment, row, layout, group, width, actions));
  const offset = el('span', { class: 'offset', 'aria-hidden': true, title: `0x${row.start.toString(16)}` }, `${row.start}`);
  return el('div', { class: 'row' }, offset, cells);
}

function drawCell(segment: Segment, row: Extract<Row, { kind: 'bytes' }>, layout: ABILayout, group: number, width: number, actions: Actions): HTMLElement {
  const { span, first, last } = segment;
  const member = layout.members[span.member];
  const own = span.kind === 'member' && member ? member.path : undefined;
  const words = { member: own ?? '', hole: `hole, ${amount(span.end - span.start)}`, padding: `padding, ${amount(span.end - span.start)}` }[span.kind];
  const differs = span.differs ? ', differs between ABIs' : '';
  const label = `${words}${own ? `, ${member!.type}` : ''}, at ${place(span.start, span.end - span.start)}${own ? `, ${amount(member!.bitSize)}` : ''}${differs}`;
  const cell = el('button', {
    class: [
      'cell',
      span.kind,
      own && `colour${span.member % colours}`,
      span.differs && 'differs',
      first && 'first',
      last && 'last',
      own && own === actions.cursor && 'cursor',
    ]
      .filter(Boolean)
      .join(' '),
    'data-path': own,
    'data-key': first ? `${group}/${own ?? `${span.kind}${span.start}`}` : undefined,
    tabindex: -1,
    title: label,
    'aria-label': first ? label : undefined,
    'aria-hidden': first ? undefined : 'true',
  });
  const bits = width * 8;
  cell.style.left = `${(segment.start / bits) * 100}%`;
  cell.style.width = `${((segment.end - segment.start) / bits) * 100}%`;
  cell.style.setProperty('--lane', `${row.lanes.indexOf(span.lane)}`);
  const text = own ? [own] : [el('span', { class: 'word' }, `${span.kind} `), brief(span.end - span.start)];
  cell.append(el('span', { class: first ? 'text' : 'text faint' }, ...(first ? text : own ? ['…'] : [])));
  cell.addEventListener('click', () => actions.reveal(span.member));
  cell.addEventListener('mouseenter', () => actions.inspect(own));
  cell.addEventListener('mouseleave', () => actions.inspect(actions.cursor));
  cell.addEventListener('focus', () => actions.inspect(own));
  return cell;
}

// The size of a hole, where there is little room: "4", or "3 bits".
function brief(bits: number): string {
  return bits % 8 === 0 ? `${bits / 8}` : amount(bits);
}

// One stop for Tab in each layout; the arrow keys go from member to member.
function moveByKeys(grid: HTMLElement): void {
  const stops = () => [...grid.querySelectorAll<HTMLElement>('[data-key]')];
  const start = grid.querySelector<HTMLElement>('.cell.cursor[data-key]') ?? stops()[0];
  if (start) start.tabIndex = 0;
  grid.addEventListener('keydown', (event) => {
    const all = stops();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = all[Math.min(Math.max(to, 0), all.length - 1)]!;
    for (const stop of all) stop.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
