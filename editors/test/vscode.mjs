// VS Code itself, driven in headless Chromium as a person would drive it: the
// packed extension is installed, a driver header is opened, and the squiggle,
// the Problems row, the hover and the Quick Fixes are looked at.
// Environment: VSCODE (folder of get-vscode), VSIX, SHOTS (folder for pictures).
import assert from 'node:assert';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const { VSCODE, VSIX, SHOTS } = process.env;
const { chromium } = createRequire(path.join(VSCODE, 'package.json'))('playwright-core');
const node = path.join(VSCODE, 'node');
const entry = path.join(VSCODE, 'vscode/out/server-main.js');

const started = Date.now();
const say = (...words) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)}s`, ...words);

const header = `#include <linux/ioctl.h>
#include <linux/types.h>

struct sensor {
\t__u32 id; /* which */
\t__u64 stamp;
\tfloat value;
};

struct transfer {
\t__u32 size;
\tvoid *data; /* where */
};

#define SENSOR_GET _IOR('M', 0, struct sensor)
#define SENSOR_PUT _IOW('M', 1, struct transfer)
`;

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'abide-vscode-'));
const workspace = path.join(dir, 'workspace');
const data = path.join(dir, 'data');
fs.mkdirSync(workspace);
fs.mkdirSync(path.join(data, 'User'), { recursive: true });
fs.mkdirSync(SHOTS, { recursive: true });
const file = path.join(workspace, 'sensor.h');
fs.writeFileSync(file, header);
fs.writeFileSync(
  path.join(data, 'User/settings.json'),
  JSON.stringify({
    'telemetry.telemetryLevel': 'off',
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.enableExperiments': false,
    'security.workspace.trust.enabled': false,
    'chat.disableAIFeatures': true,
    'extensions.autoUpdate': false,
    'extensions.autoCheckUpdates': false,
    'extensions.ignoreRecommendations': true,
    'update.mode': 'none',
    'git.enabled': false,
    'editor.minimap.enabled': false,
    'editor.accessibilitySupport': 'off',
    'editor.hover.delay': 50,
    'files.autoSave': 'off',
    'files.associations': { '*.h': 'c' },
    'window.confirmBeforeClose': 'never',
  }),
);
const env = { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir, XDG_DATA_HOME: dir, XDG_CACHE_HOME: dir };
for (const key of Object.keys(env)) if (key.startsWith('VSCODE_') || key === 'NODE_OPTIONS') delete env[key];
const common = [
  ...['--user-data-dir', data, '--server-data-dir', path.join(dir, 'server'), '--extensions-dir', path.join(dir, 'extensions')],
  ...['--accept-server-license-terms', '--telemetry-level', 'off'],
];
execFileSync(node, [entry, ...common, '--install-extension', VSIX], { env, stdio: 'pipe' });
say('the extension is installed');

const port = await new Promise((resolve) => {
  const probe = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const log = path.join(dir, 'server.log');
const out = fs.openSync(log, 'w');
const server = spawn(
  node,
  [entry, ...common, '--host', '127.0.0.1', '--port', `${port}`, '--without-connection-token', '--disable-workspace-trust', '--enable-smoke-test-driver'],
  { env, stdio: ['ignore', out, out], detached: true },
);

let browser;
let page;
let code = 1;
try {
  for (let tries = 0; ; tries++) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/version`)).ok) break;
    } catch {}
    if (tries > 300) throw new Error('the VS Code server did not come up');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(40000);
  const shot = (name) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const payload = JSON.stringify([['openFile', remote + file]]);
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`);
  const editor = page.locator('.editor-instance .monaco-editor').first();
  await editor.locator('.view-line', { hasText: 'struct sensor' }).first().waitFor();
  say('VS Code shows the header');

  await editor.locator('.squiggly-warning').first().waitFor();
  say('ok   squiggle');

  await page.keyboard.press('Control+Shift+M');
  const problems = page.locator('.markers-panel .monaco-list-row');
  for (const rule of ['padding-hole', 'tail-padding', 'pointer-field']) {
    await problems.filter({ hasText: rule }).first().waitFor();
    say('ok   Problems row', rule);
  }

  const focus = () => page.keyboard.press('Control+1');
  const input = page.locator('.quick-input-widget input.input');
  const goto = async (line, column) => {
    await page.mouse.move(5, 5);
    await focus();
    await page.keyboard.press('Control+G');
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await page.keyboard.press('Enter');
    await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  };
  const command = async (title) => {
    await page.keyboard.press('F1');
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await page.keyboard.press('Enter');
  };

  await goto(4, 9);
  await command('Show or Focus Hover');
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'stamp' }).first();
  await hover.waitFor();
  const table = await hover.innerText();
  for (const word of ['i386', 'x86_64', 'hole']) assert.match(table, new RegExp(word));
  await shot('hover');
  say('ok   hover');
  await page.keyboard.press('Escape');

  // Applies a Quick Fix at the first problem of a rule and waits until the problems are others.
  const panel = page.locator('.markers-panel');
  const fix = async (rule, wanted, picture) => {
    const [, line, column] = (await problems.filter({ hasText: rule }).first().innerText()).match(/Ln (\d+), Col (\d+)/);
    const before = await panel.innerText();
    await goto(Number(line), Number(column));
    await page.keyboard.press('Control+.');
    const action = page.locator('.action-widget .monaco-list-row.action', { hasText: wanted }).first();
    await action.waitFor();
    await shot(picture);
    const title = (await action.innerText()).trim();
    await action.click();
    for (let tries = 0; (await panel.innerText()) === before; tries++) {
      if (tries > 300) throw new Error(`"${title}" changed nothing`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    say('ok   Quick Fix:', title);
  };
  await fix('pointer-field', /^Change 'data'/, 'fix-pointer');
  await fix('padding-hole', /^Insert/, 'fix-hole');
  await fix('tail-padding', /^Insert/, 'fix-tail');
  await page.locator('.markers-panel', { hasText: 'No problems' }).waitFor();
  say('ok   no problem is left');

  await focus();
  await page.keyboard.press('Control+S');
  for (let tries = 0; tries < 50 && fs.readFileSync(file, 'utf8') === header; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const saved = fs.readFileSync(file, 'utf8');
  assert.match(saved, /__u64 data; \/\* where \*\//);
  assert.match(saved, /__u32 id; \/\* which \*\/\n\t__u\w+ __pad/);
  await shot('clean');
  say('ok   saved');

  await command('abide: Restart Server');
  await page.keyboard.press('Escape');
  await goto(4, 9);
  await command('Show or Focus Hover');
  await hover.waitFor();
  say('ok   hover after a restart');
  code = 0;
} catch (failure) {
  console.error(failure);
  try {
    await page.screenshot({ path: path.join(SHOTS, 'failure.png') });
  } catch {}
  console.error(fs.readFileSync(log, 'utf8').slice(-3000));
} finally {
  await browser?.close();
  try {
    process.kill(-server.pid, 'SIGTERM');
  } catch {}
  say(code ? 'vscode: failed' : 'vscode: all passed');
  setTimeout(() => {
    fs.rmSync(dir, { recursive: true, force: true });
    process.exit(code);
  }, 500);
}
