/** Size of the VSIX: at most 3 MB. `scripts/package.ts` makes it and refuses a larger one. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { repository, withOwnNode } from '../scripts/host/places.ts';

const { status, stdout } = spawnSync('node', ['scripts/package.ts'], {
  cwd: repository,
  env: withOwnNode(process.env),
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
const figures = stdout.split('\n').find(line => /\.vsix: [\d.]+ MB/.test(line));
console.log(figures === undefined ? stdout : `${figures} (limit 3 MB)`);
process.exitCode = status ?? 1;
