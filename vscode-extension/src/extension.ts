import * as vscode from 'vscode';
import { chooseABIs, Status } from './abis';
import { checkWorkspace, makeRecordPortable, writeBaseline } from './commands';
import { LayoutView } from './layout/panel';
import { Server } from './server';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('abide', { log: true });
  server = new Server(context, output);
  const running = server;
  const view = new LayoutView(context.extensionUri, running);

  const commands: Record<string, (...args: any[]) => unknown> = {
    'abide.restart': () => running.restart(),
    'abide.showOutput': () => output.show(),
    'abide.showLayout': (uri?: string, at?: { line: number; character: number }) =>
      typeof uri === 'string' && at ? view.show(vscode.Uri.parse(uri), new vscode.Position(at.line, at.character)) : view.show(),
    'abide.chooseABIs': () => chooseABIs(running),
    'abide.makeRecordPortable': () => makeRecordPortable(running),
    'abide.checkWorkspace': () => checkWorkspace(running),
    'abide.writeBaseline': () => writeBaseline(running),
    'abide.openExample': () => openExample(context),
  };
  context.subscriptions.push(
    output,
    view,
    new Status(running),
    ...Object.entries(commands).map(([name, act]) => vscode.commands.registerCommand(name, act)),
    vscode.window.registerWebviewPanelSerializer('abide.layout', {
      deserializeWebviewPanel: async (panel) => view.adopt(panel),
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('abide.server.path')) return running.restart();
    }),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.dispose();
}

// A header to try things on, as an untitled document: nothing is written to disk.
async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const file = vscode.Uri.joinPath(context.extensionUri, 'media', 'example.h');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: 'c', content });
  await vscode.window.showTextDocument(document);
}
