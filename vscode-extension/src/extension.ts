import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand('abide.restart', () => restart(context)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('abide.server.path')) return restart(context);
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}

async function restart(context: vscode.ExtensionContext): Promise<void> {
  await client?.dispose();
  await start(context);
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  client = new LanguageClient(
    'abide',
    { command: serverPath(context), args: ['serve'] },
    {
      documentSelector: ['c', 'cpp'].flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      initializationOptions: settings(),
      synchronize: { configurationSection: 'abide' },
    },
  );
  try {
    await client.start();
  } catch (cause) {
    const answer = await vscode.window.showErrorMessage(
      `abide could not start "${serverPath(context)}": ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Set abide.server.path to the abide program.',
      'Open Settings',
    );
    if (answer) await vscode.commands.executeCommand('workbench.action.openSettings', 'abide.server.path');
  }
}

// The program: the one that the settings name, else the bundled one, else the one on PATH.
function serverPath(context: vscode.ExtensionContext): string {
  const chosen = vscode.workspace.getConfiguration('abide').get<string>('server.path');
  if (chosen) return chosen;
  const name = process.platform === 'win32' ? 'abide.exe' : 'abide';
  const bundled = context.asAbsolutePath(`bin/${name}`);
  return fs.existsSync(bundled) ? bundled : name;
}

// What the server asks for again as the configuration section "abide".
function settings(): object {
  const section = vscode.workspace.getConfiguration('abide');
  return Object.fromEntries(
    ['abis', 'scope', 'severities', 'compilationDatabase'].map((key) => [key, section.get(key)]),
  );
}
