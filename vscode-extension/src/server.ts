// The server's life: found, started, started again after a crash, stopped.
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/node';
import { announceLayoutView } from './layout/announce';
import { findProgram, ProgramProblem } from './program';

/** What the status item shows of the server. */
export type Health = 'starting' | 'running' | 'failed';

// A server that crashes is started again after these waits, in milliseconds;
// behind the last one it is given up until the user asks.
const waits = [500, 1000, 2000, 4000, 8000];

// A program that does not answer "initialize" within this time, in milliseconds, is no abide.
const patience = 30_000;

// One that ran for this long, in milliseconds, is not held to have failed at the start.
const settled = 60_000;

// Failures are told by Server, once and with what to do; the library's own words go to the output alone.
class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private health: Health = 'starting';
  private problem = '';
  private crashes = 0;
  private startedAt = 0;
  private command = '';
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private disposed = false;
  private readonly changed = new vscode.EventEmitter<void>();

  /** Fires when the server's health changes. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /** How the server is, and in a sentence why it is not well. */
  get state(): { health: Health; problem: string } {
    return { health: this.health, problem: this.problem };
  }

  /** The running server; throws, with what the user can do, while there is none. */
  running(): LanguageClient {
    if (this.client && this.health === 'running') return this.client;
    throw new Error(this.problem || 'The abide server is still starting.');
  }

  /** Starts the server, or starts it anew. Ends when it runs or has failed. */
  restart(): Promise<void> {
    this.crashes = 0;
    return this.queue(() => this.replace());
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.queue(() => this.stop());
    this.changed.dispose();
  }

  // One start or stop at a time, in the order they were asked for.
  private queue(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step, step);
    return this.turn;
  }

  private async replace(): Promise<void> {
    await this.stop();
    if (this.disposed) return;
    this.set('starting', '');
    try {
      const program = this.program();
      this.command = program;
      this.output.info(`starting ${program} serve`);
      const client = this.make(program);
      this.client = client;
      this.startedAt = Date.now();
      await answered(client.start());
      if (this.client === client) this.set('running', '');
    } catch (cause) {
      if (cause instanceof ProgramProblem) this.giveUp(cause.message);
      else this.crashed(cause instanceof Error ? cause.message : String(cause));
    }
  }

  private async stop(): Promise<void> {
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch {
      // It is gone already.
    }
  }

  private program(): string {
    return findProgram({
      setting: vscode.workspace.getConfiguration('abide').get<string>('server.path', '').trim(),
      bundle: this.context.asAbsolutePath('bin'),
      folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      searchPath: process.env.PATH ?? '',
    });
  }

  private make(program: string): LanguageClient {
    const options: LanguageClientOptions = {
      documentSelector: [
        ...['c', 'cpp'].flatMap((language) => ['file', 'untitled'].map((scheme) => ({ scheme, language }))),
        { scheme: 'file', pattern: '**/*.h' },
      ],
      outputChannel: this.output,
      initializationOptions: vscode.workspace.getConfiguration('abide'),
      synchronize: { configurationSection: 'abide' },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          if (this.client === client) this.crashed('The server ended unexpectedly.');
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      initializationFailedHandler: () => false,
    };
    const client = new Client('abide', 'abide', { command: program, args: ['serve'] }, options);
    client.registerFeature(announceLayoutView);
    return client;
  }

  // Called once for each client that fails: it is no longer this.client after that.
  private crashed(reason: string): void {
    const failed = this.client;
    if (!failed) return;
    this.client = undefined;
    void failed.dispose().catch(() => undefined);
    if (Date.now() - this.startedAt > settled) this.crashes = 0;
    const wait = waits[this.crashes++];
    if (wait === undefined) return this.giveUp(`"${this.command}" ended ${this.crashes} times in a row. ${reason}`);
    this.output.warn(`${reason} It is started again in ${wait} ms.`);
    this.set('starting', `${reason} It is being started again.`);
    this.timer = setTimeout(() => void this.queue(() => this.replace()), wait);
  }

  private giveUp(problem: string): void {
    this.output.error(problem);
    this.set('failed', problem);
    const restart = 'Restart';
    const output = 'Show Output';
    const settings = 'Open Settings';
    void vscode.window.showErrorMessage(`abide cannot start. ${problem}`, restart, output, settings).then((answer) => {
      if (answer === restart) return this.restart();
      if (answer === output) this.output.show();
      if (answer === settings) return vscode.commands.executeCommand('workbench.action.openSettings', 'abide.server.path');
    });
  }

  private set(health: Health, problem: string): void {
    this.health = health;
    this.problem = problem;
    if (!this.disposed) this.changed.fire();
  }
}

async function answered(start: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not answer within ${patience / 1000} s: is it abide?`)), patience);
  });
  try {
    await Promise.race([start, late]);
  } finally {
    clearTimeout(timer);
  }
}
