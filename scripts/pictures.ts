/**
 * Takes a picture of every screen in a real window, in four themes and two widths, for a person to
 * look at. Beside the pictures, `sheets/` holds the four themes of each screen in one.
 *
 *   npm run pictures                          all, into a folder below the system's temporary one
 *   npm run pictures -- versions --into DIR   only test/pictures/versions.pictures.ts
 *   npm run pictures -- --themes dark,light   in these themes only
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { repository, withOwnNode } from './host/places.ts';

takePictures();

function takePictures(): void {
  const { values, positionals } = parseArgs({
    options: { into: { type: 'string' }, themes: { type: 'string' } },
    allowPositionals: true,
  });
  const files = globSync('test/pictures/*.pictures.ts', { cwd: repository }).sort();
  const names = files.map(file => basename(file, '.pictures.ts'));
  const unknown = positionals.filter(name => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`No such pictures: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
    process.exit(2);
  }
  const into = resolve(values.into ?? join(tmpdir(), 'prompt-refiner-pictures'));
  const wanted = files.filter((_, index) => {
    const name = names[index] ?? '';
    return positionals.length === 0 || positionals.includes(name);
  });
  if (values.themes !== undefined) process.env['PICTURE_THEMES'] = values.themes;
  run(into, 'node', 'esbuild.js');
  run(into, 'mocha', '--timeout', '600000', '--slow', '300000', ...wanted);
  console.log(`The pictures are in ${into}.`);
}

function run(into: string, command: string, ...args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    cwd: repository,
    env: withOwnNode({ ...process.env, PICTURES: into }),
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
