import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/engine/index.ts';
import { presentChart } from '../../src/panel/presentChart.ts';
import {
  aCandidate,
  aHeader,
  aScore,
  evaluationEvents,
  foldRun,
  trialEvents,
} from '../support/panelBuilders.ts';

const start: RunEvent = { type: 'run-start', header: aHeader() };

const original = evaluationEvents({
  candidateId: 'original',
  purpose: 'original',
  score: aScore(0.5),
});

const kept = (number: number, parentId: string, value: number): RunEvent[] =>
  trialEvents({
    number,
    parentId,
    candidate: aCandidate(`c${number}`, `Sort ${number}.`, { parents: [parentId] }),
    before: aScore(value - 0.1, 20),
    after: aScore(value, 20),
    validation: aScore(value),
    accepted: true,
    reason: 'Kept.',
  });

const callsOf = (events: readonly RunEvent[]): number[] =>
  presentChart(foldRun(events)).map(point => point.calls);

describe('The chart of a run', () => {
  it('is empty before anything has been measured', () => {
    assert.deepEqual(presentChart(foldRun([start])), []);
  });

  it('counts a row once, though a later evaluation of the same prompt repeats it', () => {
    assert.deepEqual(
      callsOf([start, ...original, ...original, ...kept(1, 'original', 0.6)]),
      [40, 100],
    );
  });

  it('leaves a point where it was decided, though its prompt is run again as a parent', () => {
    const asParent = evaluationEvents({
      candidateId: 'c1',
      split: 'test',
      purpose: 'minibatch',
      score: aScore(0.6, 30),
    });
    assert.deepEqual(
      callsOf([
        start,
        ...original,
        ...kept(1, 'original', 0.6),
        ...asParent,
        ...kept(2, 'c1', 0.7),
      ]),
      [40, 100, 190],
    );
  });

  it('never runs backwards, and carries the best along', () => {
    const points = presentChart(
      foldRun([start, ...original, ...kept(1, 'original', 0.6), ...kept(2, 'c1', 0.7)]),
    );
    const calls = points.map(point => point.calls);
    assert.deepEqual(
      calls,
      calls.toSorted((left, right) => left - right),
    );
    assert.deepEqual(
      points.map(point => point.best),
      [0.5, 0.6, 0.7],
    );
  });

  it('moves the line for a kept trial as soon as nearly as many rows stand behind it as behind the best', () => {
    const bestAfter = (originalRows: number, trialRows: number): number | undefined => {
      const first = evaluationEvents({
        candidateId: 'original',
        split: 'validation',
        purpose: 'original',
        score: aScore(0.5, originalRows),
        rows: originalRows,
      });
      const trial = trialEvents({
        number: 1,
        parentId: 'original',
        candidate: aCandidate('c1', 'Sort 1.', { parents: ['original'] }),
        before: aScore(0.5, trialRows),
        after: aScore(0.9, trialRows),
        validation: aScore(0.9, trialRows),
        accepted: true,
        reason: 'Kept.',
      });
      return presentChart(foldRun([start, ...first, ...trial])).at(-1)?.best;
    };
    assert.equal(bestAfter(10, 10), 0.9);
    assert.equal(bestAfter(10, 8), 0.9);
    assert.equal(bestAfter(40, 10), 0.5);
  });
});
