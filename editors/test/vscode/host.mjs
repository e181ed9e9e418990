// The extension's own tests (vscode-extension/test), in VS Code's extension
// host, on a workspace of two folders.
// Environment: EXTENSION (an unpacked package), TESTS (the bundled tests), and that of start.mjs.
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { run, say } from './start.mjs';

const { EXTENSION, TESTS, DRIVER } = process.env;

await run('host', {}, async ({ dir, open }) => {
  const driver = path.join(dir, 'a driver');
  const other = path.join(dir, 'other');
  fs.cpSync(DRIVER, driver, { recursive: true });
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, 'beta.h'), '/* abide:payload */\nstruct beta {\n\tchar *name;\n};\n');
  fs.writeFileSync(path.join(other, 'table.inc'), '/* abide:payload */\nstruct gamma {\n\tlong value;\n};\n');
  fs.writeFileSync(path.join(other, 'unopened.h'), '/* abide:payload */\nstruct delta {\n\tchar *name;\n};\n');
  const workspace = path.join(dir, 'two.code-workspace');
  fs.writeFileSync(
    workspace,
    JSON.stringify({ folders: [{ path: driver }, { path: other }], settings: { 'files.associations': { '*.inc': 'c', '*.h': 'c' } } }),
  );

  let ended;
  const code = await new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('the tests did not end')), 150000);
    ended = () => clearTimeout(limit);
    open({
      workspace,
      payload: [
        ['extensionDevelopmentPath', EXTENSION],
        ['extensionTestsPath', TESTS],
      ],
      prepare: async (page) => {
        await page.exposeFunction('codeAutomationExit', (code) => resolve(code));
        await page.exposeFunction('codeAutomationLog', (_, args) => {
          const line = format(...args);
          if (line.startsWith('test: ')) say(line.slice(6));
        });
      },
    }).catch(reject);
  });
  ended();
  if (code !== 0) throw new Error('a test failed');
});
