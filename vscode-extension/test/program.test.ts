import * as assert from 'node:assert';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findProgram, type Sources } from '../src/program';

const linux = { platform: 'linux', arch: 'x64' };

// The first bytes of programs for other machines.
const elfArm64 = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(9), Buffer.from([2, 0, 0xb7, 0])]);
const machArm64 = Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1]);

suite('which program is the server', () => {
  let dir: string;
  let from: Sources;
  const put = (name: string, content: string | Buffer, mode = 0o755) => {
    const file = path.join(dir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content, { mode });
    return file;
  };
  setup(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'abide-program-'));
    from = { setting: '', bundle: path.join(dir, 'bundle'), folder: path.join(dir, 'folder'), searchPath: path.join(dir, 'path') };
  });
  setup(() => fs.mkdirSync(path.join(dir, 'folder')));
  teardown(() => fs.rmSync(dir, { recursive: true }));

  test('the setting before the bundle before PATH', () => {
    const onPath = put('path/abide', '#!');
    assert.equal(findProgram(from, linux), onPath);
    const bundled = put('bundle/abide', '#!');
    assert.equal(findProgram(from, linux), bundled);
    assert.equal(findProgram({ ...from, setting: 'abide' }, linux), onPath);
    assert.equal(findProgram({ ...from, setting: '${workspaceFolder}/../path/abide' }, linux), `${from.folder}/../path/abide`);
  });

  for (const [name, prepare, setting, problem] of [
    ['none anywhere', () => {}, '', /brings none for Linux on x64, and no "abide" is on PATH/],
    ['a setting that leads nowhere', () => {}, '/no/abide', /abide\.server\.path names "\/no\/abide", and there is no such file/],
    ['a relative setting', () => {}, './abide', /neither an absolute path nor a program on PATH/],
    ['a file that is no program', () => put('bundle/abide', '', 0o644), '', /chmod \+x/],
    ['a program for another processor', () => put('bundle/abide', elfArm64), '', /Linux on arm64, and this machine is Linux on x64.*linux-x64/],
    ['a program for another system', () => put('bundle/abide', machArm64), '', /macOS on arm64/],
  ] as const) {
    test(name, () => {
      prepare();
      assert.throws(() => findProgram({ ...from, setting }, linux), problem);
    });
  }
});
