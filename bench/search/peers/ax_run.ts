/**
 * Runs the GEPA of `@ax-llm/ax`, unmodified, through simulated worlds over loopback HTTP.
 *
 * The package is installed outside the repository:
 *   npm install --prefix /tmp/peers @ax-llm/ax@24.0.21
 *   node bench/search/server.ts   (prints url and oracle)
 *   AX=/tmp/peers/node_modules/@ax-llm/ax/index.js node bench/search/peers/ax_run.ts URL ORACLE \
 *     --worlds 20 --from 0 [--minibatch 8 --validation 30 --trials 1000] [--calls 2000] [--json FILE]
 *
 * Without --minibatch and so on they are the package's defaults: 30 trials, minibatches of 20, an
 * end after 5 trials without a gain, validation on as many rows as it chooses from the train rows.
 * Prints normalized held-out score at shares of the budget and the conformance of its requests.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { meanWithInterval } from '../figures.ts';

/** The little of the package that is called here. */
interface Ax {
  ai(options: object): object;
  ax(signature: string): { setInstruction(text: string): void };
  readonly AxGEPA: new (options: object) => {
    compile(
      program: object,
      rows: readonly Row[],
      metric: (scored: { prediction: { answer?: string }; example: Row }) => number,
      options: object,
    ): Promise<{ optimizedProgram?: { componentMap?: Record<string, string> }; bestScore: number }>;
  };
}

interface Row {
  readonly case: string;
  readonly answer: string;
}

/** A task or optimizer request as it went over the wire. */
interface Exchange {
  readonly prompt: string;
  readonly request: string;
  readonly reply: string;
}

interface WorldFigures {
  readonly seed: number;
  readonly curve: readonly (readonly [calls: number, value: number])[];
  readonly final: number;
  readonly area: number;
  readonly optimism: number;
  readonly calls: number;
  readonly conformance: { readonly prompt: number; readonly gold: number; readonly reply: number };
}

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    worlds: { type: 'string', default: '20' },
    from: { type: 'string', default: '0' },
    tier: { type: 'string', default: 'M' },
    family: { type: 'string', default: 'T1' },
    calls: { type: 'string', default: '2000' },
    minibatch: { type: 'string' },
    validation: { type: 'string' },
    trials: { type: 'string' },
    json: { type: 'string' },
  },
});
const [url = '', oracle = ''] = positionals;
const limit = Number(asked.calls);
const { ai, ax, AxGEPA } = (await import(process.env['AX'] ?? '')) as Ax;

const runs: WorldFigures[] = [];
for (let at = 0; at < Number(asked.worlds); at++)
  runs.push(await runWorld(Number(asked.from) + at));
report();
process.exit(0);

async function runWorld(seed: number): Promise<WorldFigures> {
  const place = `${asked.tier}.${asked.family}.${seed}`;
  const base = url.replace(/\/v1$/u, '');
  const parts = await json<Record<'train' | 'validation', RowOfServer[]>>(`${base}/rows/${place}`);
  const { prompt: original } = await json<{ prompt: string }>(`${base}/original/${place}`);
  const rows = [...parts.train, ...parts.validation].map(row => ({
    case: row.inputs.case,
    answer: row.expected,
  }));
  const chosen = Number(asked.validation ?? 0);
  // The package chooses by the first ones of these rows only.
  const validation = rows.slice(0, chosen || rows.length);
  const judging = Math.min(200, Math.max(10, 3 * Number(asked.minibatch ?? 20)));
  const run = `ax-${asked.minibatch ?? 'default'}-${chosen}-${asked.calls}`;
  const task: Exchange[] = [];
  const optimizer: Exchange[] = [];
  const program = ax('case:string -> answer:string');
  program.setInstruction(original);
  const found = await new AxGEPA({
    studentAI: modelOf(`sim-task@${place}@${run}`, task),
    teacherAI: modelOf(`sim-opt@${place}@${run}`, optimizer),
    seed: seed + 1,
    verbose: false,
    ...(asked.minibatch ? { minibatch: true, minibatchSize: Number(asked.minibatch) } : {}),
    ...(asked.trials
      ? { numTrials: Number(asked.trials), earlyStoppingTrials: Number(asked.trials) }
      : {}),
  }).compile(program, chosen > 0 ? rows.slice(chosen) : rows, score, {
    maxMetricCalls: limit,
    ...(chosen > 0 ? { validationExamples: validation } : {}),
  });
  const best = Object.values(found.optimizedProgram?.componentMap ?? {})[0] ?? original;
  const incumbents = incumbentsOf(task, validation.slice(0, judging), original);
  const worth = await json<{ normalized: number; accuracy: number }[]>(
    `${oracle}/${place}`,
    JSON.stringify([...incumbents.map(([, prompt]) => prompt), best]),
  );
  const curve = incumbents.map(([calls], at) => [calls, worth[at]?.normalized ?? 0] as const);
  const last = worth.at(-1);
  return {
    seed,
    curve,
    final: last?.normalized ?? 0,
    area: areaUnder(curve),
    optimism: 100 * (found.bestScore - (last?.accuracy ?? 0)),
    calls: task.length,
    conformance: conformanceOf(optimizer, task, rows, original),
  };
}

/** A model of the server, whose exchanges are noted on their way. */
function modelOf(model: string, exchanges: Exchange[]): object {
  const noting = async (address: string, init: { body: string }): Promise<Response> => {
    const response = await fetch(address, init);
    const text = await response.text();
    const request = (JSON.parse(init.body) as { messages: { content: string }[] }).messages.map(
      each => each.content,
    );
    const reply = JSON.parse(text) as { choices: { message: { content: string } }[] };
    exchanges.push({
      prompt:
        /<task_definition>\n([\s\S]*?)\n<\/task_definition>/u.exec(request[0] ?? '')?.[1] ?? '',
      request: request.join('\n'),
      reply: reply.choices[0]?.message.content ?? '',
    });
    return new Response(text, { status: response.status, headers: response.headers });
  };
  return ai({
    name: 'openai',
    apiKey: 'none',
    apiURL: url,
    config: { model, stream: false },
    options: { fetch: noting },
  });
}

function score({ prediction, example }: { prediction: { answer?: string }; example: Row }): number {
  return /<<\s*([A-Z]+)\s*>>/u.exec(prediction.answer ?? '')?.[1] === example.answer ? 1 : 0;
}

/** After how many calls which prompt had the best mean over all rows it is chosen by. */
function incumbentsOf(
  task: readonly Exchange[],
  validation: readonly Row[],
  original: string,
): (readonly [number, string])[] {
  const expected = new Map(validation.map(row => [row.case, row.answer]));
  const known = new Map<string, Map<string, number>>();
  const points: (readonly [number, string])[] = [[0, original]];
  let best = -1;
  for (const [at, { prompt, request, reply }] of task.entries()) {
    const row = /Case K\d{6}: [^\n]*/u.exec(request)?.[0].trim() ?? '';
    const answer = expected.get(row);
    if (answer === undefined) continue;
    const scores = known.get(prompt) ?? new Map<string, number>();
    scores.set(row, score({ prediction: { answer: reply }, example: { case: row, answer } }));
    known.set(prompt, scores);
    if (scores.size < validation.length) continue;
    const mean = [...scores.values()].reduce((sum, each) => sum + each, 0) / scores.size;
    if (mean > best) points.push([at + 1, prompt]);
    best = Math.max(best, mean);
  }
  return points;
}

/** Shares: the prompt stands in the request, shown rows with their answer, replies that were used. */
function conformanceOf(
  optimizer: readonly Exchange[],
  task: readonly Exchange[],
  rows: readonly Row[],
  original: string,
): WorldFigures['conformance'] {
  const used = new Set([original, ...task.map(each => each.prompt)]);
  const gold = new Map(rows.map(row => [row.case, row.answer]));
  const proposals = optimizer.filter(({ request }) => request.includes('Current Value: '));
  const current = proposals.filter(({ request }) =>
    used.has(/^[\s\S]*\nCurrent Value: ([\s\S]*?)\n\nFeedback Summary:/u.exec(request)?.[1] ?? ''),
  );
  const shown = proposals.flatMap(({ request }) => [
    ...request.matchAll(/"case": "(Case K\d{6}: [^"]*)",\s*"answer": "(\w+)"/gu),
  ]);
  const replied = proposals.filter(({ reply }) => used.has(reply.replace(/^newValue: /u, '')));
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  return {
    prompt: share(current.length, proposals.length),
    gold: share(shown.filter(each => gold.get(each[1] ?? '') === each[2]).length, shown.length),
    reply: share(replied.length, proposals.length),
  };
}

function areaUnder(curve: WorldFigures['curve']): number {
  return curve.reduce((sum, [calls, value], at) => {
    const next = Math.min(limit, curve[at + 1]?.[0] ?? limit);
    return sum + (value * Math.max(0, next - calls)) / limit;
  }, 0);
}

function report(): void {
  const mean = (read: (run: WorldFigures) => number): number =>
    runs.reduce((sum, each) => sum + read(each), 0) / runs.length;
  const at = (run: WorldFigures, calls: number): number =>
    run.curve.findLast(point => point[0] <= calls)?.[1] ?? 0;
  const shares = [0.0625, 0.125, 0.25, 0.5].map(share => share * limit);
  console.log(`ax ${JSON.stringify(asked)}`);
  console.log(
    `  ${shares.map(calls => `@${calls} ${mean(run => at(run, calls)).toFixed(3)}`).join('  ')}`,
  );
  console.log(
    `  final ${meanWithInterval(runs.map(run => run.final))}  area ${meanWithInterval(runs.map(run => run.area))}`,
  );
  console.log(
    `  to 80 %: ${runs.filter(run => run.curve.some(point => point[1] >= 0.8)).length} of ${runs.length}, optimism ${mean(run => run.optimism).toFixed(1)} points, calls ${mean(run => run.calls).toFixed(0)}`,
  );
  for (const part of ['prompt', 'gold', 'reply'] as const) {
    console.log(`  conformance ${part}: ${mean(run => run.conformance[part]).toFixed(4)}`);
  }
  if (asked.json) writeFileSync(asked.json, JSON.stringify(runs));
}

interface RowOfServer {
  readonly inputs: { readonly case: string };
  readonly expected: string;
}

async function json<Answer>(address: string, body?: string): Promise<Answer> {
  const response = await fetch(address, body === undefined ? {} : { method: 'POST', body });
  return (await response.json()) as Answer;
}
