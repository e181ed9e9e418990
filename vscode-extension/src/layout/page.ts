import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The view's page. It loads its own script and style sheet, and nothing else. */
export function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', name)).toString();
  const nonce = randomBytes(16).toString('hex');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('view.css')}">
<title>Layout</title>
</head>
<body>
<main id="view"></main>
<script nonce="${nonce}" src="${file('view.js')}"></script>
</body>
</html>`;
}
