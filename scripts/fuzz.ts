/**
 * Generated cases by the hundred thousand, which the rings only run a sample of.
 *
 *   npm run fuzz -- datasets               100,000 dataset files
 *   FUZZ_CASES=5000 npm run fuzz -- datasets
 *   FUZZ_SECONDS=60 npm run fuzz -- datasets   this long for each kind at most
 *
 * Exit code 0 where every case was right or reported.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { repository, withOwnNode } from './host/places.ts';

const suites: Readonly<Record<string, string>> = { datasets: 'test/engine/datasets/fuzz.test.ts' };

const [name = ''] = process.argv.slice(2);
const suite = suites[name];
if (suite === undefined) {
  console.error(`Say what is to be fuzzed: ${Object.keys(suites).join(', ')}.`);
  process.exitCode = 2;
} else {
  const { FUZZ_CASES = '100000', FUZZ_SECONDS = '900' } = process.env;
  const child = spawn('mocha', [suite], {
    cwd: repository,
    env: { ...withOwnNode(process.env), FUZZ_CASES, FUZZ_SECONDS },
    stdio: 'inherit',
  });
  child.on('exit', code => (process.exitCode = code ?? 1));
}
