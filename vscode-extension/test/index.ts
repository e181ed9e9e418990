// What VS Code calls to run the tests in its extension host.
import Mocha from 'mocha';

// One line a test, marked so that it is told from what VS Code itself logs.
function report(runner: Mocha.Runner): void {
  const line = (text: string) => console.log(`test: ${text}`);
  runner.on('pass', (test) => line(`ok   ${test.fullTitle()}`));
  runner.on('fail', (test, cause) => line(`FAIL ${test.fullTitle()}\n${cause.stack}`));
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: report as unknown as Mocha.ReporterConstructor });
  mocha.suite.emit('pre-require', globalThis, 'index', mocha);
  await import('./program.test');
  await import('./rows.test');
  await import('./server.test');
  await import('./layout.test');
  await import('./life.test');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures) throw new Error(`${failures} tests failed`);
}
