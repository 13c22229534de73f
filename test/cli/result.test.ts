import assert from 'node:assert/strict';
import { exitCodes } from '../../src/cli/exitCodes.ts';
import type { FollowedRun } from '../../src/cli/followRun.ts';
import { reportText } from '../../src/report/reportText.ts';
import { runJson } from '../../src/report/resultJson.ts';
import { resultText } from '../../src/cli/resultText.ts';
import { runResult as resultOf, type SavedVersion } from '../../src/report/runResult.ts';
import { exitCodeOfRun } from '../../src/cli/exitCodeOfRun.ts';
import type { RunEvent, RunHeader } from '../../src/engine/index.ts';
import { noOutcomes } from '../../src/engine/core/score.ts';
import { keptTerminal } from './keptTerminal.ts';
import { header, rollout, searchEvents, stateAfter } from './sampleRun.ts';

const versions = [
  { role: 'original', promptName: 'triage', number: 1, path: '/w/.prompts/triage/v1.md' },
  { role: 'winner', promptName: 'triage', number: 2, path: '/w/.prompts/triage/v2.md' },
] as const;

function followed(events: readonly RunEvent[]): FollowedRun {
  const state = stateAfter(events);
  return {
    state,
    exitCode: exitCodes.done,
    sentence: state.ended?.sentence ?? '',
    milliseconds: 61_000,
  };
}

/** The result as `runVerb` makes it, with its exit code. */
function runResult(
  run: FollowedRun,
  about: RunHeader,
  asked: number | undefined,
  saved: { readonly versions: readonly SavedVersion[] },
) {
  const { state, sentence, milliseconds, errorCode } = run;
  const end = { sentence, milliseconds, ...(errorCode === undefined ? {} : { errorCode }) };
  const result = resultOf(state, about, { end, asked, ...saved });
  return { ...result, exitCode: exitCodeOfRun(run, result) };
}

const search = (asked?: number) => runResult(followed(searchEvents), header, asked, { versions });

describe('the result of a search', () => {
  it('says the verdict, the metrics, the change, the spending, the reason and the place', () => {
    assert.equal(
      resultText(search(0.9), keptTerminal().terminal),
      `Better on rows that the search never saw.

metric    before                  after                   difference
accuracy  0.40 [0.30, 0.50] n=40  0.80 [0.70, 0.90] n=40  +40.0 points [20.0, 60.0]
token_f1  0.50 [0.40, 0.60] n=40  0.75 [0.60, 0.90] n=40  +25.0 points

Measured on 2 test rows that the search never saw.

Without a score: ok 1, failed 1.
line  outcome  why
   9  failed   No answer after 5 tries.

triage v1 → v2
Sort{+ well+}.

spent by   model           calls  tokens  USD
task       demo:task           2      20  $0.002
optimizer  demo:optimizer      1     120  $0.01
total                          3     140  $0.012
Each of the 40.0 points gained cost $0.0003, 1 call and 4 tokens.

Stopped: the target was reached. (1 min 1 s)
Asked for 0.90 on the test rows: missed with 0.80.
Saved original: triage@1 in /w/.prompts/triage/v1.md
Saved winner: triage@2 in /w/.prompts/triage/v2.md
Run: 2026-11-20-ab12
`,
    );
  });

  it('exits with 1 only where a target was asked for and missed', () => {
    assert.equal(search().exitCode, 0);
    assert.equal(search(0.8).exitCode, 0);
    assert.equal(search(0.81).exitCode, 1);
  });

  it('keeps the exit code of a run that was stopped, whatever its score', () => {
    const run = { ...followed(searchEvents), exitCode: exitCodes.stopped };
    assert.equal(runResult(run, header, 0.9, { versions }).exitCode, 3);
  });

  it('claims nothing where the test rows were not looked at', () => {
    const events = searchEvents.filter(event => event.type !== 'claim-end');
    const result = runResult(followed(events), header, undefined, { versions });
    assert.match(resultText(result, keptTerminal().terminal), /^The test rows were not looked at/);
  });

  it('says only why where the run was stopped before its first answer', () => {
    const events: readonly RunEvent[] = [
      { type: 'run-start', header },
      {
        type: 'run-end',
        reason: 'failed',
        bestId: 'c0',
        sentence: 'No key.',
        errorCode: 'provider/key-missing',
      },
    ];
    const run = {
      ...followed(events),
      exitCode: exitCodes.stopped,
      errorCode: 'provider/key-missing',
    };
    const result = runResult(run, header, undefined, { versions: [] });
    assert.equal(
      resultText(result, keptTerminal().terminal),
      'No key. (1 min 1 s)\nOn the command line: OPENAI_API_KEY for OpenAI, --base-url for another server, GOOGLE_CLOUD_PROJECT for Vertex AI.\nRun: 2026-11-20-ab12\n',
    );
  });

  it('is one JSON object with the same figures', () => {
    const json = JSON.parse(JSON.stringify(runJson(search(0.9)))) as {
      metrics: unknown[];
      verdict: { verdict: string };
      spending: { total: { calls: number } };
      target: unknown;
      failures: unknown;
      versions: unknown;
    };
    assert.deepEqual(json.metrics[0], {
      name: 'accuracy',
      before: { value: 0.4, low: 0.3, high: 0.5, count: 40 },
      after: { value: 0.8, low: 0.7, high: 0.9, count: 40 },
      difference: { value: 0.4, low: 0.2, high: 0.6, count: 40 },
    });
    assert.equal(json.verdict.verdict, 'better');
    assert.equal(json.spending.total.calls, 3);
    assert.deepEqual(json.target, { asked: 0.9, score: 0.8, reached: false });
    assert.deepEqual(json.failures, [
      { line: 9, exampleId: 'r9', outcome: 'failed', why: 'No answer\u001B[2J after 5 tries.' },
    ]);
    assert.deepEqual(json.versions, versions);
  });

  it('is a Markdown report from which no text of others can break out', () => {
    const report = reportText(search(0.9));
    assert.match(report, /^# Optimization of triage v1\n/);
    assert.match(report, /\| accuracy \| 0\.40 \\\[0\.30, 0\.50\\\] n=40 \|/);
    assert.match(report, /\| 1 \| reflect \| 0\.40 \| 0\.60 \| 2 \| 1 \| kept: better/);
    assert.match(report, /```text\nSort\{\+ well\+\}\.\n```/);
    assert.doesNotMatch(report, /\u001B/);
  });
});

describe('the result of an evaluation', () => {
  const rollouts = [
    rollout(2),
    rollout(3, {
      output: 'a | b',
      scores: { accuracy: { value: 0, feedback: 'expected *x*' }, token_f1: { value: 0 } },
    }),
    rollout(5, { outcome: 'refused', scores: {}, output: '', failure: 'Declined.' }),
  ];
  const evaluateHeader = { ...header, kind: 'evaluate' as const, rows: { all: 3 } };
  const events = (scorecard: Record<string, never> | undefined): readonly RunEvent[] => [
    { type: 'run-start', header: evaluateHeader },
    { type: 'evaluation-start', candidateId: 'c0', split: 'all', purpose: 'evaluate', rows: 3 },
    ...rollouts.map((each): RunEvent => ({ type: 'rollout-end', rollout: each })),
    {
      type: 'evaluation-end',
      evaluation: {
        candidateId: 'c0',
        split: 'all',
        purpose: 'evaluate',
        scorecard: scorecard ?? { accuracy: { value: 0.5, low: 0.1, high: 0.9, count: 2 } },
        outcomes: { ...noOutcomes, ok: 2, refused: 1 },
        rollouts,
      },
    },
    { type: 'run-end', reason: 'done', bestId: 'c0', sentence: 'Done.' },
  ];
  const evaluated = (asked?: number, scorecard?: Record<string, never>) =>
    runResult(followed(events(scorecard)), evaluateHeader, asked, { versions: [] });

  it('has rows, interval, outcomes by kind, and every failure with its line', () => {
    const text = resultText(evaluated(), keptTerminal().terminal);
    assert.match(text, /accuracy {3}0\.50 {2}0\.10 to 0\.90 {6}2/);
    assert.match(text, /token_f1 {6}– {2}– {17}0/);
    assert.match(text, /Rows: ok 2, refused 1\./);
    assert.match(text, /\n {3}5 {2}refused {2}Declined\./);
  });

  it('exits with 1 where the target is missed or nothing could be scored', () => {
    assert.equal(evaluated().exitCode, 0);
    assert.equal(evaluated(0.5).exitCode, 0);
    assert.equal(evaluated(0.6).exitCode, 1);
    assert.equal(evaluated(undefined, {}).exitCode, 1);
  });

  it('shows the rows that lost points in the report, escaped', () => {
    assert.match(reportText(evaluated()), /\| 3 \| 0\.00 \| a \\\| b \| expected \\\*x\\\* \|/);
  });

  it('gives programs every row', () => {
    const { rows } = JSON.parse(JSON.stringify(runJson(evaluated()))) as { rows: unknown[] };
    assert.deepEqual(rows[1], {
      line: 3,
      exampleId: 'r3',
      output: 'a | b',
      scores: { accuracy: 0, token_f1: 0 },
    });
  });
});
