/**
 * An evaluation through the `openai` client in a process of its own: `evaluation.ts FOLDER URL ROWS
 * CONCURRENCY`. Prints one line of JSON, an `EvaluationFigures`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { compose } from '../../../src/compose.ts';
import { emptyRun, ProviderError, reduce, type Provider } from '../../../src/engine/index.ts';
import { openaiProvider } from '../../../src/engine/providers/openai.ts';

/** What the run says of itself at its end. */
export interface EvaluationFigures {
  readonly seconds: number;
  /** `EndReason`. */
  readonly ended: string;
  readonly outcomes: Readonly<Record<string, number>>;
  /** `rollout-end` events, and how many different rows they are of. */
  readonly rollouts: number;
  readonly differentRows: number;
  readonly calls: number;
  readonly tokens: number;
  readonly possiblyPaid: number;
  /** Requests that left while a rate limit held, by the client's own clock. */
  readonly early: number;
  readonly waitedSeconds: number;
  /** Highest resident memory, where /proc tells it. */
  readonly peakMegabytes?: number;
}

const [folder = '', url = '', rows = '0', concurrency = '1'] = process.argv.slice(2);
let early = 0;

/** The real provider, whose stalls are noticed in seconds and not in half a minute. */
function watched(): Provider {
  const provider = openaiProvider({
    baseUrl: url,
    keyFor: () => Promise.resolve(undefined),
    timeouts: { firstByteMs: 20_000, idleMs: 2_000 },
  });
  let limitedAt = 0;
  let closedUntil = 0;
  return {
    ...provider,
    name: 'storm',
    model(name) {
      const model = provider.model(name);
      return {
        ...model,
        id: `storm:${name}`,
        async generate(request, signal, onText) {
          const now = performance.now();
          // What was on its way when the limit came in is not early.
          if (now > limitedAt + 5 && now < closedUntil - 2) early += 1;
          try {
            return await model.generate(request, signal, onText);
          } catch (error) {
            if (error instanceof ProviderError && error.problem === 'rate-limit') {
              limitedAt = performance.now();
              closedUntil = Math.max(closedUntil, limitedAt + (error.retryAfterMs ?? 0));
            }
            throw error;
          }
        },
      };
    },
  };
}

const lines = Array.from({ length: Number(rows) }, (_, at) => `"Case ${at}: hello",blue`);
writeFileSync(join(folder, 'rows.csv'), ['input,target', ...lines, ''].join('\n'));
const engine = compose({
  folder,
  settings: {},
  keyFor: () => Promise.resolve(undefined),
  providers: [watched()],
});
const began = performance.now();
const seen = new Set<string>();
let rollouts = 0;
let state = emptyRun;
for await (const event of engine.evaluate({
  promptName: 'storm',
  prompt: { system: 'Answer: {{input}}', output: '' },
  dataset: 'rows.csv',
  metrics: ['exact_match'],
  taskModel: 'storm:task',
  settings: { concurrency: Number(concurrency) },
})) {
  state = reduce(state, event);
  if (event.type !== 'rollout-end') continue;
  rollouts += 1;
  seen.add(event.rollout.exampleId);
}
const { calls, inputTokens, outputTokens, possiblyPaid } = state.spending.task;
const peak = peakMegabytes();
const figures: EvaluationFigures = {
  seconds: (performance.now() - began) / 1000,
  ended: state.ended?.reason ?? 'never',
  outcomes: state.outcomes,
  rollouts,
  differentRows: seen.size,
  calls,
  tokens: inputTokens + outputTokens,
  possiblyPaid,
  early,
  waitedSeconds: state.waitedMs / 1000,
  ...(peak === undefined ? {} : { peakMegabytes: peak }),
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit());

function peakMegabytes(): number | undefined {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    return found ? Math.round(Number(found[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}
