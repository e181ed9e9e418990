// The ABIs that are compared: shown in the status bar, chosen from a list.
// Which there are, and which are in force, the server knows: a project's
// .abide.toml may have chosen them.
import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import type { Server } from './server';

interface ABI {
  name: string;
  description: string;
  default: boolean;
  selected: boolean;
}

// The ABIs, and which are selected for the file in front: its project may have chosen others than its neighbour's.
async function known(server: Server): Promise<ABI[]> {
  const client = server.running();
  const document = inFront();
  const of = document && [{ uri: client.code2ProtocolConverter.asUri(document.uri) }];
  const answer = await client.sendRequest(ExecuteCommandRequest.type, { command: 'abide.server.abis', arguments: of ?? [] });
  return (answer as { abis: ABI[] }).abis;
}

const languages = ['c', 'cpp'];

function inFront(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && languages.includes(document.languageId) ? document : undefined;
}

/** Lets the user choose the ABIs, and keeps the choice in the workspace's settings, or in the user's without a folder. */
export async function chooseABIs(server: Server): Promise<void> {
  const items = (await known(server)).map((abi) => ({ label: abi.name, description: abi.description, picked: abi.selected }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'ABIs to compare',
    placeHolder: 'Type to search, such as riscv or big-endian',
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!picked?.length) return;
  const target = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const names = picked.map((item) => item.label);
  await vscode.workspace.getConfiguration('abide').update('abis', names, target);
}

/** The ABIs in the status bar while a C file is in front, and there whether the server is well. */
export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('abide.status', vscode.StatusBarAlignment.Right, 100);
  private readonly listeners: vscode.Disposable[];
  private names: string[] = [];

  constructor(private readonly server: Server) {
    this.item.name = 'abide';
    this.listeners = [
      server.onDidChange(() => this.ask()),
      // The server hears of a change at the same time, and answers with what it was before: ask a little later.
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('abide') && setTimeout(() => this.ask(), 300)),
      vscode.workspace.onDidSaveTextDocument((document) => document.uri.path.endsWith('.abide.toml') && setTimeout(() => this.ask(), 1000)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && void this.ask()), // a panel in front leaves it as it is
    ];
    this.draw();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }

  private async ask(): Promise<void> {
    this.draw();
    if (this.server.state.health !== 'running') return;
    try {
      this.names = (await known(this.server)).filter((abi) => abi.selected).map((abi) => abi.name);
    } catch {
      return; // it is on its way out, and that is announced by itself
    }
    this.draw();
  }

  private draw(): void {
    const { health, problem } = this.server.state;
    const { item, names } = this;
    const label = names.length > 4 ? `${names[0]} +${names.length - 1} ABIs` : names.join(' ');
    item.text = `${{ running: '$(layers)', starting: '$(loading~spin)', failed: '$(error)' }[health]} ${label || 'abide'}`;
    item.command = health === 'failed' ? 'abide.showOutput' : 'abide.chooseABIs';
    item.backgroundColor = health === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    const words = problem || `abide compares ${names.join(', ') || 'the layouts of all chosen ABIs'}. Click to choose.`;
    item.tooltip = words;
    item.accessibilityInformation = { label: words, role: 'button' };
    if (health === 'failed' || inFront()) item.show();
    else item.hide();
  }
}
