import { createHash } from 'node:crypto';
import type { Candidate } from '../../src/engine/core/candidate.ts';
import { withDefaults } from '../../src/engine/core/defaults.ts';
import type { Example } from '../../src/engine/core/example.ts';
import type { Prompt } from '../../src/engine/core/prompt.ts';
import { emptyRun, reduce } from '../../src/engine/core/reduce.ts';
import type { RunEvent, RunHeader, RunSettings, RunState } from '../../src/engine/core/run.ts';

/** A row whose id is its number: `row-007`. */
export function anExample(
  number: number,
  input: string,
  expected: string,
  more: Partial<Example> = {},
): Example {
  const id = `row-${String(number).padStart(3, '0')}`;
  return { id, inputs: { text: input }, expected, origin: 'file', line: number + 1, ...more };
}

/** The id that tests use for a prompt: a hash of both components. */
export function promptId(prompt: Prompt): string {
  const text = JSON.stringify([prompt.system, prompt.output]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** A candidate of this system prompt; the original of a run where no parents are named. */
export function aCandidate(system: string, more: Partial<Candidate> = {}): Candidate {
  const prompt = { system, output: '' };
  return { id: promptId(prompt), prompt, parents: [], operator: 'original', ...more };
}

/** The header of an optimization of `system`, with default settings but for `settings`. */
export function aHeader(
  system: string,
  settings: Partial<RunSettings> = {},
  more: Partial<RunHeader> = {},
): RunHeader {
  return {
    runId: 'run-1',
    kind: 'optimize',
    promptName: 'sorting',
    version: 1,
    original: aCandidate(system),
    settings: withDefaults(settings),
    datasetName: 'rows.jsonl',
    datasetFingerprint: 'f00d',
    rows: {},
    unusableRows: 0,
    metrics: ['exact_match'],
    taskModel: 'scripted:task',
    optimizerModel: 'scripted:optimizer',
    ...more,
  };
}

/** All events of a run, and their fold. */
export async function collect(
  run: AsyncIterable<RunEvent>,
): Promise<{ events: RunEvent[]; state: RunState }> {
  const events: RunEvent[] = [];
  for await (const event of run) events.push(event);
  return { events, state: events.reduce(reduce, emptyRun) };
}
