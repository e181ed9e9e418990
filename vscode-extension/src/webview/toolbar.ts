import type { RecordLayout } from '../layout/protocol';
import { el } from './element';
import { widths, type Options } from './options';

type Choose = (change: Partial<Options>) => void;

/** The record's name, and how it is drawn. */
export function drawToolbar(layout: RecordLayout, options: Options, choose: Choose): HTMLElement {
  const why = layout.payload ? (layout.reason ? `payload of ${layout.reason}` : 'payload') : '';
  const bar = el(
    'header',
    {},
    el('h1', {}, layout.name),
    ...(why ? [el('span', { class: 'badge', title: 'This record crosses the boundary between kernel and user space' }, why)] : []),
    ...(layout.stale ? [el('span', { class: 'badge stale', title: 'It does not parse just now' }, 'as it last parsed')] : []),
  );
  const controls = el('div', { class: 'controls' }, rowWidth(options, choose));
  if (layout.layouts.length > 1) controls.append(arrangement(options, choose));
  bar.append(controls);
  if (options.tabs && layout.layouts.length > 1) bar.append(tabs(layout, options, choose));
  return bar;
}

function rowWidth(options: Options, choose: Choose): HTMLElement {
  const select = el('select', { 'aria-label': 'Bytes in a row', 'data-key': 'width' });
  for (const width of widths) {
    const name = width === 64 ? '64 bytes a row (cacheline)' : `${width} bytes a row`;
    select.append(el('option', { value: width, selected: width === options.width }, name));
  }
  select.addEventListener('change', () => choose({ width: Number(select.value) as Options['width'] }));
  return select;
}

function arrangement(options: Options, choose: Choose): HTMLElement {
  const button = (name: string, tabs: boolean) => {
    const b = el('button', { 'aria-pressed': String(options.tabs === tabs), 'data-key': `arrange-${tabs}` }, name);
    b.addEventListener('click', () => choose({ tabs }));
    return b;
  };
  return el('div', { class: 'switch', role: 'group', 'aria-label': 'Arrangement' }, button('Side by side', false), button('Tabs', true));
}

function tabs(layout: RecordLayout, options: Options, choose: Choose): HTMLElement {
  const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'ABIs' });
  layout.layouts.forEach((one, i) => {
    const chosen = i === options.tab;
    const tab = el(
      'button',
      { role: 'tab', 'aria-selected': String(chosen), tabindex: chosen ? 0 : -1, 'aria-controls': chosen ? `card-${i}` : undefined, 'data-key': `tab-${i}`, title: one.abis.join(', ') },
      one.abis.length > 3 ? `${one.abis[0]} +${one.abis.length - 1}` : one.abis.join(', '),
    );
    tab.addEventListener('click', () => choose({ tab: i }));
    list.append(tab);
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tab = (options.tab + step + layout.layouts.length) % layout.layouts.length;
    choose({ tab });
    document.querySelector<HTMLElement>(`[data-key="tab-${tab}"]`)?.focus();
  });
  return list;
}
