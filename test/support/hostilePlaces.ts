import assert from 'node:assert/strict';
import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { RunEvent, VersionsComparison } from '../../src/engine/index.ts';
import { presentPanel } from '../../src/panel/present.ts';
import {
  aCandidate,
  aClaim,
  aHeader,
  aScore,
  evaluationEvents,
  trialEvents,
} from './panelBuilders.ts';
import { someVersions } from './panelComparisons.ts';
import { viewOf } from './panelRuns.ts';
import { filledForm, readyParts } from './panelStates.ts';

/** The places into which a text from outside comes. */
export interface Places {
  readonly input: string;
  readonly output: string;
  readonly error: string;
  readonly file: string;
  readonly model: string;
  readonly note: string;
}

/** The same text in every place. */
export function everywhere(text: string): Places {
  return { input: text, output: text, error: text, file: text, model: text, note: text };
}

/** A form with texts in input, column, file, model, metric, error and remedy. */
export function formWith({
  input,
  error,
  file,
  model,
  note,
}: Places): ReturnType<typeof presentPanel> {
  const dataset = readyParts().dataset ?? assert.fail();
  return presentPanel(
    readyParts({
      form: { ...filledForm, dataset: file, expected: input, metric: note, taskModel: model },
      prompt: { label: file, placeholders: [input, 'ticket'] },
      dataset: {
        ...dataset,
        name: file,
        columns: [input, 'queue'],
        rows: [{ [input]: input }],
        problems: [{ line: 1, message: error }],
      },
      metrics: [{ name: note, description: note, direction: 'higher', range: [0, 1] }],
      providers: [
        {
          provider: 'openai',
          models: [{ id: model, provider: 'openai', origin: model, shutdownDate: note }],
          problem: error,
        },
      ],
      problems: [{ field: 'sampleK', message: error, remedy: { id: note, label: note } }],
      estimate: { problem: error },
      runs: [
        {
          runId: file,
          promptName: file,
          kind: 'optimize',
          startedAt: note,
          status: 'interrupted',
          folder: file,
        },
      ],
    }),
  );
}

/** An ended run with texts in prompt, file, model, output, error, and what models and people note. */
export function runWith({
  input,
  output,
  error,
  file,
  model,
  note,
}: Places): ReturnType<typeof presentPanel> {
  const header = aHeader({
    promptName: file,
    datasetName: file,
    taskModel: model,
    optimizerModel: model,
    metrics: ['accuracy', note],
  });
  const events: RunEvent[] = [
    { type: 'run-start', header },
    ...evaluationEvents({
      candidateId: 'original',
      purpose: 'original',
      score: aScore(0.5, 2),
      rows: 3,
      failures: [error],
    }),
    ...trialEvents({
      number: 1,
      parentId: 'original',
      candidate: aCandidate('c1', input, { operator: note, rationale: note }),
      before: aScore(0.5, 2),
      after: aScore(0.6, 2),
      accepted: true,
      reason: note,
    }),
    { type: 'wait', role: 'task', ms: 1_000, why: error },
    ...['original', 'c1'].flatMap(candidateId =>
      evaluationEvents({
        candidateId,
        purpose: 'claim',
        score: aScore(0.5, 2),
        answer: row => ({ output, value: row }),
      }),
    ),
    { type: 'claim-end', claim: aClaim({ bestId: 'c1', sentence: note }) },
    { type: 'run-end', reason: 'failed', bestId: 'c1', sentence: error },
  ];
  return presentPanel(readyParts({ run: viewOf(events, 'ended', 1) }));
}

/** Versions with texts in prompt, name, note, file, model, output and error. */
export function versionsWith({
  input,
  output,
  error,
  file,
  model,
  note,
}: Places): VersionsComparison {
  const whole = someVersions(1);
  const pairs = whole.pairs.map(({ left, right, rows }) => ({
    left: { ...left, promptName: file, note, label: note, createdAt: note },
    right: { ...right, note, prompt: { system: input, output: input } },
    system: textDiff('', input),
    output: textDiff(input, input),
    rows: rows.map(row => ({ ...row, metric: note, datasetName: file, taskModel: model })),
  }));
  const { rows } = whole;
  return {
    ...whole,
    pairs,
    versions: whole.versions.map(version => ({ ...version, promptName: file, note, label: note })),
    ...(rows
      ? {
          rows: {
            ...rows,
            datasetName: file,
            rows: rows.rows.map(row => ({
              ...row,
              cells: [
                { outcome: 'ok', value: 1, output },
                { outcome: 'failed', failure: error },
                { outcome: 'ok', value: 0, output },
              ],
            })),
          },
        }
      : {}),
  };
}
