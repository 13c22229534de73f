import type { RunEvent } from '../../../src/engine/core/run.ts';
import { matchesGolden } from '../../support/golden.ts';
import { collect } from '../../support/builders.ts';
import { textOf } from '../../support/scriptedModel.ts';
import { half, perfect, proposalOf, seed, sortingRun, threeQuarters } from './sortingWorld.ts';

const proposals = [
  half,
  'I have no idea.',
  `${seed}\nplum goes to west.`,
  threeQuarters,
  `${threeQuarters}\nBe careful.`,
  perfect,
];

function lineFor(event: RunEvent): string[] {
  switch (event.type) {
    case 'run-start':
      return [`run ${event.header.promptName} over ${event.header.datasetName}`];
    case 'evaluation-end': {
      const { purpose, split, candidateId, scorecard, rollouts } = event.evaluation;
      const value = scorecard['exact_match']?.value.toFixed(2);
      return [`  ${purpose} ${candidateId} on ${rollouts.length} ${split} rows: ${value}`];
    }
    case 'trial-end': {
      const { number, operator, before, after, accepted, reason } = event.trial;
      const verdict = accepted ? 'kept' : 'not kept';
      return [
        `trial ${number} ${operator} ${before.value.toFixed(2)} → ${after.value.toFixed(2)} ${verdict}`,
        `  ${reason}`,
      ];
    }
    case 'trial-skip':
      return [`trial ${event.number} skipped: ${event.why}`];
    case 'claim-end':
      return [event.claim.sentence];
    case 'run-end':
      return [`end ${event.reason}: ${event.sentence}`, `best ${event.bestId}`];
    default:
      return [];
  }
}

describe('One complete scripted run', () => {
  it('reads, line by line, as it did when a person last looked at it', async () => {
    const run = sortingRun({
      optimizer: (_, call) => proposalOf(proposals[call] ?? perfect).replace(/.*no idea.*/s, 'Hm.'),
    });
    const { events } = await collect(run.events);
    matchesGolden('optimize-run.txt', `${events.flatMap(lineFor).join('\n')}\n`);
  });

  it('asks the optimizer model in words that a person has read', async () => {
    const run = sortingRun({
      original: `${seed}\nThe crate: {{text}}`,
      proposals: [`${seed}\nTake care.\nThe crate: {{text}}`],
      settings: { maxIterations: 2, sampleK: 6 },
    });
    await collect(run.events);
    const requests = run.optimizer.requests.map(textOf);
    matchesGolden('optimizer-request.txt', `${requests.at(-1)}\n`);
  });
});
