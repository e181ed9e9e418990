// The commands that the server carries out, and the words for what came of them.
import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import type { Server } from './server';

interface Outcome {
  message?: string;
}

async function run(server: Server, command: string, args: unknown[]): Promise<void> {
  try {
    const outcome: Outcome | null = await server.running().sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
    if (outcome?.message) void vscode.window.showInformationMessage(`abide: ${outcome.message}`);
  } catch (cause) {
    void vscode.window.showErrorMessage(`abide: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Makes the record under the cursor the same on every chosen ABI. */
export async function makeRecordPortable(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return void vscode.window.showInformationMessage('abide: open a C file and put the cursor into a struct first.');
  const { line, character } = editor.selection.active;
  await run(server, 'abide.server.makePortable', [{ uri: editor.document.uri.toString(), position: { line, character } }]);
}

/** Checks every header of the workspace; the findings are in the Problems view. */
export async function checkWorkspace(server: Server): Promise<void> {
  if (needsFolder()) return;
  await run(server, 'abide.server.checkWorkspace', []);
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** Writes down what the headers define at present, as the ABI that later changes are held against. */
export async function writeBaseline(server: Server): Promise<void> {
  if (needsFolder()) return;
  await run(server, 'abide.server.writeBaseline', []);
}

function needsFolder(): boolean {
  if (vscode.workspace.workspaceFolders?.length) return false;
  void vscode.window.showInformationMessage('abide: open a folder first.');
  return true;
}
