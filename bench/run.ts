/**
 * Runs every part of the benchmark (each `bench/*.ts` but this one) in a process of its own, one
 * after the other, prints their figures and keeps them in bench/RESULTS.md.
 *
 *   npm run bench                  all parts
 *   npm run bench -- throughput    only those that are named; RESULTS.md stays as it is
 */
import { spawn } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { repository, withOwnNode } from '../scripts/host/places.ts';

/** What one part printed and whether it stayed within its limits. */
interface PartResult {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
}

const parts = globSync('bench/*.ts', { cwd: repository })
  .map(path => basename(path, '.ts'))
  .filter(name => name !== 'run')
  .sort();

process.exitCode = (await runBenchmark(process.argv.slice(2))) ? 0 : 1;

async function runBenchmark(named: readonly string[]): Promise<boolean> {
  const unknown = named.filter(name => !parts.includes(name));
  if (unknown.length > 0) {
    console.error(`No such part: ${unknown.join(', ')}. There are: ${parts.join(', ')}.`);
    return false;
  }
  const results: PartResult[] = [];
  for (const name of named.length > 0 ? named : parts) results.push(await runPart(name));
  if (named.length === 0) writeFileSync(join(repository, 'bench/RESULTS.md'), report(results));
  const broken = results.filter(({ passed }) => !passed).map(({ name }) => name);
  if (broken.length > 0) console.error(`Outside of its limits, or broken: ${broken.join(', ')}.`);
  return broken.length === 0;
}

function runPart(name: string): Promise<PartResult> {
  console.log(`\n── ${name} ──`);
  return new Promise((resolve, reject) => {
    const child = spawn('node', [`bench/${name}.ts`], {
      cwd: repository,
      env: withOwnNode(process.env),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      process.stdout.write(text);
    });
    child.once('error', reject);
    child.once('close', code => resolve({ name, passed: code === 0, output }));
  });
}

function report(results: readonly PartResult[]): string {
  const processor = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  const machine = `${cpus().length} × ${processor}, ${memory} GB, ${type()} ${release()}`;
  const sections = results.map(
    ({ name, passed, output }) =>
      `## ${name}${passed ? '' : ' (outside of its limits)'}\n\n\`\`\`text\n${output.trim()}\n\`\`\`\n`,
  );
  return [
    '# Results',
    'Written by `npm run bench`; each part says at its top what it measures.',
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}.`,
    sections.join('\n'),
  ].join('\n\n');
}
