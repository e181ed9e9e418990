import type { RecordLayout } from '../layout/protocol';
import { el } from './element';
import { amount, place } from './rows';

/** The line at the bottom: one member's place on every ABI. It lights the member up in all layouts. */
export class Inspector {
  readonly element = el('footer', { class: 'inspector', role: 'status', 'aria-live': 'polite' });

  constructor(private readonly layout: RecordLayout) {}

  show(path: string | undefined): void {
    for (const cell of document.querySelectorAll('.cell.lit')) cell.classList.remove('lit');
    if (!path) return this.element.replaceChildren(el('span', { class: 'faint' }, 'Point at a member to see its place on every ABI; click to go to it.'));
    for (const cell of document.querySelectorAll(`.cell[data-path="${CSS.escape(path)}"]`)) cell.classList.add('lit');
    const found = this.layout.layouts.flatMap((one) => {
      const member = one.members.find((m) => m.path === path);
      return member ? [{ abis: one.abis, member }] : [];
    });
    const first = found[0]?.member;
    if (!first) return;
    this.element.replaceChildren(
      el('span', { class: 'name' }, path),
      el('span', { class: 'type' }, first.type),
      ...found.map(({ abis, member }) =>
        el(
          'span',
          { class: 'where' },
          el('b', {}, abis.length > 4 ? `${abis[0]} and ${abis.length - 1} more` : abis.join(', ')),
          ` ${member.bitSize === 0 ? `from ${place(member.bitOffset, 0)}` : place(member.bitOffset, member.bitSize)} (${member.bitSize === 0 ? 'flexible' : amount(member.bitSize)})`,
        ),
      ),
    );
  }
}
