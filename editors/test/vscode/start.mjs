// VS Code itself, out of get-vscode's folder, and Chromium to look at it.
// Environment: VSCODE (the folder), SHOTS (where pictures go).
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const { VSCODE, SHOTS } = process.env;
const { chromium } = createRequire(path.join(VSCODE, 'package.json'))('playwright-core');
const node = path.join(VSCODE, 'node');
const entry = path.join(VSCODE, 'vscode/out/server-main.js');

const began = Date.now();
export const say = (...words) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)}s`, ...words);
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a condition holds. */
export async function until(what, holds, ms = 40000) {
  for (const end = Date.now() + ms; ; await pause(100)) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
  }
}

const quiet = {
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
  'editor.inlayHints.enabled': 'on',
  'files.autoSave': 'off',
  'files.associations': { '*.h': 'c' },
  'window.confirmBeforeClose': 'never',
};

/** Starts Chromium. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });

/**
 * Starts VS Code with the packages installed, and gives what a run needs:
 * dir (a folder of its own), open (a browser page with a folder or a workspace
 * file, and a file in it), strangers (hosts that pages asked for), log, stop.
 */
export async function start({ vsix = [], settings = {} }) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'abide-vscode-'));
  const data = path.join(dir, 'data');
  fs.mkdirSync(path.join(data, 'User'), { recursive: true });
  fs.mkdirSync(SHOTS, { recursive: true });
  fs.writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify({ ...quiet, ...settings }));

  const env = { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir, XDG_DATA_HOME: dir, XDG_CACHE_HOME: dir, PATH: '/usr/bin:/bin' };
  for (const key of Object.keys(env)) if (key.startsWith('VSCODE_') || key === 'NODE_OPTIONS') delete env[key];
  const common = [
    ...['--user-data-dir', data, '--server-data-dir', path.join(dir, 'server'), '--extensions-dir', path.join(dir, 'extensions')],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
  ];
  if (vsix.length) execFileSync(node, [entry, ...common, ...vsix.flatMap((file) => ['--install-extension', file])], { env, stdio: 'pipe' });

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
    [entry, ...common, '--host', '127.0.0.1', '--port', `${port}`, '--without-connection-token', '--enable-smoke-test-driver'],
    { env, stdio: ['ignore', out, out], detached: true },
  );
  await until('the VS Code server comes up', async () => {
    try {
      return (await fetch(`http://127.0.0.1:${port}/version`)).ok;
    } catch {
      return false;
    }
  });
  const browser = await launch();
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const strangers = new Set(); // hosts that a page asked for

  const open = async ({ folder, workspace, file, payload = [], prepare, size = { width: 1280, height: 800 } }) => {
    const page = await (await browser.newContext({ viewport: size })).newPage();
    page.setDefaultTimeout(40000);
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') strangers.add(hostname);
    });
    await prepare?.(page);
    const query = new URLSearchParams(workspace ? { workspace } : { folder });
    if (file) payload = [...payload, ['openFile', remote + file]];
    query.set('payload', JSON.stringify(payload.map(([key, value]) => [key, value.startsWith('/') ? remote + value : value])));
    await page.goto(`http://127.0.0.1:${port}/?${query}`);
    return page;
  };
  const stop = async () => {
    await browser.close();
    try {
      process.kill(-server.pid, 'SIGTERM');
    } catch {}
    await pause(500);
    fs.rmSync(dir, { recursive: true, force: true });
  };
  return { dir, open, stop, strangers, log: () => fs.readFileSync(log, 'utf8').split('\n').filter((line) => !/spdlog|^ +at |vsda|gallery/.test(line)).join('\n').slice(-3000) };
}

/** Runs scenario(session); keeps a picture of every page where it fails, and ends the process. */
export async function run(name, options, scenario) {
  const pages = [];
  let session;
  let code = 1;
  try {
    session = await start(options);
    const { open } = session;
    await scenario({ ...session, open: async (what) => pages[pages.push(await open(what)) - 1] });
    code = 0;
  } catch (failure) {
    console.error(failure);
    for (const [i, page] of pages.entries()) await page.screenshot({ path: path.join(SHOTS, `failure-${name}-${i}.png`) }).catch(() => {});
    if (session) console.error(session.log());
  } finally {
    await session?.stop();
    say(`${name}: ${code ? 'failed' : 'all passed'}`);
    process.exit(code);
  }
}
