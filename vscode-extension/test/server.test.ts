import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { at, findings, open, revert, rule, until } from './editor';

suite('a driver header', () => {
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;
  suiteSetup(async () => {
    editor = await open(0, 'sensor.h');
    document = editor.document;
    await findings(document, 'pointer-field');
  });
  teardown(() => revert(editor));

  test('findings stand on the members, and lead to the rules', async () => {
    const found = vscode.languages.getDiagnostics(document.uri).map((d) => {
      assert.equal(d.source, 'abide');
      const code = d.code as { target: vscode.Uri };
      assert.match(code.target.path, new RegExp(`/docs/rules/${rule(d)}\\.md$`));
      return `${rule(d)} ${document.getText(d.range)}`;
    });
    assert.deepEqual(found.sort(), ['padding-hole timestamp', 'pointer-field samples', 'tail-padding value']);
  });

  test('hover shows the layout of each ABI', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at(document, 'sensor_sample'));
    const text = hovers.flatMap((h) => h.contents.map((c) => (c as vscode.MarkdownString).value)).join('\n');
    for (const word of ['x86_64', 'i386', 'timestamp', '4 bytes hole']) assert.ok(text.includes(word), text);
  });

  test('inlay hints', async () => {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await until('hints', () =>
      vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all),
    );
    assert.ok(hints.some((h) => h.position.line === at(document, 'timestamp').line));
  });

  test('lenses open the layout view', async () => {
    const lenses = await until('lenses', () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100));
    const lens = lenses.find((l) => l.range.start.line === at(document, 'struct sensor_sample').line);
    assert.match(lens?.command?.title ?? '', /24 bytes/);
    assert.equal(lens?.command?.command, 'abide.showLayout');
  });

  for (const [name, member, wanted] of [
    ['padding-hole', 'timestamp', /channel;.*\n\t__u32 __pad;/],
    ['pointer-field', 'samples', /__u64 samples;.*struct sensor_sample\[\]/],
  ] as const) {
    test(`the quick fix of ${name}`, async () => {
      const finding = await until('the finding stands on its member', async () =>
        (await findings(document, name)).find((d) => document.getText(d.range) === member),
      );
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, finding.range, 'quickfix', 20);
      const preferred = actions.find((a) => a.isPreferred);
      assert.ok(preferred?.edit, actions.map((a) => a.title).join('; '));
      assert.ok(await vscode.workspace.applyEdit(preferred.edit));
      assert.match(document.getText(), wanted);
      await until('the finding is gone', () => !vscode.languages.getDiagnostics(document.uri).some((d) => rule(d) === name));
    });
  }

  test('the command that makes a record portable', async () => {
    editor.selection = new vscode.Selection(at(document, 'timestamp'), at(document, 'timestamp'));
    await vscode.commands.executeCommand('abide.makeRecordPortable');
    await until('padding is written', () => /__pad/.test(document.getText()));
    await until('one finding is left', () => vscode.languages.getDiagnostics(document.uri).map(rule).join() === 'pointer-field');
  });

  test('the ABIs of the settings count', async () => {
    const settings = vscode.workspace.getConfiguration('abide');
    await settings.update('abis', ['x86_64', 'arm64'], vscode.ConfigurationTarget.Workspace);
    await until('no hole differs', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 && found.filter((d) => rule(d) === 'padding-hole').every((d) => d.severity === vscode.DiagnosticSeverity.Information);
    });
    await settings.update('abis', undefined, vscode.ConfigurationTarget.Workspace);
    await until('it differs again', () =>
      vscode.languages.getDiagnostics(document.uri).some((d) => rule(d) === 'padding-hole' && d.severity === vscode.DiagnosticSeverity.Warning),
    );
  });
});

suite('other documents', () => {
  test('the second folder of the workspace', async () => {
    const { document } = await open(1, 'beta.h');
    await findings(document, 'pointer-field');
  });

  test('a file that settings associate with C', async () => {
    const { document } = await open(1, 'table.inc');
    await findings(document, 'long-field');
  });

  test('a document without a file', async () => {
    const content = '/* abide:payload */\nstruct u {\n\tvoid *p;\n};\n';
    const document = await vscode.workspace.openTextDocument({ language: 'c', content });
    await vscode.window.showTextDocument(document);
    await findings(document, 'pointer-field');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('the example', async () => {
    await vscode.commands.executeCommand('abide.openExample');
    await findings(vscode.window.activeTextEditor!.document, 'padding-hole');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  // The files that have findings.
  const files = () => vscode.languages.getDiagnostics().filter(([, found]) => found.length > 0).map(([uri]) => uri.path.split('/').pop());

  test('files that are not open, while the settings want them', async () => {
    assert.ok(!files().includes('unopened.h'));
    const settings = vscode.workspace.getConfiguration('abide');
    await settings.update('workspaceDiagnostics', true, vscode.ConfigurationTarget.Workspace);
    await until('findings in a file that is not open', () => files().includes('unopened.h'));
    await settings.update('workspaceDiagnostics', undefined, vscode.ConfigurationTarget.Workspace);
    await until('they are taken back', () => !files().includes('unopened.h'));
    const { document } = await open(1, 'beta.h');
    await findings(document, 'pointer-field');
  });

  test('the whole workspace, also what is not open', async () => {
    assert.ok(!files().includes('unopened.h'));
    await vscode.commands.executeCommand('abide.checkWorkspace');
    await until('findings in both folders', () => ['sensor.h', 'unopened.h'].every((name) => files().includes(name)));
  });

  test('a baseline: what has shipped is not reported any more', async () => {
    const folder = vscode.workspace.workspaceFolders![1]!.uri;
    const settings = vscode.Uri.joinPath(folder, '.abide.toml');
    const { document } = await open(1, 'beta.h');
    await vscode.workspace.fs.writeFile(settings, new TextEncoder().encode('baseline = "abi.baseline"\n'));
    await vscode.commands.executeCommand('abide.writeBaseline');
    const baseline = vscode.workspace.textDocuments.find((one) => one.uri.path.endsWith('/abi.baseline'))!;
    assert.match(baseline.getText(), /struct beta/);
    assert.ok(await baseline.save());
    await vscode.commands.executeCommand('abide.restart'); // this VS Code has no file watcher
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, at(document, '\tchar'), '\t__u32 more;\n');
    await vscode.workspace.applyEdit(edit);
    await findings(document, 'abi-changed');
    await vscode.commands.executeCommand('undo');
    await until('nothing is found', () => vscode.languages.getDiagnostics(document.uri).length === 0);
    await revert(await open(1, 'beta.h'));
    for (const name of ['.abide.toml', 'abi.baseline']) await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, name));
    await vscode.commands.executeCommand('abide.restart');
    await findings(document, 'pointer-field');
  });
});
