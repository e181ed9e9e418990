import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { at, open, revert, until } from './editor';

function tab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((one) => one.label.startsWith('Layout'));
}

function title(): string | undefined {
  return tab()?.label;
}

suite('layout view', () => {
  let editor: vscode.TextEditor;
  const go = (text: string) => {
    const position = at(editor.document, text);
    editor.selection = new vscode.Selection(position, position);
  };
  suiteSetup(async () => {
    editor = await open(0, 'sensor.h');
    go('timestamp');
  });
  suiteTeardown(async () => {
    await revert(editor);
    await vscode.window.tabGroups.close(tab()!);
  });

  test('shows the record under the cursor beside the editor, which keeps the focus', async () => {
    await vscode.commands.executeCommand('abide.showLayout');
    await until('the record', () => title() === 'Layout: struct sensor_sample');
    assert.equal(vscode.window.activeTextEditor, editor);
  });

  test('follows the cursor', async () => {
    go('samples;');
    await until('the other record', () => title() === 'Layout: struct sensor_batch');
  });

  test('keeps the last record while the cursor is in none', async () => {
    go('SPDX');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(title(), 'Layout: struct sensor_batch');
  });

  test('opens on the record of a lens', async () => {
    const { line, character } = at(editor.document, 'sensor_limits');
    await vscode.commands.executeCommand('abide.showLayout', editor.document.uri.toString(), { line, character });
    await until('the record of the lens', () => title() === 'Layout: struct sensor_limits');
  });
});
