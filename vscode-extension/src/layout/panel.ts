// The layout view: a picture of the record under the cursor, beside the editor.
import * as vscode from 'vscode';
import type { Server } from '../server';
import { page } from './page';
import type { RecordLayout, Reply, Show } from './protocol';

// A picture follows an edit after this pause, in milliseconds.
const pause = 80;

const noRecord = 'Put the cursor into a struct or a union of a C file.';

export class LayoutView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown: RecordLayout | undefined;
  private at: { uri: vscode.Uri; position: vscode.Position } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asking = 0;
  private readonly listeners: vscode.Disposable[];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
  ) {
    this.listeners = [
      vscode.window.onDidChangeTextEditorSelection((event) => this.follow(event.textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument((event) => this.edited(event)),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('abide') && this.soon(500)),
      server.onDidChange(() => this.soon()),
    ];
  }

  /** Opens the view on a record, or on the one under the cursor. */
  show(uri?: vscode.Uri, position?: vscode.Position): void {
    const editor = vscode.window.activeTextEditor;
    if (uri && position) this.at = { uri, position };
    else if (editor) this.at = { uri: editor.document.uri, position: editor.selection.active };
    if (this.panel) this.panel.reveal(undefined, true);
    else {
      const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.adopt(vscode.window.createWebviewPanel('abide.layout', 'Layout', where));
    }
    this.soon(0);
  }

  /** Takes a panel: a new one, or one that VS Code kept over a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'layout.svg');
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.extension, 'dist')],
    };
    panel.webview.onDidReceiveMessage((reply: Reply) => this.receive(reply));
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.shown = undefined;
    });
    panel.webview.html = page(panel.webview, this.extension);
    const editor = vscode.window.activeTextEditor;
    if (!this.at && editor) this.follow(editor);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    vscode.Disposable.from(...this.listeners).dispose();
  }

  private follow(editor: vscode.TextEditor): void {
    if (!['file', 'untitled'].includes(editor.document.uri.scheme)) return; // an output channel is an editor, too
    this.at = { uri: editor.document.uri, position: editor.selection.active };
    this.soon();
  }

  // Keeps the place when another editor, or a quick fix, changes what is above it.
  private edited(event: vscode.TextDocumentChangeEvent): void {
    if (!this.at) return;
    if (event.document.uri.toString() === this.at.uri.toString()) {
      let { line, character } = this.at.position;
      for (const { range, text } of event.contentChanges) {
        if (range.end.line < line) line += text.split('\n').length - 1 - (range.end.line - range.start.line);
      }
      this.at.position = new vscode.Position(Math.max(line, 0), character);
    }
    this.soon(); // an included header may have changed
  }

  private soon(wait = pause): void {
    if (!this.panel) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), wait);
  }

  private async refresh(): Promise<void> {
    if (!this.panel?.visible || !this.at) return;
    const asked = ++this.asking;
    const { uri, position } = this.at;
    let answer: RecordLayout | null = null;
    let hint = noRecord;
    try {
      answer = await this.server.running().sendRequest<RecordLayout | null>('abide/layout', {
        textDocument: { uri: this.server.running().code2ProtocolConverter.asUri(uri) },
        position: { line: position.line, character: position.character },
      });
    } catch (cause) {
      hint = cause instanceof Error ? cause.message : String(cause);
    }
    if (asked !== this.asking || !this.panel) return; // a newer question is on its way
    if (answer) {
      this.shown = answer;
      this.panel.title = `Layout: ${answer.name}`;
      answer.member ??= memberAt(answer, uri, position);
      this.post({ type: 'show', layout: answer });
    } else if (!this.shown || hint !== noRecord) {
      this.post({ type: 'show', hint });
    } // between two records the last picture stays
  }

  private post(message: Show): void {
    void this.panel?.webview.postMessage(message);
  }

  private async receive(reply: Reply): Promise<void> {
    if (reply.type === 'ready') return this.soon(0);
    const to = this.shown?.layouts[reply.group]?.members[reply.member]?.location;
    if (!to) return;
    const convert = this.server.running().protocol2CodeConverter;
    const uri = convert.asUri(to.uri);
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    await vscode.window.showTextDocument(uri, {
      selection: convert.asRange(to.range),
      viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
    });
  }
}

// The member that is declared on the cursor's line, wherever on it the cursor is.
function memberAt(record: RecordLayout, uri: vscode.Uri, position: vscode.Position): string | undefined {
  return record.layouts[0]?.members.find(
    ({ location }) => location?.range.start.line === position.line && vscode.Uri.parse(location.uri).toString() === uri.toString(),
  )?.path;
}
