/**
 * Throughput of each metric in rows a second over 10,000 rows: scoring all rows and one corpus
 * value. Beside it the Python reference where METRICS_PYTHON names a Python that has it, such as
 * `METRICS_PYTHON=venv/bin/python npm run bench -- metrics`; METRICS_ONLY=macro_f1,sacrebleu
 * measures these alone.
 * The goal is that none is slower than its reference; only time is compared, figures are compared
 * by `npm run vectors`. Time is the processor's, of all threads, on both sides: what else a machine
 * does then counts for neither.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Example } from '../src/engine/core/example.ts';
import { seededRandom } from '../src/engine/core/random.ts';
import type { Score } from '../src/engine/core/score.ts';
import { pearson, spearman } from '../src/engine/metrics/correlation.ts';
import { meanAbsoluteError, meanSquaredError } from '../src/engine/metrics/numbers.ts';
import { metricRegistry } from '../src/engine/metrics/registry.ts';
import { guardedChecks } from '../src/engine/workers/guardedChecks.ts';

const rows = Number(process.argv[2] ?? 10_000);

interface Row {
  readonly output: string;
  readonly expected: string;
}

/** Sentences of 8 to 30 words, of which the answer has changed, dropped and moved some. */
function textRows(): Row[] {
  const random = seededRandom(1, 'texts');
  const words = Array.from({ length: 2000 }, (_, at) =>
    `word${(at * 7919) % 2000}`.slice(0, 4 + (at % 6)),
  );
  const pick = (): string => words[Math.floor(random() * words.length)] ?? '';
  return Array.from({ length: rows }, () => {
    const expected = Array.from({ length: 8 + Math.floor(random() * 23) }, pick);
    const output = expected
      .filter(() => random() > 0.08)
      .map(word => (random() < 0.12 ? pick() : word));
    if (random() < 0.3) output.push(...output.splice(0, 3));
    return { output: `${output.join(' ')}.`, expected: `${expected.join(' ')}.` };
  });
}

function labelRows(): Row[] {
  const random = seededRandom(1, 'labels');
  const labels = ['billing', 'refund', 'shipping', 'account', 'other'];
  const pick = (): string => labels[Math.floor(random() * labels.length)] ?? '';
  return Array.from({ length: rows }, () => {
    const expected = pick();
    return { expected, output: random() < 0.8 ? expected : pick() };
  });
}

function numberRows(): Row[] {
  const random = seededRandom(1, 'numbers');
  return Array.from({ length: rows }, () => {
    const number = random() * 100;
    return { expected: number.toFixed(3), output: (number + random() - 0.5).toFixed(3) };
  });
}

function jsonRows(): Row[] {
  return numberRows().map(({ output, expected }, at) => ({
    output: JSON.stringify({ id: at, amount: Number(output), tags: ['a', 'b'], name: 'Ann' }),
    expected: JSON.stringify({ id: at, amount: Number(expected), tags: ['a', 'b'], name: 'Ann' }),
  }));
}

const kinds = { text: textRows(), label: labelRows(), number: numberRows(), json: jsonRows() };

/** Each metric with the rows that it is meant for. */
const metrics: readonly (readonly [name: string, rows: keyof typeof kinds])[] = [
  ...['exact_match', 'accuracy', 'macro_f1', 'precision', 'recall', 'f1'].map(
    name => [name, 'label'] as const,
  ),
  ['matthews_correlation', 'label'],
  ['cohens_kappa', 'label'],
  ...['token_f1', 'squad', 'squad_v2', 'bleu', 'sacrebleu', 'google_bleu'].map(
    name => [name, 'text'] as const,
  ),
  ...['rouge1', 'rouge2', 'rougeL', 'rougeLsum', 'chrf', 'chrf++', 'ter', 'wer', 'cer'].map(
    name => [name, 'text'] as const,
  ),
  ['meteor_no_wordnet', 'text'],
  ...['mae', 'mse', 'rmse', 'pearson', 'spearman', 'numeric'].map(
    name => [name, 'number'] as const,
  ),
  ['contains', 'label'],
  ['regex:pattern=^(?:billing|refund)$', 'label'],
  ['json_valid', 'json'],
  ['json_equal:tolerance=0.1', 'json'],
  ['json_schema:file=schema', 'json'],
  ['length', 'text'],
  ['sum:of=0.7 rougeL; 0.3 wer', 'text'],
];

const given = kinds.number.map(({ output }) => Number(output));
const due = kinds.number.map(({ expected }) => Number(expected));

/** What numpy is given: numbers already, and nothing is said of a single row. */
const numbersAlone: Readonly<Record<string, () => unknown>> = {
  'mae, numbers alone': () => meanAbsoluteError(given, due),
  'mse, numbers alone': () => meanSquaredError(given, due),
  'pearson, numbers alone': () => pearson(given, due),
  'spearman, numbers alone': () => spearman(given, due),
};

const schema =
  '{"type":"object","required":["id","amount"],"properties":{"amount":{"type":"number"}}}';
const { metricNamed } = metricRegistry({ checks: guardedChecks(), readText: () => schema });
const only = process.env['METRICS_ONLY']?.split(',').filter(name => name !== '') ?? [];
/** By the name up to its options. */
const isAsked = (name: string): boolean =>
  only.length === 0 || only.includes(name.split(/[:,]/, 1)[0] ?? '');
const references = referenceTimes();
console.log(references.note);
console.log('| Metric | rows/s | Python reference, rows/s | times as fast |');
console.log('| --- | ---: | ---: | ---: |');
const slower: string[] = [];
for (const [name, kind] of metrics) {
  if (isAsked(name)) print(name, rows / (await secondsOf(name, kinds[kind])));
}
for (const [name, compute] of Object.entries(numbersAlone)) {
  if (isAsked(name)) print(name, rows / (await bestOf(compute)));
}
console.log(
  slower.length === 0
    ? 'No metric was slower than a reference that was there.'
    : `Slower than their reference: ${slower.join(', ')}.`,
);

function print(name: string, own: number): void {
  const reference = references.rates[name];
  const ratio = reference === undefined ? undefined : own / reference;
  if (ratio !== undefined && ratio < 1) slower.push(name);
  const cells = [
    name.replaceAll('|', '\\|'),
    whole(own),
    reference === undefined ? '–' : whole(reference),
    ratio === undefined ? '–' : ratio.toFixed(1),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** Seconds of the processor for the fastest of some rounds, so that compiling is not counted. */
async function bestOf(compute: () => unknown): Promise<number> {
  let best = Infinity;
  const end = performance.now() + 1000;
  for (let round = 0; round < 5 || (round < 50 && performance.now() < end); round++) {
    const begin = process.cpuUsage();
    await compute();
    const { user, system } = process.cpuUsage(begin);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

async function secondsOf(name: string, kindRows: readonly Row[]): Promise<number> {
  const metric = metricNamed(name);
  await metric.check?.();
  const examples = kindRows.map(({ expected }, at): Example => ({
    id: String(at),
    inputs: {},
    expected,
    origin: 'file',
    line: at + 2,
  }));
  return bestOf(async () => {
    const scores: Score[] = [];
    for (const [at, example] of examples.entries()) {
      scores.push(await metric.score(kindRows[at]?.output ?? '', example));
    }
    metric.aggregate(scores);
  });
}

/** Rows a second of the references, by metric; those that are not installed are absent. */
function referenceTimes(): { rates: Readonly<Record<string, number>>; note: string } {
  const python = process.env['METRICS_PYTHON'];
  if (!python) {
    return { rates: {}, note: 'No Python reference: METRICS_PYTHON is not set.' };
  }
  const folder = mkdtempSync(join(tmpdir(), 'metrics-bench-'));
  try {
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(kinds));
    const script = join(import.meta.dirname, 'support/references.py');
    const words = [script, join(folder, 'rows.json'), ...only];
    const { status, stdout, stderr } = spawnSync(python, words, { encoding: 'utf8' });
    if (status !== 0) return { rates: {}, note: `The Python references failed: ${stderr}` };
    const { seconds, versions } = JSON.parse(stdout) as {
      seconds: Record<string, number>;
      versions: string;
    };
    const rates = Object.entries(seconds).map(([name, each]) => [name, rows / each]);
    return {
      rates: Object.fromEntries(rates) as Record<string, number>,
      note: `Python references: ${versions}.`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whole(rate: number): string {
  return Math.round(rate).toLocaleString('en-US');
}
