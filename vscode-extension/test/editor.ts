// What the tests do with the editor again and again.
import * as assert from 'node:assert';
import * as vscode from 'vscode';

/** Waits until there is an answer that is not undefined, null, false or empty. */
export async function until<T>(what: string, ask: () => T | undefined | null | false | Thenable<T | undefined | null | false>, ms = 15_000): Promise<T> {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await ask();
    if (answer && !(Array.isArray(answer) && answer.length === 0)) return answer;
    if (Date.now() > end) assert.fail(`waited in vain: ${what}`);
  }
}

/** Opens a file of the workspace: folder is an index, name a file in it. */
export async function open(folder: number, name: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![folder]!.uri, name);
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), vscode.ViewColumn.One);
}

/** The position of the first occurrence of some text. */
export function at(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${text} is not in ${document.fileName}`);
  return document.positionAt(offset);
}

export function rule(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return typeof code === 'object' ? String(code.value) : String(code);
}

/** The findings of one rule in a document, once there are any. */
export function findings(document: vscode.TextDocument, name: string): Promise<vscode.Diagnostic[]> {
  return until(`${name} in ${document.fileName}`, () => vscode.languages.getDiagnostics(document.uri).filter((d) => rule(d) === name));
}

/** Puts a document back to what is on disk. */
export async function revert(editor: vscode.TextEditor): Promise<void> {
  await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
