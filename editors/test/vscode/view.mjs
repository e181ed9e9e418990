// The layout view's page alone, with layouts that the drivers of testdata do
// not have: long ones, narrow members.
// Environment: EXTENSION (an unpacked package), and that of start.mjs.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { launch, say, until } from './start.mjs';

const asset = (name) => path.join(process.env.EXTENSION, 'dist', name);

// A record of a byte, a hole, and n words.
function record(n, member) {
  const members = [{ path: 'b', type: '__u8', bitOffset: 0, bitSize: 8, differs: false }];
  for (let i = 0; i < n; i++) members.push({ path: `w${i}`, type: '__u64', bitOffset: 64 + i * 64, bitSize: 64, differs: false });
  const one = (abi) => ({ abis: [abi], size: 8 + n * 8, align: 8, members, holes: [{ bitOffset: 56, bitSize: 8, tail: false, differs: true }] });
  return { name: 'struct long', kind: 'struct', payload: false, member, layouts: [one('x86_64'), one('arm')] };
}

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 620, height: 500 } });
await page.setContent(`<style>${fs.readFileSync(asset('view.css'), 'utf8')}</style><main id="view"></main>`);
await page.evaluate(() => {
  window.replies = [];
  window.acquireVsCodeApi = () => ({ postMessage: (reply) => window.replies.push(reply), getState: () => undefined, setState: () => {} });
});
await page.addScriptTag({ path: asset('view.js') });
const show = (layout) => page.evaluate((layout) => window.dispatchEvent(new MessageEvent('message', { data: { type: 'show', layout } })), layout);
const inSight = (cell) => cell.evaluate((c) => c.getBoundingClientRect().top >= 0 && c.getBoundingClientRect().bottom <= window.innerHeight);
const cursor = page.locator('.cell.cursor.first').first();

await show(record(3, 'w1'));
assert.match(await page.locator('.cell', { hasText: /^b$/ }).first().innerText(), /^b$/);
assert.equal(await page.locator('.cell.hole').first().innerText(), '1');
say('ok   members and holes of one byte are named');

const ids = await page.locator('[id]').evaluateAll((all) => all.map((one) => one.id));
assert.equal(new Set(ids).size, ids.length, ids.join(' '));
await page.getByRole('button', { name: 'Tabs' }).click();
await page.getByRole('tab', { name: 'arm' }).click();
assert.equal(await page.getByRole('tab', { selected: true }).getAttribute('aria-controls'), await page.getByRole('tabpanel').getAttribute('id'));
await page.getByRole('button', { name: 'Side by side' }).click();
say('ok   tabs and their panel');

await page.locator('.cell.first', { hasText: /^b$/ }).first().focus();
for (const key of ['ArrowRight', 'ArrowDown', 'End', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
assert.deepEqual(await page.evaluate(() => window.replies.at(-1)), { type: 'reveal', group: 0, member: 2 });
say('ok   arrow keys and Enter');

await show(record(3000, 'w2500'));
await until('the member under the cursor is in sight', () => inSight(cursor));
const words = await page.locator('.faint').allInnerTexts();
assert.ok(words.some((text) => /^Bytes 0–\d+ are drawn when/.test(text)) && words.some((text) => /^Bytes \d+–24007 are drawn when/.test(text)), words.join('; '));
assert.ok((await page.locator('.cell').count()) < 2000);
say('ok   a long record is drawn around the cursor');

await page.evaluate(() => window.scrollTo(0, 0));
await show(record(3000, 'w2500'));
assert.equal(await page.evaluate(() => window.scrollY), 0);
await show(record(3000, 'w2510'));
await until('the next member is in sight', () => inSight(cursor));
say('ok   it moves with the cursor alone');

await browser.close();
say('view: all passed');
