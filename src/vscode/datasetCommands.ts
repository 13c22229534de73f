import { commands as vscodeCommands } from 'vscode';
import { RequestError } from '../engine/index.ts';
import { addFixedAnswer } from './addFixedAnswer.ts';
import { addSelectionAsRow, placeIn } from './addRow.ts';
import { checkJudge } from './checkJudge.ts';
import { datasetInFront, datasetPreviews } from './datasetPreview.ts';
import { exportResults } from './exportResults.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import type { OptimizationPanel } from './optimizationPanel.ts';
import type { DatasetTests } from './testing/datasetTests.ts';
import { requireTrust } from './trust.ts';
import type { PreviewChoice } from './datasetPreview.ts';

/** Commands about datasets and the rows of runs; they begin with what the Run view shows. */
export function datasetCommands(host: Host, panel: OptimizationPanel, tests: DatasetTests): void {
  const previews = datasetPreviews(host);
  const register = (id: string, work: (clicked: unknown) => Promise<void>): void => {
    const command = vscodeCommands.registerCommand(id, (clicked: unknown) =>
      guarded(host.log, () => work(clicked)),
    );
    host.context.subscriptions.push(command);
  };
  const shownRun = (): string => {
    const { run } = panel.state();
    if (run?.exportable) return run.runId;
    throw new RequestError('Show a run that has ended in the Run view first.');
  };
  register(commands.previewDataset, async clicked => {
    requireTrust();
    await previews.show(isChoice(clicked) ? clicked : datasetInFront(clicked));
  });
  register(commands.addRow, () => addSelectionAsRow(host, placeIn(panel.form())));
  register(commands.addFixedAnswer, async clicked => {
    if (await tests.fixAnswer(clicked)) return;
    await addFixedAnswer(host, placeIn(panel.form()), shownRun());
  });
  register(commands.checkJudge, async () => {
    await checkJudge(host, panel.form());
    await panel.send({ type: 'estimate-again' });
  });
  register(commands.exportResults, () => exportResults(host, shownRun()));
}

function isChoice(clicked: unknown): clicked is PreviewChoice {
  return typeof clicked === 'object' && clicked !== null && 'dataset' in clicked;
}
