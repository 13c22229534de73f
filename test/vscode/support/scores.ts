import { localFiles } from '../../../src/engine/store/localFiles.ts';
import { promptHistory } from '../../../src/engine/store/history.ts';
import { noOutcomes } from '../../../src/engine/core/score.ts';
import type { Measurement, PromptVersion } from '../../../src/engine/index.ts';
import { folder } from './window.ts';

/** Saves a text as a version with a score, as a run over a dataset leaves it in `.prompts`. */
export async function scoredVersion(
  promptName: string,
  system: string,
  facts: Partial<Measurement> = {},
): Promise<PromptVersion> {
  const history = promptHistory(localFiles(folder().uri.fsPath), {
    now: () => new Date('2026-11-01T10:00:00Z'),
    newId: () => `${promptName}-id`,
  });
  const version = await history.save({
    promptName,
    prompt: { system, output: '' },
    origin: 'typed',
  });
  await history.saveMeasurement({
    version: { promptName, number: version.number },
    datasetName: 'tickets.csv',
    datasetFingerprint: 'f1',
    split: 'test',
    taskModel: 'demo:task',
    measuredAt: '2026-11-01T10:00:00.000Z',
    runId: '2026-11-01-scored',
    scorecard: { accuracy: { value: 0.82, low: 0.75, high: 0.87, count: 120 } },
    outcomes: { ...noOutcomes, ok: 120 },
    rows: {},
    ...facts,
  });
  return version;
}
