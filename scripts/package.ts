/**
 * Makes the VSIX and refuses one that is too large or holds what does not belong into it.
 *
 *   npm run package
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { repository, withOwnNode } from './host/places.ts';

const mostBytes = 3 * 1024 * 1024;

/** What a person needs who installs the extension, and nothing else. */
const belongs =
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/.+|media\/.+\.(svg|png|md)|examples\/triage\/.+)$/;

/** What the extension and the command line open at run time; the demo needs its samples. */
const mustHave = [
  'package.json',
  'README.md',
  'LICENSE',
  'dist/LICENSES.txt',
  'dist/extension.js',
  'dist/panel/main.js',
  'dist/comparison/main.js',
  'media/icon.svg',
  'examples/triage/prompt.md',
  'examples/triage/tickets.csv',
];

packageExtension();

function packageExtension(): void {
  run('node', 'esbuild.js', '--production');
  const contents = run('vsce', 'ls', '--no-dependencies').split('\n').filter(Boolean);
  const strange = contents.filter(path => !belongs.test(path) || path.endsWith('.map'));
  const missing = mustHave.filter(path => !contents.includes(path));
  if (strange.length > 0) refuse(`The VSIX would hold ${strange.join(', ')}.`);
  if (missing.length > 0) refuse(`The VSIX would not hold ${missing.join(', ')}.`);

  const file = `prompt-refiner-${version()}.vsix`;
  const asTheyAre = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  run('vsce', 'package', '--no-dependencies', ...asTheyAre, '--out', file);
  const bytes = statSync(join(repository, file)).size;
  const size = `${(bytes / 1024 / 1024).toFixed(2)} MB`;
  if (bytes > mostBytes) refuse(`${file} has ${size}, more than 3 MB.`);
  console.log(`${file}: ${size}, ${contents.length} files`);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** @returns what the command printed; ends this script where the command fails */
function run(command: string, ...args: readonly string[]): string {
  const { status, stdout } = spawnSync(command, args, {
    cwd: repository,
    env: withOwnNode(process.env),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) refuse(`${stdout}\n"${command} ${args.join(' ')}" failed.`);
  return stdout;
}
