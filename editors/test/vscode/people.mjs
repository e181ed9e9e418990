// What people see: the packed extension is installed, a driver's folder is
// opened, and everything that abide shows is looked at, photographed and used.
// Environment: VSIX, DRIVER, and that of start.mjs.
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { hands } from './hands.mjs';
import { run, say, until } from './start.mjs';

const { VSIX, DRIVER } = process.env;

// Pictures, the themes they are made in, and the class that the view then has.
const themes = [
  ['layout-light', 'Light Modern', 'vscode-light'],
  ['layout-contrast', 'Dark High Contrast', 'vscode-high-contrast'],
  ['layout-dark', 'Dark Modern', 'vscode-dark'],
];

await run('people', { vsix: [VSIX] }, async ({ dir, open, strangers }) => {
  const folder = path.join(dir, 'driver');
  fs.cpSync(DRIVER, folder, { recursive: true });
  const file = path.join(folder, 'sensor.h');
  const page = await open({ folder, file, size: { width: 1160, height: 720 } });
  const { editor, problems, focus, shot, goto, command, pick, hover, fix, layout } = hands(page);
  const statusItem = page.locator('.statusbar-item[id$="abide.status"]');

  await editor.locator('.view-line', { hasText: 'struct sensor_sample' }).first().waitFor();
  await page.keyboard.press('Control+B'); // more room for the editor
  say('VS Code shows the driver');
  await editor.locator('.squiggly-warning').first().waitFor();
  say('ok   squiggles');

  await page.keyboard.press('Control+Shift+M');
  for (const rule of ['padding-hole', 'tail-padding', 'pointer-field']) {
    const row = problems.filter({ hasText: rule }).first();
    await row.waitFor();
    const link = row.locator('a.monaco-link', { hasText: rule });
    assert.match(await link.getAttribute('href'), new RegExp(`docs/rules/${rule}\\.md$`));
    say('ok   Problems row with a link to its rule:', rule);
  }
  await editor.locator('.view-line', { hasText: 'hole' }).first().waitFor(); // an inlay hint: the text has no such word
  say('ok   inlay hints');
  const lens = editor.locator('.codelens-decoration', { hasText: '24 bytes' }).first();
  await lens.waitFor();
  say('ok   lens:', await lens.innerText());
  await goto(1, 1);
  await page.waitForTimeout(500); // the box that was typed into fades
  await shot('problems');

  const shown = await hover(12, 10, 'timestamp');
  const table = await shown.innerText();
  for (const word of ['i386', 'x86_64', 'hole']) assert.match(table, new RegExp(word));
  await page.waitForTimeout(500); // it fades in
  await shot('hover');
  say('ok   hover');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+J'); // the panel makes room
  await until('the lens is clicked', async () => {
    await lens.click(); // it may be drawn anew under the pointer
    return page.locator('.tab', { hasText: 'Layout' }).waitFor({ timeout: 2000 }).then(() => true, () => false);
  });
  await layout.locator('h1', { hasText: 'struct sensor_sample' }).waitFor();
  assert.equal(await layout.locator('.card').count(), 2);
  await layout.locator('.hole').first().waitFor();
  await goto(14, 8);
  await layout.locator('.cell.cursor', { hasText: 'timestamp' }).first().waitFor();
  say('ok   the lens opens the layout view; it follows the cursor');
  for (const [picture, theme, name] of themes) {
    await pick('Preferences: Color Theme', theme);
    await layout.locator(`body.${name}`).waitFor();
    await page.mouse.move(900, 560);
    await page.waitForTimeout(800); // colours fade over, tooltips go
    await shot(picture);
  }
  say('ok   layout view in light, dark and high contrast');

  await layout.locator('.cell.member.first', { hasText: 'value' }).first().click();
  await page.locator('.statusbar-item', { hasText: 'Ln 15, Col' }).waitFor();
  say('ok   a click goes to the member');
  await layout.locator('.cell.first', { hasText: 'channel' }).first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Ln 14, Col' }).waitFor();
  say('ok   so do arrow keys and Enter');
  await layout.locator('select').selectOption('64');
  await layout.locator('.grid.w64').first().waitFor();
  await layout.getByRole('button', { name: 'Tabs' }).click();
  await layout.getByRole('tab', { name: 'i386' }).click();
  await layout.locator('.numbers', { hasText: '16 bytes' }).waitFor();
  assert.equal(await layout.locator('.card').count(), 1);
  await shot('layout-cacheline');
  await layout.locator('select').selectOption('8');
  await layout.getByRole('button', { name: 'Side by side' }).click();
  say('ok   cachelines and tabs');

  await goto(15, 1);
  await page.keyboard.type('\t__u16 gain;\n');
  await layout.locator('.cell', { hasText: 'gain' }).first().waitFor();
  say('ok   the layout view follows an edit');
  for (let i = 0; i < 12; i++) await page.keyboard.press('Control+Z');
  await layout.locator('.cell', { hasText: 'gain' }).first().waitFor({ state: 'detached' });

  await page.keyboard.press('Control+Shift+M');
  await problems.first().waitFor();
  say('ok   Quick Fix:', await fix('pointer-field', /^Change 'samples'/, () => shot('fix-pointer')));
  say('ok   Quick Fix:', await fix('padding-hole', /^Insert/, () => shot('fix-hole')));
  say('ok   Quick Fix:', await fix('tail-padding', /^Insert/));
  await page.locator('.markers-panel', { hasText: 'No problems' }).waitFor();
  await focus();
  await page.keyboard.press('Control+S');
  const saved = await until('it is saved', () => {
    const text = fs.readFileSync(file, 'utf8');
    return text.includes('__u64 samples;') && text;
  });
  assert.match(saved, /__u64 samples;.*struct sensor_sample\[\]/);
  assert.match(saved, /__u32 channel;.*\n\t__u32 __pad;/);
  assert.match(execFileSync('gcc', ['-fsyntax-only', '-x', 'c', file, '-Wall', '-Werror'], { encoding: 'utf8' }), /^$/);
  await shot('clean');
  say('ok   no problem is left, and gcc takes what was saved');

  await until('the status item names the ABIs', async () => /x86_64 i386 arm64 arm/.test(await statusItem.innerText()));
  await statusItem.click();
  const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: 'riscv64' }).first();
  await page.locator('.quick-input-widget input.input').fill('riscv');
  await choice.waitFor();
  await choice.locator('.monaco-checkbox, input[type=checkbox], .quick-input-list-checkbox').first().click();
  await page.locator('.quick-input-widget input.input').fill('');
  await page.waitForTimeout(300);
  await shot('abis');
  await page.keyboard.press('Enter');
  await until('the status item counts five', async () => /x86_64 \+4 ABIs/.test(await statusItem.innerText()));
  say('ok   the status item changes the ABIs:', (await statusItem.innerText()).trim());
  assert.match(fs.readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8'), /riscv64/);
  fs.rmSync(path.join(folder, '.vscode'), { recursive: true });

  // Two deaths by violence: the server is started again, and answers.
  for (let i = 0; i < 2; i++) {
    execFileSync('pkill', ['-KILL', '-f', `^${dir}/extensions/.*/bin/abide serve`]);
    await until('the status item tells it', async () => (await statusItem.locator('.codicon-loading').count()) > 0, 5000).catch(() => {});
    await until('the server runs again', async () => (await statusItem.locator('.codicon-layers').count()) > 0);
  }
  await (await hover(12, 10, 'timestamp')).waitFor();
  await page.keyboard.press('Escape');
  say('ok   hover after the server was killed');

  const program = path.join(dir, 'extensions', fs.readdirSync(path.join(dir, 'extensions')).find((name) => name.startsWith('abide.')), 'bin/abide');
  fs.renameSync(program, `${program}.away`);
  await command('abide: Restart Server');
  await statusItem.locator('.codicon-error').waitFor();
  await command('Notifications: Show Notifications'); // they hide after a while
  const notice = page.locator('.notification-list-item', { hasText: 'brings none for Linux' }).first();
  await notice.locator('.monaco-button', { hasText: 'Restart' }).waitFor();
  await shot('missing');
  say('ok   a missing program:', (await notice.locator('.notification-list-item-message').innerText()));
  fs.renameSync(`${program}.away`, program);
  await command('abide: Restart Server');
  await statusItem.locator('.codicon-layers').waitFor();
  say('ok   and back again');

  await pick('Welcome: Open Walkthrough', 'Get started with abide');
  await page.locator('.getting-started-step', { hasText: 'layout' }).first().waitFor();
  await page.waitForTimeout(800);
  await shot('walkthrough');
  say('ok   walkthrough');

  say('hosts asked for:', [...strangers].join(' ') || 'none');
});
