// The layout view's page: takes layouts, draws them, says what was clicked.
import type { Reply, Show } from '../layout/protocol';
import { drawCard, drawRest } from './card';
import { el } from './element';
import { Inspector } from './inspector';
import { widths, type Options } from './options';
import { drawToolbar } from './toolbar';

declare function acquireVsCodeApi(): {
  postMessage(message: Reply): void;
  getState(): Partial<Options> | undefined;
  setState(state: Options): void;
};

const code = acquireVsCodeApi();
const view = document.getElementById('view')!;
const saved = code.getState();
const options: Options = {
  width: widths.find((w) => w === saved?.width) ?? 8,
  tabs: saved?.tabs ?? false,
  tab: saved?.tab ?? 0,
};
let shown: Show = { type: 'show', hint: 'Waiting for the server …' };
let followed = ''; // the record and the member that the page was last moved to

window.addEventListener('message', (event: MessageEvent<Show>) => {
  if (event.data?.type !== 'show') return;
  shown = event.data;
  draw();
});

function choose(change: Partial<Options>): void {
  Object.assign(options, change);
  code.setState(options);
  draw();
}

function draw(): void {
  const focused = (document.activeElement as HTMLElement | null)?.dataset.key;
  const { layout, hint } = shown;
  const cursor = layout?.member;
  if (!layout) {
    view.replaceChildren(el('p', { class: 'hint', role: 'status' }, hint ?? ''));
    return;
  }
  const groups = layout.layouts;
  if (options.tab >= groups.length) options.tab = 0;
  const inspector = new Inspector(layout);
  const cards = groups.map((_, i) =>
    drawCard(layout, i, options.width, {
      cursor,
      inspect: (path) => inspector.show(path),
      reveal: (member) => code.postMessage({ type: 'reveal', group: i, member }),
    }),
  );
  const tabbed = options.tabs && groups.length > 1;
  if (tabbed) cards[options.tab]!.setAttribute('role', 'tabpanel');
  view.replaceChildren(
    drawToolbar(layout, options, choose),
    el('div', { class: tabbed ? 'cards tabbed' : 'cards' }, ...(tabbed ? [cards[options.tab]!] : cards), ...drawRest(layout)),
    inspector.element,
  );
  inspector.show(cursor);
  follow(`${layout.name} ${cursor ?? ''}`);
  if (focused) view.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

// Moves the page to the member under the cursor when that has become another one, unless it is in sight on some ABI.
function follow(to: string): void {
  if (to === followed) return;
  followed = to;
  const cells = [...view.querySelectorAll('.cell.cursor.first')];
  const inSight = (cell: Element) => {
    const { top, bottom } = cell.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  };
  if (!cells.some(inSight)) cells[0]?.scrollIntoView({ block: 'center' });
}

draw();
code.postMessage({ type: 'ready' });
