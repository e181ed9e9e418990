// A folder that is not trusted names a program of its own as the server: it
// must not run, and abide must work all the same.
// Environment: VSIX, DRIVER, and that of start.mjs.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { hands } from './hands.mjs';
import { run, say } from './start.mjs';

const { VSIX, DRIVER } = process.env;

const settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

await run('trust', { vsix: [VSIX], settings }, async ({ dir, open }) => {
  const folder = path.join(dir, 'stranger');
  fs.cpSync(DRIVER, folder, { recursive: true });
  const traces = path.join(dir, 'it-ran');
  const program = path.join(folder, 'abide');
  fs.writeFileSync(program, `#!/bin/sh\ntouch '${traces}'\n`, { mode: 0o755 });
  fs.mkdirSync(path.join(folder, '.vscode'));
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'abide.server.path': program, 'abide.abis': ['x86_64', 'arm64'] }));

  const page = await open({ folder, file: path.join(folder, 'sensor.h') });
  const { editor, problems, pick, shot } = hands(page);
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await editor.locator('.squiggly-warning').first().waitFor();
  await page.keyboard.press('Control+Shift+M');
  await problems.filter({ hasText: 'pointer-field' }).first().waitFor();
  await shot('restricted');
  assert.ok(!fs.existsSync(traces), 'a program of the workspace was run');
  say("ok   restricted mode: findings, and the workspace's program does not run");
});
