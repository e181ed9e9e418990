// Which program is the server, and whether this machine can run it: the
// questions are asked before it is started, so that the answer is a sentence
// and not "spawn ENOEXEC".
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** A machine in Node's words, such as linux and x64. */
export interface Machine {
  platform: string;
  arch: string;
}

export const thisMachine: Machine = { platform: process.platform, arch: process.arch };

/** A problem that the user can solve; its message is shown as it is. */
export class ProgramProblem extends Error {}

export interface Sources {
  /** The setting abide.server.path; empty for none. */
  setting: string;
  /** The folder of the program that comes with the extension. */
  bundle: string;
  /** What ${workspaceFolder} stands for; undefined without a folder. */
  folder: string | undefined;
  /** The value of PATH. */
  searchPath: string;
}

/**
 * Gives the program to run: the one that the setting names, else the bundled
 * one, else the one on PATH. Throws a ProgramProblem where there is none, or
 * none that this machine can run.
 */
export function findProgram(from: Sources, machine = thisMachine): string {
  const name = machine.platform === 'win32' ? 'abide.exe' : 'abide';
  const bundled = path.join(from.bundle, name);
  if (from.setting) {
    const chosen = fromSetting(from);
    return runnable(chosen, `The setting abide.server.path names "${chosen}"`, machine);
  }
  if (fs.existsSync(bundled)) return runnable(bundled, `This extension brings "${bundled}"`, machine);
  const onPath = lookUp(name, from.searchPath);
  if (onPath) return runnable(onPath, `PATH leads to "${onPath}"`, machine);
  throw new ProgramProblem(
    `There is no server: this build of the extension brings none for ${describe(machine)}, and no "${name}" is on PATH. ` +
      'Install abide, or set abide.server.path to the program.',
  );
}

function fromSetting(from: Sources): string {
  let chosen = from.setting;
  if (chosen.startsWith('~/')) chosen = path.join(os.homedir(), chosen.slice(2));
  if (from.folder) chosen = chosen.replaceAll('${workspaceFolder}', from.folder);
  if (path.isAbsolute(chosen)) return chosen;
  const found = chosen.includes('/') || chosen.includes('\\') ? undefined : lookUp(chosen, from.searchPath);
  if (found) return found;
  throw new ProgramProblem(
    `The setting abide.server.path is "${from.setting}", which is neither an absolute path nor a program on PATH. ` +
      'Set it to the full path of abide, or empty it to use the one that comes with the extension.',
  );
}

function lookUp(name: string, searchPath: string): string | undefined {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

function runnable(file: string, subject: string, machine: Machine): string {
  const info = fs.statSync(file, { throwIfNoEntry: false });
  if (!info) throw new ProgramProblem(`${subject}, and there is no such file.`);
  if (!info.isFile()) throw new ProgramProblem(`${subject}, which is not a file.`);
  if (machine.platform !== 'win32') {
    try {
      fs.accessSync(file, fs.constants.X_OK);
    } catch {
      throw new ProgramProblem(`${subject}, which may not be executed: chmod +x makes it a program.`);
    }
  }
  const built = machineOf(file);
  if (built && !runs(built, machine)) {
    throw new ProgramProblem(
      `${subject}, a program for ${describe(built)}, and this machine is ${describe(machine)}. ` +
        `Install the extension's package for ${machine.platform}-${machine.arch}.`,
    );
  }
  return file;
}

// macOS on ARM translates, and Windows on ARM emulates, what was built for x64.
function runs(built: Machine, machine: Machine): boolean {
  if (built.platform !== machine.platform) return false;
  return built.arch === machine.arch || (built.arch === 'x64' && machine.arch === 'arm64' && machine.platform !== 'linux');
}

const systems: Record<string, string> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

function describe(machine: Machine): string {
  return `${systems[machine.platform] ?? machine.platform} on ${machine.arch}`;
}

const elf: Record<number, string> = { 0x3e: 'x64', 0xb7: 'arm64', 0x03: 'ia32', 0x28: 'arm', 0xf3: 'riscv64' };
const machO: Record<number, string> = { 0x01000007: 'x64', 0x0100000c: 'arm64' };
const pe: Record<number, string> = { 0x8664: 'x64', 0xaa64: 'arm64', 0x014c: 'ia32' };

/** Reads off a program's first bytes which machine it was built for; undefined for scripts and everything else. */
export function machineOf(file: string): Machine | undefined {
  const head = Buffer.alloc(4096);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, head, 0, head.length, 0);
  } finally {
    fs.closeSync(handle);
  }
  if (head.readUInt32BE(0) === 0x7f454c46) {
    const machine = head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18);
    return { platform: 'linux', arch: elf[machine] ?? `an unknown processor (${machine})` };
  }
  if (head.readUInt32LE(0) === 0xfeedfacf) {
    const machine = head.readUInt32LE(4);
    return { platform: 'darwin', arch: machO[machine] ?? `an unknown processor (${machine})` };
  }
  const at = head.readUInt32LE(0x3c);
  if (head.toString('latin1', 0, 2) === 'MZ' && at + 6 <= head.length && head.toString('latin1', at, at + 4) === 'PE\0\0') {
    const machine = head.readUInt16LE(at + 4);
    return { platform: 'win32', arch: pe[machine] ?? `an unknown processor (${machine})` };
  }
  return undefined;
}
