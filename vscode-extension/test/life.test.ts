// Deaths and resurrections of the server.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { findings, open, until } from './editor';

// The extension host's children that are abide.
function servers(): number[] {
  return fs.readdirSync('/proc').map(Number).filter((pid) => {
    try {
      const [, name, rest] = /\((.*)\) (.*)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
      const [state, parent] = rest!.split(' ');
      return name === 'abide' && state !== 'Z' && Number(parent) === process.pid;
    } catch {
      return false;
    }
  });
}

suite('the life of the server', () => {
  let document: vscode.TextDocument;
  suiteSetup(async () => {
    ({ document } = await open(0, 'sensor.h'));
    await findings(document, 'pointer-field');
  });

  test('killed, it is started again and knows the open documents', async () => {
    const [before] = servers();
    process.kill(before!, 'SIGKILL');
    const [after] = await until('another server', () => servers().filter((pid) => pid !== before));
    assert.ok(after);
    await findings(document, 'pointer-field');
  });

  test('restarted by command', async () => {
    const [before] = servers();
    await vscode.commands.executeCommand('abide.restart');
    assert.deepEqual(servers().filter((pid) => pid === before), []);
    assert.equal(servers().length, 1);
    await findings(document, 'pointer-field');
  });

  test('not there, and there again', async () => {
    const settings = vscode.workspace.getConfiguration('abide');
    await settings.update('server.path', '/no/such/abide', vscode.ConfigurationTarget.Workspace);
    await until('it is gone', () => servers().length === 0);
    await settings.update('server.path', undefined, vscode.ConfigurationTarget.Workspace);
    await until('it is there', () => servers().length === 1);
    await findings(document, 'pointer-field');
  });
});
