// Bundles the extension and the layout view's page into dist, and with
// "tests" the tests into out.
import { build } from 'esbuild';

const common = { bundle: true, logLevel: 'warning' };
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };

if (process.argv.includes('tests')) {
  await build({ ...node, entryPoints: ['test/index.ts'], external: ['vscode', 'mocha'], outdir: 'out', sourcemap: 'inline' });
} else {
  await build({ ...node, minify: true, external: ['vscode'], entryPoints: ['src/extension.ts'], outdir: 'dist' });
  await build({
    ...common,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome118',
    entryPoints: ['src/webview/view.ts', 'src/webview/view.css'],
    outdir: 'dist',
  });
}
