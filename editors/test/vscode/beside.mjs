// Beside clangd: both servers on one document, nothing said twice, and both
// readable in one hover. clangd's client is a minimal extension made here.
// Environment: VSIX, DRIVER, CLANGD, and that of start.mjs.
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hands } from './hands.mjs';
import { run, say } from './start.mjs';

const { VSIX, DRIVER, CLANGD } = process.env;
const tools = path.resolve(import.meta.dirname, '../../../vscode-extension');

// Packs an extension that starts clangd and does nothing else.
function clangdExtension() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'abide-clangd-'));
  fs.writeFileSync(
    path.join(dir, 'package.json'),
    JSON.stringify({
      name: 'clangd-alone',
      publisher: 'test',
      version: '0.0.1',
      license: 'BSD-3-Clause',
      repository: { url: 'https://example.invalid/clangd-alone.git' },
      engines: { vscode: '^1.91.0' },
      main: './dist.js',
      activationEvents: ['onLanguage:c'],
    }),
  );
  fs.writeFileSync(path.join(dir, 'README.md'), '# clangd alone\n\nStarts clangd.\n');
  fs.writeFileSync(path.join(dir, 'LICENSE'), 'BSD-3-Clause');
  fs.writeFileSync(
    path.join(dir, 'main.js'),
    `const { LanguageClient } = require('vscode-languageclient/node');
     let client;
     exports.activate = () => {
       client = new LanguageClient('clangd', 'clangd', { command: ${JSON.stringify(CLANGD)} }, { documentSelector: [{ language: 'c' }] });
       return client.start();
     };
     exports.deactivate = () => client.stop();`,
  );
  execFileSync(path.join(tools, 'node_modules/.bin/esbuild'), [
    ...['main.js', '--bundle', '--platform=node', '--external:vscode', '--outfile=dist.js', '--log-level=warning'],
  ], { cwd: dir, env: { ...process.env, NODE_PATH: path.join(tools, 'node_modules') } });
  execFileSync(path.join(tools, 'node_modules/.bin/vsce'), ['package', '--no-dependencies', '--out', 'clangd.vsix'], { cwd: dir, stdio: 'pipe' });
  return path.join(dir, 'clangd.vsix');
}

await run('beside', { vsix: [VSIX, clangdExtension()] }, async ({ dir, open }) => {
  const folder = path.join(dir, 'driver');
  fs.cpSync(DRIVER, folder, { recursive: true });
  const file = path.join(folder, 'sensor.h');
  const page = await open({ folder, file });
  const { editor, problems, shot, goto, hover } = hands(page);
  await editor.locator('.squiggly-warning').first().waitFor();
  await page.keyboard.press('Control+Shift+M');
  await problems.filter({ hasText: 'pointer-field' }).first().waitFor();

  // clangd is there once it answers a hover on what abide has nothing to say about.
  await hover(9, 12, 'types.h');
  await page.keyboard.press('Escape');
  say('ok   clangd alone answers on an #include');

  const both = await hover(12, 10, 'timestamp');
  await both.filter({ hasText: /In|struct sensor_sample \{\}|Size: 24 bytes/ }).waitFor(); // clangd's words, which may be later
  assert.match(await both.innerText(), /XXX 4 bytes hole/); // abide's table
  await shot('beside');
  say('ok   one hover has both');
  await page.keyboard.press('Escape');

  const rows = (await problems.allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim());
  const places = rows.map((row) => row.match(/\[Ln \d+, Col \d+\]$/)?.[0]).filter(Boolean);
  assert.equal(new Set(places).size, places.length, `one place is blamed twice: ${rows.join('; ')}`);
  assert.equal(places.length, 3, rows.join('; '));
  say('ok   no problem is shown twice');

  // A syntax error is clangd's to tell, and abide's findings stay.
  await goto(17, 1);
  await page.keyboard.type('int 5;');
  await editor.locator('.squiggly-error').first().waitFor();
  const errors = await problems.filter({ hasText: 'Ln 17' }).allInnerTexts();
  assert.ok(errors.every((row) => !row.includes('abide')), errors.join('; '));
  assert.equal(await problems.filter({ hasText: 'pointer-field' }).count(), 1);
  say('ok   a syntax error is told by clangd alone');
});
